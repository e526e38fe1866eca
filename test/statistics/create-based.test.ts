import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { createChurn } from '../../src/simulate/churn.ts';
import { parseSessionLaw } from '../../src/simulate/session-law.ts';
import { sessionLengths } from '../../src/statistics/create-based.ts';
import type { Look } from '../../src/statistics/observed-sessions.ts';
import { sessionRuns } from '../../src/statistics/session-runs.ts';

const MINUTE = 60_000;

/** Looks that take `duration` minutes, so many minutes apart, `jitter` of it at random. */
function looksAt(count: number, interval: number, duration = 0, jitter = 0, seed = 1): Look[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, k) => {
    const begin = interval * (k + jitter * random.uniform());
    return { begin, end: begin + duration };
  });
}

/**
 * Who is there at each look, where `rate` sessions a minute begin at random instants, in the stationary state: what a crawler
 * without errors would see. `miss` is the chance that a look misses a peer which is there.
 */
function watch(name: string, looks: readonly Look[], rate: number, seed: number, miss = 0) {
  const law = parseSessionLaw(name);
  const random = createRandom(seed);
  const [start, end] = [looks[0]!.begin, looks.at(-1)!.end];
  const columns: number[][] = looks.map(() => []);
  let peers = 0;
  const live = (from: number, to: number): void => {
    looks.forEach((look, k) => {
      if (from < look.end && to >= look.begin && !(random.uniform() < miss)) columns[k]!.push(peers);
    });
    peers += 1;
  };
  const standing = Math.round(rate * law.meanMinutes);
  for (let k = 0; k < standing; k++) live(start - 1, start + law.drawStationary(random).residual / MINUTE);
  const arrivals = Math.round(rate * (end - start));
  for (let k = 0; k < arrivals; k++) {
    const at = start + (end - start) * random.uniform();
    live(at, at + law.draw(random) / MINUTE);
  }
  return { columns: columns.map((column) => Uint32Array.from(column)), peers, law };
}

function measured(
  name: string,
  looks: readonly Look[],
  rate: number,
  seed: number,
  options = { gap: 0, miss: 0 },
) {
  const { columns, peers } = watch(name, looks, rate, seed, options.miss);
  const lengths = sessionLengths(looks, sessionRuns(columns, peers, options.gap), options.gap);
  if (lengths === undefined) throw new Error('nothing was measured');
  return lengths;
}

const fitOf = (lengths: ReturnType<typeof measured>, law: string) => {
  const fit = lengths.fits.find((one) => one.law === law);
  if (fit === undefined) throw new Error(law);
  return fit;
};

describe('sessions observed at intervals', () => {
  // True parameters by construction; 8 seeds, of which each estimate strays by its standard error.
  const laws = [
    { name: 'exponential:30', law: 'exponential', truth: [30] },
    { name: 'weibull:0.59:41.9', law: 'weibull', truth: [41.9, 0.59] },
    { name: 'weibull:0.38:42.4', law: 'weibull', truth: [42.4, 0.38] },
    // sigma = ln(600 / 20) / 2.3263, the normal deviate of 99 %.
    { name: 'log-normal:20:600', law: 'log-normal', truth: [20, Math.log(30) / 2.3263478740408408] },
  ];
  const geometries = [
    { what: 'instants 10 minutes apart', looks: looksAt(61, 10) },
    { what: 'crawls of 4 minutes, 10 minutes apart', looks: looksAt(61, 10, 4) },
    { what: 'crawls back to back', looks: looksAt(61, 10, 10) },
    { what: 'irregular instants', looks: looksAt(31, 10, 0, 0.8) },
  ];
  it.each(laws.flatMap((law) => geometries.map((geometry) => ({ ...law, ...geometry }))))(
    'give back the parameters of $name within their errors: $what',
    ({ name, law, truth, looks }) => {
      const deviations = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
        const fit = fitOf(measured(name, looks, 20, seed), law);
        return fit.parameters.map(({ value, standardError }, k) => (value - truth[k]!) / standardError!);
      });
      for (const k of truth.keys()) {
        const own = deviations.map((row) => row[k]!);
        // The mean of 8 has a standard error of 0.35, the sum of squares is chi-square with 8 degrees: 26.1 is its 99.9 %.
        expect(Math.abs(own.reduce((sum, z) => sum + z, 0) / 8)).toBeLessThan(1.2);
        expect(own.reduce((sum, z) => sum + z * z, 0)).toBeLessThan(26.1);
        expect(own.reduce((sum, z) => sum + z * z, 0)).toBeGreaterThan(0.86);
      }
    },
  );
});

