import { MUTED, OKABE_ITO } from '../../charts/figure-style.ts';
import { chartTitle, monthAxis, VEGA_LITE_SCHEMA, VEGA_LOOK } from '../../charts/vega-look.ts';
import type { Cell } from '../../core/table.ts';
import { chartFiles } from './chart-figure.ts';
import type { Figure } from './figure.ts';

const FILES = 'Files exchanged a month (billions)';
const USERS = 'Users at the same time (millions)';

/** What was counted. */
const COUNTS: readonly {
  readonly month: string;
  readonly what: string;
  readonly value: number;
  readonly source: string;
}[] = [
  {
    month: '2000-09',
    what: FILES,
    value: 1.39,
    source: 'Webnoize, by cnet.com and afterdawn.com, 16 Oct 2000',
  },
  { month: '2001-02', what: FILES, value: 2.79, source: 'Webnoize, by news.hitb.org, 9 Jun 2001; the slide' },
  { month: '2001-05', what: FILES, value: 0.36, source: 'Webnoize, by news.hitb.org, 9 Jun 2001' },
  {
    month: '2000-09',
    what: USERS,
    value: 0.64,
    source: 'Webnoize, by cnet.com and afterdawn.com, 16 Oct 2000',
  },
  { month: '2001-02', what: USERS, value: 1.57, source: 'Webnoize, by news.hitb.org, 9 Jun 2001' },
  { month: '2001-05', what: USERS, value: 0.84, source: 'Webnoize, by news.hitb.org, 9 Jun 2001' },
];

/** What happened; on which side of its line there is room to say so. */
const EVENTS: readonly {
  readonly month: string;
  readonly what: readonly string[];
  readonly side: 'left' | 'right';
  readonly source: string;
}[] = [
  { month: '1999-12', what: ['sued by', 'the RIAA'], side: 'left', source: 'the slide' },
  {
    month: '2000-03',
    what: ['25 % of the IP traffic', 'of a university'],
    side: 'right',
    source: 'the slide',
  },
  {
    month: '2001-03',
    what: ['filters: a user shares', '71 files, not 172'],
    side: 'left',
    source: 'Reuters, by afterdawn.com',
  },
  { month: '2001-07', what: ['convicted;', 'the server stops'], side: 'right', source: 'the slide' },
];

const FIGURE = {
  id: 'napster',
  title: 'Napster: rise and end, December 1999 to July 2001',
  slide: 'Napster',
  grade: 'exact',
} as const;

export const napsterFigure: Figure = {
  ...FIGURE,
  draw: () =>
    chartFiles(FIGURE, {
      description:
        'A time line of Napster with two bars in each of three months. Files exchanged: 1.39 billion in September 2000, 2.79 in February 2001, 0.36 in May 2001. Users at the same time: 0.64, 1.57 and 0.84 million. Marked are the suit of December 1999, March 2000, the filters of March 2001, and the end in July 2001.',
      numbers: {
        name: FIGURE.id,
        title: FIGURE.title,
        columns: ['month', 'what', 'value', 'source'].map((name) => ({ name })),
        rows: [
          ...COUNTS.map(({ month, what, value, source }): Cell[] => [month, what, value, source]),
          ...EVENTS.map(({ month, what, source }): Cell[] => [month, what.join(' '), null, source]),
        ].sort(([a], [b]) => String(a).localeCompare(String(b))),
      },
      gradeNote: "The slide's dates and its 2.79 billion; the other counts are of the same publisher.",
      paragraphs: [
        'The slide says: suit in December 1999; 25 % of the IP traffic of the University of Wisconsin in March 2000; 2.79 billion files in February 2001; convicted in July 2001, and the network breaks down with its server.',
        'The 2.79 billion are confirmed (Webnoize). So are they by what was told of May 2001: 360 million files are 12.9 % of them, "-87 %", and 840,000 users 53.5 % of 1.57 million, "-47 %".',
        'Not confirmed: the "25 %". A measurement of 9 March 2000 at that university says that Napster rivalled HTTP and FTP, each (D. Plonka).',
      ],
      chart: {
        $schema: VEGA_LITE_SCHEMA,
        title: chartTitle(FIGURE.title, ['What was counted (bars), and what happened (dashed lines).']),
        width: 1060,
        height: 450,
        layer: [
          {
            data: {
              values: COUNTS.map(({ month, what, value }) => ({ day: shifted(month, what), what, value })),
            },
            layer: [
              {
                mark: { type: 'bar', width: 30, stroke: OKABE_ITO.black, strokeWidth: 1.5 },
                encoding: { x: TIME, y: VALUE, color: KIND },
              },
              {
                mark: { type: 'text', dy: -14, fontSize: 18, fontWeight: 'bold' },
                encoding: { x: TIME, y: VALUE, text: { field: 'value', format: '.2f' } },
              },
            ],
          },
          ...(['left', 'right'] as const).map((side) => ({
            data: {
              values: EVENTS.filter((event) => event.side === side).map(({ month, what }) => ({
                day: `${month}-15`,
                what,
                height: 4.2,
              })),
            },
            layer: [
              {
                mark: { type: 'rule' as const, strokeDash: [6, 5], strokeWidth: 1.8, color: MUTED },
                encoding: { x: TIME },
              },
              {
                mark: {
                  type: 'text' as const,
                  align: side === 'left' ? ('right' as const) : ('left' as const),
                  baseline: 'top' as const,
                  dx: side === 'left' ? -8 : 8,
                  fontSize: 17,
                  lineHeight: 23,
                },
                encoding: {
                  x: TIME,
                  y: { field: 'height', type: 'quantitative' as const },
                  text: { field: 'what' },
                },
              },
            ],
          })),
        ],
        config: VEGA_LOOK,
      },
    }),
};

const TIME = {
  field: 'day',
  type: 'temporal' as const,
  title: null,
  ...monthAxis([1999, 9], [2002, 2], 3),
};
const VALUE = {
  field: 'value',
  type: 'quantitative' as const,
  title: 'Billions of files, millions of users',
  scale: { domain: [0, 4.4] },
  axis: { values: [0, 1, 2, 3] },
};
const KIND = {
  field: 'what',
  type: 'nominal' as const,
  title: null,
  scale: { domain: [FILES, USERS], range: [OKABE_ITO.blue, OKABE_ITO.orange] },
};

/** Two bars beside each other in the middle of a month. */
function shifted(month: string, what: string): string {
  return `${month}-${what === FILES ? '01' : '29'}`;
}
