import { parse } from 'csv-parse/sync';
import { FIGURE_COLOURS, MUTED } from '../../charts/figure-style.ts';
import { chartTitle, monthAxis, VEGA_LITE_SCHEMA, VEGA_LOOK } from '../../charts/vega-look.ts';
import { PeerscopeError } from '../../core/errors.ts';
import { chartFiles } from './chart-figure.ts';
import type { Figure } from './figure.ts';

const FIGURE = {
  id: 'abilene',
  title: 'Traffic of the Abilene backbone by type',
  slide: 'Impacts of P2P at the Abilene Backbone',
  grade: 'stand-in',
} as const;

/** BOUNDED: a weekly series of ten years has some thousand rows. */
const MOST_ROWS = 100_000;
const MOST_TYPES = 8;

interface Row {
  readonly date: string;
  readonly type: string;
  /** Per cent of the traffic. */
  readonly share: number;
}

export const abileneFigure: Figure = {
  ...FIGURE,
  draw: ({ abilene }) => {
    const rows = abilene === undefined ? [] : rowsOf(abilene.text, abilene.name);
    return chartFiles(FIGURE, {
      description:
        rows.length === 0
          ? 'Empty axes: the series that the slide shows can not be had.'
          : `Stacked areas: shares of the traffic by type over time, ${rows.length} values of ${abilene?.name ?? ''}.`,
      numbers: {
        name: FIGURE.id,
        title: FIGURE.title,
        columns: ['date', 'type', 'percent'].map((name) => ({ name })),
        rows: rows.map(({ date, type, share }) => [date, type, share]),
      },
      gradeNote:
        rows.length === 0
          ? 'Nothing is shown in its place.'
          : `The numbers are those of ${abilene?.name ?? ''}.`,
      paragraphs: [
        "The slide shows weekly shares of the traffic of Internet2's backbone by type, and says that unidentified traffic, data transfers and file sharing cause 90 % of it.",
        'The reports ended in April 2010, and no public copy of the series is known. Their method is: weekly averages of NetFlow at all core routers, 1 % sampled, without the interfaces between core nodes (Shalunov, 13 October 2003).',
        rows.length === 0
          ? 'Whoever has the series draws it with --abilene FILE.csv: columns date (2004-02-18), type, and percent.'
          : `Drawn of ${abilene?.name ?? ''}.`,
      ],
      chart: {
        $schema: VEGA_LITE_SCHEMA,
        title: chartTitle(FIGURE.title, [
          rows.length === 0
            ? 'Not drawn: the weekly series ended in April 2010, and no public copy is known.'
            : `Of ${abilene?.name ?? ''}`,
        ]),
        width: 1060,
        height: 450,
        ...(rows.length === 0 ? EMPTY : stacked(rows)),
        config: VEGA_LOOK,
      },
    });
  },
};

const SHARE_AXIS = { title: 'Per cent of the traffic', scale: { domain: [0, 100] } };

const EMPTY = {
  data: {
    values: [
      {
        date: '2003-05-01',
        share: 50,
        words: ['No data.', 'peerscope figures abilene --abilene FILE.csv draws a series of your own.'],
      },
    ],
  },
  mark: { type: 'text' as const, fontSize: 22, lineHeight: 34, color: MUTED },
  encoding: {
    x: {
      field: 'date',
      type: 'temporal' as const,
      title: null,
      ...monthAxis([2002, 2], [2004, 8], 6),
    },
    y: { field: 'share', type: 'quantitative' as const, ...SHARE_AXIS },
    text: { field: 'words' },
  },
};

function stacked(rows: readonly Row[]) {
  const types = [...new Set(rows.map(({ type }) => type))];
  return {
    data: { values: rows.map((row) => ({ ...row })) },
    mark: { type: 'area' as const, line: true },
    encoding: {
      x: {
        field: 'date',
        type: 'temporal' as const,
        title: null,
        scale: { type: 'utc' as const },
        axis: { format: '%b %Y', grid: false },
      },
      y: { field: 'share', type: 'quantitative' as const, stack: 'zero' as const, ...SHARE_AXIS },
      color: {
        field: 'type',
        type: 'nominal' as const,
        title: null,
        scale: {
          domain: types,
          range: types.map((_, k) => FIGURE_COLOURS[k % FIGURE_COLOURS.length] ?? MUTED),
        },
      },
    },
  };
}

/** @throws {PeerscopeError} (bad-input) with the line, where it is no such table. */
function rowsOf(text: string, name: string): Row[] {
  const fail = (what: string): never => {
    throw new PeerscopeError('bad-input', `${name}: ${what}`, {
      hint: 'It takes a CSV file with the columns date (2004-02-18), type, and percent.',
    });
  };
  let cells: Record<string, string>[] = [];
  try {
    cells = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, to: MOST_ROWS });
  } catch (cause) {
    fail(cause instanceof Error ? cause.message : String(cause));
  }
  const rows = cells.map((cell, k) => {
    const { date = '', type = '', percent = '' } = cell;
    const share = percent === '' ? NaN : Number(percent);
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) fail(`line ${k + 2} has no date`);
    if (type === '') fail(`line ${k + 2} has no type`);
    if (!(share >= 0 && share <= 100)) fail(`line ${k + 2} has no percent from 0 to 100`);
    return { date, type, share };
  });
  if (rows.length === 0) fail('there is no row');
  if (new Set(rows.map(({ type }) => type)).size > MOST_TYPES)
    fail(`more than ${MOST_TYPES} types can not be told apart`);
  return rows;
}
