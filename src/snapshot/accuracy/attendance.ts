import type { AddressBook } from '../../core/address-book.ts';
import { isRespondent, wasContacted } from '../../core/outcome.ts';
import type { Random } from '../../core/random.ts';
import type { Visit } from '../../core/visit.ts';
import { Reservoir } from './reservoir.ts';

/** What came of asking an address: never asked, no sign of it, it said something else than an answer, it answered. */
export const NOT_ASKED = 0;
export const FAILED = 1;
export const SPOKE = 2;
export const ANSWERED = 3;

/** Respondents that are asked once more, by default: as many as make an error of 0.05 points where the distortion is 0.75 %. */
export const DEFAULT_SECOND_LOOKS = 2_000;

/**
 * Who was asked and what came of it, and a random sample of the full listings: what the estimate of a snapshot's own error
 * needs of a crawl besides its tables. 11 bytes an address, and the visits of the sample. O(1) a visit.
 */
export class Attendance {
  readonly #book: AddressBook;
  readonly #sample: Reservoir<Visit>;
  #states = new Uint8Array(1024);
  #askedAt = new Float64Array(1024);
  #vendors = new Uint16Array(1024);
  readonly #placesOfVendors = new Map<string, number>();
  #lastAgent = { name: '', place: 0 };
  #truncated = 0;

  /** @param book where addresses get their numbers, the same as that of the fold. */
  constructor(book: AddressBook, random: Random, sampleSize = DEFAULT_SECOND_LOOKS) {
    this.#book = book;
    this.#sample = new Reservoir(sampleSize, random);
  }

  add(visit: Visit): void {
    if (!wasContacted(visit.outcome)) return;
    const peer = this.#book.add(visit.endpoint);
    this.#makeRoom(peer);
    const before = this.#states[peer] ?? NOT_ASKED;
    const answered = isRespondent(visit.outcome);
    const state = answered ? ANSWERED : visit.status === undefined ? FAILED : SPOKE;
    // The first of several: what is asked after that, and when, says nothing of when it had gone.
    if (state > before) this.#askedAt[peer] = visit.startedAt;
    this.#states[peer] = Math.max(before, state);
    const self = visit.claims.peers.find(({ address }) => address === visit.endpoint);
    if (self?.agent !== undefined) this.#vendors[peer] = this.#placeOfAgent(self.agent);
    if (self?.truncated === true) this.#truncated += 1;
    if (answered && before !== ANSWERED && visit.listing === 'full') this.#sample.offer(visit);
  }

  /** One of the four constants above. */
  stateOf(peer: number): number {
    return this.#states[peer] ?? NOT_ASKED;
  }

  /** When the contact began that its state is from, milliseconds since 1970. */
  askedAt(peer: number): number {
    return this.#askedAt[peer] ?? 0;
  }

  /** A number for whoever makes its program; 0 where it never said. */
  vendorOf(peer: number): number {
    return this.#vendors[peer] ?? 0;
  }

  /** Listings that may have been cut off. */
  get truncated(): number {
    return this.#truncated;
  }

  /** The first looks at peers that gave a full listing; and how many of those there were. */
  get sample(): readonly Visit[] {
    return this.#sample.kept;
  }

  get listings(): number {
    return this.#sample.offered;
  }

  #makeRoom(peer: number): void {
    if (peer < this.#states.length) return;
    const size = 2 * (peer + 1);
    this.#states = copied(this.#states, new Uint8Array(size));
    this.#askedAt = copied(this.#askedAt, new Float64Array(size));
    this.#vendors = copied(this.#vendors, new Uint16Array(size));
  }

  /** Most peers call themselves as others do: the latest name is remembered. */
  #placeOfAgent(agent: string): number {
    if (agent !== this.#lastAgent.name) {
      this.#lastAgent = { name: agent, place: this.#placeOf(vendorOf(agent)) };
    }
    return this.#lastAgent.place;
  }

  /** BOUNDED: beyond MOST_VENDORS all count as unknown; agents are free text from strangers. */
  #placeOf(vendor: string): number {
    const known = this.#placesOfVendors.get(vendor);
    if (known !== undefined) return known;
    if (this.#placesOfVendors.size === MOST_VENDORS) return 0;
    this.#placesOfVendors.set(Buffer.from(vendor).toString(), this.#placesOfVendors.size + 1);
    return this.#placesOfVendors.size;
  }
}

/** Different vendors that are told apart; real overlays have some tens. */
const MOST_VENDORS = 1_000;

/** The name of a program without its version: `LimeWire/4.18` and `LimeWire 5` are of the same vendor. */
export function vendorOf(agent: string): string {
  return agent
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\/\S*/g, ' ')
    .split(/\s+/)
    .filter((word) => /^\D/.test(word))
    .join(' ');
}

function copied<T extends Uint8Array | Uint16Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
