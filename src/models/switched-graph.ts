import type { Random } from '../core/random.ts';
import { sortRows, type Adjacency } from '../topology/adjacency.ts';
import { LinkSet } from './link-set.ts';

/** Switches tried for each link: by then nothing but the degrees is left of where the links were. */
const SWITCHES_PER_LINK = 10;

/**
 * A random graph in which every peer has as many links as in the one given: two random links exchange an end each, many
 * times over, but where that would make a self-loop or a link that is there already (Maslov and Sneppen 2002). It need
 * not be connected. O(links).
 *
 * @param rows an undirected simple graph.
 */
export function switchedGraph({ offsets, targets }: Adjacency, random: Random): Adjacency {
  const size = offsets.length - 1;
  const links = new LinkSet(size, targets.length / 2);
  for (let peer = 0; peer < size; peer++) {
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
      if (peer < targets[k]!) links.add(peer, targets[k]!);
  }
  for (let tried = 0; tried < SWITCHES_PER_LINK * links.count; tried++) {
    const [i, j] = [random.int(links.count), random.int(links.count)];
    const [a, b] = [links.sources[i]!, links.targets[i]!];
    // The other link from either end, so that all ways to exchange are as likely.
    const flip = (tried & 1) === 1;
    const c = flip ? links.targets[j]! : links.sources[j]!;
    const d = flip ? links.sources[j]! : links.targets[j]!;
    if (i === j || !links.fits(a, d) || !links.fits(c, b)) continue;
    links.replace(i, a, d);
    links.replace(j, c, b);
  }
  return sortRows(size, links.list(), true).rows;
}
