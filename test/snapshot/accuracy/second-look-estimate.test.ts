import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_SUMS } from '../../../src/snapshot/accuracy/look-sums.ts';
import {
  completenessOf,
  distortionOf,
  estimateFrom,
  exponentOf,
  newcomerWeight,
  sizeOf,
  together,
  type Census,
} from '../../../src/snapshot/accuracy/second-look-estimate.ts';

const CENSUS: Census = {
  spoke: 100,
  failed: 0,
  learned: 1000,
  unconfirmed: 0,
  linksAmongAsked: 1200,
  registrations: 2000,
  learnedByListings: [0, 333, 334, 333],
};

const STILL = { ...NO_SUMS, up: 50, learned: 400, learnedKnown: 400, askedKnown: 900, links: 800 };

describe('the estimate from a second look', () => {
  it('finds nothing wrong where nothing has changed', () => {
    const estimate = estimateFrom(STILL, CENSUS, { newcomer: 1 });
    expect(together(estimate)).toEqual({ captured: 1100, gone: 0, missing: 0 });
    expect(distortionOf(estimate.links)).toBe(0);
    expect(completenessOf(estimate.learned)).toBe(1);
  });

  it('scales what the sample lost and gained to the snapshot (by hand)', () => {
    const sums = { ...STILL, up: 45, gone: 5, learnedGone: 40, learnedKnown: 360, learnedNew: 80 };
    const { asked, learned } = estimateFrom(sums, CENSUS, { newcomer: 0.5 });
    // 5 of 50 superpeers are gone, 40 of 400 leaves; 80 / 2 new ones beside 360 known ones are a tenth of those there.
    expect(asked).toMatchObject({ captured: 100, gone: 10, missing: 0 });
    expect(learned.gone).toBeCloseTo(100, 9);
    expect(learned.missing).toBeCloseTo(100, 9);
    expect(sizeOf(learned)).toBeCloseTo(1000, 9);
    expect(distortionOf(learned)).toBeCloseTo(200 / 2000, 9);
  });

  it('takes who failed and is still listed for unreachable, not for gone', () => {
    const failing = { ...CENSUS, spoke: 75, failed: 25 };
    const sums = { ...STILL, failed: 10, failedGone: 2, answeredLinks: 100, answeredLinksKept: 100 };
    const { asked, unreachable } = estimateFrom(sums, failing, { newcomer: 1 });
    expect(asked.gone).toBeCloseTo(5, 9);
    expect(unreachable).toBeCloseTo(20 / 95, 9);
  });

  it('counts the leaves that hide behind unreachable superpeers, whatever number of them each has (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.double({ min: 0.05, max: 0.4, noNaN: true }), (k, u) => {
        // Expected counts of N leaves at k superpeers each, of which each is unreachable with probability u.
        const leaves = 100_000;
        const choose = (j: number): number => (j === 0 ? 1 : (choose(j - 1) * (k - j + 1)) / j);
        const seen = Array.from(
          { length: k + 1 },
          (_, j) => leaves * choose(j) * (1 - u) ** j * u ** (k - j),
        );
        const captured = leaves * (1 - u ** k);
        const census: Census = {
          ...CENSUS,
          spoke: 1000 * (1 - u),
          failed: 1000 * u,
          learned: captured,
          learnedByListings: [0, ...seen.slice(1)],
        };
        const sums = { ...STILL, failed: 100, failedGone: 0 };
        const { hiddenLearned } = estimateFrom(sums, census, { newcomer: 1 });
        expect(hiddenLearned / (leaves * u ** k)).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('the weight of a newcomer', () => {
  it('is 1/k where all have k superpeers', () => {
    expect(newcomerWeight([0, 0, 0, 50], 0.7, 1)).toBeCloseTo(1 / 3, 12);
  });

  it('is that of uniform arrivals where F rises linearly (by hand: chances 1/2 and 1/3)', () => {
    // Of leaves with one and two superpeers, as many listings each, none of whose superpeers leaves.
    expect(newcomerWeight([0, 100, 100], 1, 0)).toBeCloseTo((1 / 2 + 1 / 6) / (1 / 2 + 1 / 3), 12);
  });

  it('reads the exponent off the mean lag of those who went', () => {
    expect(exponentOf(2 / 3)).toBeCloseTo(1, 12);
    expect(exponentOf(0.6)).toBeCloseTo(0.5, 12);
    expect(exponentOf(NaN)).toBe(1);
  });
});
