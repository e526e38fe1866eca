import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreesOf } from '../../src/analyses/degrees.ts';
import { createRandom } from '../../src/core/random.ts';
import { likenessWindow, likeUptimesCorrelation, likeUptimesGraph } from '../../src/models/like-uptimes.ts';
import type { ModelOptions } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { average, expected, generate, measure, usageError } from './support.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const FEBRUARY: Partial<ModelOptions> = {
  superpeerDegree: 25,
  superpeerDegreeCap: 32,
  superpeersPerLeaf: { least: 1, most: 3 },
};

const degrees = (options: Partial<ModelOptions>, seed = 1) =>
  degreesOf(generate(twoTier, options, seed).topology.simple);

describe('the uptimes at both ends of a link', () => {
  const shapes: Partial<ModelOptions>[] = [
    { peers: 5000 },
    { peers: 8000, ...FEBRUARY },
    { peers: 2000, superpeerShare: 1, superpeerDegree: 3 },
    { peers: 1000 },
  ];
  it.each(shapes.flatMap((shape) => [0.1, 0.5, 0.9, 1].map((uptimeBias) => ({ ...shape, uptimeBias }))))(
    'are correlated as expected in the mean of eight seeds: %o',
    (options) => {
      const wanted = expected(twoTier, options).find(({ metric }) => metric === 'uptimeCorrelation')!;
      const measured = SEEDS.map((seed) => measure(generate(twoTier, options, seed)).uptimeCorrelation);
      expect(Math.abs(average(measured) - wanted.value)).toBeLessThan(wanted.tolerance);
      // A tolerance that says something: 0.1 is told from 0, and 0.9 from 1.
      expect(wanted.tolerance).toBeLessThan(0.1);
    },
  );

  it('are correlated by about the bias where there are many superpeers: 158,345 of mean degree 25', () => {
    for (const bias of [0.2, 0.5, 1])
      expect(Math.abs(likeUptimesCorrelation(158_345, 25, bias) - bias)).toBeLessThan(0.003);
  });

  it('stand in their own column, evenly spread over (0, 1] for each role', () => {
    const { topology } = generate(twoTier, { peers: 400, uptimeBias: 0.5 });
    const uptimes = topology.columns.uptimes!;
    expect(uptimes).toHaveLength(400);
    for (const [begin, end] of [
      [0, 60],
      [60, 400],
    ] as const) {
      const sorted = uptimes.slice(begin, end).sort();
      sorted.forEach((share, place) => {
        expect(share).toBeCloseTo((place + 1) / (end - begin), 12);
      });
    }
  });
});

describe('the correlation for a bias', () => {
  it.each([
    [100_000, 10],
    [750, 30],
    [200, 20],
    [60, 30],
  ])(
    'of 1 is that of two uptimes with the same key, by numeric integration: %i peers of degree %i',
    (size, degree) => {
      // Independent of the closed form: joint density of u and v = integral of f(u | x) f(v | x) f(x) dx on a grid of
      // uptimes, where the key x = u + noise, and the noise is uniform in 0..w.
      const window = likenessWindow(size, degree);
      const grid = 2000;
      const uptimes = Array.from({ length: grid }, (_, i) => (i + 0.5) / grid);
      const sums = [0, 1].map((power) => {
        const prefix = new Float64Array(grid + 1);
        uptimes.forEach((u, i) => (prefix[i + 1] = prefix[i]! + u ** power));
        return prefix;
      });
      const within = (power: number, low: number, high: number) => {
        const place = (u: number) => Math.min(grid, Math.max(0, Math.round(u * grid)));
        return sums[power]![place(high)]! - sums[power]![place(low)]!;
      };
      let [product, weight] = [0, 0];
      const steps = 40_000;
      for (let k = 0; k < steps; k++) {
        const x = ((k + 0.5) / steps) * (1 + window);
        const count = within(0, x - window, x);
        if (count === 0) continue;
        const mean = within(1, x - window, x) / count;
        product += count * mean * mean;
        weight += count;
      }
      expect(likeUptimesCorrelation(size, degree, 1)).toBeCloseTo((product / weight - 1 / 4) * 12, 3);
    },
  );

  it('of 0 is that of any two different peers, -1 / (size - 1)', () => {
    expect(likeUptimesCorrelation(101, 10, 0)).toBeCloseTo(-0.01, 12);
  });
});

