import { CsvError, parse } from 'csv-parse/sync';
import { PeerscopeError } from '../core/errors.ts';
import type { DegreeLaw } from '../models/model.ts';

/** How far probabilities that were rounded for a file may miss 1. */
const SUM_TOLERANCE = 1e-6;

/** No overlay that fits into memory has a larger one. */
const LARGEST_DEGREE = 16_000_000;

/**
 * A degree law from CSV text with the columns `degree` and `probability`, or `degree` and `count`; counts, which
 * are exact, come first where there are both. Rows may come in any order; degrees of probability 0 are left out.
 * O(rows log rows).
 *
 * @param name the file, for messages and notes.
 * @throws {PeerscopeError} (bad-input) that says which line is wrong, and how.
 */
export function parseDegreeLawCsv(text: string, name: string): DegreeLaw {
  const { rows, weightColumn } = readRows(text, name);
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  if (total === 0) throw bad(`${name} holds no degree law: every ${weightColumn} is 0`);
  if (weightColumn === 'probability' && Math.abs(total - 1) > SUM_TOLERANCE) {
    throw bad(`the probabilities of ${name} add up to ${Number(total.toPrecision(8))}, not to 1`);
  }
  const possible = rows.filter((row) => row.weight > 0).sort((a, b) => a.degree - b.degree);
  return {
    name,
    degrees: possible.map((row) => row.degree),
    probabilities: possible.map((row) => row.weight / total),
  };
}

type WeightColumn = 'probability' | 'count';

interface LawRow {
  readonly degree: number;
  readonly weight: number;
}

function readRows(text: string, name: string): { rows: LawRow[]; weightColumn: WeightColumn } {
  const entries = parseCsv(text, name);
  const first = entries[0];
  if (first === undefined) throw bad(`${name} holds no degree law: it has no rows below its header`);
  const weightColumn = (['count', 'probability'] as const).find((column) => column in first.record);
  if (weightColumn === undefined || !('degree' in first.record)) {
    const header = Object.keys(first.record)
      .map((cell) => `"${cell}"`)
      .join(', ');
    throw bad(`${name} needs the columns degree and probability, or degree and count; it has ${header}`);
  }
  const seen = new Set<number>();
  const rows = entries.map(({ record, info }) => {
    const where = `${name} line ${info.lines}`;
    const degree = degreeOf(record['degree'] ?? '', where);
    if (seen.has(degree)) throw bad(`${where} has the degree ${degree} a second time`);
    seen.add(degree);
    return { degree, weight: weightOf(record[weightColumn] ?? '', weightColumn, where) };
  });
  return { rows, weightColumn };
}

interface Entry {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function parseCsv(text: string, name: string): Entry[] {
  try {
    // With `columns` and `info` csv-parse gives the record and where it stood, which its types do not say.
    return parse(text, { columns: true, info: true, bom: true, trim: true, skip_empty_lines: true }) as never;
  } catch (error) {
    if (error instanceof CsvError) throw bad(`${name}: ${error.message}`, error);
    throw error;
  }
}

function degreeOf(cell: string, where: string): number {
  if (/^\d{1,9}$/.test(cell) && Number(cell) <= LARGEST_DEGREE) return Number(cell);
  throw bad(`${where} has the degree "${cell}", which is no whole number from 0 to ${LARGEST_DEGREE}`);
}

function weightOf(cell: string, column: WeightColumn, where: string): number {
  const weight = cell === '' ? NaN : Number(cell);
  const legal =
    column === 'count'
      ? Number.isSafeInteger(weight)
      : Number.isFinite(weight) && weight <= 1 + SUM_TOLERANCE;
  if (legal && weight >= 0) return weight;
  const wanted = column === 'count' ? 'a whole number of 0 or more' : 'a number from 0 to 1';
  throw bad(`${where} has the ${column} "${cell}", which is not ${wanted}`);
}

function bad(message: string, cause?: unknown): PeerscopeError {
  return new PeerscopeError('bad-input', message, cause === undefined ? {} : { cause });
}
