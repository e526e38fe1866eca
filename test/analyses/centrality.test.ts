import fc from 'fast-check';
import { UndirectedGraph } from 'graphology';
import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import closenessModule from 'graphology-metrics/centrality/closeness.js';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../../src/analyses/analysis.ts';
import { sampleBetweenness } from '../../src/analyses/betweenness-sample.ts';
import { centrality, type CentralityResult } from '../../src/analyses/centrality.ts';
import { exactCloseness, sampledCloseness } from '../../src/analyses/closeness.ts';
import { ALONE, type Crew } from '../../src/core/crew.ts';
import { createRandom } from '../../src/core/random.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { betweenness } from '../../src/topology/betweenness.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { toGraphology } from '../../src/topology/graphology.ts';
import { breadthFirstOrder } from '../../src/topology/peer-order.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { linkLists, topologyOf as fromList, type LinkList } from '../topology/support.ts';
import { topologyOf } from './support.ts';

// The packages are CommonJS: what their types call the default export is the module itself.
const betweennessOracle = betweennessModule as unknown as typeof betweennessModule.default;
const closenessOracle = closenessModule as unknown as typeof closenessModule.default;
const pagerankOracle = pagerankModule as unknown as typeof pagerankModule.default;

const measure = (topology: Topology, crew = ALONE) =>
  centrality.run(topology, DEFAULT_ANALYSIS_OPTIONS, { ...QUIET_WORK, crew });

const model = (name: string, options: object, seed = 1): Topology =>
  MODELS.find((one) => one.name === name)!.generate(
    { ...DEFAULT_MODEL_OPTIONS, ...options },
    createRandom(seed),
  ).topology;

const orderOf = (topology: Topology) => breadthFirstOrder(topology.simple, weakComponents(topology));

/** One column by peer. */
function column(
  result: CentralityResult,
  name: 'betweenness' | 'closeness' | 'pageRank',
): Record<string, number> {
  return Object.fromEntries(result.peers.map((peer, i) => [peer, result[name]![i]!]));
}

function expectAlike(found: Record<string, number>, wanted: Record<string, number>, digits: number): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
  for (const [peer, value] of Object.entries(wanted)) expect(found[peer]).toBeCloseTo(value, digits);
}

/** The links below a topology, without direction, for oracles that heed it. */
function undirected(topology: Topology): UndirectedGraph {
  const { offsets, targets } = topology.simple;
  const graph = new UndirectedGraph();
  topology.ids.forEach((id) => graph.addNode(id));
  topology.ids.forEach((id, peer) => {
    for (const other of targets.subarray(offsets[peer], offsets[peer + 1]))
      if (peer < other) graph.addEdge(id, topology.ids[other]);
  });
  return graph;
}

/** By the definition: distances and path counts of all pairs, powers of the adjacency matrix one after the other. */
function bruteForce({ size, links }: LinkList) {
  const peers = Array.from({ length: size }, (_, i) => i);
  const linked = peers.map(() => new Set<number>());
  for (const [a, b] of links.filter((link) => link[0] !== link[1])) {
    linked[a]!.add(b);
    linked[b]!.add(a);
  }
  const distance = peers.map((i) => peers.map((j) => (i === j ? 0 : Infinity)));
  const paths = peers.map((i) => peers.map((j) => Number(i === j)));
  let walks = paths.map((row) => [...row]);
  for (let length = 1; length < size; length++) {
    walks = walks.map((row) => peers.map((j) => [...linked[j]!].reduce((sum, k) => sum + row[k]!, 0)));
    for (const i of peers)
      for (const j of peers)
        if (walks[i]![j]! > 0 && distance[i]![j] === Infinity) {
          distance[i]![j] = length;
          paths[i]![j] = walks[i]![j]!;
        }
  }
  const through = peers.map((v) => {
    let sum = 0;
    for (const s of peers)
      for (const t of peers)
        if (s < t && s !== v && t !== v && distance[s]![t]! < Infinity)
          if (distance[s]![v]! + distance[v]![t]! === distance[s]![t])
            sum += (paths[s]![v]! * paths[v]![t]!) / paths[s]![t]!;
    return sum;
  });
  const near = peers.map((v) => {
    const reached = peers.filter((j) => j !== v && distance[v]![j]! < Infinity);
    const sum = reached.reduce((total, j) => total + distance[v]![j]!, 0);
    return reached.length === 0 ? 0 : (reached.length / (size - 1)) * (reached.length / sum);
  });
  const named = (values: number[]) => Object.fromEntries(values.map((value, i) => [String(i), value]));
  return { betweenness: named(through), closeness: named(near) };
}

