import { groupThousands } from './number-text.ts';

const PLAIN_BELOW = 1e9;
const PLAIN_FROM = 1e-4;

/** Labels for evenly spaced ticks, all with as many digits as the step between them has. */
export function linearTickTexts(values: readonly number[], step: number): string[] {
  const greatest = Math.max(...values.map(Math.abs));
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  if (greatest < PLAIN_BELOW && step >= PLAIN_FROM)
    return values.map((value) => groupThousands(value.toFixed(digits)));
  const significant = Math.floor(Math.log10(greatest)) - Math.floor(Math.log10(step));
  return values.map((value) => exponentText(value, Math.min(Math.max(significant, 0), 15)));
}

/** The shortest text of a round number: 0.001, 5,000, 1e-5, 2e12. */
export function logTickText(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (size < PLAIN_BELOW && size >= PLAIN_FROM) return groupThousands(String(Number(value.toPrecision(6))));
  return exponentText(value, 5).replace(/\.?0*e/, 'e');
}

function exponentText(value: number, digits: number): string {
  return value === 0 ? '0' : value.toExponential(digits).replace('e+', 'e');
}
