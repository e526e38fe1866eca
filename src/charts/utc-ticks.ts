/** An instant on an axis, and what stands there. */
export interface UtcTick {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly label: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds between ticks: whole parts of the next unit, so that ticks fall on full minutes, hours and days. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7].map((n) => n * DAY),
];

/** Months between ticks, where days are too close. */
const MONTHS = [1, 3, 6];
const YEARS = [1, 2, 5];
const YEAR = 12;
const MONTH_LENGTH = 30.436875 * DAY;

/**
 * Round instants of UTC within min..max, as many as fit into so many columns with their labels: `10:20:30.5`, `10:20`, `11-28`,
 * `2026-11`, `2026`. A tick at midnight has the day in place of the time.
 */
export function utcTicks(min: number, max: number, columns: number): UtcTick[] {
  const room = (step: number, label: number): boolean => ((max - min) / step) * (label + 2) <= columns;
  const step = STEPS.find((one) => room(one, labelWidth(one)));
  if (step !== undefined) return everyStep(min, max, step);
  const months = MONTHS.find((one) => room(one * MONTH_LENGTH, '2026-11'.length)) ?? yearsFor(room) * YEAR;
  return everyMonths(min, max, months);
}

function yearsFor(room: (step: number, label: number) => boolean): number {
  for (let power = 1; ; power *= 10) {
    const factor = YEARS.find((one) => room(one * power * YEAR * MONTH_LENGTH, '+012026'.length));
    if (factor !== undefined) return factor * power;
  }
}

function everyStep(min: number, max: number, step: number): UtcTick[] {
  // Weeks begin on Mondays; 1970 began on a Thursday.
  const offset = step === 7 * DAY ? 4 * DAY : 0;
  const ticks: UtcTick[] = [];
  for (let k = Math.ceil((min - offset) / step); k * step + offset <= max; k++) {
    const time = k * step + offset;
    ticks.push({ time, label: labelOf(time, step) });
  }
  return ticks;
}

function everyMonths(min: number, max: number, months: number): UtcTick[] {
  const begin = Math.floor(monthOf(min) / months) * months;
  const ticks: UtcTick[] = [];
  for (let month = begin; month <= monthOf(max); month += months) {
    const time = new Date(0).setUTCFullYear(Math.floor(month / YEAR), ((month % YEAR) + YEAR) % YEAR, 1);
    if (!(time >= min)) continue;
    const text = new Date(time).toISOString();
    const day = text.slice(0, text.indexOf('T'));
    ticks.push({ time, label: months % YEAR === 0 ? day.slice(0, -6) : day.slice(0, -3) });
  }
  return ticks;
}

/** Months since the year 0. */
function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * YEAR + date.getUTCMonth();
}

function labelWidth(step: number): number {
  if (step >= MINUTE) return '10:20'.length;
  return step >= SECOND ? '10:20:30'.length : '10:20:30.500'.length;
}

function labelOf(time: number, step: number): string {
  const text = new Date(time).toISOString();
  const [day = '', clock = ''] = text.split('T');
  return step >= DAY || time % DAY === 0 ? day.slice(-5) : clock.slice(0, labelWidth(step));
}
