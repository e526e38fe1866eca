import type { Address } from '../core/address.ts';
import { ROLES, type PeerClaim, type Role } from '../core/claims.ts';
import { isRespondent, OUTCOMES, tellingOf } from '../core/outcome.ts';
import type { SortedAddresses } from '../core/sorted-addresses.ts';
import { LISTINGS, type Answer } from '../core/visit.ts';
import type { Doubt } from './doubt/doubts.ts';
import type { PeerRow } from './rows.ts';

const NAMED = 1;
/** It said something in our protocol. */
const SPOKE = 2;
const LINKED = 4;
const RESPONDENT = 8;
const TRUNCATED = 16;
/** What others' listings make of it. */
const LISTED_SUPERPEER = 32;
const LISTED_LEAF = 64;
/** It was visited, or described: the columns of what came of that hold something. */
const VISITED = 128;

/** Whoever is named, spoke or is linked is a peer. */
const IS_PEER = NAMED | SPOKE | LINKED;

/** Rows that are made together. */
const BATCH = 1024;

/** Stands for no role, no outcome and no agent. */
const NONE = 0;

/**
 * What is known of each peer, by number, in columns: a crawl knows millions, and an object for each costs three times as
 * much memory and keeps the garbage collector busy. 53 bytes a peer.
 */
export class PeerRecords {
  #size = 0;
  #flags = new Uint8Array(1024);
  /** Places in the closed lists, from 1. */
  #outcomes = new Uint8Array(1024);
  #listings = new Uint8Array(1024);
  /** What the peer said of itself. */
  #roles = new Uint8Array(1024);
  /** Places in `#names`. */
  #agents = new Uint32Array(1024);
  #liveSince = new Float64Array(1024);
  #describedAt = new Float64Array(1024);
  #visitedAt = new Float64Array(1024);
  /** First and last time by turns: both are needed at once, and memory is what a look at a random peer waits for. */
  #seenAt = new Float64Array(2 * 1024);
  /** Few are doubted, and mostly nobody. */
  readonly #doubts = new Map<number, Doubt>();
  readonly #names: (string | undefined)[] = [undefined];
  readonly #placesOfNames = new Map<string, number>();

  get size(): number {
    return this.#size;
  }

