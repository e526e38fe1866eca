import type { Address } from '../core/address.ts';
import type { AddressBook } from '../core/address-book.ts';
import type { Frontier } from './frontier.ts';
import { NumberQueue } from './number-queue.ts';
import { SourceCredit } from './source-credit.ts';

/**
 * Every address at most once, in the order in which they were learned. Whom only peers tell of whose word is not good (source-credit.ts) is
 * withheld, until somebody else tells of it or their word is good again. Where there is nobody else to contact, the withheld ones are
 * after all, as long as those contacts are no more than TRIALS and a share of TRIAL_SHARE of the peers that answered.
 *
 * O(1) an address, 17 bytes. BOUNDED by whoever takes the snapshot, which ends a crawl that knows too many addresses.
 */
export class MemoryFrontier implements Frontier {
  readonly #book: AddressBook;
  readonly #credit = new SourceCredit();
  /** What became of the address with this number. */
  #states = new Uint8Array(1024);
  /** The numbers of the first two who told of it, from 1; 0 where there is none. */
  #firsts = new Uint32Array(1024);
  #seconds = new Uint32Array(1024);
  readonly #queue = new NumberQueue();
  /** By the source whose word is not good. */
  readonly #withheldOf = new Map<number, number[]>();
  #waiting = 0;
  #withheld = 0;
  #answered = 0;
  #trials = 0;
  readonly #trusts: boolean;

  /**
   * @param book where addresses get their numbers.
   * @param trusts whether everybody's word is as good as the user's: first come first served, and nobody is withheld [false].
   */
  constructor(book: AddressBook, trusts = false) {
    this.#book = book;
    this.#trusts = trusts;
  }

