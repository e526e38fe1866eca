import type { TimeLine } from '../core/chart.ts';
import { linearScale, withNearZero, type Scale, type Tick } from './scale.ts';
import { harmless } from './terminal-text.ts';
import { utcTicks } from './utc-ticks.ts';

/** A time axis, and what to write below it. */
export interface TimeScale {
  readonly scale: Scale;
  readonly name: string;
}

/** Milliseconds; from how many of a unit on the next one reads better than three digits of this one. */
const UNITS = [
  { name: 'ms', size: 1, upTo: 2_000 },
  { name: 's', size: 1_000, upTo: 120_000 },
  { name: 'min', size: 60_000, upTo: 7_200_000 },
  { name: 'h', size: 3_600_000, upTo: 172_800_000 },
  { name: 'd', size: 86_400_000, upTo: Infinity },
] as const;

/**
 * The scale of a time axis whose positions are milliseconds: in the unit that fits the span (ms, s, min, h, d), or in dates and times
 * of UTC, whatever the time zone of the machine is.
 *
 * @param range the first and the last instant; finite, and dates that there are where the clock is UTC.
 */
export function timeScale(
  clock: TimeLine['clock'],
  range: readonly [number, number],
  columns: number,
): TimeScale {
  if (clock.kind === 'utc') return utcScale(range, columns);
  const [min, max] = withNearZero(range);
  const unit = elapsedUnit(Math.max(Math.abs(min), Math.abs(max)));
  const scale = linearScale(min / unit.size, max / unit.size, Math.max(2, Math.floor(columns / 10)));
  return {
    scale: { ...scale, position: (time) => scale.position(time / unit.size) },
    name: `${unit.name} since ${harmless(clock.since)}`,
  };
}

/** The unit in which lengths of time up to this one are told, and how many milliseconds it has. */
export function elapsedUnit(longest: number): { readonly name: string; readonly size: number } {
  return UNITS.find(({ upTo }) => longest < upTo) ?? UNITS[4];
}

function utcScale([first, last]: readonly [number, number], columns: number): TimeScale {
  // One instant is drawn with a second around it.
  const [min, max] = first < last ? [first, last] : [first - 500, first + 500];
  const position = (time: number): number => (time - min) / (max - min);
  const ticks = utcTicks(min, max, columns).map(({ time, label }): Tick => ({
    value: time,
    position: position(time),
    label,
    rank: 0,
  }));
  const [from, to] = [dayOf(first), dayOf(last)];
  return {
    scale: { kind: 'linear', min, max, ticks, position },
    name: from === to ? `UTC, ${from}` : `UTC, ${from} to ${to}`,
  };
}

/** `2026-11-28`. */
function dayOf(time: number): string {
  const text = new Date(time).toISOString();
  return text.slice(0, text.indexOf('T'));
}
