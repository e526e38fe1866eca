import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreesOf } from '../../src/analyses/degrees.ts';
import { barabasiAlbert } from '../../src/models/barabasi-albert.ts';
import { erdosRenyi } from '../../src/models/erdos-renyi.ts';
import { MODELS } from '../../src/models/index.ts';
import type { Metric, Model, ModelOptions } from '../../src/models/model.ts';
import { powerLawRandomGraph } from '../../src/models/power-law-random-graph.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { wattsStrogatz } from '../../src/models/watts-strogatz.ts';
import { average, expected, generate, measure, usageError } from './support.ts';

/** Large enough for all figures of `expected`, small enough for many graphs. */
const CASES: readonly { model: Model; options: Partial<ModelOptions>; metrics: readonly Metric[] }[] = [
  {
    model: erdosRenyi,
    options: { peers: 2000, meanDegree: 4 },
    metrics: ['links', 'meanDegree', 'standardDeviationDegree', 'giantShare'],
  },
  {
    model: erdosRenyi,
    options: { peers: 3000, meanDegree: 1.6 },
    metrics: ['links', 'meanDegree', 'standardDeviationDegree', 'giantShare'],
  },
  { model: erdosRenyi, options: { peers: 40, meanDegree: 30 }, metrics: ['links', 'meanDegree'] },
  {
    model: barabasiAlbert,
    options: { peers: 2000, linksPerPeer: 2 },
    metrics: ['links', 'meanDegree', 'components', 'giantShare', 'shareOfLeastDegree'],
  },
  {
    model: wattsStrogatz,
    options: { peers: 2000, neighbours: 10, rewiring: 0.1 },
    metrics: ['links', 'meanDegree', 'transitivity', 'standardDeviationDegree'],
  },
  {
    model: wattsStrogatz,
    options: { peers: 2000, neighbours: 6, rewiring: 0.5 },
    metrics: ['links', 'meanDegree', 'transitivity', 'standardDeviationDegree'],
  },
  {
    model: powerLawRandomGraph,
    options: { peers: 2000, exponent: 2, maxDegree: 100 },
    metrics: ['drawnMeanDegree', 'meanDegree'],
  },
  {
    model: powerLawRandomGraph,
    options: { peers: 3000, exponent: 1.4, maxDegree: 60 },
    metrics: ['drawnMeanDegree', 'meanDegree'],
  },
  {
    model: twoTier,
    options: {
      peers: 2000,
      superpeerDegree: 25,
      superpeerDegreeCap: 32,
      superpeersPerLeaf: { least: 1, most: 3 },
    },
    metrics: ['links', 'meanDegree', 'components', 'giantShare'],
  },
];

const GRAPHS = 40;

describe.each(CASES)(
  `${GRAPHS} graphs of the model $model.name with $options`,
  ({ model, options, metrics }) => {
    const measured = Array.from({ length: GRAPHS }, (_, seed) => measure(generate(model, options, seed)));
    const expectations = expected(model, options);

    it('are held to as many figures as there are for them, each with its source', () => {
      expect(expectations.map(({ metric }) => metric)).toEqual(metrics);
      for (const { source } of expectations) expect(source).not.toBe('');
    });

    it.each(expectations)('have the expected $metric of $value on average, within $tolerance', (figure) => {
      const mean = average(measured.map((one) => one[figure.metric]));
      expect(Math.abs(mean - figure.value)).toBeLessThanOrEqual(figure.tolerance);
    });
  },
);

