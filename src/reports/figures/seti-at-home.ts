import { OKABE_ITO } from '../../charts/figure-style.ts';
import { chartTitle, monthAxis, VEGA_LITE_SCHEMA, VEGA_LOOK } from '../../charts/vega-look.ts';
import { chartFiles } from './chart-figure.ts';
import type { Figure } from './figure.ts';

/** How many users the project had, as was published at the time. `about`: the day is that of the month that is told. */
const USERS: readonly {
  readonly date: string;
  readonly users: number;
  readonly told: string;
  readonly about: boolean;
  readonly source: string;
}[] = [
  {
    date: '1999-05-24',
    users: 200_000,
    told: 'more than 200,000 downloads a week after the launch',
    about: true,
    source: 'hpjava.org, thesis, node 16',
  },
  {
    date: '1999-08-15',
    users: 1_000_000,
    told: 'more than a million after three months',
    about: true,
    source: 'derstandard.at/story/48872',
  },
  {
    date: '2000-05-17',
    users: 2_000_000,
    told: 'just passed 2 million',
    about: false,
    source: 'spacenews.com',
  },
  {
    date: '2001-05-07',
    users: 3_000_000,
    told: 'the 3,000,000th user',
    about: false,
    source: 'spaceref.com',
  },
  {
    date: '2001-09-04',
    users: 3_247_171,
    told: '3,247,171',
    about: false,
    source: 'home.coqui.net, page on SETI',
  },
  {
    date: '2001-09-08',
    users: 3_255_837,
    told: '3,255,837',
    about: false,
    source: 'home.coqui.net, page on SETI',
  },
  {
    date: '2002-04-23',
    users: 3_500_000,
    told: 'about 3.5 million',
    about: true,
    source: 'digitalmediatree.com, quoting the press',
  },
  {
    date: '2002-11-01',
    users: 4_000_000,
    told: 'about 4 million clients in 2002',
    about: true,
    source: 'the slide',
  },
];

const FIGURE = {
  id: 'setiathome',
  title: 'SETI@home: users from 1999 to 2002',
  slide: 'SETI@home',
  grade: 'stand-in',
} as const;

export const setiAtHomeFigure: Figure = {
  ...FIGURE,
  draw: () =>
    chartFiles(FIGURE, {
      description:
        'A line of the users of SETI@home over time: 200,000 a week after the launch of May 1999, 2 million in May 2000, 3 million in May 2001, about 4 million in 2002.',
      numbers: {
        name: FIGURE.id,
        title: FIGURE.title,
        columns: ['date', 'users', 'is_about', 'told', 'source'].map((name) => ({ name })),
        rows: USERS.map(({ date, users, about, told, source }) => [date, users, about, told, source]),
      },
      gradeNote: "The slide's own picture, after Anderson et al. 2002, is lost.",
      paragraphs: [
        'The slide says: first version 1998, idea 1995, about 4 million clients in 2002.',
        'Shown: the numbers of users that were published at the time, each with its source. Open circles are told without a day, or with "about". They count whoever had ever joined, not who was at work: in May 2001 about 550,000 of 3 million were regular (berkeleydailyplanet.com, 17 May 2001).',
        'The public launch was on 17 May 1999 (spacenews.com); "1998" on the slide is a first version.',
      ],
      chart: {
        $schema: VEGA_LITE_SCHEMA,
        title: chartTitle(FIGURE.title, [
          'Users that had ever joined, as published at the time. Launch: 17 May 1999.',
        ]),
        width: 1060,
        height: 470,
        data: {
          values: USERS.map(({ date, users, about }) => ({
            date,
            millions: users / 1e6,
            kind: about ? 'about' : 'on that day',
          })),
        },
        encoding: {
          x: {
            field: 'date',
            type: 'temporal',
            title: null,
            ...monthAxis([1999, 4], [2003, 1], 6),
          },
          y: {
            field: 'millions',
            type: 'quantitative',
            title: 'Users (millions)',
            scale: { domain: [0, 4.5] },
            axis: { tickCount: 5 },
          },
        },
        layer: [
          { mark: { type: 'line', color: OKABE_ITO.blue, strokeWidth: 2.5 } },
          {
            mark: { type: 'point', size: 170, strokeWidth: 3, color: OKABE_ITO.blue, opacity: 1 },
            encoding: {
              fill: {
                field: 'kind',
                type: 'nominal',
                title: null,
                scale: { domain: ['on that day', 'about'], range: [OKABE_ITO.blue, '#FFFFFF'] },
                legend: {
                  symbolStrokeColor: OKABE_ITO.blue,
                  symbolFillColor: { expr: "datum.value === 'about' ? '#FFFFFF' : '#0072B2'" },
                },
              },
            },
          },
        ],
        config: VEGA_LOOK,
      },
    }),
};
