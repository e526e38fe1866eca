import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { displayWidth } from '../../src/charts/terminal-text.ts';
import type { CrawlState } from '../../src/reports/crawl-progress.ts';
import { progressLine } from '../../src/reports/progress-line.ts';

const RUNNING: CrawlState = {
  phase: 'crawl',
  askedAgain: undefined,
  seconds: 71.2,
  contacted: 158_345,
  found: 1_031_475,
  queued: 3_456,
  inFlight: 512,
  perSecond: 5_012.4,
  perSecondOverall: 4_800,
  byOutcome: { silent: 312, ok: 158_013, refused: 20, busy: 0 },
  bytesReceived: 1e9,
  newPerVisit: 0.01,
  secondsLeft: 8.3,
};

// Every line is counted by hand: three columns for each " · ".
describe('the line of a running crawl', () => {
  it('says all of it where there is room', () => {
    const line =
      'contacted 158,345 · found 1,031,475 · queued 3,456 · 5,012/s · ~8 s left · ok 158,013 · silent 312 · refused 20 · in flight 512 · 1 min 11 s';
    expect(progressLine(RUNNING, 200)).toBe(line);
    expect(progressLine(RUNNING, 140)).toBe(line);
  });

  it.each([
    // 17+3+15+3+12+3+7+3+9 = 72, with ok 158,013: 85, silent 312: 98, refused 20: 111, in flight 512: 127, 1 min 11 s: 140.
    [
      139,
      'contacted 158,345 · found 1,031,475 · queued 3,456 · 5,012/s · ~8 s left · ok 158,013 · silent 312 · refused 20 · in flight 512',
    ],
    [
      100,
      'contacted 158,345 · found 1,031,475 · queued 3,456 · 5,012/s · ~8 s left · ok 158,013 · silent 312',
    ],
    [79, 'contacted 158,345 · found 1,031,475 · queued 3,456 · 5,012/s · ~8 s left'],
    [71, 'contacted 158,345 · queued 3,456 · 5,012/s · ~8 s left'],
    [53, 'contacted 158,345 · 5,012/s · ~8 s left'],
    [40, 'contacted 158,345 · 5,012/s · ~8 s left'],
    [38, 'contacted 158,345 · ~8 s left'],
    [20, 'contacted 158,345'],
    [10, 'contacted…'],
  ])('in %d columns is without what matters least', (width, line) => {
    expect(progressLine(RUNNING, width)).toBe(line);
  });

  it('says that the overlay still grows, or who is waited for, instead of an end that nobody knows', () => {
    const unknown = { ...RUNNING, secondsLeft: undefined };
    expect(progressLine({ ...unknown, newPerVisit: 0.5 }, 40)).toBe('contacted 158,345 · still growing');
    expect(progressLine({ ...unknown, newPerVisit: undefined }, 40)).toBe('contacted 158,345 · 5,012/s');
    expect(progressLine({ ...unknown, queued: 0, newPerVisit: 2 }, 40)).toBe(
      'contacted 158,345 · waiting for 512',
    );
  });

  it('of slow crawls has a digit after the point, and leaves out what nobody has counted', () => {
    const slow = {
      ...RUNNING,
      contacted: 12,
      found: undefined,
      perSecond: 0.44,
      byOutcome: {},
      secondsLeft: 7_530,
    };
    expect(progressLine(slow, 100)).toBe(
      'contacted 12 · queued 3,456 · 0.4/s · ~2 h 6 min left · in flight 512 · 1 min 11 s',
    );
  });

  it('begins with what is done once the queue is empty', () => {
    expect(progressLine({ ...RUNNING, phase: 'second-look', askedAgain: 2_000 }, 64)).toBe(
      'asking 2,000 once more · contacted 158,345 · found 1,031,475',
    );
    expect(progressLine({ ...RUNNING, phase: 'tables' }, 40)).toBe('writing the tables · contacted 158,345');
  });

  it('never is wider than it may be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 160 }),
        fc.nat(20_000_000),
        fc.nat(20_000_000),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.option(fc.double({ min: 0, max: 1e8, noNaN: true }), { nil: undefined }),
        (width, contacted, found, perSecond, secondsLeft) => {
          const state = { ...RUNNING, contacted, found, perSecond, secondsLeft };
          expect(displayWidth(progressLine(state, width))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
