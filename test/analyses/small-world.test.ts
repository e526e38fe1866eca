import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../../src/analyses/analysis.ts';
import { smallWorld } from '../../src/analyses/small-world.ts';
import { createRandom } from '../../src/core/random.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { triangleShares } from '../../src/topology/clustering.ts';
import { linkLists, rowsOf, topologyOf as fromList } from '../topology/support.ts';
import { topologyOf } from './support.ts';

const measure = (topology: Topology) => smallWorld.run(topology, DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK);

const model = (name: string, options: object): Topology =>
  MODELS.find((one) => one.name === name)!.generate({ ...DEFAULT_MODEL_OPTIONS, ...options }, createRandom(1))
    .topology;

describe('small-world', () => {
  it('finds a rewired ring to be one, as Watts and Strogatz did', async () => {
    const result = await measure(model('watts-strogatz', { peers: 1000, neighbours: 10, rewiring: 0.05 }));
    expect(result.sigma).toBeGreaterThan(20);
    expect(result.sigmaTransitivity).toBeGreaterThan(20);
    // A ring of degree 10: C = 3 (k - 2) / (4 (k - 1)), times (1 - p)^3 after rewiring (Barrat and Weigt 2000).
    expect(result.averageClustering).toBeCloseTo((2 / 3) * 0.95 ** 3, 1);
  });

  it('finds a random graph to be none: all ratios are about 1', async () => {
    const { sigma, random } = await measure(model('erdos-renyi', { peers: 2000, meanDegree: 12 }));
    expect(sigma).toBeGreaterThan(0.8);
    expect(sigma).toBeLessThan(1.2);
    expect(random!.runs).toBe(10);
    // Pairs of neighbours are linked as all pairs are: with probability <k> / N.
    expect(random!.transitivity.mean).toBeCloseTo(12 / 2000, 3);
    expect(random!.averageClustering.standardDeviation).toBeGreaterThan(0);
  });

  it('has nothing to compare where there is no link or no triangle', async () => {
    expect(await measure(topologyOf(''))).toMatchObject({ nodes: 0, averageClustering: null, random: null });
    expect(await measure(topologyOf('a b'))).toMatchObject({ nodes: 1, meanPathLength: null, sigma: null });
    const star = await measure(topologyOf('hub-a hub-b hub-c'));
    expect(star).toMatchObject({ averageClustering: 0, meanPathLength: 1.5, sigma: null });
    expect(smallWorld.tables(star)[0]!.notes).toHaveLength(2);
  });
});

describe('triangle shares', () => {
  it('agree with counting all triples', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const { simple } = fromList(list, false);
        const rows = rowsOf(simple);
        const shares = rows.map((row) => {
          const pairs = row.flatMap((a) => row.filter((b) => a < b).map((b) => rows[a]!.includes(b)));
          return { linked: pairs.filter(Boolean).length, pairs: pairs.length };
        });
        const wedges = shares.reduce((sum, { pairs }) => sum + pairs, 0);
        const closed = shares.reduce((sum, { linked }) => sum + linked, 0);
        const mean = shares.reduce((sum, { linked, pairs }) => sum + (pairs === 0 ? 0 : linked / pairs), 0);
        const found = triangleShares(simple);
        expect(found.averageClustering).toBeCloseTo(mean / list.size, 12);
        expect(found.transitivity).toBeCloseTo(wedges === 0 ? 0 : closed / wedges, 12);
      }),
    );
  });
});
