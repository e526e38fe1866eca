import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { splitCells } from '../../src/formats/csv-cells.ts';
import { readIntegerColumn, type ColumnChoice } from '../../src/formats/integer-column.ts';

const read = (text: string | Uint8Array, choice: ColumnChoice = {}) =>
  readIntegerColumn('-', Readable.from([Buffer.from(text)]), choice);
const pairs = async (text: string | Uint8Array, choice: ColumnChoice = {}) => {
  const { values, counts } = (await read(text, choice)).counted;
  return Array.from(values, (value, i) => [value, counts[i]]);
};
async function failure(text: string, choice: ColumnChoice = {}): Promise<PeerscopeError> {
  const error = await read(text, choice).catch((reason: unknown) => reason);
  if (!(error instanceof PeerscopeError)) throw new Error('it was read');
  return error;
}

describe('a column of whole numbers', () => {
  it.each<[string, string | Uint8Array, ColumnChoice]>([
    ['a plain list', '3\n1\n3\n', {}],
    ['a list with comments, blanks and CRLF', '# degrees\r\n3\r\n\r\n 1 \r\n3', {}],
    ['numbers as other tools write them', '3.0\n1e0\n+3\n', {}],
    ['CSV with one column', 'degree\n3\n1\n3\n', {}],
    ['CSV with commas', 'id,degree\na,3\nb,1\nc,3\n', { column: 'degree' }],
    ['CSV with semicolons and quotes', '"id";"degree"\n"a;""b""";"3"\n"c";1\n"d";3\n', { column: 'degree' }],
    ['CSV with tabs', 'id\tdegree\na\t3\nb\t1\nc\t3\n', { column: 'degree' }],
    [
      'CSV with a byte order mark and comments above',
      '\uFEFF# made by hand\nid,degree\na,3\nb,1\nc,3\n',
      { column: 'degree' },
    ],
    ['a cell over two lines', 'id,degree\n"a\nb",3\nb,1\nc,3\n', { column: 'degree' }],
    ['values with counts', 'degree,count\n3,2\n1,1\n7,0\n', { column: 'degree', weights: 'count' }],
    [
      'some rows of a table',
      'of,degree\nx,3\ny,9\nx,1\nx,3\n',
      { column: 'degree', where: [{ column: 'of', text: 'x' }] },
    ],
    ['gzip', gzipSync('3\n1\n3\n'), {}],
  ])('is read from %s', async (_, text, choice) => {
    expect(await pairs(text, choice)).toEqual([
      [1, 1],
      [3, 2],
    ]);
  });

  it('takes zeros and values up to 10^12', async () => {
    expect(await pairs('0\n1000000000000\n1000000000\n')).toEqual([
      [0, 1],
      [1_000_000_000, 1],
      [1_000_000_000_000, 1],
    ]);
  });

  it('uses of a degree table of analyze only the rows of all peers, and says so', async () => {
    const table =
      'population,direction,degree,count\nall,both,1,5\nall,both,2,4\nrespondents,both,1,2\nall,in,1,9\n';
    const { counted, notes } = await read(table, { column: 'degree', weights: 'count' });
    expect([...counted.values, ...counted.counts]).toEqual([1, 2, 5, 4]);
    expect(notes.join(' ')).toMatch(/only its rows of all peers/);
    const where = [
      { column: 'population', text: 'respondents' },
      { column: 'direction', text: 'both' },
    ];
    expect((await read(table, { column: 'degree', weights: 'count', where })).counted.n).toBe(2);
  });

  it('says that a column of counts is not used', async () => {
    expect((await read('degree,count\n3,2\n', { column: 'degree' })).notes.join(' ')).toMatch(
      /--weights count/,
    );
  });

  it.each<[string, string, ColumnChoice, RegExp]>([
    ['an empty file', '', {}, /standard input is empty/],
    ['comments only', '# nothing\n', {}, /is empty/],
    ['a header only', 'degree\n', {}, /holds no values/],
    ['an empty cell', 'a,b\n1,2\n,3\n', { column: 'a' }, /line 3, column "a", is empty/],
    ['NaN', 'a\n1\nNaN\n', {}, /line 3, column "a", is "NaN": a value is missing/],
    ['NaN at the beginning of a list', 'NaN\n1\n', {}, /line 1 is "NaN": a value is missing/],
    ['text', 'a\nmany\n', {}, /is "many", which is no number/],
    ['a negative value', '3\n-1\n', {}, /line 2 is "-1", which is negative/],
    ['a fraction', '3\n2.5\n', {}, /line 2 is "2.5", which is not a whole number/],
    ['infinity', '3\nInfinity\n', {}, /which is not a whole number|larger than/],
    ['more than any law is computed for', '3\n1000000000001\n', {}, /larger than 10\^12/],
    ['a missing cell', 'a,b\n1\n', { column: 'a' }, /line 2 has 1 cell, and the header has 2/],
    ['a number with commas', 'a,b\n1,234,5\n', { column: 'a' }, /has 3 cells, and the header has 2/],
    ['no such column', 'degree,count\n1,2\n', { column: 'degre' }, /no column "degre"/],
    ['no such column of weights', 'degree,count\n1,2\n', { column: 'degree', weights: 'n' }, /no column "n"/],
    ['two columns of one name', 'a,a\n1,2\n', { column: 'a' }, /two columns "a"/],
    ['no header', '1,2\n3,4\n', { column: 'a' }, /has no header: line 1 is "1,2"/],
    ['a list with --column', '1\n2\n', { column: 'a' }, /has no columns: it is a plain list/],
    ['an open quote', 'a,b\n"1,2\n', { column: 'a' }, /line 2 opens a quote that nothing closes/],
    [
      'a negative weight',
      'a,b\n1,-2\n',
      { column: 'a', weights: 'b' },
      /column "b", is "-2", which is negative/,
    ],
    [
      'no row that is kept',
      'a,b\n1,2\n',
      { column: 'a', where: [{ column: 'b', text: '9' }] },
      /in the rows that --where keeps/,
    ],
    ['bytes that are no text', 'a\0b\n', {}, /is not a text file/],
  ])('is refused with line and reason: %s', async (_, text, choice, message) => {
    const error = await failure(text, choice);
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(message);
  });

  it('suggests the nearest column, and lists them where none is named', async () => {
    expect((await failure('degree,count\n1,2\n', { column: 'degre' })).hint).toMatch(
      /^Did you mean "degree"\?/,
    );
    const error = await failure('degree,count\n1,2\n');
    expect(error.kind).toBe('usage');
    expect(error.hint).toMatch(/"degree", "count"/);
    expect((await failure('a,b\n1,2\n', { column: 'a', weights: 'a' })).message).toMatch(
      /both name the column "a"/,
    );
  });

  it('does not depend on the order of the rows, or on how the bytes come', async () => {
    const text = 'degree,count\n3,2\n1,1\n';
    const bytes = Readable.from([...Buffer.from(text)].map((byte) => Uint8Array.of(byte)));
    const { counted } = await readIntegerColumn('-', bytes, { column: 'degree', weights: 'count' });
    expect(counted).toEqual(
      (await read('degree,count\n1,1\n3,1\n3,1\n', { column: 'degree', weights: 'count' })).counted,
    );
  });
});

describe('the cells of a row', () => {
  it.each<[string, string[] | undefined]>([
    ['a,b', ['a', 'b']],
    ['a,', ['a', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b"', ['a"b']],
    ['a"b,c', ['a"b', 'c']],
    ['"a', undefined],
    [' a , "b" ', ['a', 'b']],
  ])('of %j', (row, cells) => {
    expect(splitCells(row, ',')).toEqual(cells);
  });
});
