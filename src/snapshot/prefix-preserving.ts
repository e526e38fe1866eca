import { createCipheriv } from 'node:crypto';

/** Addresses of one family as words of 32 bits, first bit highest: one word for IPv4, four for IPv6. */
export type Words = Uint32Array;

/**
 * The prefix-preserving mapping of Crypto-PAn (Xu, Fan, Ammar and Moon, 2002, "Prefix-Preserving IP Address
 * Anonymization"): bit i of an address is flipped or not, by the first bit of AES-128 of the i bits before it, filled up with a
 * secret pad. So two addresses whose first k bits agree, and bit k + 1 does not, have pseudonyms of which the same is
 * true; and no two have the same one.
 *
 * In order of addresses, each shares a prefix with the one before it and needs new blocks for the rest only: some twelve
 * of 32 among a million of IPv4. Blocks are encrypted many at a time.
 */
export class PrefixPreserving {
  readonly #encrypt: (blocks: Uint8Array) => Uint8Array;
  /** The secret pad, as words. */
  readonly #pad: Uint32Array;
  readonly #blocks = new Uint8Array(BLOCKS * BLOCK_BYTES);
  readonly #view = new DataView(this.#blocks.buffer);
  /** Of each block: in which word of the addresses its flip is, and which bit of it. */
  readonly #words = new Uint32Array(BLOCKS);
  readonly #bits = new Uint8Array(BLOCKS);

  /** @param key 32 bytes: a key of AES-128, and what makes the pad. */
  constructor(key: Uint8Array) {
    const cipher = createCipheriv('aes-128-ecb', key.subarray(0, 16), null).setAutoPadding(false);
    this.#encrypt = (blocks) => cipher.update(blocks);
    const pad = cipher.update(key.subarray(16, 32));
    this.#pad = Uint32Array.from({ length: 4 }, (_, word) => pad.readUInt32BE(4 * word));
  }

  /**
   * Maps addresses in place. O(n · bits) at most.
   * @param addresses n of `width` words each, ascending; equal ones next to each other.
   * @param fixedBits how many leading bits of the address that begins at this word are not flipped, which has to be the same for all
   *   addresses that share them; by default none.
   */
  map(addresses: Words, width: 1 | 4, fixedBits: (addresses: Words, at: number) => number = () => 0): void {
    const flips = new Uint32Array(addresses.length);
    let count = 0;
    for (let at = 0; at < addresses.length; at += width) {
      const known = at === 0 ? 0 : shared(addresses, at, width) + 1;
      for (let bit = Math.max(known, fixedBits(addresses, at)); bit < 32 * width; bit++) {
        this.#fill(count, addresses, at, bit, width);
        this.#words[count] = at + (bit >>> 5);
        this.#bits[count] = bit & 31;
        if (++count === BLOCKS) {
          this.#takeFlips(flips, count);
          count = 0;
        }
      }
    }
    this.#takeFlips(flips, count);
    apply(addresses, flips, width);
  }

  /** A block: the bits of the address before this one, then those of the pad. */
  #fill(block: number, addresses: Words, at: number, bit: number, width: number): void {
    for (let word = 0; word < 4; word++) {
      let value = this.#pad[word] ?? 0;
      if (word < width && 32 * word < bit) {
        const mask = highBits(Math.min(32, bit - 32 * word));
        value = ((addresses[at + word] ?? 0) & mask) | (value & ~mask);
      }
      this.#view.setUint32(block * BLOCK_BYTES + 4 * word, value);
    }
  }

  #takeFlips(flips: Uint32Array, count: number): void {
    const encrypted = this.#encrypt(this.#blocks.subarray(0, count * BLOCK_BYTES));
    for (let block = 0; block < count; block++) {
      const word = this.#words[block] ?? 0;
      const flip = (encrypted[block * BLOCK_BYTES] ?? 0) >>> 7;
      flips[word] = (flips[word] ?? 0) | (flip << (31 - (this.#bits[block] ?? 0)));
    }
  }
}

const BLOCK_BYTES = 16;
/** 64 KiB: larger pieces of fresh memory cost more than calls do. */
const BLOCKS = 4096;

/** Bits that the address has in common with the one before it. */
function shared(addresses: Words, at: number, width: number): number {
  for (let word = 0; word < width; word++) {
    const differing = (addresses[at + word] ?? 0) ^ (addresses[at + word - width] ?? 0);
    if (differing !== 0) return 32 * word + Math.clz32(differing);
  }
  return 32 * width;
}

/** Each address has flips of its own only beyond what it shares with the one before; up to there it has those of that one. */
function apply(addresses: Words, flips: Words, width: number): void {
  for (let at = width; at < addresses.length; at += width) {
    const common = Math.min(32 * width, shared(addresses, at, width) + 1);
    for (let word = 0; word < width; word++) {
      const mask = highBits(Math.min(32, Math.max(0, common - 32 * word)));
      flips[at + word] = (flips[at + word] ?? 0) | ((flips[at + word - width] ?? 0) & mask);
    }
  }
  for (let word = 0; word < addresses.length; word++) {
    addresses[word] = (addresses[word] ?? 0) ^ (flips[word] ?? 0);
  }
}

function highBits(count: number): number {
  return count === 0 ? 0 : -1 << (32 - count);
}
