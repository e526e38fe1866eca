import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { can } from '../../src/models/can.ts';
import { freenet } from '../../src/models/freenet.ts';
import { greedyRoute, greedyRouteWithBacktracking } from '../../src/models/greedy-routing.ts';
import { kademlia } from '../../src/models/kademlia.ts';
import { distancesFrom } from '../../src/topology/shortest-path.ts';
import { distanceTo, ownerOf, positionOf } from '../../src/topology/positions.ts';
import { average, expected, generate, holdToExpected, measure } from './support.ts';

describe('CAN', () => {
  it.each([
    [2, 1],
    [4, 2],
    [16, 2],
    [32, 2],
    [64, 3],
    [128, 1],
    [1024, 2],
  ])('of %i equal zones in %i dimensions measures what it should', (peers, dimensions) => {
    const figures = expected(can, { peers, dimensions, placement: 'even' });
    expect(figures.length).toBe(7);
    // Hops of drawn pairs stray; those of all pairs do not.
    if (peers <= 128) holdToExpected(can, { peers, dimensions, placement: 'even' });
    else {
      const { greedyHops } = measure(generate(can, { peers, dimensions, placement: 'even' }));
      expect(Math.abs(greedyHops / ((dimensions / 4) * peers ** (1 / dimensions)) - 1)).toBeLessThan(0.02);
    }
  });

  it.each([
    [1, 2],
    [2, 2],
    [100, 2],
    [1024, 2],
    [4096, 2],
    [4096, 3],
    [4096, 4],
  ])('of %i random zones in %i dimensions measures what it should', (peers, dimensions) => {
    holdToExpected(can, { peers, dimensions });
  });

  it('of four zones is a square', () => {
    const { topology } = generate(can, { peers: 4, placement: 'even' });
    expect([...topology.links.targets]).toEqual([1, 2, 0, 3, 0, 3, 1, 2]);
    expect([...topology.columns.positions!.coordinates]).toEqual([
      0.25, 0.25, 0.75, 0.25, 0.25, 0.75, 0.75, 0.75,
    ]);
  });

  it('links exactly the peers whose zones share a face, by comparing all pairs (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        (peers, dimensions, seed) => {
          const { topology } = generate(can, { peers, dimensions }, seed);
          const { coordinates, halfSides } = topology.columns.positions!;
          const linked = (a: number, b: number): boolean => {
            let meetings = 0;
            for (let axis = 0; axis < dimensions; axis++) {
              const [i, j] = [a * dimensions + axis, b * dimensions + axis];
              const gap = Math.abs(coordinates[i]! - coordinates[j]!);
              const apart = Math.min(gap, 1 - gap) - halfSides![i]! - halfSides![j]!;
              if (apart > 0) return false;
              if (apart === 0) meetings += 1;
            }
            return meetings === 1;
          };
          let volume = 0;
          for (let a = 0; a < peers; a++) {
            volume += halfSides!
              .subarray(a * dimensions, (a + 1) * dimensions)
              .reduce((product, half) => product * half * 2, 1);
            const { offsets, targets } = topology.links;
            const all = Array.from({ length: peers }, (_, b) => b).filter((b) => b !== a && linked(a, b));
            expect([...targets.subarray(offsets[a], offsets[a + 1])]).toEqual(all);
          }
          expect(volume).toBe(1);
        },
      ),
    );
  });
});

describe('Kademlia', () => {
  it.each([
    [2, 1],
    [8, 1],
    [16, 2],
    [64, 1],
    [128, 8],
    [1024, 1],
    [1024, 8],
    [4096, 20],
  ])(
    'of %i identifiers at equal distances and buckets of %i measures what it should',
    (peers, bucketSize) => {
      holdToExpected(kademlia, { peers, bucketSize, placement: 'even' });
    },
  );

  it.each([2, 50, 222, 2000])('of %i random identifiers measures what it should', (peers) => {
    holdToExpected(kademlia, { peers });
    holdToExpected(kademlia, { peers, bucketSize: 1 });
  });

  const hopsExpected = (options: { peers: number; bucketSize: number }) =>
    expected(kademlia, options).find(({ metric }) => metric === 'greedyHops')!.value;

  it('of three random identifiers with buckets of one takes 7/6 hops', () => {
    // By hand: one peer of the three is in the other half than two, whose bucket for it is sure; its own bucket holds either of the two. Of
    // the six ordered pairs two begin there, and each takes a second hop with 1/2.
    expect(hopsExpected({ peers: 3, bucketSize: 1 })).toBeCloseTo(7 / 6, 8);
    expect(hopsExpected({ peers: 2, bucketSize: 1 })).toBeCloseTo(1, 9);
    expect(hopsExpected({ peers: 20, bucketSize: 20 })).toBeCloseTo(1, 9);
  });

  it.each([
    [5, 2, 60],
    [50, 1, 30],
    [222, 8, 10],
    [2000, 20, 3],
  ])(
    'of %i random identifiers and buckets of %i takes the hops expected, on average',
    (peers, bucketSize, graphs) => {
      const seeds = Array.from({ length: graphs }, (_, k) => k + 1);
      const measured = seeds.map(
        (seed) => measure(generate(kademlia, { peers, bucketSize }, seed)).greedyHops,
      );
      // One graph of 50 and buckets of one strays by .04, of larger buckets by .01 to .02.
      expect(Math.abs(average(measured) - hopsExpected({ peers, bucketSize }))).toBeLessThan(0.02);
    },
  );

  it('goes on smoothly where hops are extrapolated', () => {
    const [below, above] = [99_000, 101_000].map((peers) => hopsExpected({ peers, bucketSize: 8 }));
    expect(above! - below!).toBeGreaterThan(0);
    expect(above! - below!).toBeLessThan(0.02);
  });

  it('takes m/2 x 2^m / (2^m - 1) hops with buckets of one: every other bit is right by chance', () => {
    const hops = expected(kademlia, { peers: 256, bucketSize: 1, placement: 'even' }).find(
      ({ metric }) => metric === 'greedyHops',
    )!.value;
    expect(hops).toBeCloseTo((8 / 2) * (256 / 255), 10);
  });

  it('has buckets that are full, or hold all there are (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (peers, bucketSize, seed) => {
          const { topology } = generate(kademlia, { peers, bucketSize }, seed);
          const { links, columns } = topology;
          const positions = columns.positions!;
          const bucketOf = (distances: (peer: number) => number, peer: number) => Math.clz32(distances(peer));
          for (let peer = 0; peer < peers; peer++) {
            const distances = distanceTo(positions, positionOf(positions, peer));
            const [held, there] = [new Array<number>(33).fill(0), new Array<number>(33).fill(0)];
            for (let other = 0; other < peers; other++)
              if (other !== peer) there[bucketOf(distances, other)]! += 1;
            for (const other of links.targets.subarray(links.offsets[peer], links.offsets[peer + 1]))
              held[bucketOf(distances, other)]! += 1;
            expect(held).toEqual(there.map((count) => Math.min(count, bucketSize)));
          }
        },
      ),
    );
  });
});

