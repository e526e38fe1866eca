import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../../src/analyses/analysis.ts';
import { sampleDistances } from '../../src/analyses/distances-sample.ts';
import { distances } from '../../src/analyses/distances.ts';
import type { Crew } from '../../src/core/crew.ts';
import { createRandom } from '../../src/core/random.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { breadthFirstOrder } from '../../src/topology/peer-order.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { linkLists, topologyOf as fromList, type LinkList } from '../topology/support.ts';
import { topologyOf } from './support.ts';

const measure = (topology: Topology, crew = QUIET_WORK.crew) =>
  distances.run(topology, DEFAULT_ANALYSIS_OPTIONS, { ...QUIET_WORK, crew });

const model = (name: string, options: object, seed = 1): Topology =>
  MODELS.find((one) => one.name === name)!.generate(
    { ...DEFAULT_MODEL_OPTIONS, ...options },
    createRandom(seed),
  ).topology;

/** All distances by repeated relaxation (Floyd 1962), of the first largest component. */
function bruteForce({ size, links }: LinkList) {
  const d = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => (i === j ? 0 : Infinity)),
  );
  for (const [a, b] of links) if (a !== b) d[a]![b] = d[b]![a] = 1;
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) d[i]![j] = Math.min(d[i]![j]!, d[i]![k]! + d[k]![j]!);
  const components = d.map((row) => row.flatMap((distance, j) => (distance < Infinity ? [j] : [])));
  const largest = components.reduce((best, one) => (one.length > best.length ? one : best));
  const pairs = largest.flatMap((i) => largest.filter((j) => j > i).map((j) => d[i]![j]!));
  const eccentricities = largest.map((i) => Math.max(...largest.map((j) => d[i]![j]!)));
  return {
    nodes: largest.length,
    diameter: Math.max(...eccentricities),
    radius: Math.min(...eccentricities),
    meanPathLength: pairs.length === 0 ? null : pairs.reduce((a, b) => a + b, 0) / pairs.length,
    histogram: Array.from({ length: Math.max(...eccentricities) }, (_, i) => ({
      distance: i + 1,
      pairs: pairs.filter((distance) => distance === i + 1).length,
    })),
  };
}

describe('distances', () => {
  it('of a chain of four peers, by hand', async () => {
    const result = await measure(topologyOf('a-b b-c c-d'));
    expect(result).toMatchObject({ nodes: 4, pairs: 6, diameter: 3, radius: 2, exact: true });
    expect(result.meanPathLength).toBeCloseTo(10 / 6, 12);
    // 3 pairs within 1 step, 5 within 2, 6 within 3; 90 % are 5.4: 2 + .4 / 1.
    expect(result.effectiveDiameter90).toBeCloseTo(2.4, 12);
    expect(result.witness).toEqual({ distance: 3, source: 'a', target: 'd', path: ['a', 'b', 'c', 'd'] });
  });

  it('of a star: two leaves are two steps apart', async () => {
    const result = await measure(topologyOf('hub-a hub-b hub-c hub-d'));
    expect(result).toMatchObject({ diameter: 2, radius: 1, meanPathLength: 1.6 });
    expect(result.histogram).toEqual([
      { distance: 1, pairs: 4 },
      { distance: 2, pairs: 6 },
    ]);
  });

  it('are undefined where there is no peer or no pair', async () => {
    expect(await measure(topologyOf(''))).toMatchObject({ nodes: 0, diameter: null, radius: null });
    const lonely = await measure(topologyOf('a b'));
    expect(lonely).toMatchObject({ nodes: 1, diameter: 0, meanPathLength: null, effectiveDiameter90: null });
    expect(lonely.witness).toBeNull();
    expect(distances.tables(lonely)[0]!.notes).toHaveLength(1);
  });

  it('agree with brute force on random graphs', async () => {
    await fc.assert(
      fc.asyncProperty(linkLists, fc.boolean(), async (list, directed) => {
        const result = await measure(fromList(list, directed));
        expect(result).toMatchObject(bruteForce(list));
        if (result.witness !== null) expect(result.witness.distance).toBe(result.diameter);
      }),
      { numRuns: 300 },
    );
  });

  it('do not depend on how peers are numbered, nor on a peer without links', async () => {
    await fc.assert(
      fc.asyncProperty(linkLists, fc.integer(), async (list, seed) => {
        const numbers = Array.from({ length: list.size }, (_, i) => i);
        const random = createRandom(seed);
        numbers.sort(() => random.uniform() - 0.5);
        const links = list.links.map(([a, b]) => [numbers[a]!, numbers[b]!] as const);
        const renamed = await measure(fromList({ size: list.size + 1, links }, false));
        expect({ ...renamed, witness: null }).toEqual({
          ...(await measure(fromList(list, false))),
          witness: null,
        });
      }),
    );
  });

  it.each([
    ['ring', { peers: 999 }, 499, 499],
    ['grid', { peers: 900, columns: 30 }, 58, 30],
    ['grid', { peers: 300, columns: 3 }, 101, 51],
  ])(
    'of a %s of %j are those of its geometry: few peers have news at a time',
    async (name, options, ...wanted) => {
      const topology = model(name, options);
      const { diameter, radius, pairs, histogram } = await measure(topology);
      expect([diameter, radius]).toEqual(wanted);
      expect(histogram.reduce((sum, row) => sum + row.pairs, 0)).toBe(pairs);
    },
  );

  it('are the same however many workers share them, and survive the copy to a worker', async () => {
    const copying: Crew = {
      size: 3,
      run: (kernel, input) => Promise.resolve(kernel.run(structuredClone(input))),
    };
    const topology = model('hybrid', { peers: 3000 });
    const shares: number[] = [];
    const shared = await distances.run(topology, DEFAULT_ANALYSIS_OPTIONS, {
      crew: copying,
      progress: (share) => shares.push(share),
    });
    expect(shared).toEqual(await measure(topology));
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeGreaterThan(6);
  });
});

