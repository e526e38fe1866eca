import { logScale, withNearZero } from './scale.ts';
import { harmless } from './terminal-text.ts';

/** About how many ticks there is room for. */
const TICKS = 6;
/** Labels that still stand apart on a logarithmic axis. */
const MOST_LABELS = 7;

/** The scale and the ticks of an axis that has to hold some values: finite, and above zero on a logarithmic one. */
export function axisOf(kind: 'linear' | 'log', values: readonly number[]) {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const axis = { format: ',.6~g', tickCount: TICKS, labelFlush: false };
  if (low > high) return { scale: { type: kind, domain: [1, 10] }, axis: { ...axis, values: [1, 10] } };
  if (kind === 'log') {
    const { min, max, ticks } = logScale(low, high, TICKS);
    const rank =
      [2, 1, 0].find((most) => ticks.filter((tick) => tick.rank <= most).length <= MOST_LABELS) ?? 0;
    const shown = ticks.filter((tick) => tick.rank <= rank).map(({ value }) => value);
    return {
      scale: { type: kind, domain: [min, max], nice: false },
      // Of more values than it is told, Vega leaves out every second.
      axis: { ...axis, values: shown, tickCount: shown.length },
    };
  }
  const [from, to] = withNearZero([low, high]);
  return { scale: { type: kind, domain: [...(from < to ? [from, to] : around(from))], nice: true }, axis };
}

/** Where all values are equal. */
function around(value: number): readonly [number, number] {
  if (value === 0) return [0, 1];
  return value > 0 ? [0, value] : [value, 0];
}

export function axisTitle(name: string, kind: 'linear' | 'log'): string {
  return harmless(kind === 'log' ? `${name} (log scale)` : name);
}
