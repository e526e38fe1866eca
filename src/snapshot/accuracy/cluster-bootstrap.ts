import type { Random } from '../../core/random.ts';
import { NO_SUMS, type LookSums } from './look-sums.ts';

/** Replicates: the standard error itself is then known within 5 % (1 / sqrt(2 x 200)). */
const REPLICATES = 200;

const FIELDS = Object.keys(NO_SUMS) as readonly (keyof LookSums)[];

/**
 * Standard errors of functions of the sums, by drawing whole peers with all they listed anew from the sample (a bootstrap
 * of clusters, Efron 1979): what one peer lists hangs together. Drawn without replacement from a finite overlay, the sample
 * is the more certain the larger the share of it is: sqrt(1 - share). O(replicates x sample).
 */
export function bootstrapErrors(
  sums: readonly LookSums[],
  of: (sum: LookSums) => readonly number[],
  { share, random }: { readonly share: number; readonly random: Random },
): number[] {
  const { length } = sums;
  if (length === 0) return [];
  const table = Float64Array.from(sums.flatMap((one) => FIELDS.map((field) => one[field])));
  const results: (readonly number[])[] = [];
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const total = new Float64Array(FIELDS.length);
    for (let draw = 0; draw < length; draw++) {
      const begin = random.int(length) * FIELDS.length;
      for (let k = 0; k < total.length; k++) total[k] = (total[k] ?? 0) + (table[begin + k] ?? 0);
    }
    const sum: LookSums = { ...NO_SUMS };
    FIELDS.forEach((field, k) => (sum[field] = total[k] ?? 0));
    results.push(of(sum));
  }
  const correction = Math.sqrt(Math.max(0, 1 - share));
  return (results[0] ?? []).map((_, k) => correction * deviation(results.map((result) => result[k] ?? 0)));
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
