/**
 * The cells of one row of CSV (RFC 4180), trimmed; undefined where a quoted cell is still open at its end. Most rows have no quotes,
 * and are split at once. O(characters).
 */
export function splitCells(row: string, delimiter: string): string[] | undefined {
  if (!row.includes('"')) return row.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < row.length; i++) {
    const sign = row.charAt(i);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (row.charAt(i + 1) === '"') cell += row.charAt(++i);
      else isQuoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      [isQuoted, cell] = [true, ''];
    } else if (sign === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  if (isQuoted) return undefined;
  return [...cells, cell.trim()];
}
