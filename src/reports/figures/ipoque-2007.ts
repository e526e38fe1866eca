import { MUTED, OKABE_ITO } from '../../charts/figure-style.ts';
import { chartTitle, VEGA_LITE_SCHEMA, VEGA_LOOK } from '../../charts/vega-look.ts';
import type { Cell } from '../../core/table.ts';
import { chartFiles } from './chart-figure.ts';
import type { Figure } from './figure.ts';

interface Share {
  readonly group: 'traffic' | 'users';
  readonly of: string;
  /** Per cent; null where what was published contradicts itself. */
  readonly value: number | null;
  readonly told: string;
  readonly source: string;
}

const PRESS = 'press release of 28 Nov 2007, as copied by kickass-torrents.com';

const SHARES: readonly Share[] = [
  {
    group: 'traffic',
    of: 'Eastern Europe',
    value: 83,
    told: '83 % in the study, 84 % in the press release',
    source: PRESS,
  },
  { group: 'traffic', of: 'Germany', value: 69, told: '69 %', source: PRESS },
  { group: 'traffic', of: 'Southern Europe', value: 64, told: '64 %', source: PRESS },
  { group: 'traffic', of: 'Middle East', value: 49, told: '49 %', source: PRESS },
  {
    group: 'traffic',
    of: 'Australia',
    value: null,
    told: 'not to be had: a report ranks Southern Europe fourth, which would put Australia above 64 %',
    source: 'torrentfreak.com, 28 Nov 2007',
  },
  {
    group: 'users',
    of: 'Voice over IP',
    value: 30,
    told: '30 % of the users, 1 % of the traffic',
    source: 'press on the study',
  },
  { group: 'users', of: 'File sharing', value: 20, told: 'every fifth user', source: 'press on the study' },
];

const FIGURE = {
  id: 'ipoque-2007',
  title: 'P2P in the traffic of 2007, by region',
  slide: 'Internet Traffic Trends',
  grade: 'exact',
} as const;

export const ipoqueFigure: Figure = {
  ...FIGURE,
  draw: () =>
    chartFiles(FIGURE, {
      description:
        'Two bar charts. P2P as a share of all traffic: Eastern Europe 83 %, Germany 69 %, Southern Europe 64 %, Middle East 49 %, Australia not known. Users of Voice over IP 30 %, of file sharing 20 %.',
      numbers: {
        name: FIGURE.id,
        title: FIGURE.title,
        columns: ['share_of', 'of', 'percent', 'told', 'source'].map((name) => ({ name })),
        rows: SHARES.map(({ group, of, value, told, source }): Cell[] => [group, of, value, told, source]),
      },
      gradeNote: "For the values that were quoted; the slide's charts by protocol are lost.",
      paragraphs: [
        'The slide shows charts of the ipoque Internet Study 2007 (August and September 2007, 3 PB, more than a million users, five regions), among them "Relative User Numbers per Protocol Type".',
        'Shown: the shares that the press release and reports on the study quote. BitTorrent and eDonkey together are 70 to 97 % of P2P by region, and about 20 % of both is encrypted.',
        'Australia is left empty, because what was published does not fit together. The study was made at sites that its publisher had access to, and is, as its next edition says, not statistically representative.',
      ],
      chart: {
        $schema: VEGA_LITE_SCHEMA,
        title: chartTitle(FIGURE.title, [
          'ipoque Internet Study 2007: August and September, more than a million users, sites by access.',
        ]),
        hconcat: [
          panel('P2P as a share of all traffic', shown('traffic'), 560),
          panel('Users of …', shown('users'), 290),
        ],
        config: { ...VEGA_LOOK, concat: { spacing: 60 } },
      },
    }),
};

function shown(group: Share['group']): { of: string; value: number; label: string }[] {
  return SHARES.filter((share) => share.group === group).map(({ of, value }) => ({
    of,
    value: value ?? 0,
    label: value === null ? 'not known' : `${value} %`,
  }));
}

function panel(title: string, values: { of: string; value: number; label: string }[], width: number) {
  const y = {
    field: 'of',
    type: 'nominal' as const,
    title: null,
    sort: null,
    axis: { labelFontSize: 19, ticks: false, domain: false, labelPadding: 8, labelLimit: 0 },
  };
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    title: 'Per cent',
    scale: { domain: [0, 100] },
    axis: { values: [0, 25, 50, 75, 100] },
  };
  return {
    title,
    width,
    height: { step: 62 },
    data: { values },
    layer: [
      { mark: { type: 'bar' as const, height: 36, color: OKABE_ITO.blue }, encoding: { x, y } },
      {
        mark: { type: 'text' as const, align: 'left' as const, dx: 8, fontSize: 19, color: MUTED },
        encoding: { x, y, text: { field: 'label' } },
      },
    ],
  };
}
