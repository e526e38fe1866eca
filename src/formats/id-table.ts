import type { PeerNames } from '../topology/topology.ts';

/**
 * Ids of any text, numbered from 0 in the order in which they first come. Looked up by their bytes in an open table, so that
 * no text is made of an id that is known: millions of lines name the same peers again. O(bytes of the id) each; memory:
 * the bytes of the distinct ids, and 12 to 24 bytes for each.
 */
export class IdTable implements PeerNames {
  /** The bytes of all ids, one after the other; id k ends at `#ends[k]`. */
  #bytes = Buffer.allocUnsafeSlow(1 << 16);
  #ends = new Float64Array(1 << 10);
  #hashes = new Int32Array(1 << 10);
  #size = 0;
  /** Numbers + 1 by hash; 0 for free. */
  #slots = new Uint32Array(1 << 12);

  get size(): number {
    return this.#size;
  }

  /** The number of the id in `bytes[begin .. end - 1]`; `size` grew by one where it is new. */
  number(bytes: Uint8Array, begin: number, end: number): number {
    const hash = hashOf(bytes, begin, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      if (this.#hashes[number - 1] === hash && this.#equals(number - 1, bytes, begin, end)) return number - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, hash, bytes.subarray(begin, end));
  }

  /** Whether the id in `bytes[begin .. end - 1]` has a number. */
  has(bytes: Uint8Array, begin: number, end: number): boolean {
    const hash = hashOf(bytes, begin, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let number = this.#slots[slot] ?? 0; number !== 0; number = this.#slots[slot] ?? 0) {
      if (this.#hashes[number - 1] === hash && this.#equals(number - 1, bytes, begin, end)) return true;
      slot = (slot + 1) & mask;
    }
    return false;
  }

  /** The text of the id of that number. */
  nameOf(number: number): string {
    const begin = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    return this.#bytes.toString('utf8', begin, this.#ends[number]);
  }

  #equals(number: number, bytes: Uint8Array, begin: number, end: number): boolean {
    const start = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    if ((this.#ends[number] ?? 0) - start !== end - begin) return false;
    const own = this.#bytes;
    for (let k = 0; k < end - begin; k++) if (own[start + k] !== bytes[begin + k]) return false;
    return true;
  }

  #add(slot: number, hash: number, id: Uint8Array): number {
    const number = this.#size++;
    const begin = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    if (number === this.#ends.length) {
      const ends = new Float64Array(2 * number);
      ends.set(this.#ends);
      this.#ends = ends;
      const hashes = new Int32Array(2 * number);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
    }
    while (begin + id.length > this.#bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(2 * this.#bytes.length);
      bytes.set(this.#bytes);
      this.#bytes = bytes;
    }
    this.#bytes.set(id, begin);
    this.#ends[number] = begin + id.length;
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (2 * this.#size > this.#slots.length) this.#spread();
    return number;
  }

  #spread(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = (this.#hashes[number] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, and the upper bits once more into the lower ones, which choose the slot. */
function hashOf(bytes: Uint8Array, begin: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let k = begin; k < end; k++) hash = Math.imul(hash ^ (bytes[k] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}
