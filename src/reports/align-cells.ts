import { displayWidth, padLeft, padRight } from '../charts/terminal-text.ts';
import type { Cell } from '../core/table.ts';
import { formatCell } from './format-number.ts';

/** A value with the digits it is shown with. */
export interface DigitCell {
  readonly cell: Cell;
  readonly digits?: number;
}

/** Cells one below the other. */
export interface AlignedCells {
  /** All of `width`, unless one is a text that stands for itself. */
  readonly texts: readonly string[];
  readonly width: number;
  /** Whether there are numbers among them: then the column, with its header, stands to the right. */
  readonly isNumeric: boolean;
}

/**
 * Numbers with their points one below the other; empty cells and short words (yes, no) where whole numbers end; longer
 * texts, and columns without numbers, to the left. O(cells).
 */
export function alignCells(cells: readonly DigitCell[]): AlignedCells {
  const parts = cells.map(({ cell, digits }) =>
    splitAtPoint(formatCell(cell, digits), typeof cell === 'number'),
  );
  const numbers = parts.filter((part) => part.isNumber);
  const whole = greatest(numbers.map((part) => displayWidth(part.whole)));
  const fraction = greatest(numbers.map((part) => displayWidth(part.fraction)));
  const isNumeric = numbers.length > 0;
  const texts = parts.map((part) => {
    if (part.isNumber) return padLeft(part.whole, whole) + padRight(part.fraction, fraction);
    return isNumeric && displayWidth(part.whole) <= whole ? padLeft(part.whole, whole) : part.whole;
  });
  const width = greatest(texts.map(displayWidth));
  const isRagged = width > whole + fraction;
  return {
    texts: isNumeric && isRagged ? texts : texts.map((text) => padRight(text, width)),
    width,
    isNumeric,
  };
}

/** Not Math.max: a column may have more cells than a call may have arguments. */
export function greatest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function splitAtPoint(
  text: string,
  isNumber: boolean,
): { isNumber: boolean; whole: string; fraction: string } {
  const point = isNumber ? text.indexOf('.') : -1;
  if (point < 0) return { isNumber, whole: text, fraction: '' };
  return { isNumber, whole: text.slice(0, point), fraction: text.slice(point) };
}
