import { BEHAVIOURS, type Behaviour } from '../core/behaviour.ts';
import type { Role } from '../core/claims.ts';
import { tellingOf, wasContacted, type Outcome } from '../core/outcome.ts';
import type { Listing } from '../core/visit.ts';
import type { IdNumbers } from './id-numbers.ts';
import type { SessionRow } from './rows.ts';

/** What the causes need of a row of a snapshot's `peers.csv`. */
export interface AskedPeer {
  readonly id: string;
  readonly outcome?: Outcome | undefined;
  readonly respondent: boolean;
  readonly truncated: boolean;
  readonly listing?: Listing | undefined;
}

const KNOWN = 1;
const IN_TRUTH = 2;
const IN_SNAPSHOT = 4;
const ASKED = 8;
const TRUNCATED = 16;
const LEAVES_UNTOLD = 32;
const LEAF = 64;
const RESPONDENT = 128;
const SPOKE_ONLY = 256;

/**
 * What truth and snapshot know of each peer that has to do with a difference, by number, in columns: 19 bytes a peer. Rows
 * about any other peer are passed over.
 */
export class PeerFacts {
  readonly #numbers: IdNumbers;
  readonly #flags: Uint16Array;
  readonly #behaviours: Uint8Array;
  /** Of the latest session. */
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;

  /** @param numbers all peers that matter; it must not grow any more. */
  constructor(numbers: IdNumbers) {
    this.#numbers = numbers;
    this.#flags = new Uint16Array(numbers.size);
    this.#behaviours = new Uint8Array(numbers.size);
    this.#starts = new Float64Array(numbers.size).fill(-Infinity);
    this.#ends = new Float64Array(numbers.size).fill(Infinity);
  }

  get size(): number {
    return this.#flags.length;
  }

  find(id: string): number | undefined {
    return this.#numbers.find(id);
  }

  addTruePeer(peer: number): void {
    this.#mark(peer, KNOWN | IN_TRUTH);
  }

  addAskedPeer({ id, outcome, respondent, truncated, listing }: AskedPeer): void {
    const peer = this.find(id);
    if (peer === undefined) return;
    this.#mark(peer, IN_SNAPSHOT);
    if (respondent || wasContacted(outcome)) this.#mark(peer, ASKED);
    if (respondent) this.#mark(peer, RESPONDENT);
    if (respondent && truncated) this.#mark(peer, TRUNCATED);
    const spoke = outcome !== undefined && tellingOf(outcome) >= 2;
    if (spoke && listing === undefined) this.#mark(peer, SPOKE_ONLY);
    if (listing === 'connections') this.#mark(peer, LEAVES_UNTOLD);
  }

  /** What the truth says of a peer's role; undefined where it has none. */
  addRole(id: string, role: Role | undefined): void {
    const peer = role === 'leaf' ? this.find(id) : undefined;
    if (peer !== undefined) this.#mark(peer, LEAF);
  }

  /** Sessions come in any order. */
  addSession({ id, role, behaviour, start, end }: SessionRow): void {
    const peer = this.find(id);
    if (peer === undefined) return;
    this.#mark(peer, role === 'leaf' ? KNOWN | LEAF : KNOWN);
    if (start < this.startOf(peer)) return;
    this.#behaviours[peer] = BEHAVIOURS.indexOf(behaviour);
    this.#starts[peer] = start;
    this.#ends[peer] = end ?? Infinity;
  }

  /** Whether anybody ever had this address. */
  isKnown(peer: number): boolean {
    return this.#has(peer, KNOWN);
  }

  isInTruth(peer: number): boolean {
    return this.#has(peer, IN_TRUTH);
  }

  isInSnapshot(peer: number): boolean {
    return this.#has(peer, IN_SNAPSHOT);
  }

  wasAsked(peer: number): boolean {
    return this.#has(peer, ASKED);
  }

  /** When its latest session began; -Infinity where no session is known. */
  startOf(peer: number): number {
    return this.#starts[peer] ?? -Infinity;
  }

  /** When its latest session ended; Infinity where it goes on. */
  endOf(peer: number): number {
    return this.#ends[peer] ?? Infinity;
  }

  behaviourOf(peer: number): Behaviour {
    return BEHAVIOURS[this.#behaviours[peer] ?? 0] ?? 'healthy';
  }

  /** What keeps it from telling all its links: its behaviour, or that its listing was too long for its servent. */
  troubleOf(peer: number): Behaviour | undefined {
    const behaviour = this.behaviourOf(peer);
    // Whoever asks it by datagram gets all.
    const tells = behaviour === 'healthy' || (behaviour === 'udp-only' && !this.#failed(peer));
    if (!tells) return behaviour;
    return this.#has(peer, TRUNCATED) ? 'truncating' : undefined;
  }

  #failed(peer: number): boolean {
    return this.wasAsked(peer) && !this.#has(peer, RESPONDENT);
  }

  /**
   * Whether it was asked in a way that tells nothing of links with leaves, and one of the two is one; or is a leaf that spoke
   * and listed nobody, as leaves of some programs do.
   */
  couldNotTell(peer: number, other: number): boolean {
    if (this.#has(peer, LEAF)) return this.#has(peer, LEAVES_UNTOLD) || this.#has(peer, SPOKE_ONLY);
    return this.#has(peer, LEAVES_UNTOLD) && this.#has(other, LEAF);
  }

  #has(peer: number, flag: number): boolean {
    return ((this.#flags[peer] ?? 0) & flag) !== 0;
  }

  #mark(peer: number, flag: number): void {
    this.#flags[peer] = (this.#flags[peer] ?? 0) | flag;
  }
}
