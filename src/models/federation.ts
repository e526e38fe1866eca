import { barabasiAlbert } from './barabasi-albert.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireShare } from './parameters.ts';

/**
 * Collaborative communities as a federation of servers: each newcomer federates with some that are there, in proportion to their
 * links (preferential attachment), and each server blocks a share of the others; where either end blocks the other there is no
 * link. O(links).
 */
export const federation: Model = {
  name: 'federation',
  title: 'a federation of servers: preferential attachment, less what one end blocks',
  options: ['linksPerPeer', 'blockShare'],
  tiers: false,
  generate: (options, random) => {
    requireShare('share of blocked servers', options.blockShare);
    const { topology: open, notes } = barabasiAlbert.generate(options, random.fork('federation'));
    const { offsets, targets } = open.pairs;
    const blocks = random.fork('blocks');
    const sources = new Uint32Array(targets.length);
    const kept = targets.slice();
    let count = 0;
    for (let server = 0; server < open.size; server++)
      for (let k = offsets[server]!; k < offsets[server + 1]!; k++) {
        const isBlocked = blocks.uniform() < options.blockShare;
        if (blocks.uniform() < options.blockShare || isBlocked) continue;
        sources[count] = server;
        kept[count++] = targets[k]!;
      }
    const links = { sources: sources.subarray(0, count), targets: kept.subarray(0, count) };
    const blocked = `${targets.length - count} of ${targets.length} links are blocked by an end.`;
    return { topology: numberedGraph(open.size, links), notes: [...notes, blocked] };
  },
  expected: (options) => {
    requireShare('share of blocked servers', options.blockShare);
    if (options.blockShare === 0) return barabasiAlbert.expected(options);
    return expectedLinks(options);
  },
};

/** A link stands where neither end blocks the other. */
function expectedLinks(options: ModelOptions): Expectation[] {
  const open = barabasiAlbert.expected(options).find(({ metric }) => metric === 'links')?.value ?? 0;
  const standing = (1 - options.blockShare) ** 2;
  const tolerance = 1 + 4 * Math.sqrt(open * standing * (1 - standing));
  const source = 'links of preferential attachment x (1 - b)^2';
  return [
    { metric: 'links', value: open * standing, tolerance, source },
    {
      metric: 'meanDegree',
      value: (2 * open * standing) / options.peers,
      tolerance: (2 * tolerance) / options.peers,
      source,
    },
  ];
}
