import { detached, type Address } from '../core/address.ts';
import type { Evidence, LinkClaim, PeerClaim, Role } from '../core/claims.ts';
import { isRespondent, OUTCOMES, type Outcome } from '../core/outcome.ts';
import type { Visit } from '../core/visit.ts';
import { LinkClaims } from './link-claims.ts';
import type { PeerRow, SnapshotTables } from './rows.ts';

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
 * link. An address that was only mentioned (X-Try …) and gave no answer is no peer. Memory: one record a peer, 9 bytes a link claim.
 */
export class Fold {
  readonly #indexes = new Map<Address, number>();
  readonly #peers: PeerRecord[] = [];
  readonly #links = new LinkClaims();
  readonly #byOutcome = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  #visits = 0;
  #rejected = 0;
  #bytesSent = 0;
  #bytesReceived = 0;

  /** @param bootstrap the addresses that the user named: they stand in the result whatever came of them. */
  constructor(bootstrap: Iterable<Address>) {
    for (const address of bootstrap) this.#peer(address).named = true;
  }

  add(visit: Visit): void {
    this.#visits += 1;
    this.#byOutcome[visit.outcome] += 1;
    this.#rejected += visit.claims.rejected;
    this.#bytesSent += visit.bytesSent;
    this.#bytesReceived += visit.bytesReceived;
    const peer = this.#peer(visit.endpoint);
    if (visit.startedAt >= peer.visitedAt) {
      peer.visitedAt = visit.startedAt;
      peer.outcome = visit.outcome;
    }
    if (isRespondent(visit.outcome)) peer.respondent = true;
    if (isRespondent(visit.outcome) || visit.status !== undefined) {
      peer.spoke = true;
      seen(peer, visit.startedAt);
    }
    for (const claim of visit.claims.peers) this.#describe(claim, visit.startedAt);
    for (const claim of visit.claims.links) this.#link(claim, visit);
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

  /** How many addresses are known so far. */
  get known(): number {
    return this.#peers.length;
  }

  /** The two tables, sorted by id. O(p log p + claims). */
  tables(evidence: Evidence = 'self-report'): SnapshotTables {
    const order = this.#peers.map((_, index) => index);
    order.sort((a, b) => compareText(this.#at(a).address, this.#at(b).address));
    const rank = new Uint32Array(order.length);
    order.forEach((index, place) => (rank[index] = place));
    const sortedIds = order.map((index) => this.#at(index).address);
    return {
      peers: order
        .map((index) => this.#at(index))
        .filter(isPeer)
        .map(toRow),
      links: { [Symbol.iterator]: () => this.#links.rows(sortedIds, rank, evidence) },
    };
  }

  #at(index: number): PeerRecord {
    const peer = this.#peers[index];
    if (peer === undefined) throw new RangeError(`no peer ${index}`);
    return peer;
  }

  #peer(address: Address): PeerRecord {
    return this.#at(this.#index(address));
  }

  #index(address: Address): number {
    const known = this.#indexes.get(address);
    if (known !== undefined) return known;
    const index = this.#peers.length;
    const kept = detached(address);
    this.#peers.push(newRecord(kept));
    this.#indexes.set(kept, index);
    return index;
  }

  #describe(claim: PeerClaim, at: number): void {
    const peer = this.#peer(claim.address);
    if (at < peer.describedAt) return;
    peer.describedAt = at;
    peer.role = claim.role ?? peer.role;
    peer.agent = claim.agent ?? peer.agent;
    peer.liveSince = claim.liveSince ?? peer.liveSince;
    peer.truncated = claim.truncated ?? peer.truncated;
  }

  #link(claim: LinkClaim, visit: Visit): void {
    const reporter = this.#index(visit.endpoint);
    const sources = claim.sources.map((address) => this.#index(address));
    const targets = claim.targets.map((address) => this.#index(address));
    const registers = claim.relation === 'registration';
    for (const source of sources) {
      for (const target of targets) {
        if (source === target) continue;
        this.#links.add(source, target, claim.relation, reporter);
        linked(this.#at(source), registers ? 'leaf' : undefined, visit.startedAt);
        linked(this.#at(target), registers ? 'superpeer' : undefined, visit.startedAt);
      }
    }
  }
}

interface PeerRecord {
  readonly address: Address;
  named: boolean;
  /** It said something in our protocol. */
  spoke: boolean;
  linked: boolean;
  respondent: boolean;
  outcome: Outcome | undefined;
  /** What the peer said of itself, and when. */
  role: Role | undefined;
  agent: string | undefined;
  liveSince: number | undefined;
  truncated: boolean;
  describedAt: number;
  /** What others' listings make of it. */
  listedRole: Role | undefined;
  visitedAt: number;
  firstSeen: number;
  lastSeen: number;
}

function newRecord(address: Address): PeerRecord {
  return {
    address,
    named: false,
    spoke: false,
    linked: false,
    respondent: false,
    outcome: undefined,
    role: undefined,
    agent: undefined,
    liveSince: undefined,
    truncated: false,
    describedAt: -Infinity,
    listedRole: undefined,
    visitedAt: -Infinity,
    firstSeen: Infinity,
    lastSeen: -Infinity,
  };
}

/** A listed peer was there when it was listed; what a registration says of its role gives way to its own word. */
function linked(peer: PeerRecord, role: Role | undefined, at: number): void {
  peer.linked = true;
  peer.listedRole ??= role;
  seen(peer, at);
}

function seen(peer: PeerRecord, at: number): void {
  peer.firstSeen = Math.min(peer.firstSeen, at);
  peer.lastSeen = Math.max(peer.lastSeen, at);
}

function isPeer(peer: PeerRecord): boolean {
  return peer.linked || peer.named || peer.spoke;
}

function toRow(peer: PeerRecord): PeerRow {
  const role = peer.role ?? peer.listedRole;
  return {
    id: peer.address,
    address: peer.address,
    role,
    agent: peer.agent,
    outcome: peer.outcome ?? (role === 'leaf' ? 'skipped' : undefined),
    respondent: peer.respondent,
    truncated: peer.truncated,
    liveSince: peer.liveSince,
    firstSeen: Number.isFinite(peer.firstSeen) ? peer.firstSeen : undefined,
    lastSeen: Number.isFinite(peer.lastSeen) ? peer.lastSeen : undefined,
  };
}

/** Code-unit order: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
