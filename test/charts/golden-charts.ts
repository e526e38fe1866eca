import type { Chart } from '../../src/core/chart.ts';

/** The law of pure P2P networks, p(d) = c d^-1.4 for d = 1..7 (the lecture), and counts near it. */
const law = Array.from({ length: 7 }, (_, k) => ({ x: k + 1, y: 0.5026735776 * (k + 1) ** -1.4 }));
const sample = [503, 201, 99, 78, 47, 44, 28].map((count, k) => ({ x: k + 1, y: count / 1000 }));

/** Made-up numbers that look like what they are called, without a random draw. */
const loads = Array.from({ length: 90 }, (_, k) => ({
  value: k < 9 ? 0 : Math.round(1.09 ** k),
  count: 1 + (k % 4),
}));
const waits = Array.from({ length: 60 }, (_, k) => ({ value: 0.75 * k + (k % 7) / 3, count: 1 + (k % 5) }));
const DAY = 86_400_000;

/** A chart of every kind. */
export const CHARTS: Readonly<Record<string, Chart>> = {
  bars: {
    kind: 'bars',
    title: 'How the visits ended',
    labelName: 'outcome',
    valueName: 'visits',
    bars: [
      { label: 'ok', value: 8120, share: 0.779 },
      { label: 'connect-timeout', value: 2300, share: 0.2207 },
      { label: 'malformed', value: 2, share: 0.0002 },
    ],
  },
  'degree-bars': {
    kind: 'degree-bars',
    title: 'Degree distribution',
    counts: Array.from({ length: 60 }, (_, k) => ({
      degree: k + 1,
      count: Math.round(5000 * (k + 1) ** -1.4),
    })),
  },
  'scatter-log-log': {
    kind: 'scatter',
    title: 'Degrees over the law of pure P2P networks',
    xLabel: 'degree d',
    yLabel: 'P(d)',
    xScale: 'log',
    yScale: 'log',
    series: [{ name: '1,000 peers', points: sample }],
    curves: [{ name: 'c d^-1.4, d = 1..7', points: law }],
  },
  line: {
    kind: 'line',
    title: 'Pairs within so many hops',
    xLabel: 'hops',
    yLabel: 'share of pairs',
    points: [0, 0.01, 0.06, 0.24, 0.61, 0.9, 0.99, 1].map((y, x) => ({ x, y })),
  },
  'time-line-elapsed': {
    kind: 'time-line',
    title: 'How the crawl went',
    yLabel: 'addresses known',
    clock: { kind: 'elapsed', since: 'the crawl began' },
    points: Array.from({ length: 400 }, (_, k) => ({
      x: 1_500 * k,
      y: Math.floor(10_876 * (1 - Math.exp(-k / 70))),
    })),
  },
  'time-line-utc': {
    kind: 'time-line',
    title: 'Peers of each snapshot',
    yLabel: 'peers',
    clock: { kind: 'utc' },
    points: Array.from({ length: 48 }, (_, k) => ({
      x: Date.UTC(2002, 7, 1) + (k * DAY) / 24,
      y: Math.round(3000 + 900 * Math.sin((k / 12) * Math.PI)),
    })),
  },
  'histogram-linear': {
    kind: 'histogram',
    title: 'How long answers took',
    valueName: 'ms',
    countName: 'answers',
    scale: 'linear',
    values: [...waits, { value: NaN, count: 2 }],
  },
  'histogram-log': {
    kind: 'histogram',
    title: 'Messages that a peer sent or received',
    valueName: 'messages',
    countName: 'peers',
    scale: 'log',
    values: loads,
  },
  'stacked-bars-shares': {
    kind: 'stacked-bars',
    title: 'What the messages of a query are',
    labelName: 'paradigm',
    valueName: 'messages',
    lengths: 'shares',
    parts: ['queries', 'duplicates', 'hits'],
    rows: [
      { label: 'centralized', values: [1, 0, 1] },
      { label: 'pure', values: [404, 115, 9] },
      { label: 'hybrid', values: [842, 793, 12] },
    ],
  },
  'stacked-bars-totals': {
    kind: 'stacked-bars',
    title: 'How the visits ended, by when they did',
    labelName: 'from s',
    valueName: 'visits',
    lengths: 'totals',
    parts: ['ok', 'refused', 'connect-timeout', 'reset', 'not-this-protocol', 'busy'],
    rows: [
      { label: '0', values: [461, 20, 0, 1, 4, 0] },
      { label: '5', values: [1250, 310, 420, 3, 12, 5] },
      { label: '10', values: [700, 80, 900, 2, 0, 9] },
      { label: '15', values: [12, 0, 160, 0, 0, 0] },
    ],
  },
  'box-plot': {
    kind: 'box-plot',
    title: 'Degrees by declared role',
    labelName: 'role',
    countName: 'peers',
    valueName: 'degree',
    scale: 'log',
    groups: [
      {
        label: 'superpeer',
        values: [2, 20, 28, 29, 30, 31, 32, 33, 34, 60].map((value) => ({ value, count: 9 })),
      },
      {
        label: 'leaf',
        values: [
          { value: 1, count: 300 },
          { value: 2, count: 250 },
          { value: 3, count: 330 },
          { value: 12, count: 2 },
        ],
      },
    ],
  },
};
