import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../src/analyses/analysis.ts';
import { communities } from '../../src/analyses/communities.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { KARATE } from './karate.ts';
import { SNAP_PRESENT, snapGraph } from './snap-graphs.ts';
import { topologyOf } from './support.ts';

const run = (topology: Topology, seed = 1) =>
  communities.run(topology, { ...DEFAULT_ANALYSIS_OPTIONS, seed });
const clique = (name: string) =>
  [0, 1, 2, 3, 4]
    .flatMap((a) => [0, 1, 2, 3, 4].slice(a + 1).map((b) => `${name}${a}-${name}${b}`))
    .join(' ');

describe('the communities', () => {
  it('of two cliques with one link between them, and a peer alone, are those', async () => {
    const result = await run(topologyOf(`${clique('a')} ${clique('b')} a0-b0 alone`));
    // 21 links, 10 in each clique, which has 21 of the 42 ends.
    expect(result.modularity).toBeCloseTo(2 * (10 / 21 - 1 / 4), 15);
    expect({ ...result, modularity: 0 }).toEqual({
      count: 3,
      modularity: 0,
      sizes: [
        { size: 5, count: 2 },
        { size: 1, count: 1 },
      ],
      largest: [
        { nodes: 5, innerLinks: 10, outerLinks: 1 },
        { nodes: 5, innerLinks: 10, outerLinks: 1 },
        { nodes: 1, innerLinks: 0, outerLinks: 0 },
      ],
    });
  });

  it('of the karate club come within a twentieth of the best there are', async () => {
    // python-igraph 0.10.2: community_optimal_modularity, which proves the largest modularity there is.
    const { modularity } = await run(topologyOf(KARATE));
    expect(modularity).toBeLessThanOrEqual(0.4197896120973046 + 1e-12);
    expect(modularity).toBeGreaterThan(0.95 * 0.4197896120973046);
  });

  it('are the same for the same seed', async () => {
    expect(await run(topologyOf(KARATE), 5)).toEqual(await run(topologyOf(KARATE), 5));
  });

  it('of nothing are none, and of peers without links one each', async () => {
    expect(await run(topologyOf(''))).toEqual({ count: 0, modularity: null, sizes: [], largest: [] });
    const result = await run(topologyOf('a b'));
    expect(result).toMatchObject({ count: 2, modularity: null, sizes: [{ size: 1, count: 2 }] });
    expect(communities.methods(result, DEFAULT_ANALYSIS_OPTIONS)).toEqual([]);
    expect(communities.charts(await run(topologyOf('')))).toEqual([]);
  });

  it('are told at most twenty of, and how many there are of each size', async () => {
    const pairs = Array.from({ length: 30 }, (_, i) => `p${i}-q${i}`).join(' ');
    const result = await run(topologyOf(pairs));
    expect(result).toMatchObject({ count: 30, sizes: [{ size: 2, count: 30 }] });
    expect(result.largest).toHaveLength(20);
    expect(communities.tables(result).map(({ name, rows }) => [name, rows.length])).toEqual([
      ['communities', 1],
      ['largest-communities', 20],
      ['community-sizes', 1],
    ]);
  });

  it.skipIf(!SNAP_PRESENT)('of p2p-Gnutella08 are about as good as those that igraph finds', async () => {
    const result = await run(await snapGraph('p2p-Gnutella08'));
    // python-igraph 0.10.2, community_multilevel (Louvain) of the simple graph: .4613 to .4662 in ten runs.
    expect(Math.abs(result.modularity! - 0.4638)).toBeLessThan(0.02);
    expect(result.sizes.reduce((sum, { size, count }) => sum + size * count, 0)).toBe(6301);
  });
});
