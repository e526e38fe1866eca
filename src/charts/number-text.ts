/** Numbers for people: thousands in groups (12,345), as many digits as mean something. Files carry full precision. */

const SIGNIFICANT_DIGITS = 4;
/** Beyond this a whole number is not exact any more, and nobody counts its groups. */
const GROUPED_BELOW = 1e15;
const EXPONENT_BELOW = 1e-4;

/**
 * @param digits how many digits after the point; without it whole numbers are given in full, and others to four
 * significant digits (but never without a digit before the point).
 *
 * A number that is not zero is never shown as zero: with 3 digits, 0.0001 becomes `<0.001`.
 */
export function numberText(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  if (value === 0) return digits === undefined ? '0' : (0).toFixed(digits);
  if (Math.abs(value) >= GROUPED_BELOW) return exponentText(value);
  return digits === undefined ? significant(value) : fixed(value, digits);
}

/** A share in 0..1 as percent: `12.3 %`. */
export function percentText(share: number): string {
  return `${numberText(share * 100, 1)} %`;
}

/** With commas between groups of three digits before the point. */
export function groupThousands(decimal: string): string {
  const point = decimal.indexOf('.');
  const whole = point < 0 ? decimal : decimal.slice(0, point);
  const fraction = point < 0 ? '' : decimal.slice(point);
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction;
}

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  if (Number(text) !== 0) return groupThousands(text);
  const least = digits === 0 ? '1' : (10 ** -digits).toFixed(digits);
  return value > 0 ? `<${least}` : `>-${least}`;
}

function significant(value: number): string {
  const size = Math.abs(value);
  if (size < EXPONENT_BELOW) return exponentText(value);
  if (Number.isInteger(value) || size >= 10 ** (SIGNIFICANT_DIGITS - 1))
    return groupThousands(value.toFixed(0));
  return groupThousands(withoutTrailingZeros(value.toPrecision(SIGNIFICANT_DIGITS)));
}

function exponentText(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(SIGNIFICANT_DIGITS - 1).split('e');
  return `${withoutTrailingZeros(mantissa)}e${exponent.replace('+', '')}`;
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
