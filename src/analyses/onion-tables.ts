import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { OnionResult, OnionVerdict } from './onion-test.ts';

export const ONION_VERDICTS: Readonly<Record<OnionVerdict, string>> = {
  onion: 'peers are linked to peers of like uptime more than degrees alone would have it: an onion',
  'no-sign': 'uptimes at both ends of a link are no more alike than degrees alone would have it: no onion',
  reverse: 'peers are linked to peers of unlike uptime more than degrees alone would have it',
  undetermined: 'uptimes are all alike, or these degrees allow one graph only: nothing can be told',
};

/** The coefficient and its test; the shares by decile. */
export function onionTables(result: OnionResult, notes: readonly string[] = []): readonly Table[] {
  const { interval } = result;
  return [
    {
      name: 'onion',
      title: 'Uptimes at both ends of the links between superpeers',
      columns: [
        { name: 'peers' },
        { name: 'links' },
        { name: 'assortativity', digits: 4 },
        { name: 'low_95', digits: 4 },
        { name: 'high_95', digits: 4 },
        { name: 'null_mean', digits: 4 },
        { name: 'null_sd', digits: 4 },
        { name: 'p_value', digits: 3 },
        { name: 'verdict' },
        { name: 'standard_error', detail: true },
        { name: 'z_score', digits: 1, detail: true },
        { name: 'p_value_reverse', detail: true },
        { name: 'replicates', detail: true },
        { name: 'links_left_out', detail: true },
        { name: 'links_tested', detail: true },
      ],
      rows: [
        [
          result.peers,
          result.links,
          result.assortativity,
          interval?.[0] ?? null,
          interval?.[1] ?? null,
          result.nullMean,
          result.nullDeviation,
          result.pValue,
          result.verdict,
          result.standardError,
          result.zScore,
          result.pValueReverse,
          result.replicates,
          result.linksLeftOut,
          result.linksTested,
        ],
      ],
      notes: [
        `Verdict: ${ONION_VERDICTS[result.verdict]}.`,
        `Assortativity is Newman's coefficient of the uptime ranks; null is that of ${result.replicates} random graphs with the same degrees and uptimes.`,
        ...(result.linksTested > 0 && result.linksTested < result.links
          ? [`The test is of ${result.linksTested} links, drawn at random.`]
          : []),
        ...notes,
      ],
    },
    {
      name: 'onion-deciles',
      title: 'Links to peers of at least the same uptime, by tenths of the uptimes (1: the youngest)',
      columns: [
        { name: 'decile' },
        { name: 'peers' },
        { name: 'ends' },
        { name: 'elder_share', digits: 3 },
        { name: 'null_share', digits: 3 },
        { name: 'null_low_95', digits: 3 },
        { name: 'null_high_95', digits: 3 },
      ],
      rows: result.byDecile.map(({ decile, peers, ends, elderShare, nullShare, nullInterval }) => [
        decile,
        peers,
        ends,
        elderShare,
        nullShare,
        nullInterval?.[0] ?? null,
        nullInterval?.[1] ?? null,
      ]),
    },
  ];
}

/** The shares by decile against those of random graphs. */
export function onionCharts({ byDecile, verdict }: OnionResult): readonly Chart[] {
  if (verdict === 'undetermined') return [];
  const points = (of: (decile: OnionResult['byDecile'][number]) => number | null) =>
    byDecile.flatMap((decile) => {
      const y = of(decile);
      return y === null ? [] : [{ x: decile.decile, y }];
    });
  return [
    {
      kind: 'scatter',
      title: 'Links to peers of at least the same uptime',
      xLabel: 'tenth of the uptimes, 1: the youngest',
      yLabel: 'share',
      xScale: 'linear',
      yScale: 'linear',
      series: [{ name: 'this overlay', points: points(({ elderShare }) => elderShare) }],
      curves: [{ name: 'same degrees, random links', points: points(({ nullShare }) => nullShare) }],
    },
  ];
}
