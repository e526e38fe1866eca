import type { Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';
import type { Evidence, LinkClaim } from '../core/claims.ts';
import { hasSpoken, OUTCOMES, type Outcome } from '../core/outcome.ts';
import type { Visit } from '../core/visit.ts';
import type { Doubt } from './doubt/doubts.ts';
import { LinkClaims } from './link-claims.ts';
import { PeerRecords } from './peer-records.ts';
import type { SnapshotTables } from './rows.ts';

/** What a fold has counted so far. */
export interface FoldCounts {
  readonly visits: number;
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  /** Entries of listings that were no usable address. */
  readonly rejectedEntries: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/**
 * Folds visits into peers and links; the result does not depend on the order of the visits, but for ties in time.
 *
 * A peer is whoever answered, if only with a refusal, was asked because the user named it, or stands at an end of a
 * link. An address that was only mentioned (X-Try …) and gave no answer is no peer. Memory: some 70 bytes an address,
 * 9 bytes a link claim.
 */
export class Fold {
  readonly #book: AddressBook;
  readonly #peers = new PeerRecords();
  readonly #links = new LinkClaims();
  readonly #byOutcome = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  #visits = 0;
  #rejected = 0;
  #bytesSent = 0;
  #bytesReceived = 0;

  /**
   * @param bootstrap the addresses that the user named: they stand in the result whatever came of them.
   * @param book where addresses get their numbers.
   */
  constructor(bootstrap: Iterable<Address>, book = new AddressBook()) {
    this.#book = book;
    for (const address of bootstrap) this.#peers.named(this.#number(address));
  }

  add(visit: Visit): void {
    this.#visits += 1;
    this.#byOutcome[visit.outcome] += 1;
    this.#rejected += visit.claims.rejected;
    this.#bytesSent += visit.bytesSent;
    this.#bytesReceived += visit.bytesReceived;
    const peer = this.#number(visit.endpoint);
    this.#peers.visited(peer, visit, hasSpoken(visit), visit.startedAt);
    for (const claim of visit.claims.peers) {
      this.#peers.described(this.#number(claim.address), claim, visit.startedAt);
    }
    for (const claim of visit.claims.links) this.#link(claim, peer, visit.startedAt);
  }

  get counts(): FoldCounts {
    return {
      visits: this.#visits,
      byOutcome: { ...this.#byOutcome },
      rejectedEntries: this.#rejected,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
    };
  }

  /** There may be no such peer, by its number: its row will say so. */
  doubt(peer: number, why: Doubt): void {
    this.#peers.doubted(peer, why);
  }

  /** How many addresses are known so far. */
  get known(): number {
    return this.#book.size;
  }

  /** When a peer answered or was listed first, and last, by its number; milliseconds since 1970. */
  firstSeen(peer: number): number {
    return this.#peers.firstSeen(peer);
  }

  lastSeen(peer: number): number {
    return this.#peers.lastSeen(peer);
  }

  /**
   * The two tables, sorted by id. O(peers + claims).
   * @param names the addresses as they shall stand there, under the same numbers.
   */
  tables(evidence: Evidence = 'self-report', names = this.#book): SnapshotTables {
    const ids = names.sorted();
    const peers = this.#peers;
    const links = this.#links.merged(ids.ranks());
    return {
      peers: { [Symbol.iterator]: () => peers.rows(ids) },
      links: { [Symbol.iterator]: () => links.rows(ids, evidence) },
      linkLines: { count: links.count, lines: { [Symbol.iterator]: () => links.lines(ids, evidence) } },
      reporters: links.reporters,
      claimed: {
        ids,
        size: links.size,
        forEachClaim: (tell) => {
          links.forEachClaim(tell);
        },
      },
      ranked: {
        ids,
        fill: (rank, row) => {
          links.fill(rank, row);
        },
      },
    };
  }

  #number(address: Address): number {
    const number = this.#book.add(address);
    this.#makeRoom();
    return number;
  }

  /** Others may have brought addresses into the book. */
  #makeRoom(): void {
    while (this.#peers.size < this.#book.size) this.#peers.append();
  }

  /** One side of a claim is a single peer, in practice the one that answered. */
  #link(claim: LinkClaim, reporter: number, at: number): void {
    const registers = claim.relation === 'registration';
    const targets = this.#book.addAll(claim.targets);
    const sources = this.#book.addAll(claim.sources);
    this.#makeRoom();
    for (const source of sources) {
      for (const target of targets) {
        if (source !== target) this.#links.add(source, target, claim.relation, reporter);
      }
    }
    // Each end once: to look at a random peer is what this takes its time for.
    for (const source of sources) {
      if (hasOther(targets, source)) this.#peers.linked(source, registers ? 'leaf' : undefined, at);
    }
    for (const target of targets) {
      if (hasOther(sources, target)) this.#peers.linked(target, registers ? 'superpeer' : undefined, at);
    }
  }
}

/** Whether one of the numbers differs from this one. O(1) where each stands there once. */
function hasOther(numbers: Uint32Array, number: number): boolean {
  for (const other of numbers) if (other !== number) return true;
  return false;
}