  /** Room for the next peer, of whom nothing is known. */
  append(): void {
    const peer = this.#size++;
    if (peer === this.#flags.length) this.#grow();
    this.#liveSince[peer] = NaN;
    this.#describedAt[peer] = -Infinity;
    this.#visitedAt[peer] = -Infinity;
    this.#seenAt[2 * peer] = Infinity;
    this.#seenAt[2 * peer + 1] = -Infinity;
  }

  /** The user named it. */
  named(peer: number): void {
    this.#mark(peer, NAMED);
  }

  /** There may be no such peer. */
  doubted(peer: number, why: Doubt): void {
    this.#doubts.set(peer, why);
  }

  /** It was visited. The outcome that tells most stands, the last one of several; and the listing that shows most. */
  visited(peer: number, { outcome, listing }: Answer, spoke: boolean, at: number): void {
    this.#mark(peer, VISITED);
    const known = OUTCOMES[(this.#outcomes[peer] ?? NONE) - 1];
    const more = known === undefined ? 1 : tellingOf(outcome) - tellingOf(known);
    if (more > 0 || (more === 0 && at >= (this.#visitedAt[peer] ?? 0))) {
      this.#visitedAt[peer] = at;
      this.#outcomes[peer] = 1 + OUTCOMES.indexOf(outcome);
    }
    if (listing !== undefined) {
      // The listings stand in descending order.
      const place = 1 + LISTINGS.indexOf(listing);
      const before = this.#listings[peer] ?? NONE;
      if (before === NONE || place < before) this.#listings[peer] = place;
    }
    if (isRespondent(outcome)) this.#mark(peer, RESPONDENT);
    if (!spoke) return;
    this.#mark(peer, SPOKE);
    this.#seen(peer, at);
  }

  /** What an answer says of it; the latest word on each thing stands. */
  described(peer: number, claim: PeerClaim, at: number): void {
    // An older word counts where a later one left something out.
    const isLatest = at >= (this.#describedAt[peer] ?? 0);
    if (isLatest) this.#describedAt[peer] = at;
    this.#mark(peer, VISITED);
    const counts = (known: unknown): boolean => isLatest || known === NONE;
    if (claim.role !== undefined && counts(this.#roles[peer])) this.#roles[peer] = placeOf(claim.role);
    if (claim.agent !== undefined && counts(this.#agents[peer])) {
      this.#agents[peer] = this.#placeOfName(claim.agent);
    }
    const knowsStart = !Number.isNaN(this.#liveSince[peer]);
    if (claim.liveSince !== undefined && (isLatest || !knowsStart)) this.#liveSince[peer] = claim.liveSince;
    if (claim.truncated === true) this.#mark(peer, TRUNCATED);
  }

  /**
   * A listed peer was there when it was listed. What a registration says of its role gives way to its own word; where
   * others differ, it is a superpeer, whatever came first.
   */
  linked(peer: number, role: Role | undefined, at: number): void {
    const listed = role === 'superpeer' ? LISTED_SUPERPEER : role === 'leaf' ? LISTED_LEAF : 0;
    this.#mark(peer, LINKED | listed);
    this.#seen(peer, at);
  }

  /** When it answered or was listed first, and last, milliseconds since 1970; Infinity and -Infinity where it never was. */
  firstSeen(peer: number): number {
    return this.#seenAt[2 * peer] ?? Infinity;
  }

  lastSeen(peer: number): number {
    return this.#seenAt[2 * peer + 1] ?? -Infinity;
  }

  /** The rows of those that are peers, in the order of their ids: an address may have been only mentioned. O(addresses). */
  *rows(ids: SortedAddresses): Generator<PeerRow> {
    const flags = new Uint8Array(BATCH);
    const seenAt = new Float64Array(2 * BATCH);
    for (let begin = 0; begin < ids.size; begin += BATCH) {
      const numbers = ids.order.subarray(begin, begin + BATCH);
      // What every row needs, together: one by one, memory would let each row wait.
      for (let i = 0; i < numbers.length; i++) {
        const peer = numbers[i]!;
        flags[i] = this.#flags[peer]!;
        seenAt[2 * i] = this.#seenAt[2 * peer]!;
        seenAt[2 * i + 1] = this.#seenAt[2 * peer + 1]!;
      }
      for (let i = 0; i < numbers.length; i++) {
        const peer = numbers[i]!;
        const known = flags[i]!;
        if ((known & IS_PEER) === 0) continue;
        const seen = { firstSeen: finite(seenAt[2 * i]), lastSeen: finite(seenAt[2 * i + 1]) };
        yield this.#row(peer, known, ids.at(begin + i), seen);
      }
    }
  }

  #row(
    peer: number,
    flags: number,
    address: Address,
    { firstSeen, lastSeen }: Pick<PeerRow, 'firstSeen' | 'lastSeen'>,
  ): PeerRow {
    // Most peers are leaves that nobody asked: what is not there is not looked for.
    const visited = (flags & VISITED) !== 0;
    const role = (visited ? ROLES[(this.#roles[peer] ?? NONE) - 1] : undefined) ?? listedRole(flags);
    const outcome = visited ? OUTCOMES[(this.#outcomes[peer] ?? NONE) - 1] : undefined;
    return {
      id: address,
      address,
      role,
      agent: visited ? this.#names[this.#agents[peer] ?? NONE] : undefined,
      outcome: outcome ?? (role === 'leaf' ? 'skipped' : undefined),
      respondent: (flags & RESPONDENT) !== 0,
      listing: visited ? LISTINGS[(this.#listings[peer] ?? NONE) - 1] : undefined,
      truncated: (flags & TRUNCATED) !== 0,
      liveSince: visited ? finite(this.#liveSince[peer]) : undefined,
      firstSeen,
      lastSeen,
      doubt: this.#doubts.size === 0 ? undefined : this.#doubts.get(peer),
    };
  }

  #mark(peer: number, flag: number): void {
    this.#flags[peer] = (this.#flags[peer] ?? 0) | flag;
  }

  /** Without a branch, so that looks at many peers do not wait for each other. */
  #seen(peer: number, at: number): void {
    this.#seenAt[2 * peer] = Math.min(this.#seenAt[2 * peer] ?? at, at);
    this.#seenAt[2 * peer + 1] = Math.max(this.#seenAt[2 * peer + 1] ?? at, at);
  }

  /** Each name once: most peers share theirs with many others. */
  #placeOfName(name: string): number {
    const known = this.#placesOfNames.get(name);
    if (known !== undefined) return known;
    const kept = Buffer.from(name).toString();
    this.#names.push(kept);
    this.#placesOfNames.set(kept, this.#names.length - 1);
    return this.#names.length - 1;
  }

  #grow(): void {
    const size = 2 * this.#flags.length;
    this.#flags = copied(this.#flags, new Uint8Array(size));
    this.#outcomes = copied(this.#outcomes, new Uint8Array(size));
    this.#listings = copied(this.#listings, new Uint8Array(size));
    this.#roles = copied(this.#roles, new Uint8Array(size));
    this.#agents = copied(this.#agents, new Uint32Array(size));
    this.#liveSince = copied(this.#liveSince, new Float64Array(size));
    this.#describedAt = copied(this.#describedAt, new Float64Array(size));
    this.#visitedAt = copied(this.#visitedAt, new Float64Array(size));
    this.#seenAt = copied(this.#seenAt, new Float64Array(2 * size));
  }
}

function placeOf(role: Role): number {
  return 1 + ROLES.indexOf(role);
}

function listedRole(flags: number): Role | undefined {
  if ((flags & LISTED_SUPERPEER) !== 0) return 'superpeer';
  return (flags & LISTED_LEAF) === 0 ? undefined : 'leaf';
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function copied<T extends Uint8Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
