import { formatNumber, formatPercent } from '../format-number.ts';

/** `1 peer`, `2 peers`, `no peers`. */
export function counted(count: number, word: string, several = `${word}s`): string {
  if (count === 0) return `no ${several}`;
  return `${formatNumber(count)} ${count === 1 ? word : several}`;
}

/** A share in percent; one that is not quite all is not shown as all. */
export function shareText(share: number): string {
  return share < 1 && share >= 0.9995 ? '>99.9 %' : formatPercent(share);
}
