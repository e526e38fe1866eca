import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/charts/terminal-text.ts';
import { timeLine } from '../../src/charts/time-line.ts';
import { timeScale } from '../../src/charts/time-scale.ts';
import { utcTicks } from '../../src/charts/utc-ticks.ts';

const elapsed = { kind: 'elapsed', since: 'the start' } as const;
const utc = { kind: 'utc' } as const;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

describe('a time line', () => {
  it('has a unit that fits what it spans', () => {
    const unit = (span: number) => timeScale(elapsed, [0, span], 70).name;
    expect([800, 60 * SECOND, HOUR, 10 * HOUR, 20 * DAY].map(unit)).toEqual([
      ...[
        'ms since the start',
        's since the start',
        'min since the start',
        'h since the start',
        'd since the start',
      ],
    ]);
  });

  it('says in one line that there is nothing to draw, and leaves out what is no date', () => {
    const names = { title: 'Peers', yLabel: 'peers', clock: utc };
    expect(timeLine({ ...names, points: [] })).toEqual(['Peers: no data to draw']);
    expect(timeLine({ ...names, points: [{ x: 1e16, y: 1 }] })).toEqual([
      'Peers: no data to draw',
      'Left out: 1 point without a finite number.',
    ]);
  });

  it('is never wider than asked, whatever the times and values', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: number, y: number }), { maxLength: 40 }),
        fc.constantFrom(elapsed, utc),
        fc.integer({ min: 60, max: 200 }),
        (points, clock, width) => {
          for (const line of timeLine({ title: 'Peers', yLabel: 'peers', clock, points, width }))
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('ticks of UTC', () => {
  const begin = Date.UTC(2002, 7, 1, 9, 59, 59, 500);
  const labels = (span: number, columns = 70) =>
    utcTicks(begin, begin + span, columns).map(({ label }) => label);

  it('stand at round times, from milliseconds to years, with the day at midnight', () => {
    expect(labels(2 * SECOND)).toEqual([
      '09:59:59.500',
      '10:00:00.000',
      '10:00:00.500',
      '10:00:01.000',
      '10:00:01.500',
    ]);
    expect(labels(30 * SECOND, 60)).toEqual([
      '10:00:00',
      '10:00:05',
      '10:00:10',
      '10:00:15',
      '10:00:20',
      '10:00:25',
    ]);
    expect(labels(DAY, 60)).toEqual(['12:00', '15:00', '18:00', '21:00', '08-02', '03:00', '06:00', '09:00']);
    expect(labels(5 * DAY)).toEqual([
      '12:00',
      '08-02',
      '12:00',
      '08-03',
      '12:00',
      '08-04',
      '12:00',
      '08-05',
      '12:00',
      '08-06',
    ]);
    expect(labels(150 * DAY)).toEqual(['2002-09', '2002-10', '2002-11', '2002-12']);
    expect(labels(6 * 365 * DAY, 60)).toEqual(['2003', '2004', '2005', '2006', '2007', '2008']);
  });

  it('show a week by its Mondays', () => {
    const days = utcTicks(begin, begin + 49 * DAY, 60).map(({ time }) => new Date(time).getUTCDay());
    expect(new Set(days)).toEqual(new Set([1]));
  });

  it('lie within the axis and fit on it, wherever it is and however long', () => {
    const time = fc.integer({ min: -8.63e15, max: 8.63e15 });
    fc.assert(
      fc.property(
        time,
        fc.integer({ min: 1, max: 1e15 }),
        fc.integer({ min: 40, max: 200 }),
        (min, span, columns) => {
          const max = Math.min(min + span, 8.64e15);
          const ticks = utcTicks(min, max, columns);
          expect(ticks.length).toBeLessThanOrEqual(columns / 4);
          for (const tick of ticks) expect(tick.time >= min && tick.time <= max).toBe(true);
        },
      ),
    );
  });
});
