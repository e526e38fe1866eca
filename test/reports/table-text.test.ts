import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/charts/terminal-text.ts';
import type { Cell, Table } from '../../src/core/table.ts';
import { headerText } from '../../src/reports/header-text.ts';
import { tableText } from '../../src/reports/table-text.ts';

const laws: Table = {
  name: 'degree-model',
  title: 'Degree laws',
  columns: [
    { name: 'model' },
    { name: 'alpha', digits: 3 },
    { name: 'log_likelihood', digits: 1 },
    { name: 'chi_square', digits: 2 },
    { name: 'p_value', digits: 3 },
    { name: 'support_violations' },
    { name: 'verdict' },
  ],
  rows: [
    ['pure', 1.4, -1490.2, 0.003, 0.99, 0, 'not rejected'],
    [
      'hybrid',
      1.41,
      -1520.2,
      12.7,
      0.0001,
      2181,
      'rejected: 2,181 peers have a degree that the law does not allow',
    ],
  ],
};
const text = (table: Table, width = 80) => `\n${tableText(table, { width }).join('\n')}\n`;

describe('a table for a person', () => {
  it('aligns decimals, groups thousands and wraps headers and long texts', () => {
    expect(text(laws)).toMatchInlineSnapshot(`
      "
      Degree laws
                            log     chi       p     support
      model   alpha  likelihood  square   value  violations  verdict
      ──────  ─────  ──────────  ──────  ──────  ──────────  ─────────────────────────
      pure    1.400    -1,490.2   <0.01   0.990           0  not rejected
      hybrid  1.410    -1,520.2   12.70  <0.001       2,181  rejected: 2,181 peers
                                                             have a degree that the
                                                             law does not allow
      "
    `);
  });

  it('turns into lines of names and values where its columns do not fit', () => {
    expect(text(laws, 64)).toMatchInlineSnapshot(`
      "
      Degree laws
        model                 pure        hybrid
        alpha                    1.400         1.410
        log likelihood      -1,490.2      -1,520.2
        chi square              <0.01         12.70
        p value                  0.990        <0.001
        support violations       0         2,181
        verdict             not rejected  rejected: 2,181
                                          peers have a degree
                                          that the law does
                                          not allow
      "
    `);
  });

  it('turns into blocks where not even two rows fit beside each other', () => {
    expect(text({ ...laws, columns: [...laws.columns, { name: 'x'.repeat(30) }] }, 44))
      .toMatchInlineSnapshot(`
      "
      Degree laws
        model                     pure
        alpha                        1.400
        log likelihood          -1,490.2
        chi square                  <0.01
        p value                      0.990
        support violations           0
        verdict                 not rejected
        xxxxxxxxxxxxxxxxxxxxx…       –

        model                   hybrid
        alpha                        1.410
        log likelihood          -1,520.2
        chi square                  12.70
        p value                     <0.001
        support violations       2,181
        verdict                 rejected: 2,181
                                peers have a
                                degree that the
                                law does not allow
        xxxxxxxxxxxxxxxxxxxxx…       –
      "
    `);
  });

  it('shows one row as names and values, its notes wrapped below', () => {
    const table: Table = {
      name: 'summary',
      title: 'Summary',
      columns: ['nodes', 'directed', 'density', 'mean_degree', 'respondents', 'duration_ms', 'agent'].map(
        (name) => ({ name }),
      ),
      rows: [[6301, true, 0.00104675, 6.5947, null, 12_345, 'LimeWire\x1b[2J']],
      notes: ['Degrees are those of the undirected simple projection, and the mean degree is 2E/N of it.'],
    };
    expect(text(table, 60)).toMatchInlineSnapshot(`
      "
      Summary
        nodes           6,301
        directed          yes
        density             0.001047
        mean degree         6.595
        respondents         –
        duration (ms)  12,345
        agent          LimeWire␛[2J
      Degrees are those of the undirected simple projection, and
      the mean degree is 2E/N of it.
      "
    `);
  });

  it('says that there are no rows', () => {
    expect(tableText({ ...laws, rows: [], notes: ['Why.'] })).toEqual(['Degree laws: no rows', 'Why.']);
  });

  it('says how many rows it does not show', () => {
    const rows = Array.from({ length: 1200 }, (_, k) => [k]);
    const lines = tableText({ name: 't', title: 'T', columns: [{ name: 'id' }], rows }, { maxRows: 3 });
    expect(lines.slice(3)).toEqual([' 0', ' 1', ' 2', '… and 1,197 more rows']);
  });

  it('shows a table of more rows than a function may have arguments', () => {
    const rows = Array.from({ length: 200_000 }, (_, k) => [k]);
    expect(tableText({ name: 't', title: 'T', columns: [{ name: 'id' }], rows })).toHaveLength(200_003);
  });

  it('is never wider than the terminal and holds no control character', () => {
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const tables = fc.integer({ min: 1, max: 9 }).chain((size) =>
      fc.record({
        rows: fc.array(fc.array(cell, { minLength: size, maxLength: size }), { maxLength: 6 }),
        names: fc.array(fc.stringMatching(/^[a-z_]{1,40}$/), { minLength: size, maxLength: size }),
      }),
    );
    fc.assert(
      fc.property(tables, fc.integer({ min: 40, max: 200 }), ({ rows, names }, width) => {
        const table = { name: 't', title: 'T', columns: names.map((name) => ({ name })), rows };
        for (const line of tableText(table, { width })) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('headers', () => {
  it.each([
    ['support_violations', 'support violations'],
    ['duration_ms', 'duration (ms)'],
    ['rate_bytes_per_s', 'rate (bytes/s)'],
    ['x_min', 'x min'],
    ['degrees', 'degrees'],
  ])('%s reads %s', (name, header) => {
    expect(headerText(name)).toBe(header);
  });
});
