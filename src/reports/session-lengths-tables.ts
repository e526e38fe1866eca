import type { Chart } from '../core/chart.ts';
import type { Cell, Table } from '../core/table.ts';
import type { SessionLengths } from '../statistics/create-based.ts';
import type { SessionFit } from '../statistics/fit-sessions.ts';
import { SESSION_FAMILIES } from '../statistics/session-laws.ts';
import { formatNumber, formatPercent } from './format-number.ts';

/** Rows of the table of lengths that a person reads; CSV and JSON have them all. */
const SHOWN = 12;
const CURVE_POINTS = 60;

/** Session lengths as tables; times of `lengths` are minutes. */
export function sessionLengthsTables(population: string, lengths: SessionLengths): readonly Table[] {
  return [lawsTable(population, lengths), ...ccdfTables(population, lengths)];
}

function lawsTable(population: string, lengths: SessionLengths): Table {
  return {
    name: `sessions-${population}`,
    title: `Session lengths of ${population}, by the create-based method: laws, the best first`,
    columns: [
      { name: 'law' },
      { name: 'scale_minutes', digits: 2 },
      { name: 'scale_error', digits: 2 },
      { name: 'shape', digits: 3 },
      { name: 'shape_error', digits: 3 },
      { name: 'median_minutes', digits: 2 },
      { name: 'delta_aic', digits: 1 },
      { name: 'p_value', digits: 3 },
      { name: 'seen_share', digits: 3 },
      { name: 'mean_minutes', digits: 1, detail: true },
      { name: 'log_likelihood', digits: 1, detail: true },
      { name: 'chi_square', digits: 1, detail: true },
      { name: 'df', detail: true },
      { name: 'at_bound', detail: true },
    ],
    rows: lengths.fits.map(lawRow),
    notes: lawNotes(lengths),
  };
}

function lawRow(fit: SessionFit): Cell[] {
  const [scale, shape] = fit.parameters;
  return [
    fit.law,
    scale?.value ?? null,
    scale?.standardError ?? null,
    shape?.value ?? null,
    shape?.standardError ?? null,
    fit.median,
    fit.deltaAic,
    fit.goodness?.pValue ?? null,
    fit.seenShare,
    fit.mean,
    fit.logLikelihood,
    fit.goodness?.chiSquare ?? null,
    fit.goodness?.df ?? null,
    fit.atBound,
  ];
}

/** A law that lies so far above the best has next to no support (Burnham and Anderson 2002). */
const NO_SUPPORT = 10;
const ALIKE = 2;

function lawNotes(lengths: SessionLengths): string[] {
  const { sessions, looks, interval, halfWindow, older, younger, unended, fits, naive, missedShare } =
    lengths;
  const [best, second] = fits;
  return [
    `${formatNumber(sessions)} sessions that began in the first half of ${looks} snapshots, ${formatNumber(interval, 1)} minutes apart; ${formatNumber(unended)} of them outlasted the half window of ${formatNumber(halfWindow, 1)} minutes. Left out: ${formatNumber(older)} that may have begun before the series, ${formatNumber(younger)} that began in its second half.`,
    'scale is the mean of the exponential law and the median of the log-normal one, shape the sigma of the latter. p_value: of the chi-square test against the numbers of snapshots. seen_share: of all sessions, those that a snapshot sees at all.',
    ...(best === undefined ? [] : [bestNote(best, second)]),
    ...(lengths.fittedFrom > 1
      ? [
          `A crawl takes a good part of the interval, so that it depends on chance which short sessions it sees: laws are fitted to those in ${lengths.fittedFrom} snapshots or more.`,
        ]
      : []),
    ...(naive.mean === null || naive.median === null
      ? []
      : [
          `Naive counting (every session that was seen to begin and to end) says: median ${formatNumber(naive.median, 1)}, mean ${formatNumber(naive.mean, 1)} minutes. Long sessions seldom begin and end in a window, and short ones fall between snapshots.`,
        ]),
    ...(missedShare === null || missedShare === 0
      ? []
      : [
          `${formatPercent(missedShare)} of the snapshots within sessions missed the peer; such gaps were bridged.`,
        ]),
  ];
}

