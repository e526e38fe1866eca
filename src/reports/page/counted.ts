import { formatNumber } from '../format-number.ts';

/** `1 peer`, `2 peers`, `no peers`. */
export function counted(count: number, word: string, several = `${word}s`): string {
  if (count === 0) return `no ${several}`;
  return `${formatNumber(count)} ${count === 1 ? word : several}`;
}
