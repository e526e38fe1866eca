import type { Qrp } from '../wire/qrp.ts';
import { qrpPatches, type QrpTable } from '../wire/qrp-table.ts';
import { EMPTY } from '../../../core/byte-reader.ts';

/** 2^32 times the golden ratio's half, as the proposal has it. */
const MULTIPLIER = 0x4f1b_bcdc;

/**
 * The slot of a word in a table of 2^bits slots: its bytes in small letters, folded by XOR into 32 bits, times a constant, and
 * of the product's low half the upper bits. Of characters beyond Latin-1 only the low byte counts.
 * Source: C. Rohrs, "Query Routing for the Gnutella Network" 1.0, Lime Wire 2002, section 4 and the appendix.
 */
export function qrpHash(word: string, bits: number): number {
  let folded = 0;
  const small = word.toLowerCase();
  for (let i = 0; i < small.length; i++) folded ^= (small.charCodeAt(i) & 0xff) << ((i & 3) * 8);
  return bits === 0 ? 0 : Math.imul(folded, MULTIPLIER) >>> (32 - bits);
}

/** Slots of a table: few enough that it is cheap to keep, and so many that at most one in 16 is taken. */
const LEAST_SLOTS = 512;
const MOST_SLOTS = 65_536;
const SLOTS_PER_WORD = 16;

/** The distance that means out of reach, so that 1 is the servent itself; as observed of gtk-gnutella. */
const INFINITY = 2;

/** Bytes of one patch message; a table of MOST_SLOTS deflates to less than 255 of them. */
const SLICE_BYTES = 2_048;

/**
 * What a leaf tells its superpeer of these words: a reset, then patches of 4-bit deltas, deflated. The table grows with
 * the words. Only whole words are put in, not their beginnings as the proposal has it, since whole words are searched for.
 */
export function tableMessages(words: readonly string[]): readonly Qrp[] {
  const bits = tableBits(words.length);
  const deltas = new Int8Array(2 ** bits);
  for (const word of words) deltas[qrpHash(word, bits)] = 1 - INFINITY;
  return [
    { kind: 'reset', slots: deltas.length, infinity: INFINITY, rest: EMPTY },
    ...qrpPatches(deltas, 4, SLICE_BYTES),
  ];
}

/** A table of so many words has 2 to the power of this slots. */
export function tableBits(words: number): number {
  return Math.ceil(Math.log2(Math.min(MOST_SLOTS, Math.max(LEAST_SLOTS, words * SLOTS_PER_WORD))));
}

/**
 * Whether the neighbour that sent this table may have a file with all these words. One that has sent no whole table gets
 * nothing, and neither does a search without words.
 */
export function mayHave(table: QrpTable, words: readonly string[]): boolean {
  if (!table.patched || words.length === 0) return false;
  const bits = Math.log2(table.slots);
  return words.every((word) => table.has(qrpHash(word, bits)));
}
