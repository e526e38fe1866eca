import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { chord, chordLookup } from '../../src/models/chord.ts';
import { routeBetween } from '../../src/models/greedy-routing.ts';
import { ownerOf } from '../../src/topology/positions.ts';
import { average, expected, generate, holdToExpected, measure } from './support.ts';

function pointersOf(options: { peers: number; successors?: number }): number {
  return expected(chord, options).find(({ metric }) => metric === 'meanOutDegree')!.value;
}

describe('Chord', () => {
  it.each([2, 3, 5, 8, 16, 31, 64, 100, 128])(
    'of %i peers at equal distances measures what it should',
    (peers) => {
      holdToExpected(chord, { peers, placement: 'even' });
      if (peers > 4) holdToExpected(chord, { peers, placement: 'even', successors: 4 });
    },
  );

  it.each([2, 3, 64, 256, 1024, 4096])('of %i random identifiers measures what it should', (peers) => {
    holdToExpected(chord, { peers });
  });

  it('of three random identifiers and one successor has 5/3 pointers: a second one unless both others are in one stretch', () => {
    // 1 - (1/4 + 1/16 + ...) = 2/3, by hand.
    expect(pointersOf({ peers: 3 })).toBeCloseTo(5 / 3, 8);
    expect(pointersOf({ peers: 8, successors: 7 })).toBeCloseTo(7, 12);
  });

  it.each([
    [50, 4],
    [50, 20],
    [300, 3],
    [300, 16],
  ])(
    'of %i random identifiers and %i successors has the pointers expected, on average',
    (peers, successors) => {
      const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1);
      const measured = seeds.map(
        (seed) => generate(chord, { peers, successors }, seed).topology.linkCount / peers,
      );
      // One graph strays by .08 or less, their mean by a hundredth.
      expect(Math.abs(average(measured) - pointersOf({ peers, successors }))).toBeLessThan(0.04);
      holdToExpected(chord, { peers, successors });
    },
  );

  it.each([
    // Lecture B.5: m 2^(m-1) / (2^m - 1), and an undirected degree of 2m - 1.
    [6, 3.0476],
    [8, 4.0157],
    [10, 5.0049],
  ])('on the full ring of %i bits takes %f hops', (m, hops) => {
    const figures = expected(chord, { peers: 2 ** m, placement: 'even' });
    const value = figures.find(({ metric }) => metric === 'greedyHops')!.value;
    expect(value).toBeCloseTo((m * 2 ** (m - 1)) / (2 ** m - 1), 12);
    expect(value).toBeCloseTo(hops, 4);
    const measured = measure(generate(chord, { peers: 2 ** m, placement: 'even' }));
    expect(measured).toMatchObject({ meanDegree: 2 * m - 1, standardDeviationDegree: 0, meanOutDegree: m });
  });

  it('takes as many hops on the full ring as the distance has binary ones, so that they are binomial', () => {
    const { topology } = generate(chord, { peers: 256, placement: 'even' });
    const counts = new Array<number>(9).fill(0);
    for (let target = 0; target < 256; target++)
      counts[routeBetween(topology.links, topology.columns.positions!, 0, target).hops]! += 1;
    expect(counts).toEqual([1, 8, 28, 56, 70, 56, 28, 8, 1]);
  });

  it('of four peers at 0, 1/4, 1/2, 3/4 points each at the next and at the opposite one', () => {
    const { links } = generate(chord, { peers: 4, placement: 'even' }).topology;
    expect([...links.targets]).toEqual([1, 2, 2, 3, 0, 3, 0, 1]);
  });

  it('has the fingers of the definition: the first peers at or after n + 2^i (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 11 }),
        fc.nat(),
        (peers, r, seed) => {
          const successors = Math.min(r, peers - 1);
          const { topology } = generate(chord, { peers, successors }, seed);
          const positions = topology.columns.positions!;
          for (let peer = 0; peer < peers; peer++) {
            const pointers = new Set(Array.from({ length: successors }, (_, k) => (peer + k + 1) % peers));
            for (let bit = 0; bit < 32; bit++)
              pointers.add(ownerOf(positions, [(positions.coordinates[peer]! + 2 ** (bit - 32)) % 1]));
            pointers.delete(peer);
            const { offsets, targets } = topology.links;
            expect([...targets.subarray(offsets[peer], offsets[peer + 1])]).toEqual(
              [...pointers].sort((a, b) => a - b),
            );
          }
        },
      ),
    );
  });

  it('finds the peer in charge of any key: the first one clockwise (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.nat(),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (peers, seed, key) => {
          const { topology } = generate(chord, { peers }, seed);
          const { path, reached } = chordLookup(topology, seed % peers, key);
          expect(reached).toBe(true);
          expect(path.at(-1)).toBe(ownerOf(topology.columns.positions!, [key]));
        },
      ),
    );
  });
});

describe('Chord when peers fail and pointers stay', () => {
  const lookups = (share: number, successors: number) => {
    const { topology } = generate(chord, { peers: 2_000, successors });
    const random = createRandom(3);
    const alive = Uint8Array.from({ length: topology.size }, () => (random.uniform() < share ? 0 : 1));
    const living = Array.from(alive.keys()).filter((peer) => alive[peer] === 1);
    const routes = Array.from({ length: 3_000 }, () =>
      chordLookup(topology, living[random.int(living.length)]!, random.uniform(), alive),
    );
    return {
      reached: average(routes.map((route) => Number(route.reached))),
      hops: average(routes.filter((route) => route.reached).map((route) => route.hops)),
      timeouts: average(routes.map((route) => route.timeouts)),
    };
  };

  it('loses a lookup only where all r successors of a peer on its way have failed: hardly ever with r = 20', () => {
    expect(lookups(0, 20)).toMatchObject({ reached: 1, timeouts: 0 });
    // A run of 20 failed peers: 2,000 x 2^-20 = .002 of such overlays have one.
    expect(lookups(0.5, 20).reached).toBe(1);
  });

  it('with r = 4 loses more than p^r of them and fewer than (hops + 1) p^r, and waits for time-outs', () => {
    const { reached, hops, timeouts } = lookups(0.5, 4);
    // No living successor of the predecessor: p^r. Of any peer on the way: at most p^r for each of them.
    expect(1 - reached).toBeGreaterThan(0.5 ** 4);
    expect(1 - reached).toBeLessThan((hops + 1) * 0.5 ** 4);
    expect(timeouts).toBeGreaterThan(1);
    expect(hops).toBeGreaterThan(lookups(0, 4).hops);
  });
});