function bestNote(best: SessionFit, second: SessionFit | undefined): string {
  const lead = second?.deltaAic ?? Infinity;
  const how =
    lead < ALIKE
      ? `${best.law} and ${second?.law ?? ''} fit alike (AIC within ${ALIKE})`
      : `${best.law} fits best by AIC${lead > NO_SUPPORT ? ', and the others have next to no support' : ''}`;
  const fits =
    best.goodness === null ? '' : best.goodness.pValue < 0.05 ? '; but it does not fit well' : ', and well';
  return `${how}${fits}.`;
}

function ccdfTables(population: string, lengths: SessionLengths): readonly Table[] {
  const rows = lengths.ccdf.map((step, k): Cell[] => [
    step.snapshots,
    step.from,
    step.to,
    step.sessions,
    step.share,
    step.interval[0],
    step.interval[1],
    ...SESSION_FAMILIES.map(({ name }) => lengths.fits.find(({ law }) => law === name)?.shares[k] ?? null),
    step.naive,
    step.ccdf,
  ]);
  const table = {
    title: `Sessions of ${population} seen in so many snapshots in a row, or more`,
    columns: [
      { name: 'snapshots' },
      { name: 'from_minutes', digits: 1 },
      { name: 'to_minutes', digits: 1 },
      { name: 'sessions', detail: true },
      { name: 'share', digits: 3 },
      { name: 'low_95', digits: 3 },
      { name: 'high_95', digits: 3 },
      ...SESSION_FAMILIES.map(({ name }) => ({ name: name.replace('-', '_'), digits: 3 })),
      { name: 'naive', digits: 3 },
      { name: 'ccdf', digits: 4, detail: true },
    ],
    notes: [
      'share: of the sessions that were seen at all; it is the mean of P(length > t) over from..to minutes, divided by that over the first interval. ccdf: times what the best law says is seen at all. Under a law stands what it lets expect of the share.',
    ],
  };
  const name = `session-lengths-${population}`;
  if (rows.length <= SHOWN) return [{ ...table, name, rows }];
  const kept = new Set(
    Array.from({ length: SHOWN }, (_, k) => Math.round((k * (rows.length - 1)) / (SHOWN - 1))),
  );
  return [
    { ...table, name, rows: rows.filter((_, k) => kept.has(k)) },
    { ...table, name: `${name}-all`, rows, detail: true },
  ];
}

/** P(length > t) as it was seen, over the fitted laws. */
export function sessionLengthsChart(population: string, lengths: SessionLengths): Chart {
  const least = Math.max(lengths.interval / 4, lengths.halfWindow / 10_000);
  const times = Array.from(
    { length: CURVE_POINTS },
    (_, k) => least * (lengths.halfWindow / least) ** (k / (CURVE_POINTS - 1)),
  );
  return {
    kind: 'scatter',
    title: `Session lengths of ${population}`,
    xLabel: 'minutes',
    yLabel: 'P(length > t)',
    xScale: 'log',
    yScale: 'log',
    series: [
      {
        name: 'create-based',
        points: lengths.ccdf.flatMap(({ from, to, ccdf }) =>
          ccdf === null || ccdf === 0 ? [] : [{ x: (from + to) / 2, y: ccdf }],
        ),
      },
    ],
    curves: lengths.fits.slice(0, 2).map((fit) => ({
      name: fit.law,
      points: times.flatMap((x) => {
        const y = SESSION_FAMILIES.find(({ name }) => name === fit.law)?.survival(x, fit.point) ?? 0;
        return y > 0 ? [{ x, y }] : [];
      }),
    })),
  };
}