describe('centrality', () => {
  it('of a chain of five, by hand', async () => {
    const result = await measure(topologyOf('a-b b-c c-d d-e'));
    expect(result.peers).toEqual(['c', 'b', 'd', 'a', 'e']);
    expect(result.betweenness).toEqual([4, 3, 3, 0, 0]);
    expect(result.pairs).toBe(6);
    expect(result.closeness![0]).toBeCloseTo(4 / 6, 12);
    expect(result.closeness![3]).toBeCloseTo(4 / 10, 12);
    expect(result.exact).toEqual({ betweenness: true, closeness: true });
  });

  it('of a link from a to b, by hand: b has no link and passes its rank on to both', async () => {
    const { pageRank } = await measure(topologyOf('a-b', true));
    // a = .075 + .425 b and a + b = 1.
    expect(pageRank![0]).toBeCloseTo(0.5 / 1.425, 12);
    expect(pageRank![1]).toBeCloseTo(1 - 0.5 / 1.425, 12);
  });

  it('takes only the measures that are asked for, and orders the peers by the first of them', async () => {
    const chain = topologyOf('a-b b-c c-d d-e');
    const options = { ...DEFAULT_ANALYSIS_OPTIONS, measures: ['page-rank', 'closeness'] as const };
    const all = await measure(chain);
    const some = await centrality.run(chain, options, QUIET_WORK);
    expect(some.betweenness).toBeNull();
    expect(some.exact).toEqual({ betweenness: null, closeness: true });
    expect(some.peers[0]).toBe('c');
    for (const name of ['closeness', 'pageRank'] as const)
      expect(column(some, name)).toEqual(column(all, name));
    expect(centrality.tables(some)[0]!.columns.map((each) => each.name)).toEqual([
      'peer',
      'closeness',
      'page_rank',
    ]);
    expect(centrality.methods(some)).toHaveLength(2);
  });

  it('is 0, not undefined, where there is nobody to be between', async () => {
    expect(await measure(topologyOf(''))).toMatchObject({ peers: [], betweenness: [], pairs: 0 });
    expect(await measure(topologyOf('a'))).toMatchObject({ betweenness: [0], closeness: [0], pageRank: [1] });
    expect(await measure(topologyOf('a-b'))).toMatchObject({ betweenness: [0, 0], closeness: [1, 1] });
  });

  it('agrees with brute force on random graphs', async () => {
    await fc.assert(
      fc.asyncProperty(linkLists, fc.boolean(), async (list, directed) => {
        const result = await measure(fromList(list, directed));
        const wanted = bruteForce(list);
        expectAlike(column(result, 'betweenness'), wanted.betweenness, 10);
        expectAlike(column(result, 'closeness'), wanted.closeness, 10);
        expect(result.pageRank!.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(1, 10);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['hybrid', 'pure', 'watts-strogatz', 'two-tier'])(
    'of a %s overlay agrees with graphology-metrics',
    async (name) => {
      const topology = model(name, { peers: 400 });
      const graph = undirected(topology);
      const result = await measure(topology);
      expectAlike(column(result, 'betweenness'), betweennessOracle(graph, { normalized: false }), 6);
      expectAlike(column(result, 'closeness'), closenessOracle(graph, { wassermanFaust: true }), 10);
    },
  );

  it('ranks the links as stated, with their direction, as graphology-metrics does', async () => {
    await fc.assert(
      fc.asyncProperty(linkLists, async (list) => {
        const topology = fromList(list, true);
        const options = { getEdgeWeight: null, tolerance: 1e-13, maxIterations: 5000 };
        expectAlike(
          column(await measure(topology), 'pageRank'),
          pagerankOracle(toGraphology(topology), options),
          9,
        );
      }),
    );
  });

  it('does not depend on how many workers there are, and survives the copy to a worker', async () => {
    const copying: Crew = {
      size: 3,
      run: (kernel, input) => Promise.resolve(structuredClone(kernel.run(structuredClone(input)))),
    };
    const topology = model('hybrid', { peers: 1000 });
    expect(await measure(topology, copying)).toEqual(await measure(topology));
  });

  it('does not depend on how peers are numbered', async () => {
    await fc.assert(
      fc.asyncProperty(linkLists, fc.boolean(), async (list, directed) => {
        const last = list.size - 1;
        const links = list.links.map(([a, b]) => [last - a, last - b] as const);
        const result = await measure(fromList(list, directed));
        const turned = await measure(fromList({ size: list.size, links }, directed));
        for (const name of ['betweenness', 'closeness', 'pageRank'] as const) {
          const values = Object.entries(column(turned, name)).map(([peer, value]) => [
            last - Number(peer),
            value,
          ]);
          expectAlike(column(result, name), Object.fromEntries(values) as Record<string, number>, 10);
        }
      }),
    );
  });

  it('says so where there are more shortest paths than numbers', async () => {
    // Four hundred times ten ways to choose from.
    const words = Array.from({ length: 400 }, (_, i) =>
      Array.from({ length: 10 }, (__, j) => `s${i}-m${i}.${j} m${i}.${j}-s${i + 1}`).join(' '),
    );
    await expect(measure(topologyOf(words.join(' ')))).rejects.toMatchObject({ kind: 'bad-input' });
  });

  it('tells its progress from 0 to 1, and never back', async () => {
    const topology = model('hybrid', { peers: 300 });
    const shares: number[] = [];
    const work = { crew: ALONE, progress: (share: number) => shares.push(share) };
    await sampleBetweenness(topology.simple, orderOf(topology), { epsilon: 0.02, delta: 0.1, seed: 1 }, work);
    await centrality.run(topology, DEFAULT_ANALYSIS_OPTIONS, work);
    const rising = shares.filter((share, i) => i > 0 && share < shares[i - 1]!);
    // Once: where the second run begins.
    expect(rising).toHaveLength(1);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('changes for nobody but by its own share where a peer without links comes in', async () => {
    const links = 'a-b b-c c-d d-b d-e';
    const [before, after] = [await measure(topologyOf(links)), await measure(topologyOf(`${links} z`))];
    const { z, ...others } = column(after, 'betweenness');
    expect(z).toBe(0);
    expectAlike(others, column(before, 'betweenness'), 12);
  });
});

describe('sampled betweenness', () => {
  const topology = model('hybrid', { peers: 300 });
  const order = orderOf(topology);
  const options = { epsilon: 0.02, delta: 0.1 };

  it('is within its bound for every peer, for each of 100 seeds', async () => {
    const exact = await betweenness(topology.simple, order, ALONE, () => undefined);
    const most = (299 * 298) / 2;
    let failures = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { values, error } = await sampleBetweenness(
        topology.simple,
        order,
        { ...options, seed },
        QUIET_WORK,
      );
      expect(error / most).toBeLessThanOrEqual(options.epsilon);
      if (values.some((value, peer) => Math.abs(value - exact[peer]!) > error)) failures++;
    }
    // A delta of .1 allows ten; the bound is a safe one, and none is expected.
    expect(failures).toBe(0);
  });

  it('is the same for the same seed, whoever computes it', async () => {
    const crew: Crew = { ...ALONE, size: 4 };
    const sample = (seed: number, work = QUIET_WORK) =>
      sampleBetweenness(topology.simple, order, { ...options, seed }, work);
    expect(await sample(7, { ...QUIET_WORK, crew })).toEqual(await sample(7));
    expect((await sample(8)).values).not.toEqual((await sample(7)).values);
  });

  it('of a tree is exact: nothing has to be drawn', async () => {
    const tree = topologyOf('a-b b-c b-d d-e');
    const sampled = await sampleBetweenness(tree.simple, orderOf(tree), { ...options, seed: 1 }, QUIET_WORK);
    expect(sampled).toEqual({ values: Float64Array.of(0, 5, 0, 3, 0), error: 0, samples: 0 });
  });
});

describe('sampled closeness', () => {
  it('has every mean distance within its bound, for each of 100 seeds', async () => {
    const topology = model('hybrid', { peers: 400 });
    const order = orderOf(topology);
    const exact = await exactCloseness(topology.simple, order, QUIET_WORK);
    const sizes = weakComponents(topology);
    for (let seed = 0; seed < 100; seed++) {
      const sampled = await sampledCloseness(
        topology.simple,
        order,
        { seed, sources: 100, delta: 0.1 },
        QUIET_WORK,
      );
      if (sampled.exact === true) throw new Error('not sampled');
      const { meanDistanceError } = sampled.exact;
      sampled.values.forEach((value, peer) => {
        const reached = (sizes.sizes[sizes.component[peer]!]! - 1) / (topology.size - 1);
        if (reached === 0) expect(value).toBe(0);
        else
          expect(Math.abs(reached / value - reached / exact.values[peer]!)).toBeLessThan(meanDistanceError);
      });
    }
  });

  it('is exact where all peers of a component are drawn', async () => {
    const topology = model('pure', { peers: 200 });
    const order = orderOf(topology);
    const exact = await exactCloseness(topology.simple, order, QUIET_WORK);
    const all = await sampledCloseness(
      topology.simple,
      order,
      { seed: 1, sources: 500, delta: 0.1 },
      QUIET_WORK,
    );
    all.values.forEach((value, peer) => {
      expect(value).toBeCloseTo(exact.values[peer]!, 12);
    });
    expect(all.exact).toMatchObject({ meanDistanceError: 0 });
  });
});
