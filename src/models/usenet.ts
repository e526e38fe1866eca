import type { Random } from '../core/random.ts';
import { allLinks } from '../topology/link-relations.ts';
import { LinkSet } from './link-set.ts';
import type { Model } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';

/**
 * Usenet: news sites that feed each other articles. Sites come one after the other. Most take one feed, from a site chosen in
 * proportion to its feeds; some are hubs of their region from the start, with several feeds, some of them to sites that their
 * first one feeds. The shares below were chosen so that the model resembles the news links in the UUCP maps of 1987, 1988
 * and 1992: a middle-sized overlay where more than half of the sites have one feed. O(links).
 */
export const usenet: Model = {
  name: 'usenet',
  title: 'Usenet: news sites that feed each other, most of them one feed from a well-connected site',
  options: [],
  tiers: false,
  generate: ({ peers }, random) => {
    requireWhole('peers', peers, 2);
    const links = feeds(peers, random);
    return {
      topology: numberedGraph(peers, links.list(), {}, allLinks('feed')),
      notes: ['A link is a feed, both ways.'],
    };
  },
  expected: ({ peers }) => {
    requireWhole('peers', peers, 2);
    const one = { metric: 'components', value: 1, tolerance: 0, source: 'every site takes a feed' } as const;
    if (peers < 1_000) return [one];
    const maps = 'as in the news links of the maps of 1987, 1988 and 1992 (docs/models.md)';
    return [
      one,
      {
        metric: 'meanDegree',
        value: 2.65,
        tolerance: 0.15,
        source: '2 (1 + 3 x .12) less the feeds that repeat others; 2.57 to 2.75 in the maps',
      },
      {
        metric: 'shareOfLeastDegree',
        value: (2 / 3) * (1 - HUBS),
        tolerance: 0.04,
        source:
          '2/3 of those that came with one feed, as in a tree of Barabási and Albert; .56 to .63 in the maps',
      },
      // In the giant components of the maps: 6.3 to 6.6; the model's ways are shorter by up to a hop.
      ...(peers >= 3_000 && peers <= 10_000
        ? [{ metric: 'meanDistance', value: 6, tolerance: 0.7, source: maps } as const]
        : []),
    ];
  },
};

/** The share of sites that come with several feeds, and how many those are. */
const HUBS = 0.12;
const FEEDS_OF_HUB = 4;
/** The share of a hub's further feeds that lead to a neighbour of its first one. */
const REGIONAL = 0.5;

function feeds(peers: number, random: Random): LinkSet {
  const links = new LinkSet(peers, 4 * peers);
  const draw = (peer: number): number => {
    // Any end of any link: a site in proportion to its feeds.
    if (links.count === 0) return 0;
    const link = random.int(links.count);
    const end = random.int(2) === 0 ? links.sources[link]! : links.targets[link]!;
    return end === peer ? draw(peer) : end;
  };
  const neighbours: number[][] = [[]];
  const link = (peer: number, other: number): void => {
    if (!links.add(peer, other)) return;
    neighbours[peer]!.push(other);
    neighbours[other]!.push(peer);
  };
  for (let peer = 1; peer < peers; peer++) {
    neighbours.push([]);
    const first = draw(peer);
    link(peer, first);
    if (random.uniform() >= HUBS) continue;
    for (let feed = 1; feed < FEEDS_OF_HUB; feed++) {
      const nearby = neighbours[first]!;
      link(peer, random.uniform() < REGIONAL ? pick(nearby, peer, random) : draw(peer));
    }
  }
  return links;
}

function pick(nearby: readonly number[], peer: number, random: Random): number {
  const other = nearby[random.int(nearby.length)]!;
  return other === peer && nearby.length > 1 ? pick(nearby, peer, random) : other;
}
