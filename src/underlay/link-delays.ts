import type { Adjacency } from '../topology/adjacency.ts';
import type { Underlay } from './underlay.ts';

/**
 * The delay of each link of an overlay in ms, one way, by its place in the targets of the rows. O(links), and on routers a shortest-way
 * search for each router.
 * @param order the peers in the order in which it is cheapest to ask for them (`peersByRouter`).
 */
export function linkDelays(
  { offsets, targets }: Adjacency,
  underlay: Underlay,
  order: Uint32Array,
): Float64Array {
  const delays = new Float64Array(targets.length);
  for (const peer of order) {
    if (offsets[peer] === offsets[peer + 1]) continue;
    const delayTo = underlay.delaysFrom(peer);
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) delays[k] = delayTo(targets[k]!);
  }
  return delays;
}
