import { formatNumber } from './format-number.ts';

/** A length of time for a person: `0.72 s`, `12.5 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`; two units at most. */
export function durationText(seconds: number): string {
  if (seconds < MINUTE - 0.05) return `${formatNumber(seconds, seconds < TENTHS_FROM ? 2 : 1)} s`;
  return wholeDurationText(seconds);
}

/** The same in whole seconds, for what is only roughly known; never less than one. */
export function wholeDurationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return twoUnits(whole, MINUTE, 'min', 1, 's');
  const minutes = MINUTE * Math.round(whole / MINUTE);
  if (minutes < DAY) return twoUnits(minutes, HOUR, 'h', MINUTE, 'min');
  return twoUnits(HOUR * Math.round(whole / HOUR), DAY, 'd', HOUR, 'h');
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds. */
const TENTHS_FROM = 10;

function twoUnits(seconds: number, unit: number, name: string, part: number, partName: string): string {
  const parts = Math.floor((seconds % unit) / part);
  const units = `${formatNumber(Math.floor(seconds / unit))} ${name}`;
  return parts === 0 ? units : `${units} ${parts} ${partName}`;
}
