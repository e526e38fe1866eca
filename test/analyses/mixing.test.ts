import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../../src/analyses/analysis.ts';
import { mixing } from '../../src/analyses/mixing.ts';
import { ALONE } from '../../src/core/crew.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { linkLists, topologyOf as numbered } from '../topology/support.ts';
import { KARATE } from './karate.ts';
import { SNAP_PRESENT, snapGraph } from './snap-graphs.ts';
import { topologyOf } from './support.ts';

const measure = (topology: Topology, runs = 10) =>
  mixing.run(topology, { ...DEFAULT_ANALYSIS_OPTIONS, runs }, QUIET_WORK);

describe('mixing', () => {
  it('of the karate club is what networkx and numpy measure', async () => {
    const result = await measure(topologyOf(KARATE));
    // networkx 2.8.8: degree_assortativity_coefficient; the error by numpy: corrcoef
    // of the ends without one link after the other (4,000 bootstraps over links give .0744).
    expect(result.degreeAssortativity).toBeCloseTo(-0.47561309768461413, 14);
    expect(result.degreeAssortativityError).toBeCloseTo(0.07513549597434842, 12);
    // networkx: rich_club_coefficient(normalized=False), at the degrees that occur.
    expect(result.richClub.map(({ degree, coefficient }) => [degree, coefficient])).toEqual([
      [1, 0.14583333333333334],
      [2, 0.23809523809523808],
      [3, 0.325],
      [4, 0.4888888888888889],
      [5, 0.5238095238095238],
      [6, 0.5],
      [9, 0.5],
      [10, 0.3333333333333333],
      [12, 0],
    ]);
    // networkx: average_degree_connectivity.
    const wanted = {
      1: 16,
      2: 12.409090909090908,
      3: 8.222222222222221,
      4: 8.541666666666666,
      5: 10.466666666666667,
      6: 8.333333333333334,
      9: 5.777777777777778,
      10: 6.6,
      12: 5.083333333333333,
      16: 4.3125,
      17: 3.823529411764706,
    };
    const measured = result.neighbourDegree.map(({ degree, meanNeighbourDegree }) => [
      degree,
      meanNeighbourDegree,
    ]);
    expect(Object.fromEntries(measured)).toEqual(wanted);
    expect(result).toMatchObject({ roleAssortativity: null, roleAssortativityError: null, randomGraphs: 10 });
  });

  it('of superpeers is told by role: leaves that link to superpeers only', async () => {
    const columns = { roles: ['superpeer', 'superpeer', 'leaf', 'leaf', 'leaf', undefined] as const };
    const result = await measure(topologyOf('s-t s-a s-b t-c t-x', false, columns));
    // Of 8 ends with declared roles on both sides 5 are superpeers': (1/4 - (25 + 9)/64) / (1 - (25 + 9)/64).
    expect(result.roleAssortativity).toBeCloseTo((1 / 4 - 34 / 64) / (1 - 34 / 64), 15);
    expect(result.roleAssortativityError).toBeGreaterThan(0);
  });

  it('finds the club of hubs that keep to each other, and none where random graphs have as many links', async () => {
    // Six hubs, all linked, with six leaves each, and pairs besides: the clique is far more than degrees let expect.
    const hubs = 'abcdef'.split('');
    const among = hubs.flatMap((a, i) => hubs.slice(i + 1).map((b) => `${a}-${b}`));
    const leaves = hubs.flatMap((hub) => [1, 2, 3, 4, 5, 6].map((leaf) => `${hub}-${hub}${leaf}`));
    const pairs = Array.from({ length: 36 }, (_, i) => `p${i}-q${i}`);
    const [club] = (await measure(topologyOf([...among, ...leaves, ...pairs].join(' ')))).richClub;
    expect(club).toMatchObject({ degree: 1, members: 6, links: 15, coefficient: 1 });
    expect(club!.normalised).toBeGreaterThan(1.2);
    expect(club!.deviation).toBeGreaterThan(0);
    // The links of a star cannot be dealt otherwise.
    const star = await measure(topologyOf('h-a h-b h-c'));
    expect(star.richClub).toEqual([]);
    expect(star.degreeAssortativity).toBeCloseTo(-1, 15);
  });

  it('is not defined where all degrees are equal, or where there are no links', async () => {
    const ring = await measure(topologyOf('a-b b-c c-d d-a'));
    expect(ring).toMatchObject({ degreeAssortativity: null, degreeAssortativityError: null, richClub: [] });
    for (const peers of ['', 'a', 'a b']) {
      expect(await measure(topologyOf(peers))).toMatchObject({
        degreeAssortativity: null,
        degreeAssortativityError: null,
        roleAssortativity: null,
        richClub: [],
        neighbourDegree: [],
      });
    }
  });

  it('holds no number that is none, and changes with a peer alone in nothing but the club of all linked ones', async () => {
    await fc.assert(
      fc.asyncProperty(linkLists, async (list) => {
        const before = await measure(numbered(list, true), 2);
        expect(JSON.parse(JSON.stringify(before))).toEqual(before);
        const after = await measure(numbered({ ...list, size: list.size + 1 }, true), 2);
        const clubs = ({ richClub }: typeof before) => richClub.filter(({ degree }) => degree > 0);
        expect({ ...after, richClub: clubs(after) }).toEqual({ ...before, richClub: clubs(before) });
      }),
      { numRuns: 50 },
    );
  });

  it('is the same whoever draws the random graphs, and tells how far it is', async () => {
    const shares: number[] = [];
    const crew: typeof ALONE = { size: 2, run: (kernel, input) => ALONE.run(kernel, structuredClone(input)) };
    const work = { crew, progress: (share: number) => shares.push(share) };
    const karate = topologyOf(KARATE);
    expect(await mixing.run(karate, DEFAULT_ANALYSIS_OPTIONS, work)).toEqual(await measure(karate));
    expect(shares.at(-1)).toBe(1);
  });
});

describe.skipIf(!SNAP_PRESENT)('the mixing of p2p-Gnutella08 (skipped where ../shared is absent)', () => {
  it('is what igraph, numpy and networkx measure', async () => {
    const result = await measure(await snapGraph('p2p-Gnutella08'), 2);
    // python-igraph 0.10.2 assortativity_degree(directed=False); the error by numpy, as above.
    expect(result.degreeAssortativity).toBeCloseTo(0.035550373169418774, 12);
    expect(result.degreeAssortativityError).toBeCloseTo(0.006375512979743501, 10);
    // networkx 2.8.8: rich_club_coefficient(normalized=False), average_degree_connectivity.
    const clubs = new Map(result.richClub.map(({ degree, coefficient }) => [degree, coefficient]));
    expect(clubs.get(5)).toBeCloseTo(0.004133486982902566, 15);
    expect(clubs.get(20)).toBeCloseTo(0.05415713196033562, 15);
    expect(clubs.get(40)).toBeCloseTo(0.11059907834101383, 15);
    const neighbours = new Map(
      result.neighbourDegree.map(({ degree, meanNeighbourDegree }) => [degree, meanNeighbourDegree]),
    );
    expect(neighbours.get(1)).toBeCloseTo(14.876288659793815, 12);
    expect(neighbours.get(20)).toBeCloseTo(18.352631578947367, 12);
  });
});
