import type { BitReader } from './bit-reader.ts';
import { type PrefixCode, prefixCode, readSymbol } from './huffman.ts';

/** The two codes of a deflated block: for literals and lengths, and for distances (RFC 1951, section 3.2.3). */
export interface BlockCodes {
  readonly literals: PrefixCode;
  readonly distances: PrefixCode;
}

export const END_OF_BLOCK = 256;

/** The codes that a dynamic block begins with, themselves coded (section 3.2.7); undefined where there are no such codes. */
export function readBlockCodes(bits: BitReader): BlockCodes | undefined {
  const literalCount = bits.bits(5) + 257;
  const distanceCount = bits.bits(5) + 1;
  const lengthCount = bits.bits(4) + 4;
  if (literalCount > MAX_LITERALS || distanceCount > MAX_DISTANCES) return undefined;
  const lengthLengths = new Uint8Array(LENGTH_ORDER.length);
  for (let i = 0; i < lengthCount; i++) lengthLengths[LENGTH_ORDER[i] ?? 0] = bits.bits(3);
  const lengthCode = prefixCode(lengthLengths, false);
  if (lengthCode === undefined) return undefined;

  const lengths = readLengths(bits, lengthCode, literalCount + distanceCount);
  if (lengths === undefined || lengths[END_OF_BLOCK] === 0) return undefined;
  const literals = prefixCode(lengths.subarray(0, literalCount), true);
  const distances = prefixCode(lengths.subarray(literalCount), true);
  return literals === undefined || distances === undefined ? undefined : { literals, distances };
}

const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;

/** In which order the lengths of the code for lengths come. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Symbols of the code for lengths beyond the lengths themselves: the last one 3 to 6 times, zeros 3 to 10 or 11 to 138 times. */
const REPEAT_LAST = 16;
const REPEAT_ZERO = 17;

function readLengths(bits: BitReader, code: PrefixCode, count: number): Uint8Array | undefined {
  const lengths = new Uint8Array(count);
  let at = 0;
  while (at < count) {
    const symbol = readSymbol(bits, code);
    if (symbol < 0 || (symbol === REPEAT_LAST && at === 0) || bits.starved()) return undefined;
    const length = symbol === REPEAT_LAST ? (lengths[at - 1] ?? 0) : symbol < REPEAT_LAST ? symbol : 0;
    const times = symbol < REPEAT_LAST ? 1 : readTimes(bits, symbol);
    if (at + times > count) return undefined;
    lengths.fill(length, at, at + times);
    at += times;
  }
  return lengths;
}

function readTimes(bits: BitReader, symbol: number): number {
  if (symbol === REPEAT_LAST) return 3 + bits.bits(2);
  return symbol === REPEAT_ZERO ? 3 + bits.bits(3) : 11 + bits.bits(7);
}

/** The repetition that a symbol beyond END_OF_BLOCK begins: how long, and how far back; undefined for none. */
export function readRepetition(
  bits: BitReader,
  symbol: number,
  distances: PrefixCode,
): { readonly length: number; readonly distance: number } | undefined {
  const length = readBased(bits, symbol - END_OF_BLOCK - 1, LENGTH_BASES, LENGTH_BITS);
  if (length === undefined) return undefined;
  const distance = readBased(bits, readSymbol(bits, distances), DISTANCE_BASES, DISTANCE_BITS);
  return distance === undefined ? undefined : { length, distance };
}

function readBased(
  bits: BitReader,
  code: number,
  bases: readonly number[],
  extraBits: readonly number[],
): number | undefined {
  const base = bases[code];
  const extra = extraBits[code];
  return base === undefined || extra === undefined ? undefined : base + bits.bits(extra);
}

/** Section 3.2.5. */
const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

const NO_CODE: PrefixCode = { counts: new Uint16Array(16), symbols: new Uint16Array(0) };

/** The codes that need not be sent (section 3.2.6). */
export const FIXED_CODES: BlockCodes = {
  literals:
    prefixCode(
      Array.from({ length: 288 }, (_, symbol) =>
        symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
      ),
      false,
    ) ?? NO_CODE,
  distances: prefixCode(new Array<number>(32).fill(5), false) ?? NO_CODE,
};
