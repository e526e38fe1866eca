import type { Random } from '../core/random.ts';
import { LinkSet } from '../models/link-set.ts';

/** Links between peers 0..size-1, each once and none with itself. */
export interface PlainLinks {
  readonly size: number;
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
}

/** Exchanges tried for each link on the way from one graph to the next: all but e^-8 of the links have then been tried. */
const EXCHANGES_PER_LINK = 4;

/**
 * Random graphs with the same degrees, for a test of the given one: two random links a-b and c-d become a-d and c-b, where neither
 * stands already. The chain goes from the given graph to a hub, and from the hub to each of the others by as many steps. As each step
 * is as likely as its reverse, the given graph is one of them like any other, if its links were placed at random: a rank among them is a
 * valid test, however well the chain mixes (Besag and Clifford 1989).
 *
 * Each graph is valid until the next one is asked for. O(links) a graph.
 */
export function* rewiredGraphs(links: PlainLinks, count: number, random: Random): Generator<PlainLinks> {
  const hub = linkSetOf(links);
  rewire(hub, random);
  for (let k = 0; k < count; k++) {
    const graph = linkSetOf({ size: links.size, sources: hub.sources, targets: hub.targets });
    rewire(graph, random);
    yield { size: links.size, sources: graph.sources, targets: graph.targets };
  }
}

function linkSetOf({ size, sources, targets }: PlainLinks): LinkSet {
  const links = new LinkSet(size, sources.length);
  sources.forEach((source, k) => links.add(source, targets[k]!));
  return links;
}

function rewire(links: LinkSet, random: Random): void {
  const { count, sources, targets } = links;
  if (count < 2) return;
  for (let k = EXCHANGES_PER_LINK * count; k > 0; k--) {
    const one = random.int(count);
    const other = random.int(count);
    if (one === other) continue;
    const isTurned = random.int(2) === 1;
    const [a, b] = [sources[one]!, targets[one]!];
    const [c, d] = isTurned ? [targets[other]!, sources[other]!] : [sources[other]!, targets[other]!];
    if (!links.fits(a, d) || !links.fits(c, b)) continue;
    links.replace(one, a, d);
    links.replace(other, c, b);
  }
}