describe('a graph G(n, p)', () => {
  it('links every pair alike: of 4 peers with p = 1/2 each of the 64 graphs comes as often', () => {
    // Binomial with n = 6400, p = 1/64: 100, standard deviation 9.9; the band is 5 of them for 64 counts.
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6400; seed++) {
      const { links } = generate(erdosRenyi, { peers: 4, meanDegree: 1.5 }, seed).topology;
      const key = `${links.offsets.join()} ${links.targets.join()}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(64);
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
  });

  it('is empty at mean degree 0, and complete at n - 1', () => {
    expect(generate(erdosRenyi, { peers: 50, meanDegree: 0 }).topology.linkCount).toBe(0);
    expect(generate(erdosRenyi, { peers: 50, meanDegree: 49 }).topology.linkCount).toBe(1225);
  });

  it('has Poisson degrees: exp(-4) 4^d / d! at mean degree 4, in the limit of many peers', () => {
    const degrees = degreesOf(generate(erdosRenyi, { peers: 100_000, meanDegree: 4 }).topology.simple);
    // exp(-4) times 1, 4, 8, 10.667, 10.667; standard error at most .0013.
    [0.0183, 0.0733, 0.1465, 0.1954, 0.1954].forEach((probability, d) => {
      const share = degrees.filter((degree) => degree === d).length / degrees.length;
      expect(Math.abs(share - probability)).toBeLessThan(0.005);
    });
  });

  it('has a giant component of 79.68 % at mean degree 2', () => {
    // By hand: 1 - exp(-2 x .7968) = .7968.
    const giant = expected(erdosRenyi, { peers: 5000, meanDegree: 2 }).find((e) => e.metric === 'giantShare');
    expect(giant?.value).toBeCloseTo(0.7968, 4);
  });
});

describe('preferential attachment', () => {
  it.each([1, 2, 3])('has the law 2m(m+1) / (d(d+1)(d+2)) of its degrees (m = %i)', (m) => {
    const degrees = degreesOf(generate(barabasiAlbert, { peers: 50_000, linksPerPeer: m }).topology.simple);
    for (let d = m; d < m + 8; d++) {
      const share = degrees.filter((degree) => degree === d).length / degrees.length;
      // Standard error at most .0022 (at share 2/3).
      expect(Math.abs(share - (2 * m * (m + 1)) / (d * (d + 1) * (d + 2)))).toBeLessThan(0.007);
    }
  });

  it('has no degree below m, and hubs that grow as the square root of the peers', () => {
    // Barabási and Albert 1999: the largest degree is about m sqrt(n), here 2 x 141 = 283 within a factor of 3.
    const degrees = degreesOf(generate(barabasiAlbert, { peers: 20_000, linksPerPeer: 2 }).topology.simple);
    expect(Math.min(...degrees)).toBe(2);
    expect(Math.max(...degrees)).toBeGreaterThan(94);
    expect(Math.max(...degrees)).toBeLessThan(850);
  });

  it('of m + 1 peers is complete', () => {
    expect(generate(barabasiAlbert, { peers: 6, linksPerPeer: 5 }).topology.linkCount).toBe(15);
  });
});

describe('a small world', () => {
  it.each([
    [2, 0],
    [4, 0.5],
    [6, 0.6],
    [10, 2 / 3],
  ])(
    'of %i neighbours has without rewiring the clustering 3(k-2) / (4(k-1)) = %f exactly',
    (k, clustering) => {
      const measured = measure(generate(wattsStrogatz, { peers: 100, neighbours: k, rewiring: 0 }));
      expect(measured.transitivity).toBeCloseTo(clustering, 12);
      expect(measured).toMatchObject({
        links: 50 * k,
        meanDegree: k,
        standardDeviationDegree: 0,
        components: 1,
      });
    },
  );

  it('keeps half of the neighbours of every peer at least, since each link keeps one end', () => {
    const { topology } = generate(wattsStrogatz, { peers: 1000, neighbours: 8, rewiring: 1 });
    expect(Math.min(...degreesOf(topology.simple))).toBeGreaterThanOrEqual(4);
  });

  it('rewires as many links as it says: 10 % of 20,000 within 5 standard deviations of 42', () => {
    const { notes } = generate(wattsStrogatz, { peers: 10_000, neighbours: 4, rewiring: 0.1 });
    const rewired = Number(/^(\d+) of 20000 links were rewired\.$/.exec(notes[0]!)?.[1]);
    expect(Math.abs(rewired - 2000)).toBeLessThan(5 * 42.4);
  });

  it('leaves a complete graph as it is', () => {
    expect(generate(wattsStrogatz, { peers: 5, neighbours: 4, rewiring: 1 }).topology.linkCount).toBe(10);
  });
});

describe('a power-law random graph', () => {
  it('at exponent 2 has 60.79 % of its peers drawn with one link: 6 / pi^2, with a far cut-off', () => {
    const { drawnDegrees } = generate(powerLawRandomGraph, { peers: 100_000, exponent: 2 });
    const ones = drawnDegrees!.filter((degree) => degree === 1).length / 100_000;
    expect(Math.abs(ones - 6 / Math.PI ** 2)).toBeLessThan(5 * 0.00154);
  });

  it('has degrees up to a fifth of the peers unless told otherwise, and never above what is told', () => {
    expect(generate(powerLawRandomGraph, { peers: 500 }).notes[0]).toMatch(
      /^Degrees from d\^-2 on 1\.\.100:/,
    );
    const capped = generate(powerLawRandomGraph, { peers: 500, maxDegree: 9, exponent: 0 });
    expect(Math.max(...capped.drawnDegrees!)).toBe(9);
  });

  it('claims no realised mean degree where a few hubs decide it', () => {
    const metrics = expected(powerLawRandomGraph, { peers: 500, maxDegree: 499 }).map(({ metric }) => metric);
    expect(metrics).toEqual(['drawnMeanDegree']);
  });
});

describe('every model, whatever its options (property)', () => {
  const options = fc.record({
    peers: fc.integer({ min: 24, max: 150 }),
    meanDegree: fc.double({ min: 0, max: 23, noNaN: true }),
    linksPerPeer: fc.integer({ min: 1, max: 23 }),
    neighbours: fc.integer({ min: 1, max: 11 }).map((half) => 2 * half),
    rewiring: fc.double({ min: 0, max: 1, noNaN: true }),
    exponent: fc.double({ min: -3, max: 5, noNaN: true }),
    maxDegree: fc.integer({ min: 1, max: 23 }),
    columns: fc.integer({ min: 1, max: 24 }),
    successors: fc.integer({ min: 1, max: 11 }),
  });

  it.each(MODELS.map((model) => [model.name, model] as const))('%s makes a simple graph', (_, model) => {
    fc.assert(
      fc.property(options, fc.integer(), (given, seed) => {
        // All degrees odd on an odd number of peers cannot be.
        const heeded = given.maxDegree === 1 ? { ...given, maxDegree: 2 } : given;
        const { topology, drawnDegrees } = generate(model, heeded, seed);
        const { simple } = topology;
        for (let peer = 0; peer < topology.size; peer++) {
          const row = simple.targets.subarray(simple.offsets[peer], simple.offsets[peer + 1]);
          expect(new Set(row).size).toBe(row.length);
          expect(row.includes(peer)).toBe(false);
        }
        // Only the configuration model makes links that it then has to erase.
        if (drawnDegrees === undefined) expect(topology).toMatchObject({ selfLoops: 0, duplicates: 0 });
        const again = generate(model, heeded, seed).topology;
        expect(again.links).toEqual(topology.links);
      }),
      { numRuns: 60 },
    );
  });
});

describe('options that cannot be met', () => {
  it.each<[Model, Partial<ModelOptions>, RegExp]>([
    [erdosRenyi, { peers: 4, meanDegree: 3.5 }, /^4 peers cannot have 3\.5 neighbours each$/],
    [erdosRenyi, { meanDegree: -1 }, /^the mean degree has to be at least 0, and is -1$/],
    [erdosRenyi, { meanDegree: NaN }, /./],
    [erdosRenyi, { peers: 1, meanDegree: 0 }, /^the number of peers has to be at least 2, and is 1$/],
    [barabasiAlbert, { peers: 3, linksPerPeer: 3 }, /^3 peers cannot have 3 neighbours each$/],
    [
      barabasiAlbert,
      { linksPerPeer: 0 },
      /^the number of links of a new peer has to be at least 1, and is 0$/,
    ],
    [wattsStrogatz, { neighbours: 3 }, /^the number of neighbours has to be even, and is 3$/],
    [wattsStrogatz, { peers: 6, neighbours: 6 }, /^6 peers cannot have 6 neighbours each$/],
    [wattsStrogatz, { rewiring: 1.1 }, /^the rewiring probability has to be 0\.\.1, and is 1\.1$/],
    [wattsStrogatz, { rewiring: NaN }, /^the rewiring probability has to be 0\.\.1/],
    [powerLawRandomGraph, { peers: 50, maxDegree: 50 }, /^50 peers cannot have degrees up to 50$/],
    [powerLawRandomGraph, { maxDegree: 0 }, /^the number of links of the best connected peer/],
    [powerLawRandomGraph, { exponent: Infinity }, /^the exponent has to be a number, and is Infinity$/],
    [
      twoTier,
      { superpeerDegree: 25, superpeerDegreeCap: 20 },
      /^the number of links at the cap has to be at least 25/,
    ],
    [
      twoTier,
      { superpeersPerLeaf: { least: 3, most: 1 } },
      /^the number of superpeers of a leaf has to be at least 3/,
    ],
    [
      twoTier,
      { superpeersPerLeaf: { least: 0, most: 1 } },
      /^the number of superpeers of a leaf has to be at least 1/,
    ],
    [
      twoTier,
      { superpeersPerLeaf: { least: 1, most: 3 }, leafCap: 9 },
      /at 1-3 superpeers each do not fit into/,
    ],
  ])('of %o with %o are an error of usage in one sentence', (model, options, message) => {
    const error = usageError(model, options);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/\n|\. /);
  });
});
