import type { Chart, ChartPoint } from '../core/chart.ts';
import type { Counted } from '../statistics/counted.ts';
import type { ColumnFit } from './column-fit-result.ts';

/** Laws that one chart can tell apart, the named one first. */
const SHOWN = 3;

/** The share of values at or above each value on two logarithmic axes, where a power law is a straight line, under the best laws. */
export function columnFitCharts(counted: Counted, { fits, support, n }: ColumnFit): readonly Chart[] {
  if (fits.length === 0) return [];
  const points: ChartPoint[] = [];
  let above = n;
  counted.values.forEach((x, i) => {
    if (x < support.from || x > (support.to ?? Infinity)) return;
    points.push({ x, y: above / n });
    above -= counted.counts[i]!;
  });
  const standing = [...fits].sort((a, b) => Number(a.rejected) - Number(b.rejected));
  return [
    {
      kind: 'scatter',
      title: 'Share of values at or above x, and the laws that come nearest',
      xLabel: 'value x',
      yLabel: 'P(X >= x)',
      xScale: 'log',
      yScale: 'log',
      series: [{ name: 'values', points: points.filter(({ x }) => x > 0) }],
      curves: standing.slice(0, SHOWN).map(({ name, curve }) => ({
        name,
        points: curve.filter(({ ccdf }) => ccdf > 0.5 / n).map(({ x, ccdf }) => ({ x, y: ccdf })),
      })),
    },
  ];
}
