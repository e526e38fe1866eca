/**
 * How far a peer's word is taken for whom else there is. Whoever lists addresses behind which nobody speaks is believed less and less on its
 * word alone: once the contacts that it brought should have found more than FREE + RETURN times as many answers as they did, by the share of
 * contacts with peers that several had listed, those that nobody else lists wait.
 *
 * Sources are numbers of an address book. 4 bytes an address, O(1).
 */
export class SourceCredit {
  #tried = new Uint16Array(1024);
  #brought = new Uint16Array(1024);
  /** Contacts with peers that several sources had listed, and those that answered. */
  #usual = { ended: 0, answered: 0 };

  /** A contact that this source brought begins. */
  tried(source: number): void {
    if (source >= this.#tried.length) this.#makeRoom(source);
    this.#tried[source] = Math.min(MOST, this.#tried[source]! + 1);
  }

  /** It found somebody who speaks. */
  brought(source: number): void {
    if (source >= this.#tried.length) this.#makeRoom(source);
    this.#brought[source] = Math.min(MOST, this.#brought[source]! + 1);
  }

  /** A contact that several had brought ended; `again` where that was said before, and only its answer is new. */
  usual(answered: boolean, again: boolean): void {
    if (!again) this.#usual.ended += 1;
    if (answered) this.#usual.answered += 1;
  }

  /** Whether its word alone is reason enough for another contact. */
  isGood(source: number): boolean {
    const tried = this.#tried[source] ?? 0;
    if (tried <= FREE) return true;
    // Nothing is known at first: then every second one answers.
    const answers = (this.#usual.answered + 1) / (this.#usual.ended + 2);
    return tried * answers <= FREE + RETURN * (this.#brought[source] ?? 0);
  }

  #makeRoom(source: number): void {
    const size = 2 * (source + 1);
    this.#tried = copied(this.#tried, new Uint16Array(size));
    this.#brought = copied(this.#brought, new Uint16Array(size));
  }
}

/** Contacts without an answer that everybody is good for; and how many each answer is worth. */
const FREE = 4;
const RETURN = 2;
const MOST = 0xffff;

function copied(from: Uint16Array, to: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  to.set(from);
  return to;
}
