import { createReadStream } from 'node:fs';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';

/**
 * Shows the rows of a CSV file below its header one after the other, with the number of the line at which each begins, from 1. For tables of millions of
 * rows, whose lines are split at commas, and read by the rules (RFC 4180) only where there is a quote; several times as fast
 * as a general parser.
 *
 * @param onHeader sees the cells of the first row, and says how many cells of each later row are wanted, at least.
 * @param onChunk sees all bytes.
 * @throws {PeerscopeError} (bad-input) for a line that is too long or a quote that does not close; the system's own error where the
 *   file cannot be read.
 */
export async function readCsvRows(
  path: string,
  {
    onHeader,
    onRow,
    onChunk,
  }: {
    readonly onHeader: (cells: readonly string[]) => number;
    readonly onRow: (cells: readonly string[], line: number) => void;
    readonly onChunk: (bytes: Uint8Array) => void;
  },
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 1;
  let wanted: number | undefined;
  const show = (text: string): void => {
    if (text === '') return;
    const cells = text.includes('"') ? quotedCells(text, path, line) : text.split(',', wanted);
    if (wanted === undefined) wanted = onHeader(cells);
    else onRow(cells, line);
  };
  /** Takes whole rows; a line break within quotes does not end one. */
  const take = (text: string): string => {
    let from = 0;
    let searched = 0;
    for (;;) {
      const end = text.indexOf('\n', searched);
      if (end < 0) break;
      const row = text.slice(from, end);
      searched = end + 1;
      if (row.includes('"') && isOpen(row)) continue;
      show(row.endsWith('\r') ? row.slice(0, -1) : row);
      line += countBreaks(row) + 1;
      from = searched;
    }
    return text.slice(from);
  };
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const bytes = chunk as Uint8Array;
    onChunk(bytes);
    rest = take(rest + decoder.decode(bytes, { stream: true }));
    if (rest.length > MAX_LINE_CHARACTERS) throw wrong(path, line, 'is longer than any row of a snapshot');
  }
  rest = take(rest + decoder.decode());
  if (rest.includes('"') && isOpen(rest)) throw wrong(path, line, 'has a quote that does not close');
  show(rest);
}

/** Bytes. */
const CHUNK = 256 * 1024;

/** Whether a quote is open at the end: a quote within quotes stands twice, so that their number decides. */
function isOpen(text: string): boolean {
  let open = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) open = !open;
  return open;
}

function countBreaks(row: string): number {
  let breaks = 0;
  for (let at = row.indexOf('\n'); at >= 0; at = row.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}

function quotedCells(row: string, path: string, line: number): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    if (row[at] !== '"') {
      const comma = row.indexOf(',', at);
      const end = comma < 0 ? row.length : comma;
      cells.push(row.slice(at, end));
      at = end + 1;
      continue;
    }
    let end = row.indexOf('"', at + 1);
    while (end >= 0 && row[end + 1] === '"') end = row.indexOf('"', end + 2);
    const isClosed = end >= 0 && (end + 1 === row.length || row[end + 1] === ',');
    if (!isClosed) throw wrong(path, line, 'has a quote in the wrong place');
    cells.push(row.slice(at + 1, end).replaceAll('""', '"'));
    at = end + 2;
  }
  return cells;
}

function wrong(path: string, line: number, what: string): PeerscopeError {
  return new PeerscopeError('bad-input', `${path} line ${line} ${what}`);
}
