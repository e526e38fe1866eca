import { extended, nextCapacity } from './growth.ts';

/** A peer that was up for a while; milliseconds since 1970, and no end where it is still up. */
export interface PeerSession {
  readonly peer: number;
  /** The place in the overlay that it took. */
  readonly slot: number;
  readonly start: number;
  readonly end: number | undefined;
}

/** A link that stood for a while between two peers; milliseconds since 1970, and no end where it still stands. */
export interface LinkSession {
  /** The leaf of a registration. */
  readonly a: number;
  readonly b: number;
  readonly registration: boolean;
  readonly start: number;
  readonly end: number | undefined;
}

/** All sessions of peers, numbered in the order of their beginning. Memory: 24 bytes a session, up to 36 while it grows. */
export class SessionLog {
  #peers: Uint32Array;
  #slots: Uint32Array;
  #starts: Float64Array;
  #ends: Float64Array;
  #count = 0;

  constructor(capacity: number) {
    this.#peers = new Uint32Array(capacity);
    this.#slots = new Uint32Array(capacity);
    this.#starts = new Float64Array(capacity);
    this.#ends = new Float64Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Notes that a session began, and returns its number. O(1). */
  open(peer: number, slot: number, start: number): number {
    if (this.#count === this.#peers.length) this.#grow();
    const session = this.#count++;
    this.#peers[session] = peer;
    this.#slots[session] = slot;
    this.#starts[session] = start;
    this.#ends[session] = NaN;
    return session;
  }

  close(session: number, end: number): void {
    this.#ends[session] = end;
  }

  peerOf(session: number): number {
    return this.#peers[session] ?? 0;
  }

  startOf(session: number): number {
    return this.#starts[session] ?? 0;
  }

  *[Symbol.iterator](): Generator<PeerSession> {
    for (let session = 0; session < this.#count; session++) {
      yield {
        peer: this.peerOf(session),
        slot: this.#slots[session] ?? 0,
        start: this.startOf(session),
        end: whereEnded(this.#ends[session]),
      };
    }
  }

  #grow(): void {
    const capacity = nextCapacity(this.#count);
    this.#peers = extended(this.#peers, new Uint32Array(capacity));
    this.#slots = extended(this.#slots, new Uint32Array(capacity));
    this.#starts = extended(this.#starts, new Float64Array(capacity));
    this.#ends = extended(this.#ends, new Float64Array(capacity));
  }
}

/** All sessions of links, numbered in the order of their beginning. Memory: 25 bytes a session, up to 38 while it grows. */
export class LinkLog {
  #as: Uint32Array;
  #bs: Uint32Array;
  #registrations: Uint8Array;
  #starts: Float64Array;
  #ends: Float64Array;
  #count = 0;

  constructor(capacity: number) {
    this.#as = new Uint32Array(capacity);
    this.#bs = new Uint32Array(capacity);
    this.#registrations = new Uint8Array(capacity);
    this.#starts = new Float64Array(capacity);
    this.#ends = new Float64Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Notes that two peers were linked, and returns the number of it. O(1). */
  open(a: number, b: number, registration: boolean, start: number): number {
    if (this.#count === this.#as.length) this.#grow();
    const session = this.#count++;
    this.#as[session] = a;
    this.#bs[session] = b;
    this.#registrations[session] = registration ? 1 : 0;
    this.#starts[session] = start;
    this.#ends[session] = NaN;
    return session;
  }

  close(session: number, end: number): void {
    this.#ends[session] = end;
  }

  *[Symbol.iterator](): Generator<LinkSession> {
    for (let session = 0; session < this.#count; session++) {
      yield {
        a: this.#as[session] ?? 0,
        b: this.#bs[session] ?? 0,
        registration: this.#registrations[session] === 1,
        start: this.#starts[session] ?? 0,
        end: whereEnded(this.#ends[session]),
      };
    }
  }

  #grow(): void {
    const capacity = nextCapacity(this.#count);
    this.#as = extended(this.#as, new Uint32Array(capacity));
    this.#bs = extended(this.#bs, new Uint32Array(capacity));
    this.#registrations = extended(this.#registrations, new Uint8Array(capacity));
    this.#starts = extended(this.#starts, new Float64Array(capacity));
    this.#ends = extended(this.#ends, new Float64Array(capacity));
  }
}

function whereEnded(end: number | undefined): number | undefined {
  return end === undefined || Number.isNaN(end) ? undefined : end;
}
