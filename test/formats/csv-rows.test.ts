import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../src/formats/bytes.ts';
import { readRows } from '../../src/formats/csv-rows.ts';
import { errorOf } from './support.ts';

/** All cells as they stand in the bytes, the header first. */
async function cellsOf(text: string | Uint8Array, cuts: readonly number[] = []): Promise<string[][]> {
  const bytes = Buffer.from(text);
  const places = cuts.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
  const chunks = [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
  const rows: string[][] = [];
  await readRows(
    readBytes('-', Readable.from(chunks)),
    (names) => rows.push([...names]),
    ({ bytes: all, begins, ends }) =>
      rows.push(begins.map((begin, k) => Buffer.from(all.subarray(begin, ends[k])).toString())),
  );
  return rows;
}

describe('the rows of a table', () => {
  it('are those that csv-stringify wrote, however the bytes are cut (property)', async () => {
    // Quotes in a cell stay doubled, so that they are compared as they stand.
    const cell = fc.string({ unit: fc.constantFrom('a', 'ä', ',', '"', '\n', '\r', ' ', ''), maxLength: 6 });
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
      );
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        async (table, cuts, newline) => {
          // A row of one empty cell is an empty line, which some take for no row.
          const rows = [table[0]!.map((_, k) => `c${k}`), ...table.map((row) => [...row])];
          const text = stringify(rows, { record_delimiter: newline, quoted: true });
          const doubled = rows.map((row) => row.map((each) => each.replaceAll('"', '""')));
          expect(await cellsOf(text, cuts)).toEqual(doubled);
        },
      ),
    );
  });

  it('need no newline at the end, and no quotes', async () => {
    expect(await cellsOf('a,b\n1,\r\n,2')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
    ]);
  });

  it.each([
    ['too few cells', 'a,b\n1,2\n3\n', /line 3 has 1 cells, and the header 2/],
    ['a quote that does not end', 'a,b\n1,"2\n', /line 2 has a quote that does not end/],
    ['text behind a quote', 'a,b\n"1"x,2\n', /line 2 has something between a quote and the next comma/],
    ['a row without end', `a\n${'x'.repeat(2 ** 20 + 1)}`, /line 2 is longer than a row of a table can be/],
  ])('with %s are bad input', async (_, text, message) => {
    const error = await errorOf(cellsOf(text) as never);
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(message);
  });
});
