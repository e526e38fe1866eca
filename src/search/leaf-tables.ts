import { qrpHash, tableBits } from '../overlays/gnutella/node/query-routing-table.ts';
import { wordsOf } from '../overlays/gnutella/node/words.ts';
import type { Content } from './content.ts';

/** Who has which slot, among tables of one size. */
interface SlotIndex {
  readonly bits: number;
  readonly offsets: Uint32Array;
  readonly peers: Uint32Array;
}

/**
 * The query routing tables of all peers (QRP, as our Gnutella leaves send them): each has the slots of the words of what it
 * holds. Made when they are asked for, from the same hash and the same size of table; 4 bytes for each copy, and 4 for each
 * different word of an item.
 */
export class LeafTables {
  /** The words of each item, as the 32 bits of which a table of any size takes the upper ones. */
  readonly #words: readonly Uint32Array[];
  /** What each peer holds. */
  readonly #offsets: Uint32Array;
  readonly #items: Uint32Array;
  /** Of how many slots each table is, as a power of two; 0 where it has not been worked out. */
  readonly #bits: Uint8Array;
  #bySlot: readonly SlotIndex[] | undefined;

  /** O(peers + copies). */
  constructor({ nameOf, popularity, holders }: Content, peers: number) {
    this.#words = Array.from(popularity, (_, item) =>
      Uint32Array.from(wordsOf(nameOf(item)), (word) => qrpHash(word, 32)),
    );
    this.#bits = new Uint8Array(peers);
    this.#offsets = new Uint32Array(peers + 1);
    this.#items = new Uint32Array(holders.targets.length);
    for (const peer of holders.targets) this.#offsets[peer + 1]! += 1;
    for (let peer = 0; peer < peers; peer++) this.#offsets[peer + 1]! += this.#offsets[peer]!;
    const next = this.#offsets.slice();
    for (let item = 0; item < popularity.length; item++) {
      for (let k = holders.offsets[item]!; k < holders.offsets[item + 1]!; k++) {
        this.#items[next[holders.targets[k]!]!++] = item;
      }
    }
  }

  /** What a peer holds, in the order of the items. */
  itemsOf(peer: number): Uint32Array {
    return this.#items.subarray(this.#offsets[peer], this.#offsets[peer + 1]);
  }

  /** Whether the table of a peer has the slots of all words of an item. O(words of what it holds). */
  mayHave(peer: number, item: number): boolean {
    const shift = 32 - this.#bitsOf(peer);
    const wanted = this.#words[item]!;
    return wanted.length > 0 && wanted.every((word) => this.#has(peer, word >>> shift, shift));
  }

  /**
   * The peers whose tables have the slots of all words of an item, in no order, perhaps twice. O(those with the first word's
   * slot), once the tables have been gone through: O(copies).
   */
  *matching(item: number): Generator<number> {
    const [first, ...others] = this.#words[item]!;
    if (first === undefined) return;
    this.#bySlot ??= this.#indexBySlot();
    for (const { bits, offsets, peers } of this.#bySlot) {
      const slot = first >>> (32 - bits);
      for (let k = offsets[slot]!; k < offsets[slot + 1]!; k++)
        if (others.length === 0 || this.mayHave(peers[k]!, item)) yield peers[k]!;
    }
  }

  /** For each size of table: who has which slot. */
  #indexBySlot(): SlotIndex[] {
    const size = this.#bits.length;
    const sizes = new Set<number>();
    for (let peer = 0; peer < size; peer++) if (this.#holdsAny(peer)) sizes.add(this.#bitsOf(peer));
    return Array.from(sizes, (bits) => {
      const offsets = new Uint32Array(2 ** bits + 1);
      this.#eachSlot(bits, (slot) => (offsets[slot + 1]! += 1));
      for (let slot = 0; slot < 2 ** bits; slot++) offsets[slot + 1]! += offsets[slot]!;
      const peers = new Uint32Array(offsets[2 ** bits]!);
      const next = offsets.slice();
      this.#eachSlot(bits, (slot, peer) => (peers[next[slot]!++] = peer));
      return { bits, offsets, peers };
    });
  }

  #eachSlot(bits: number, take: (slot: number, peer: number) => void): void {
    for (let peer = 0; peer < this.#bits.length; peer++) {
      if (this.#bits[peer] !== bits) continue;
      for (let k = this.#offsets[peer]!; k < this.#offsets[peer + 1]!; k++)
        for (const word of this.#words[this.#items[k]!]!) take(word >>> (32 - bits), peer);
    }
  }

  #holdsAny(peer: number): boolean {
    return this.#offsets[peer + 1]! > this.#offsets[peer]!;
  }

  #has(peer: number, slot: number, shift: number): boolean {
    for (let k = this.#offsets[peer]!; k < this.#offsets[peer + 1]!; k++) {
      for (const word of this.#words[this.#items[k]!]!) if (word >>> shift === slot) return true;
    }
    return false;
  }

  #bitsOf(peer: number): number {
    const known = this.#bits[peer]!;
    if (known > 0) return known;
    const words = new Set<number>();
    for (let k = this.#offsets[peer]!; k < this.#offsets[peer + 1]!; k++) {
      for (const word of this.#words[this.#items[k]!]!) words.add(word);
    }
    return (this.#bits[peer] = tableBits(words.size));
  }
}
