import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../../src/analyses/analysis.ts';
import { centrality } from '../../src/analyses/centrality.ts';
import { components } from '../../src/analyses/components.ts';
import { degree, type DegreeRow } from '../../src/analyses/degree.ts';
import { distances } from '../../src/analyses/distances.ts';
import { summary } from '../../src/analyses/summary.ts';
import { readInput } from '../../src/formats/input.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { run } from './support.ts';

const folder = fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url));
const present = existsSync(`${folder}published.csv`);

async function read(name: string): Promise<Topology> {
  const catalogue = fileURLToPath(new URL('../../datasets/catalogue.json', import.meta.url));
  const sources = { stdin: Readable.from([]), catalogue, folders: [folder] };
  const { topology, notes } = await readInput(`${folder}${name}.txt.gz`, sources, {});
  expect(notes).toEqual([]);
  return topology;
}

const published = present
  ? readFileSync(`${folder}published.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([name, ...numbers]) => ({
        name: name!,
        numbers: numbers.slice(0, 6).map(Number),
        diameter: Number(numbers[9]),
        effectiveDiameter: Number(numbers[10]),
      }))
  : [];

/** Each step is a link, and no breadth-first search gets to the end in fewer. */
function expectShortestPath(topology: Topology, path: readonly string[]): void {
  const places = new Map(topology.ids.map((id, peer) => [id, peer]));
  const peers = path.map((id) => places.get(id)!);
  const { offsets, targets } = topology.simple;
  const neighbours = (peer: number) => targets.subarray(offsets[peer], offsets[peer + 1]);
  peers.slice(1).forEach((peer, i) => {
    expect(neighbours(peers[i]!)).toContain(peer);
  });
  let reached = new Set([peers[0]!]);
  let steps = 0;
  for (; !reached.has(peers.at(-1)!); steps++) {
    reached = new Set([...reached].flatMap((peer) => [peer, ...neighbours(peer)]));
  }
  expect(steps).toBe(path.length - 1);
}

describe.skipIf(!present)('the Gnutella snapshots of SNAP (skipped where ../shared is absent)', () => {
  it.each(published)(
    '$name has the nodes, edges, WCC and SCC that SNAP publishes',
    async ({ name, numbers }) => {
      const topology = await read(name);
      const { nodes, edges, directed } = run(summary, topology);
      const { weak, strong } = run(components, topology);
      const measured = [
        nodes,
        edges,
        ...[weak, strong].flatMap(({ largest }) => [largest.nodes, largest.edges]),
      ];
      expect(measured).toEqual(numbers);
      expect(directed).toBe(true);
    },
  );

  it('p2p-Gnutella08 has two weak components and a largest degree of 97', async () => {
    const topology = await read('p2p-Gnutella08');
    expect(run(components, topology).weak.count).toBe(2);
    expect(run(summary, topology)).toMatchObject({ maxDegree: 97, selfLoops: 0, duplicateEdges: 0 });
  });

  // The publisher's diameter and effective diameter come from a sample of sources. Ours are exact: a larger diameter is
  // proved by its path, and the effective diameter agrees in every digit that is published.
  it.each(published)('$name has the effective diameter of SNAP, and no smaller a diameter', async (row) => {
    const topology = await read(row.name);
    const result = await distances.run(topology, DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK);
    expect(result.exact).toBe(true);
    expect(Math.abs(result.effectiveDiameter90! - row.effectiveDiameter)).toBeLessThanOrEqual(0.05);
    const larger = ['p2p-Gnutella04', 'p2p-Gnutella24', 'p2p-Gnutella25', 'p2p-Gnutella30'];
    expect(result.diameter).toBe(larger.includes(row.name) ? row.diameter + 1 : row.diameter);
    expectShortestPath(topology, result.witness!.path);
    expect(result.witness!.path).toHaveLength(result.diameter! + 1);
  });

  it('p2p-Gnutella08 has the distances that igraph 0.10 finds (path_length_hist, radius)', async () => {
    const result = await distances.run(await read('p2p-Gnutella08'), DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK);
    expect(result).toMatchObject({ nodes: 6299, diameter: 9, radius: 6 });
    expect(result.meanPathLength).toBeCloseTo(4.642991969318119, 12);
    const pairs = [20776, 265683, 1805044, 6480519, 7718710, 3210100, 325020, 9627, 72];
    expect(result.histogram).toEqual(pairs.map((count, i) => ({ distance: i + 1, pairs: count })));
  });

  // igraph 0.10.2: betweenness(), closeness(normalized=True) of the undirected simple graph, pagerank(damping=0.85) of the
  // directed one. Its closeness is within the component of 6,299 peers; ours weighs that by what it is of all 6,301.
  it('p2p-Gnutella08 has the central peers that igraph finds', async () => {
    const topology = await read('p2p-Gnutella08');
    const result = await centrality.run(topology, DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK);
    const wanted = [
      ['5831', 305190.9418474376, 0.28103525211958946, 0.00011108630364347401],
      ['1317', 279401.2149584108, 0.29518185226846644, 0.0018437261678287086],
      ['424', 276142.65754298255, 0.289843066869161, 0.001434610594072919],
      ['5202', 229677.25013850234, 0.277689594356261, 0.00011127193250846428],
      ['8', 222711.99083242813, 0.2912639319243398, 0.0012610333309942192],
    ] as const;
    wanted.forEach(([peer, betweenness, closeness, pageRank], i) => {
      expect(result.peers[i]).toBe(peer);
      expect(result.betweenness![i]! / betweenness).toBeCloseTo(1, 10);
      expect(result.closeness![i]).toBeCloseTo((closeness * 6298) / 6300, 12);
      expect(result.pageRank![i]! / pageRank).toBeCloseTo(1, 8);
    });
    const all = result.betweenness!.reduce((sum, value) => sum + value, 0);
    expect(all / 72260752.99999979).toBeCloseTo(1, 10);
  });

  // Lecture C.4: an independent computation on the nine files.
  it.each([
    ['p2p-Gnutella04', 7.35, 0.581, 0.546, 0.998, 0.628],
    ['p2p-Gnutella08', 6.59, 0.646, 0.609, 0.995, 0.621],
    ['p2p-Gnutella09', 6.41, 0.654, 0.623, 0.994, 0.674],
  ])(
    '%s is mostly of peers that reported nothing; of the others the median degree is 12',
    async (name, ...wanted) => {
      const topology = await read(name);
      const result = run(degree, topology);
      const count = (rows: readonly DegreeRow[] | null, belongs: (value: number) => boolean) =>
        rows!.filter((row) => belongs(row.degree)).reduce((sum, row) => sum + row.count, 0);
      const peers = topology.size;
      const answered = count(result.respondents, () => true);
      const silent = count(result.mentioned, () => true);
      expect(count(result.out, (value) => value === 0)).toBe(silent);
      expect(answered + silent).toBe(peers);
      const measured = [
        run(summary, topology).meanDegree,
        count(result.distribution, (value) => value <= 7) / peers,
        silent / peers,
        count(result.mentioned, (value) => value === 1) / count(result.distribution, (value) => value === 1),
        count(result.out, (value) => value === 10) / answered,
      ];
      measured.forEach((value, i) => {
        expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(i === 0 ? 0.00501 : 0.000501);
      });
      const median = result.respondents!.findLast((row) => row.ccdf >= 0.5)!.degree;
      expect(median).toBe(12);
    },
  );
});