describe('sampled distances', () => {
  const topology = model('hybrid', { peers: 700 });
  const { peers, begins } = breadthFirstOrder(topology.simple, weakComponents(topology));
  const component = { peers: peers.subarray(0, begins[1]), begins: begins.subarray(0, 2) };
  const sample = (seed: number, sources: number) =>
    sampleDistances(topology, component, { ...DEFAULT_ANALYSIS_OPTIONS, seed, sources }, QUIET_WORK);

  it('hold the exact values in their intervals in about 95 of 100 samples, and always in the bounds', async () => {
    const exact = await measure(topology);
    const SEEDS = 400;
    let [mean, effective] = [0, 0];
    for (let seed = 0; seed < SEEDS; seed++) {
      const { exact: sampled } = await sample(seed, 128);
      if (sampled === true) throw new Error('not sampled');
      const holds = ({ lower, upper }: { lower: number; upper: number }, value: number | null) =>
        value !== null && lower <= value && value <= upper;
      expect(holds(sampled.diameter, exact.diameter)).toBe(true);
      expect(holds(sampled.radius, exact.radius)).toBe(true);
      mean += Number(holds(sampled.meanPathLength, exact.meanPathLength));
      effective += Number(holds(sampled.effectiveDiameter90, exact.effectiveDiameter90));
    }
    // 380 expected; 380 - 3.5 standard deviations is 364.
    expect(mean).toBeGreaterThanOrEqual(364);
    expect(effective).toBeGreaterThanOrEqual(364);
    expect(mean).toBeLessThan(396);
    expect(effective).toBeLessThan(396);
  });

  it('are exact where every peer is a source', async () => {
    const exact = await measure(topology);
    const sampled = await sample(1, 10_000);
    expect(sampled.meanPathLength).toBeCloseTo(exact.meanPathLength!, 12);
    expect(sampled.histogram).toEqual(exact.histogram);
    expect(sampled.witness!.distance).toBe(exact.diameter);
  });

  it('of a single source claim no more than bounds that are certain', async () => {
    const { exact } = await sample(1, 1);
    if (exact === true) throw new Error('not sampled');
    expect(exact.meanPathLength).toEqual({ lower: 0, upper: exact.diameter.upper });
  });

  it('are taken where exact ones would take longer than a minute, unless somebody insists', () => {
    const large = model('ring', { peers: 300_000, successors: 2 });
    const options = { ...DEFAULT_ANALYSIS_OPTIONS, sources: 8 };
    expect(distances.cost(large, { ...options, exact: true }).seconds).toBeGreaterThan(
      distances.cost(large, options).seconds,
    );
    expect(distances.cost(topology, options).seconds).toBeLessThan(1);
  });
});