describe('Freenet', () => {
  it.each([
    [64, 1],
    [128, 2],
    [1000, 1],
    [1000, 3],
    [2000, 2],
  ])(
    'of %i peers at equal distances and %i long links each measures what it should',
    (peers, linksPerPeer) => {
      const options = { peers, linksPerPeer, placement: 'even' } as const;
      const { value, tolerance } = expected(freenet, options).find(({ metric }) => metric === 'greedyHops')!;
      const seeds = peers > 500 ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      const hops = average(seeds.map((seed) => measure(generate(freenet, options, seed)).greedyHops));
      expect(Math.abs(hops - value)).toBeLessThan(tolerance);
    },
  );

  it.each([3, 4, 31, 222])('of %i peers anywhere is connected, and greedy routing arrives', (peers) => {
    holdToExpected(freenet, { peers });
  });

  it('takes a third of the hops and fewer that long links to anywhere would take', () => {
    // Uniform long links (Watts-Strogatz style) make the way grow with a power of n, those of 1/d with log^2 n / k.
    const hops = (peers: number) =>
      expected(freenet, { peers, placement: 'even' }).find(({ metric }) => metric === 'greedyHops')!.value;
    expect(hops(4096) / hops(256)).toBeLessThan((12 / 8) ** 2);
  });
});

describe('greedy routing', () => {
  // A line 0 - 1 - 2 with a branch 1 - 3 that seems nearer to 2 than 1 is, and ends.
  const rows = { offsets: Uint32Array.from([0, 1, 4, 5, 6]), targets: Uint32Array.from([1, 0, 2, 3, 1, 1]) };
  const misleading = (peer: number): number => [3, 2, 0, 1][peer]!;

  it('goes to the nearest neighbour, and stops where none is nearer', () => {
    expect(greedyRoute(rows, misleading, 0, { target: 2 })).toEqual({
      reached: true,
      path: [0, 1, 2],
      hops: 2,
      timeouts: 0,
    });
    const alive = Uint8Array.from([1, 1, 0, 1]);
    // By hand: peer 2 has failed, which 1 notices; 3 is nearer than 1, and a dead end.
    expect(greedyRoute(rows, misleading, 0, { target: 2, alive })).toEqual({
      reached: false,
      path: [0, 1, 3],
      hops: 2,
      timeouts: 1,
    });
  });

  it('comes back from dead ends when it may, and counts the way back', () => {
    const wrong = (peer: number): number => [3, 2, 1.5, 1][peer]!;
    expect(greedyRouteWithBacktracking(rows, wrong, 0, { target: 2 })).toEqual({
      reached: true,
      path: [0, 1, 3, 1, 2],
      hops: 4,
      timeouts: 0,
    });
    expect(greedyRouteWithBacktracking(rows, wrong, 0, { target: 2, mostHops: 2 })).toMatchObject({
      reached: false,
      hops: 2,
    });
  });

  it('with backtracking finds every peer that there is a way to, and no shorter way than the shortest (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 12 }), fc.nat(), (peers, seed) => {
        const { topology } = generate(freenet, { peers, linksPerPeer: 1 }, seed);
        const [source, target] = [seed % peers, (seed >> 4) % peers];
        // A distance that means nothing.
        const odd = (peer: number): number => (peer * 7919 + seed) % 13;
        const route = greedyRouteWithBacktracking(topology.links, odd, source, { target });
        expect(route.reached).toBe(true);
        expect(route.hops).toBeGreaterThanOrEqual(distancesFrom(topology.links, source)[target]!);
      }),
    );
  });

  it('ends where the owner of a point is, in every geometry (property)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(can, kademlia, freenet),
        fc.integer({ min: 3, max: 60 }),
        fc.nat(),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 2, maxLength: 2 }),
        (model, peers, seed, point) => {
          const { topology } = generate(model, { peers }, seed);
          const positions = topology.columns.positions!;
          const { path } = greedyRoute(topology.links, distanceTo(positions, point), seed % peers);
          const distance = distanceTo(positions, point);
          expect(distance(path.at(-1)!)).toBe(distance(ownerOf(positions, point)));
        },
      ),
    );
  });
});