describe('superpeers that are linked by uptime', () => {
  it.each([0.3, 1])('have the degrees that they would have without: equal ones, bias %f', (uptimeBias) => {
    const options = { peers: 2000 };
    expect(degrees({ ...options, uptimeBias })).toEqual(degrees(options));
  });

  it.each([0.3, 1])('have the degrees that they would have without: drawn ones, bias %f', (uptimeBias) => {
    const options = { peers: 2000, ...FEBRUARY };
    const [biased, plain] = [degrees({ ...options, uptimeBias }), degrees(options)];
    // Where the sum of the degrees is odd, one superpeer has a link less, not always the same.
    const differences = biased.map((degree, peer) => Math.abs(degree - plain[peer]!));
    expect(differences.reduce((sum, difference) => sum + difference, 0)).toBeLessThanOrEqual(2);
  });

  it('are the other links of the same overlay: registrations are those without bias', () => {
    const leaves = (options: Partial<ModelOptions>) => {
      const { offsets, targets } = generate(twoTier, { peers: 1000, ...options }).topology.links;
      return targets.slice(offsets[150]);
    };
    expect(leaves({ uptimeBias: 0.7 })).toEqual(leaves({}));
  });

  it('form a connected simple graph in which none has more links than asked for, whatever the degrees (property)', () => {
    const shape = fc.integer({ min: 4, max: 80 }).chain((size) =>
      fc.record({
        degrees: fc.array(fc.integer({ min: 2, max: size >> 1 }), { minLength: size, maxLength: size }),
        bias: fc.double({ min: 0, max: 1, noNaN: true }),
        seed: fc.integer(),
      }),
    );
    fc.assert(
      fc.property(shape, ({ degrees: wanted, bias, seed }) => {
        const size = wanted.length;
        const uptimes = Float64Array.from(wanted, (_, peer) => (peer + 1) / size);
        const links = likeUptimesGraph(Uint32Array.from(wanted), uptimes, bias, createRandom(seed));
        const ids = wanted.map((_, peer) => String(peer));
        const topology = fromLinks({ directed: false, ids, ...links });
        const sum = wanted.reduce((total, degree) => total + degree, 0);
        expect(weakComponents(topology).sizes).toHaveLength(1);
        expect([topology.duplicates, links.sources.some((source, k) => source === links.targets[k])]).toEqual(
          [0, false],
        );
        const short = wanted.map((degree, peer) => degree - degreesOf(topology.simple)[peer]!);
        expect(Math.min(...short)).toBeGreaterThanOrEqual(0);
        // Some degrees fit no ring, such as a single one above 2; links are missing then, and counted.
        expect(short.reduce((total, one) => total + one, 0)).toBe((sum % 2) + 2 * links.missing);
      }),
      { numRuns: 300 },
    );
  });

  it('lack no link where all degrees are equal, up to half of the peers, for any bias', () => {
    for (let size = 4; size <= 30; size++)
      for (let degree = 2; 2 * degree <= size; degree++)
        for (const bias of [0.3, 0.8, 1]) {
          const uptimes = Float64Array.from({ length: size }, (_, peer) => (peer + 1) / size);
          const equal = new Uint32Array(size).fill(degree);
          const { sources, missing } = likeUptimesGraph(equal, uptimes, bias, createRandom(size));
          expect([sources.length, missing]).toEqual([Math.floor((size * degree) / 2), 0]);
        }
  });

  it('are others for another seed, and the same for the same', () => {
    const links = (seed: number) => generate(twoTier, { peers: 500, uptimeBias: 0.5 }, seed).topology.links;
    expect(links(1)).toEqual(links(1));
    expect(links(1)).not.toEqual(links(2));
  });
});

describe('without a bias', () => {
  it('the overlay is what it was before there were uptimes, byte for byte', () => {
    const { topology, notes } = generate(twoTier, { peers: 3000, ...FEBRUARY, uptimeBias: 0 });
    const { offsets, targets } = topology.links;
    const digest = createHash('sha256').update(offsets).update(targets).digest('hex').slice(0, 16);
    expect(digest).toBe('1c551ba285897a3b'); // of the commit before
    expect(Object.keys(topology.columns)).toEqual(['roles']);
    expect(notes).toHaveLength(1);
    expect(expected(twoTier, {}).map(({ metric }) => metric)).not.toContain('uptimeCorrelation');
  });
});

describe('a bias', () => {
  it.each([1, 2, 3, 20, 222])(
    'changes no link among the few superpeers of %i peers, and says so',
    (peers) => {
      const biased = generate(twoTier, { peers, uptimeBias: 1 });
      expect(biased.topology.links).toEqual(generate(twoTier, { peers }).topology.links);
      expect(biased.notes[1]).toBe(
        'The superpeers are so few for their degrees that the uptime bias changes none of their links.',
      );
      expect(expected(twoTier, { peers, uptimeBias: 1 })).toEqual(expected(twoTier, { peers }));
    },
  );

  it.each([-0.1, 1.1, NaN])('of %f is an error of usage', (uptimeBias) => {
    expect(usageError(twoTier, { uptimeBias }).message).toBe(
      `the bias towards like uptimes has to be 0..1, and is ${uptimeBias}`,
    );
  });
});
