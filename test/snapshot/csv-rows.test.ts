import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvRows } from '../../src/snapshot/csv-rows.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

async function rowsOf(content: string | Uint8Array, wanted = 99) {
  const rows: { cells: readonly string[]; line: number }[] = [];
  let bytes = 0;
  await readCsvRows(temporaryFile(temporaryFolder(), 'rows.csv', content), {
    onHeader: (cells) => {
      rows.push({ cells, line: 1 });
      return wanted;
    },
    onRow: (cells, line) => rows.push({ cells, line }),
    onChunk: (chunk) => (bytes += chunk.length),
  });
  return { rows, bytes };
}

describe('the rows of a CSV file', () => {
  it('are what csv-stringify wrote, whatever stands in their cells', async () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a,b', '"', 'a\nb', '', 'ü"\n,"'));
    const clean = cell.map((text) => text.replaceAll('\r', ''));
    const table = fc.array(fc.array(clean, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const { rows: read } = await rowsOf(stringify(rows));
        expect(read.map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  it('come with their lines, and without what ends them', async () => {
    const content = 'id,agent\r\na,"two\nlines"\n\nb,x';
    const { rows, bytes } = await rowsOf(content);
    expect(rows).toEqual([
      { cells: ['id', 'agent'], line: 1 },
      { cells: ['a', 'two\nlines'], line: 2 },
      { cells: ['b', 'x'], line: 5 },
    ]);
    expect(bytes).toBe(content.length);
  });

  it('are the same however the file falls into pieces: rows over the end of a chunk', async () => {
    const rows = Array.from({ length: 40_000 }, (_, k) => [`peer ${k}`, 'ü'.repeat(k % 7)]);
    const { rows: read } = await rowsOf(stringify(rows));
    expect(read.map(({ cells }) => cells)).toEqual(rows);
  });

  it('are cut where no more cells are wanted', async () => {
    const { rows } = await rowsOf('a,b,c\n1,2,3\n', 2);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['a', 'b', 'c'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['a quote that does not close', 'id\n"abc'],
    ['a quote in the wrong place', 'id\n"a"b,c\n'],
    ['a line without an end', 'x'.repeat(70_000)],
  ])('are refused where there is %s', async (_, content) => {
    await expect(rowsOf(content)).rejects.toMatchObject({ kind: 'bad-input' });
  });
});
