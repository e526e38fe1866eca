import type { BitReader } from './bit-reader.ts';

/** A canonical prefix code: how many codes there are of each length, and their symbols in order (RFC 1951, section 3.2.2). */
export interface PrefixCode {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const LONGEST_CODE = 15;

/**
 * The code of these lengths, one for each symbol, 0 for a symbol that does not occur; undefined where no such code exists.
 * A code with room left is refused as zlib does: but for a single code of one bit, where `mayBeSingle`. O(symbols).
 */
export function prefixCode(lengths: ArrayLike<number>, mayBeSingle: boolean): PrefixCode | undefined {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (let symbol = 0; symbol < lengths.length; symbol++)
    counts[lengths[symbol] ?? 0] = 1 + countOf(counts, lengths[symbol] ?? 0);

  let free = 1;
  let longest = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    free = free * 2 - countOf(counts, length);
    if (free < 0) return undefined;
    if (countOf(counts, length) > 0) longest = length;
  }
  if (free > 0 && !(mayBeSingle && longest <= 1)) return undefined;

  const next = new Uint16Array(LONGEST_CODE + 2);
  for (let length = 1; length <= LONGEST_CODE; length++)
    next[length + 1] = countOf(next, length) + countOf(counts, length);
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    const place = countOf(next, length);
    symbols[place] = symbol;
    next[length] = place + 1;
  }
  return { counts, symbols };
}

/** Reads one symbol, bit by bit; -1 where no code begins like this. The reader may starve in the middle. */
export function readSymbol(reader: BitReader, { counts, symbols }: PrefixCode): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    code |= reader.bits(1);
    const count = countOf(counts, length);
    if (code - count < first) return symbols[index + code - first] ?? -1;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}

function countOf(counts: Uint16Array, length: number): number {
  return counts[length] ?? 0;
}
