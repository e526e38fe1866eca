import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { REMOVAL_STRATEGIES } from './analysis.ts';
import type { ResilienceResult } from './resilience-result.ts';

export function resilienceTables(result: ResilienceResult): readonly Table[] {
  return [curveTable(result), strategiesTable(result)];
}

export function resilienceCharts(result: ResilienceResult): readonly Chart[] {
  const curves = REMOVAL_STRATEGIES.map((strategy) => ({
    name: strategy,
    points: result.curve
      .filter((point) => point.strategy === strategy)
      .map(({ removedShare, giantShare }) => ({ x: removedShare, y: giantShare })),
  })).filter(({ points }) => points.length > 0);
  if (curves.length === 0) return [];
  return [
    {
      kind: 'scatter',
      title: 'The largest component while peers are removed',
      xLabel: 'removed peers / all peers',
      yLabel: 'peers of the largest component / all peers',
      xScale: 'linear',
      yScale: 'linear',
      series: [],
      curves,
    },
  ];
}

function curveTable({ curve }: ResilienceResult): Table {
  return {
    name: 'resilience',
    title: 'The largest component while peers are removed',
    detail: true,
    columns: [
      { name: 'strategy' },
      { name: 'removed' },
      { name: 'removed_share', digits: 4 },
      { name: 'giant_share', digits: 4 },
      { name: 'giant_share_of_remaining', digits: 4 },
      { name: 'giant_share_low', digits: 4 },
      { name: 'giant_share_high', digits: 4 },
    ],
    rows: curve.map((point) => [
      point.strategy,
      point.removed,
      point.removedShare,
      point.giantShare,
      point.giantShareOfRemaining,
      point.low,
      point.high,
    ]),
    notes: [
      'giant_share is of all peers that there were at first; low and high are the 5 and 95 % quantiles of the random runs.',
    ],
  };
}

function strategiesTable({ strategies, predictedThreshold }: ResilienceResult): Table {
  return {
    name: 'resilience-strategies',
    title: 'Where the overlay falls apart',
    columns: [
      { name: 'strategy' },
      { name: 'runs' },
      { name: 'threshold', digits: 4 },
      { name: 'threshold_deviation', digits: 4 },
      { name: 'predicted_threshold', digits: 4 },
      { name: 'robustness', digits: 4 },
    ],
    rows: strategies.map(({ strategy, runs, threshold, thresholdDeviation, robustness }) => [
      strategy,
      runs,
      threshold,
      thresholdDeviation,
      strategy === 'random' ? predictedThreshold : null,
      robustness,
    ]),
    notes: [
      'threshold: removed share at which the other components are largest on average. The prediction is that of an uncorrelated random graph of the same degrees.',
    ],
  };
}
