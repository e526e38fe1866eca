/**
 * How many of so many columns each part gets: in proportion, with whole columns that add up, and at least one for every part that is not
 * zero, taken from the widest, as long as there are enough of them. O(parts²).
 *
 * @param values at least 0, with a finite sum.
 */
export function segmentWidths(values: readonly number[], columns: number): number[] {
  const most = Math.max(0, ...values);
  if (most === 0) return values.map(() => 0);
  // By the greatest one, because a sum of small parts may be too small to divide by.
  const parts = values.map((value) => value / most);
  const total = parts.reduce((sum, part) => sum + part, 0);
  let reached = 0;
  let before = 0;
  const widths = parts.map((part) => {
    reached += part;
    const end = Math.round((reached / total) * columns);
    const width = end - before;
    before = end;
    return width;
  });
  values.forEach((value, k) => {
    if (value === 0 || widths[k] !== 0) return;
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) < 2) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    widths[k] = 1;
  });
  return widths;
}
