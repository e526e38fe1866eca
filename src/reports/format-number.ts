import { numberText, percentText } from '../charts/number-text.ts';
import { harmless } from '../charts/terminal-text.ts';
import type { Cell } from '../core/table.ts';

/** A number for a person: 12,345 · 3.142 · 6.5e-5; see charts/number-text.ts, which charts use too. */
export const formatNumber = numberText;

/** A share in 0..1 for a person: 12.3 %. */
export const formatPercent = percentText;

/** What a person reads where nothing is known, or nothing defined. */
export const EMPTY_CELL = '–';

/** One value for a person. Text is made harmless for a terminal: it may come from a stranger. */
export function formatCell(cell: Cell, digits?: number): string {
  if (cell === null) return EMPTY_CELL;
  if (typeof cell === 'number') return formatNumber(cell, digits);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return harmless(cell);
}
