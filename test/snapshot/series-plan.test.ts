import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStep, parseUntil } from '../../src/snapshot/series-plan.ts';

const EVERY_10 = { repeat: null, everySeconds: 10 };
const FREE = { completed: 0, until: Infinity };

describe('the next crawl of a series', () => {
  it('begins at once at first, and back to back where there is no interval', () => {
    expect(nextStep(EVERY_10, { ...FREE, now: 5, lastStart: undefined })).toEqual({
      kind: 'crawl',
      lateSeconds: 0,
    });
    const backToBack = { repeat: 3, everySeconds: 0 };
    expect(nextStep(backToBack, { ...FREE, now: 9_000, lastStart: 1_000 })).toEqual({
      kind: 'crawl',
      lateSeconds: 0,
    });
  });

  it('waits for its time, counted from the start of the last one', () => {
    expect(nextStep(EVERY_10, { ...FREE, now: 4_000, lastStart: 1_000 })).toEqual({
      kind: 'wait',
      milliseconds: 7_000,
    });
  });

  it('begins at once and says that it is late where the last one took longer than the interval', () => {
    expect(nextStep(EVERY_10, { ...FREE, now: 13_500, lastStart: 1_000 })).toEqual({
      kind: 'crawl',
      lateSeconds: 2.5,
    });
  });

  it('never comes after as many as were asked for, nor at the time that was named, nor after waiting for it', () => {
    const asked = { repeat: 3, everySeconds: 10 };
    expect(nextStep(asked, { ...FREE, completed: 3, now: 0, lastStart: 0 })).toEqual({
      kind: 'end',
      why: 'repeat',
    });
    const until = { completed: 1, until: 9_000 };
    expect(nextStep(asked, { ...until, now: 9_000, lastStart: 0 })).toEqual({ kind: 'end', why: 'until' });
    expect(nextStep(asked, { ...until, now: 2_000, lastStart: 0 })).toEqual({ kind: 'end', why: 'until' });
  });

  it('never overlaps, keeps the interval where it can, and is late by what it is behind, whatever crawls take', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 20 }),
        (durations, everySeconds) => {
          const plan = { repeat: durations.length, everySeconds };
          let now = 0;
          let lastStart: number | undefined;
          let lastEnd = 0;
          for (let completed = 0; ;) {
            const step = nextStep(plan, { now, lastStart, completed, until: Infinity });
            if (step.kind === 'end') break;
            if (step.kind === 'wait') {
              now += step.milliseconds;
              continue;
            }
            expect(now).toBeGreaterThanOrEqual(lastEnd);
            if (lastStart !== undefined && everySeconds > 0) {
              expect(now).toBe(Math.max(lastEnd, lastStart + 1000 * everySeconds));
              expect(step.lateSeconds).toBeCloseTo((now - lastStart) / 1000 - everySeconds, 9);
            }
            lastStart = now;
            now += durations[completed] ?? 0;
            lastEnd = now;
            completed += 1;
          }
        },
      ),
    );
  });
});

describe('--until', () => {
  const NOW = Date.UTC(2005, 1, 2, 12);
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['1h30m', 5_400_000],
    ['0.5h', 1_800_000],
  ])('%s is a duration', (text, milliseconds) => {
    expect(parseUntil(text, NOW)).toBe(NOW + milliseconds);
  });

  it.each([
    ['2005-02-02T13:00Z', Date.UTC(2005, 1, 2, 13)],
    ['2005-02-02T13:00:30.5Z', Date.UTC(2005, 1, 2, 13, 0, 30, 500)],
    ['2005-02-02T16:00+02:00', Date.UTC(2005, 1, 2, 14)],
    ['2005-02-03', Date.UTC(2005, 1, 3)],
    ['2005-02-04 12:00', new Date(2005, 1, 4, 12).getTime()],
  ])('%s is an instant', (text, instant) => {
    expect(parseUntil(text, NOW)).toBe(instant);
  });

  it.each([
    '',
    'soon',
    '10',
    '10 minutes',
    'm',
    '5m5',
    '2005-02-30T99:00Z',
    '2005',
    '0s',
    '2005-02-02T11:00Z',
    '99999d',
  ])('"%s" is refused', (text) => {
    expect(() => parseUntil(text, NOW)).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});
