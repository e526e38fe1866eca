import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Table } from '../../src/core/table.ts';
import { csvChunks, csvText } from '../../src/reports/csv.ts';

const table = (name: string, columns: string[], rows: Cell[][]): Table => ({
  name,
  title: name,
  columns: columns.map((column) => ({ name: column })),
  rows,
});
const small = table('small', ['a', 'b'], [[1, 'x']]);
const other = table('other', ['c'], [[true], [null]]);

describe('one table as CSV', () => {
  it('has its columns, full precision, and empty cells where nothing is known', () => {
    const mixed = table('t', ['n', 'flag', 'nothing', 'not_a_number'], [[0.1 + 0.2, false, null, NaN]]);
    expect(csvText([mixed])).toBe('n,flag,nothing,not_a_number\n0.30000000000000004,false,,\n');
  });

  it('keeps a spreadsheet from running text as a formula, but leaves numbers alone', () => {
    const texts = table('t', ['v'], [['=1+1'], ['+1'], ['-1'], ['@x'], [-1], [1e300]]);
    expect(csvText([texts])).toBe(['v', "'=1+1", "'+1", "'-1", "'@x", '-1', '1e+300', ''].join('\n'));
  });

  it('quotes what needs quotes, and shows control characters instead of obeying them', () => {
    expect(csvText([table('t', ['v'], [['a,"b"\nc'], ['red\x1b[31m']])])).toBe('v\n"a,""b""\nc"\nred␛[31m\n');
  });

  it('has its header even without rows', () => {
    expect(csvText([table('t', ['a', 'b'], [])])).toBe('a,b\n');
    expect(csvText([])).toBe('');
  });

  it('gives every number and text back', () => {
    const cell = fc.oneof(fc.double({ noNaN: true }), fc.stringMatching(/^[a-z ",\n;]*$/));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const read = parse(csvText([table('t', ['a', 'b'], rows)])).slice(1);
        expect(read).toEqual(rows.map((row) => row.map(String)));
      }),
    );
  });
});

describe('several tables as CSV', () => {
  it('become one long table that pivots back', () => {
    expect(csvText([small, other])).toBe(
      ['table,row,column,value', 'small,1,a,1', 'small,1,b,x', 'other,1,c,true', 'other,2,c,', ''].join('\n'),
    );
  });

  it('of several inputs have the input in front', () => {
    const inputs = ['A', 'B'].map((input) => ({ input, tables: [small, other] }));
    const lines = [...csvChunks(inputs)].join('').split('\n');
    expect(lines.slice(0, 2)).toEqual(['input,table,row,column,value', 'A,small,1,a,1']);
    expect(lines[5]).toBe('B,small,1,a,1');
  });

  it('are stacked where each input has the same one', () => {
    const inputs = ['A', 'B'].map((input) => ({ input, tables: [small] }));
    expect([...csvChunks(inputs)].join('')).toBe('input,a,b\nA,1,x\nB,1,x\n');
  });
});

describe('a large table as CSV', () => {
  it('comes in pieces, without a row lost', () => {
    const rows = Array.from({ length: 50_000 }, (_, k) => [k, `peer ${k}`]);
    let pieces = 0;
    let lines = 0;
    let longest = 0;
    for (const piece of csvChunks([{ input: '', tables: [table('t', ['id', 'name'], rows)] }])) {
      pieces += 1;
      lines += piece.split('\n').length - 1;
      longest = Math.max(longest, piece.length);
    }
    expect(lines).toBe(50_001);
    expect(pieces).toBeGreaterThan(10);
    expect(longest).toBeLessThan(200_000);
  });
});
