import { sortRange } from '../topology/sort-range.ts';
import type { LinkBuffer } from './link-buffer.ts';

/** Ids that are numbers are kept as such below this one. */
export const LARGEST_NUMBER_ID = 0xffff_fffe;

/**
 * Numbers the peers of links whose ids are numbers 0..n-1, in the order of the ids, and rewrites the links to that. Numbers
 * may have gaps, and only those that occur are peers. The names of the peers: how many there are where there is no gap,
 * else their numbers, ascending. O(links), and O(peers log peers) where numbers are far larger than there are links.
 */
export function numberPeers(links: LinkBuffer): number | Uint32Array {
  const { sources, targets } = links.lists();
  const { largest } = links;
  // A table by number takes no more memory than the links themselves.
  const names = largest < 8 * links.count ? namesByTable([sources, targets], largest) : undefined;
  if (names === undefined) return rankByHash([sources, targets]);
  if (names.length === largest + 1) return names.length;
  const ranks = new Uint32Array(largest + 1);
  for (let rank = 0; rank < names.length; rank++) ranks[names[rank]!] = rank;
  for (const list of [sources, targets]) for (let k = 0; k < list.length; k++) list[k] = ranks[list[k]!]!;
  return names;
}

function namesByTable(lists: readonly Uint32Array[], largest: number): Uint32Array {
  const seen = new Uint8Array(largest + 1);
  for (const list of lists) {
    // Links of one source often follow each other.
    let last = -1;
    for (let k = 0; k < list.length; k++) {
      const id = list[k]!;
      if (id !== last) seen[id] = 1;
      last = id;
    }
  }
  let size = 0;
  for (let id = 0; id <= largest; id++) size += seen[id]!;
  const names = new Uint32Array(size);
  for (let id = 0, rank = 0; rank < size; id++) if (seen[id] === 1) names[rank++] = id;
  return names;
}

const FREE = 0xffff_ffff;

/** Two passes through an open table: one gathers the numbers, the other rewrites them to their ranks. */
function rankByHash(lists: readonly Uint32Array[]): Uint32Array {
  let keys = new Uint32Array(1024).fill(FREE);
  let size = 0;
  const slotOf = (table: Uint32Array, id: number): number => {
    const mask = table.length - 1;
    let slot = (Math.imul(id, 0x9e3779b1) >>> 7) & mask;
    while (table[slot] !== FREE && table[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  };
  for (const list of lists) {
    for (let k = 0; k < list.length; k++) {
      const slot = slotOf(keys, list[k]!);
      if (keys[slot] !== FREE) continue;
      keys[slot] = list[k]!;
      if (2 * ++size < keys.length) continue;
      const wider = new Uint32Array(2 * keys.length).fill(FREE);
      for (const id of keys) if (id !== FREE) wider[slotOf(wider, id)] = id;
      keys = wider;
    }
  }
  const names = keys.filter((id) => id !== FREE);
  sortRange(names, 0, names.length);
  const ranks = new Uint32Array(keys.length);
  for (let rank = 0; rank < names.length; rank++) ranks[slotOf(keys, names[rank]!)] = rank;
  for (const list of lists) for (let k = 0; k < list.length; k++) list[k] = ranks[slotOf(keys, list[k]!)]!;
  return names;
}
