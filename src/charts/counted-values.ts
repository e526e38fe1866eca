import type { CountedValue } from '../core/chart.ts';
import { numberText } from './number-text.ts';

/** The counted values that an axis can show, and how many others there were, and why. */
export interface CheckedValues {
  readonly values: readonly CountedValue[];
  readonly notFinite: number;
  readonly notPositive: number;
}

/** Leaves out what has no place on the axis: what is not a number, and what is at or below zero on a log scale. */
export function keepCounted(values: readonly CountedValue[], scale: 'linear' | 'log'): CheckedValues {
  const kept: CountedValue[] = [];
  let notFinite = 0;
  let notPositive = 0;
  for (const { value, count } of values) {
    if (!(count > 0 && count < Infinity)) continue;
    if (!Number.isFinite(value)) notFinite += count;
    else if (scale === 'log' && value <= 0) notPositive += count;
    else kept.push({ value, count });
  }
  return { values: kept, notFinite, notPositive };
}

/** One sentence for each reason why values were left out. */
export function leftOutSentences(checked: readonly CheckedValues[]): string[] {
  const notFinite = checked.reduce((sum, one) => sum + one.notFinite, 0);
  const notPositive = checked.reduce((sum, one) => sum + one.notPositive, 0);
  return [
    ...(notPositive > 0 ? [`Left out: ${values(notPositive)} at zero or below (log scale).`] : []),
    ...(notFinite > 0 ? [`Left out: ${values(notFinite)} without a finite number.`] : []),
  ];
}

function values(count: number): string {
  return `${numberText(count)} ${count === 1 ? 'value' : 'values'}`;
}
