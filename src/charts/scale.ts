import { linearTickTexts, logTickText } from './tick-text.ts';

export type ScaleKind = 'linear' | 'log';

/** A mark on an axis. */
export interface Tick {
  readonly value: number;
  /** Where it stands: 0 at the beginning of the axis, 1 at its end. */
  readonly position: number;
  readonly label: string;
  /** 0 is labelled first; a rank whose labels do not all fit goes without them. */
  readonly rank: number;
}

/** How values become places on an axis. */
export interface Scale {
  readonly kind: ScaleKind;
  /** The values at the two ends of the axis. */
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** 0..1 on the axis, less or more beside it; on a log scale only for values above 0. */
  position(value: number): number;
}

/**
 * A scale that holds min..max, rounded outward a little, with ticks at 1, 2 or 5 times a power of ten.
 *
 * @param tickCount about how many ticks there is room for.
 */
export function createScale(kind: ScaleKind, min: number, max: number, tickCount: number): Scale {
  return kind === 'log' ? logScale(min, max, tickCount) : linearScale(min, max, tickCount);
}

/** @param min finite, as is max. Where all values are equal, the axis goes from zero to them. */
export function linearScale(min: number, max: number, tickCount = 5): Scale {
  const [least, most] = [withoutDust(min), withoutDust(max)];
  const [low, high] = least < most ? [least, most] : aroundZero(least);
  const step = niceStep(high / tickCount - low / tickCount);
  const end = step / ROUNDING;
  const first = Math.floor(roundTo(low / end, 1e-6));
  const last = Math.ceil(roundTo(high / end, 1e-6));
  // Beyond 2^52 steps from zero, and at the very edge of what a number can hold, there are no round values.
  const isRound =
    Math.max(Math.abs(first), Math.abs(last)) < 2 ** 52 && Number.isFinite(last * end - first * end);
  if (!isRound || !(step > 0)) return plainScale(Math.min(low, min), Math.max(high, max));
  const begins = roundTo(first * end, end);
  const ends = roundTo(last * end, end);
  const position = (value: number) => (value - begins) / (ends - begins);
  const values: number[] = [];
  for (let k = Math.ceil(first / ROUNDING); k <= Math.floor(last / ROUNDING); k++)
    values.push(roundTo(k * step, step));
  const texts = linearTickTexts(values, step);
  const ticks = values.map((value, k) => ({
    value,
    position: position(value),
    label: texts[k] ?? '',
    rank: 0,
  }));
  return { kind: 'linear', min: Math.min(begins, min), max: Math.max(ends, max), ticks, position };
}

/** The ends of a linear axis stand at tenths of the step between its ticks. */
const ROUNDING = 10;

/** The same range from zero on, where it nearly begins there: an axis that shows amounts should. */
export function withNearZero([min, max]: readonly [number, number]): readonly [number, number] {
  if (min > 0 && min < max / 2) return [0, max];
  return max < 0 && max > min / 2 ? [min, 0] : [min, max];
}

/** @param min above 0, as is max. Where all values are equal, the axis makes room on both sides of them. */
export function logScale(min: number, max: number, tickCount = 5): Scale {
  const [low, high] = min < max ? [min, max] : [min / 2, max * 2];
  const begin = roundDown(Math.max(low, Number.MIN_VALUE));
  const end = roundUp(Math.min(high, Number.MAX_VALUE));
  const span = Math.log10(end) - Math.log10(begin);
  const position = (value: number) => (Math.log10(value) - Math.log10(begin)) / span;
  const ticks = logTicks(begin, end, tickCount).map(({ value, rank }) => ({
    value,
    rank,
    position: position(value),
    label: logTickText(value),
  }));
  return { kind: 'log', min: begin, max: end, ticks, position };
}

/** Ticks at the two ends only. Halves, because the difference of two finite numbers need not be finite. */
function plainScale(min: number, max: number): Scale {
  const position = (value: number) => (value / 2 - min / 2) / (max / 2 - min / 2);
  const ticks = [min, max].map((value) => ({
    value,
    position: position(value),
    label: logTickText(value),
    rank: 0,
  }));
  return { kind: 'linear', min, max, ticks, position };
}

/** Numbers so small that arithmetic on them loses its digits are zero on any axis. */
function withoutDust(value: number): number {
  return Math.abs(value) < 1e-290 ? 0 : value;
}

function aroundZero(value: number): readonly [number, number] {
  if (value === 0) return [0, 1];
  return value > 0 ? [0, value] : [value, 0];
}

/** Of 1, 2 and 5 times a power of ten the one next to `rough`, by ratio. */
function niceStep(rough: number): number {
  const power = Math.floor(Math.log10(rough));
  const excess = rough / decimal(1, power);
  if (excess >= Math.sqrt(50)) return decimal(1, power + 1);
  if (excess >= Math.sqrt(10)) return decimal(5, power);
  return decimal(excess >= Math.sqrt(2) ? 2 : 1, power);
}

/** k * 0.1 is not always the number one writes: 3 * 0.1 is 0.30000000000000004. */
function roundTo(value: number, step: number): number {
  const digits = -Math.floor(Math.log10(step));
  return digits > 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
}

/**
 * Powers of ten first, then 5 and 2 where there are few decades, every whole multiple within one decade, and only every
 * second, third … power where there are more than fit.
 */
function logTicks(min: number, max: number, tickCount: number): { value: number; rank: number }[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const skip = Math.max(1, Math.ceil((last - first) / Math.max(tickCount, 1)));
  const ranks = new Map([[1, 0]]);
  if (skip === 1) ranks.set(2, 1).set(5, 1);
  if (max / min <= 10) for (const factor of [3, 4, 6, 7, 8, 9]) ranks.set(factor, 2);
  const ticks: { value: number; rank: number }[] = [];
  for (let power = first; power <= last; power++) {
    if (power % skip !== 0) continue;
    for (const [factor, rank] of ranks) {
      const value = decimal(factor, power);
      if (value >= min && value <= max && value > 0) ticks.push({ value, rank });
    }
  }
  return ticks.sort((a, b) => a.value - b.value);
}

/** The greatest whole multiple (1..9) of a power of ten that is not above; the value itself below all of them. */
function roundDown(value: number): number {
  const power = Math.floor(Math.log10(value));
  for (let factor = 10; factor >= 1; factor--) {
    const round = decimal(factor, power);
    if (round <= value && round > 0) return round;
  }
  return value;
}

/** The least whole multiple (1..9) of a power of ten that is not below; the value itself above all of them. */
function roundUp(value: number): number {
  const power = Math.floor(Math.log10(value));
  for (let factor = 1; factor <= 10; factor++) {
    const round = decimal(factor, power);
    if (round >= value && Number.isFinite(round)) return round;
  }
  return value;
}

/** Exactly the number that one writes so: 10 ** -5 is not 1e-5. */
function decimal(factor: number, power: number): number {
  return Number(`${factor}e${power}`);
}
