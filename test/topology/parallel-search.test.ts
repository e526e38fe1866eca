import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { foldLeaves } from '../../src/topology/fold-leaves.ts';
import { foldTrees } from '../../src/topology/fold-trees.ts';
import { parallelSearch } from '../../src/topology/parallel-search.ts';
import { breadthFirstOrder, renumber } from '../../src/topology/peer-order.ts';
import { batchCount, cutIntoBatches } from '../../src/topology/search-batches.ts';
import { distancesFrom, longestShortestPath, UNREACHED } from '../../src/topology/shortest-path.ts';
import { linkLists, rowsOf, topologyOf } from './support.ts';

const chain = (size: number) =>
  topologyOf({ size, links: Array.from({ length: size - 1 }, (_, i) => [i, i + 1] as const) }, false);

const orderOf = (topology: ReturnType<typeof topologyOf>) =>
  breadthFirstOrder(topology.simple, weakComponents(topology));

describe('the order of peers', () => {
  it('has each peer once, components by size, in each the peer of most links first', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const topology = topologyOf(list, false);
        const { peers, begins } = orderOf(topology);
        expect([...peers].sort((a, b) => a - b)).toEqual(Array.from({ length: list.size }, (_, i) => i));
        const rows = rowsOf(topology.simple);
        let before = Infinity;
        for (let which = 0; which + 1 < begins.length; which++) {
          const members = peers.subarray(begins[which], begins[which + 1]);
          expect(members.length).toBeLessThanOrEqual(before);
          before = members.length;
          const distances = distancesFrom(topology.simple, members[0]!);
          expect(members.every((peer, i) => i === 0 || distances[peer]! >= distances[members[i - 1]!]!)).toBe(
            true,
          );
          expect(Math.max(...[...members].map((peer) => rows[peer]!.length))).toBe(rows[members[0]!]!.length);
        }
      }),
    );
  });

  it('keeps the links when peers are numbered by it, and drops those of peers left out', () => {
    const { simple } = topologyOf(
      {
        size: 4,
        links: [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
        ],
      },
      false,
    );
    expect(rowsOf(renumber(simple, Uint32Array.of(2, 1, 0)))).toEqual([[1], [2, 0], [1]]);
  });
});

describe('folding', () => {
  it('takes peers of degree 1 off once, and one of a pair', () => {
    const topology = topologyOf(
      {
        size: 7,
        links: [
          [0, 1],
          [1, 2],
          [2, 3],
          [1, 4],
          [5, 6],
        ],
      },
      false,
    );
    const { core, leaves, hosts } = foldLeaves(topology.simple, Uint32Array.of(6, 5, 4, 3, 2, 1, 0));
    expect([...core]).toEqual([5, 2, 1]);
    expect([...leaves]).toEqual([0, 2, 1, 0, 0, 1, 0]);
    expect([...hosts]).toEqual([1, 1, 2, 2, 1, 5, 5]);
  });

  it('takes whole trees off, and counts the pairs that part at each of their peers', () => {
    // A triangle 0-1-2 with the tree 3-(4, 5) at 0: 6 peers.
    const links = [
      [0, 1],
      [1, 2],
      [2, 0],
      [0, 3],
      [3, 4],
      [3, 5],
    ] as const;
    const topology = topologyOf({ size: 6, links }, false);
    const { core, roots, weights, betweenness } = foldTrees(topology.simple, orderOf(topology));
    expect([...core].sort()).toEqual([0, 1, 2]);
    expect([...roots]).toEqual([0, 1, 2, 0, 0, 0]);
    expect(weights[0]).toBe(4);
    // 3 parts 4 from 5, and both from the other three; 0 parts three peers of the tree from two of the triangle.
    expect([...betweenness]).toEqual([6, 0, 0, 7, 0, 0]);
  });

  it('of a chain of any length leaves one peer', () => {
    for (const size of [1, 2, 3, 4, 5, 10_000]) {
      const topology = chain(size);
      const { core, weights } = foldTrees(topology.simple, orderOf(topology));
      expect(core).toHaveLength(1);
      expect(weights[core[0]!]).toBe(size);
    }
  });
});

describe('the parallel search', () => {
  it('measures from each source what a search of its own measures, in batches of any filling', () => {
    const { topology } = MODELS.find(({ name }) => name === 'hybrid')!.generate(
      { ...DEFAULT_MODEL_OPTIONS, peers: 700 },
      createRandom(1),
    );
    const { peers, begins } = orderOf(topology);
    const rows = renumber(topology.simple, peers);
    const leaves = new Uint32Array(peers.length);
    const sources = Uint32Array.from({ length: 300 }, (_, i) => 2 * i);
    for (const fill of [1, 7, 32]) {
      const batches = cutIntoBatches(begins, sources, leaves, fill);
      const count = batchCount(batches);
      const found = parallelSearch.run({ ...rows, leaves, batches, from: 0, to: count });
      const farness = new Float64Array(peers.length);
      const groups = Array.from(batches.words.subarray(0, -1), (begin, word) => {
        const pairs: number[] = [0];
        for (let i = begin; i < batches.words[word + 1]!; i++) {
          const distances = distancesFrom(rows, batches.sources[i]!);
          let eccentricity = 0;
          distances.forEach((distance, peer) => {
            if (distance === UNREACHED || distance === 0) return;
            farness[peer]! += distance;
            eccentricity = Math.max(eccentricity, distance);
            while (pairs.length <= distance) pairs.push(0);
            pairs[distance]!++;
          });
          expect(found.sourceEccentricities[i]).toBe(eccentricity);
        }
        return pairs;
      });
      expect([...found.farness]).toEqual([...farness]);
      found.pairsByWord.forEach((pairs, word) => {
        const known = groups[word]!;
        pairs.forEach((value, distance) => {
          expect(value).toBe(known[distance] ?? 0);
        });
        expect(pairs.length).toBeGreaterThanOrEqual(known.length);
      });
    }
  });
});

describe('a longest shortest path', () => {
  it('ends at a farthest peer, of several at the lowest number', () => {
    const { simple } = topologyOf(
      {
        size: 6,
        links: [
          [0, 1],
          [1, 2],
          [0, 3],
          [3, 2],
          [2, 5],
          [2, 4],
        ],
      },
      false,
    );
    expect(longestShortestPath(simple, 0)).toEqual([0, 1, 2, 4]);
    expect(longestShortestPath(chain(1).simple, 0)).toEqual([0]);
  });
});