describe('the fits', () => {
  /** 1,100 sessions that were first seen at the second of 21 looks, 10 apart: 400 of them once, 180 twice … */
  const counts = [400, 180, 110, 80, 60, 45, 35, 28, 22, 18, 122];
  const firsts = new Uint32Array(1100).fill(1);
  const lasts = Uint32Array.from(counts.flatMap((count, k) => Array<number>(count).fill(1 + k)));
  const runs = { looks: 21, firsts, lasts, bridged: 0, inner: 0 };
  const lengths = sessionLengths(looksAt(21, 10), runs, 0)!;

  // Computed with scipy 1.17.1: quad for the integrals, Nelder-Mead for the top, second differences for the errors.
  it.each([
    { law: 'exponential', values: [36.15014], errors: [1.15964], top: -2237.93594, seen: 0.873606 },
    {
      law: 'weibull',
      values: [17.50769, 0.545686],
      errors: [2.34328, 0.0353131],
      top: -2163.762,
      seen: 0.631297,
    },
    {
      law: 'log-normal',
      values: [15.24159, 1.45442],
      errors: [1.42415, 0.0704994],
      top: -2165.54851,
      seen: 0.792037,
    },
  ])('are those of an independent program: $law', ({ law, values, errors, top, seen }) => {
    const fit = fitOf(lengths, law);
    fit.parameters.forEach(({ value, standardError }, k) => {
      expect(value / values[k]!).toBeCloseTo(1, 4);
      expect(standardError! / errors[k]!).toBeCloseTo(1, 3);
    });
    expect(fit.logLikelihood).toBeCloseTo(top, 3);
    expect(fit.seenShare).toBeCloseTo(seen, 4);
    expect(fit.aic).toBeCloseTo(2 * values.length - 2 * top, 2);
  });

  it('come the best first, by AIC', () => {
    expect(lengths.fits.map(({ law }) => law)).toEqual(['weibull', 'log-normal', 'exponential']);
    expect(lengths.fits[0]!.deltaAic).toBe(0);
    // 2 (2165.54851 - 2163.76200), and the same for the nested pair.
    expect(lengths.fits[1]!.deltaAic).toBeCloseTo(3.573, 2);
    expect(lengths.exponentialTest!.statistic).toBeCloseTo(148.348, 2);
    expect(lengths.exponentialTest!.pValue).toBeLessThan(1e-12);
  });

  it('stand beside the shares, by hand: 1,100 sessions, 700 of them twice or more, 122 to the end', () => {
    expect(lengths.sessions).toBe(1100);
    expect(lengths.unended).toBe(122);
    expect(lengths.ccdf[1]).toMatchObject({ snapshots: 2, from: 10, to: 20, sessions: 700, share: 7 / 11 });
    expect(lengths.ccdf.at(-1)).toMatchObject({ snapshots: 11, sessions: 122 });
  });

  it.each([
    ['exponential:30', 'exponential'],
    ['weibull:0.38:42.4', 'weibull'],
    ['log-normal:20:600', 'log-normal'],
  ])('know whose sessions they see: %s', (name, law) => {
    const lengths = measured(name, looksAt(121, 5), 60, 3);
    // An exponential law is a Weibull law too, which may be better by chance, by less than 2 or so.
    expect(fitOf(lengths, law).deltaAic).toBeLessThan(law === 'exponential' ? 4 : 1e-9);
    expect(fitOf(lengths, law).goodness!.pValue).toBeGreaterThan(0.001);
    if (law !== 'exponential') expect(lengths.exponentialTest!.pValue).toBeLessThan(1e-6);
    for (const other of lengths.fits) {
      if (other.law !== law && !(law === 'exponential' && other.law === 'weibull'))
        expect(other.deltaAic).toBeGreaterThan(10);
    }
  });

  it('never lose their way, whatever was seen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 })), {
          maxLength: 40,
        }),
        fc.integer({ min: 0, max: 2 }),
        (ends, gap) => {
          const runs = {
            looks: 12,
            firsts: Uint32Array.from(ends, ([a, b]) => Math.min(a, b)),
            lasts: Uint32Array.from(ends, ([a, b]) => Math.max(a, b)),
            bridged: 0,
            inner: 0,
          };
          const lengths = sessionLengths(looksAt(12, 7, 3), runs, gap);
          if (lengths === undefined) return;
          expect(lengths.sessions + lengths.older + lengths.younger).toBe(ends.length);
          for (const fit of lengths.fits) {
            expect(Number.isFinite(fit.logLikelihood)).toBe(true);
            expect(fit.seenShare).toBeGreaterThanOrEqual(0);
            expect(fit.seenShare).toBeLessThanOrEqual(1 + 1e-9);
          }
          lengths.ccdf.forEach(({ share, interval: [low, high] }, k) => {
            expect(share).toBeLessThanOrEqual(lengths.ccdf[k - 1]?.share ?? 1);
            expect(low).toBeLessThanOrEqual(share);
            expect(high).toBeGreaterThanOrEqual(share);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the create-based method', () => {
  const looks = looksAt(61, 10);

  it('keeps what naive counting loses: the shares follow the law, and naive ones fall short of it by the known bias', () => {
    const name = 'weibull:0.59:41.9';
    const survival = (t: number) => Math.exp(-((t / 41.9) ** 0.59));
    const shares = [1, 2, 3, 4].map((seed) => measured(name, looks, 40, seed));
    // P(k or more | seen) is the mean of S over (k - 1) 10..k 10, over that over 0..10, here by the midpoint rule.
    const over = (from: number) => {
      let sum = 0;
      for (let i = 0; i < 10_000; i++) sum += survival(from + ((i + 0.5) * 10) / 10_000);
      return sum / 10_000;
    };
    const total = shares.reduce((sum, { sessions }) => sum + sessions, 0);
    const naiveTotal = shares.reduce((sum, { naive }) => sum + naive.sessions, 0);
    for (const k of [2, 5, 10, 20, 30]) {
      const expected = over((k - 1) * 10) / over(0);
      const found = shares.reduce((sum, { ccdf }) => sum + ccdf[k - 1]!.sessions, 0) / total;
      const error = Math.sqrt((expected * (1 - expected)) / total);
      expect(Math.abs(found - expected)).toBeLessThan(4 * error);
      // A session seen at j looks has 60 - j places to be seen whole at, of 61 looks and not at the first or last:
      // naive(k) = sum over j >= k of (60 - j) P(j) / the same over all j.
      let [from, all] = [0, 0];
      for (let j = 1; j < 60; j++) {
        const weight = (60 - j) * (over((j - 1) * 10) - over(j * 10));
        all += weight;
        if (j >= k) from += weight;
      }
      const naive =
        shares.reduce((sum, one) => sum + one.ccdf[k - 1]!.naive! * one.naive.sessions, 0) / naiveTotal;
      const biased = from / all;
      expect(biased).toBeLessThan(expected);
      expect(Math.abs(naive - biased)).toBeLessThan(4 * Math.sqrt((biased * (1 - biased)) / naiveTotal));
    }
  });

  it('has bands that hold the law in about 95 of 100 cases', () => {
    const survival = (t: number) => Math.exp(-t / 30);
    // The integral of exp(-t / 30) over an interval is in proportion to its value at the beginning.
    let inside = 0;
    let all = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { ccdf } = measured('exponential:30', looks, 5, seed);
      for (const k of [2, 4, 8]) {
        const [low, high] = ccdf[k - 1]!.interval;
        const expected = survival((k - 1) * 10);
        all += 1;
        if (low <= expected && expected <= high) inside += 1;
      }
    }
    // 120 intervals; binomial with 0.95: fewer than 106 in 1 of 1,000 cases.
    expect(inside / all).toBeGreaterThan(106 / 120);
  });

  it('bridges looks that missed a peer, without which long sessions fall to pieces', () => {
    const name = 'exponential:60';
    const means = [0, 1].map((gap) =>
      [1, 2, 3, 4].map((seed) => measured(name, looks, 20, seed, { gap, miss: 0.03 })),
    );
    const mean = (all: readonly ReturnType<typeof measured>[]) =>
      all.reduce((sum, one) => sum + fitOf(one, 'exponential').parameters[0]!.value, 0) / all.length;
    expect(mean(means[0]!)).toBeLessThan(54);
    expect(Math.abs(mean(means[1]!) - 60)).toBeLessThan(2.5);
    // Of the looks within a session 3 in 100 miss it.
    expect(means[1]![0]!.missedShare).toBeCloseTo(0.03, 2);
  });

  it('says nothing where there is too little', () => {
    const none = { looks: 3, firsts: new Uint32Array(), lasts: new Uint32Array(), bridged: 0, inner: 0 };
    expect(sessionLengths(looksAt(3, 10), none, 0)).toBeUndefined();
    expect(sessionLengths(looksAt(20, 10), { ...none, looks: 20 }, 0)).toBeUndefined();
    expect(sessionLengths([], { ...none, looks: 0 }, 0)).toBeUndefined();
  });
});

describe('peers that come and go in a simulated overlay', () => {
  it('have the sessions that their churn was given', () => {
    const start = Date.UTC(2005, 1, 2);
    const topology = twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 1500 }, createRandom(1)).topology;
    const churn = createChurn({
      topology,
      tiers: true,
      law: parseSessionLaw('weibull:0.59:41.9'),
      repair: 10_000,
      start,
      random: createRandom(7),
      peerLimit: 1_000_000,
    });
    const looks = looksAt(97, 7.5);
    const columns = looks.map(({ begin }) => {
      churn.advance(start + begin * MINUTE);
      return Uint32Array.from({ length: churn.size }, (_, slot) => churn.occupant(slot));
    });
    const lengths = sessionLengths(looks, sessionRuns(columns, churn.peers, 1), 1)!;
    const [best] = lengths.fits;
    expect(best!.law).toBe('weibull');
    best!.parameters.forEach(({ value, standardError }, k) => {
      expect(Math.abs(value - [41.9, 0.59][k]!)).toBeLessThan(3 * standardError!);
    });
    // Peers here never come back.
    expect(lengths.missedShare).toBe(0);
  });
});

describe('runs of looks', () => {
  const columns = [[0, 1], [0], [0, 1, 2], [], [2]].map((peers) => Uint32Array.from(peers));
  const ends = (gap: number) => {
    const { firsts, lasts, ...rest } = sessionRuns(columns, 3, gap);
    return { ends: Array.from(firsts, (first, k) => [first, lasts[k]]), ...rest };
  };

  it('break at every absence without a gap, and not at those that are bridged: by hand', () => {
    expect(ends(0)).toEqual({
      ends: [
        [0, 2],
        [0, 0],
        [2, 2],
        [2, 2],
        [4, 4],
      ],
      looks: 5,
      bridged: 0,
      inner: 1,
    });
    expect(ends(1)).toEqual({
      ends: [
        [0, 2],
        [0, 2],
        [2, 4],
      ],
      looks: 5,
      bridged: 2,
      inner: 3,
    });
  });
});