  offer(addresses: readonly Address[], source?: Address): void {
    const numbers = this.#book.addAll(addresses);
    const teller = source === undefined || this.#trusts ? USER : 1 + this.#book.add(source);
    for (const number of numbers) {
      if (number >= this.#states.length) this.#makeRoom(number);
      const state = this.#states[number]!;
      if (state === UNKNOWN) this.#learn(number, teller);
      else if (state <= WITHHELD) this.#hearAgain(number, state, teller);
    }
  }

  settle(address: Address): void {
    const number = this.#numberOf(address);
    const state = this.#states[number]!;
    if (state === HEARSAY || state === VOUCHED) this.#waiting -= 1;
    if (state === WITHHELD) this.#withheld -= 1;
    if (state < TAKEN) this.#begin(number, state === VOUCHED);
  }

  ended(address: Address, spoke: boolean): void {
    const number = this.#numberOf(address);
    const state = this.#states[number]!;
    if (state < TAKEN || (state & SPOKE) !== 0) return;
    if ((state & OF_SEVERAL) !== 0) this.#credit.usual(spoke, (state & ENDED) !== 0);
    this.#states[number] = state | ENDED | (spoke ? SPOKE : 0);
    if (!spoke) return;
    this.#answered += 1;
    for (const teller of [this.#firsts[number]!, this.#seconds[number]!]) {
      if (teller === NOBODY || teller === USER) continue;
      this.#credit.brought(teller);
      this.#release(teller);
    }
  }

  take(most: number): readonly Address[] {
    const taken: Address[] = [];
    while (taken.length < most && this.#queue.length > 0) {
      const number = this.#queue.shift();
      const state = this.#states[number]!;
      // It was contacted by now.
      if (state !== HEARSAY && state !== VOUCHED) continue;
      this.#waiting -= 1;
      if (this.#isGood(number)) {
        this.#begin(number, state === VOUCHED);
        taken.push(this.#book.at(number));
      } else this.#withhold(number);
    }
    const trials = Math.min(most - taken.length, this.#withheld, this.#trialsLeft);
    if (trials > 0) this.#tryWithheld(trials, taken);
    return taken;
  }

  isVouchedFor(address: Address): boolean {
    return this.#isGood(this.#numberOf(address));
  }

  get waiting(): number {
    return this.#waiting;
  }

  get withheld(): number {
    return this.#withheld;
  }

  #learn(number: number, teller: number): void {
    this.#firsts[number] = teller;
    this.#waiting += 1;
    this.#states[number] = teller === USER ? VOUCHED : HEARSAY;
    this.#queue.push(number);
  }

  /** Somebody else tells of an address that was not contacted yet. */
  #hearAgain(number: number, state: number, teller: number): void {
    const [first, second] = [this.#firsts[number]!, this.#seconds[number]!];
    if (teller === first || teller === second || first === USER) return;
    if (second === NOBODY) this.#seconds[number] = teller;
    // Whose word is not good makes room for others.
    else if (!this.#credit.isGood(first)) this.#firsts[number] = teller;
    else if (!this.#credit.isGood(second)) this.#seconds[number] = teller;
    if (state === WITHHELD) {
      if (!this.#isGood(number)) return;
      this.#withheld -= 1;
      this.#waiting += 1;
      this.#queue.push(number);
    }
    this.#states[number] = VOUCHED;
  }

  /** One of those who tell of it is to be believed. */
  #isGood(number: number): boolean {
    const [first, second] = [this.#firsts[number]!, this.#seconds[number]!];
    if (first === USER || first === NOBODY || this.#credit.isGood(first)) return true;
    return second !== NOBODY && this.#credit.isGood(second);
  }

  #begin(number: number, isOfSeveral: boolean): void {
    this.#states[number] = isOfSeveral ? TAKEN | OF_SEVERAL : TAKEN;
    for (const teller of [this.#firsts[number]!, this.#seconds[number]!]) {
      if (teller !== NOBODY && teller !== USER) this.#credit.tried(teller);
    }
  }

  #withhold(number: number): void {
    this.#states[number] = WITHHELD;
    this.#withheld += 1;
    const teller = this.#firsts[number]!;
    const others = this.#withheldOf.get(teller);
    if (others === undefined) this.#withheldOf.set(teller, [number]);
    else others.push(number);
  }

  get #trialsLeft(): number {
    return Math.floor(TRIALS + TRIAL_SHARE * this.#answered) - this.#trials;
  }

  #tryWithheld(most: number, taken: Address[]): void {
    for (const [teller, numbers] of this.#withheldOf) {
      let number = numbers.shift();
      for (; number !== undefined && most > 0; number = numbers.shift()) {
        if (this.#states[number] !== WITHHELD) continue;
        this.#withheld -= 1;
        this.#trials += 1;
        most -= 1;
        this.#begin(number, false);
        taken.push(this.#book.at(number));
      }
      if (number === undefined) this.#withheldOf.delete(teller);
      else numbers.unshift(number);
      if (most === 0) return;
    }
  }

  /** Its word is good again: what waited for that goes back on the list. */
  #release(teller: number): void {
    const numbers = this.#withheldOf.get(teller);
    if (numbers === undefined || !this.#credit.isGood(teller)) return;
    this.#withheldOf.delete(teller);
    for (const number of numbers) {
      if (this.#states[number] !== WITHHELD) continue;
      this.#states[number] = HEARSAY;
      this.#withheld -= 1;
      this.#waiting += 1;
      this.#queue.push(number);
    }
  }

  #numberOf(address: Address): number {
    const number = this.#book.add(address);
    this.#makeRoom(number);
    return number;
  }

  #makeRoom(number: number): void {
    if (number < this.#states.length) return;
    const size = 2 * (number + 1);
    this.#states = copied(this.#states, new Uint8Array(size));
    this.#firsts = copied(this.#firsts, new Uint32Array(size));
    this.#seconds = copied(this.#seconds, new Uint32Array(size));
  }
}

// States: learned and not contacted …
const UNKNOWN = 0;
const HEARSAY = 1;
const VOUCHED = 2;
const WITHHELD = 3;
// … or contacted, by this crawl or before: with what is known of that.
const TAKEN = 4;
const OF_SEVERAL = 8;
const ENDED = 16;
const SPOKE = 32;

const TRIALS = 100;
const TRIAL_SHARE = 0.25;

const NOBODY = 0;
/** More than any number of an address. */
const USER = 0xffffffff;

function copied<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
