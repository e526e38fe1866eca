import type { Chart, ChartPoint } from '../../core/chart.ts';
import { parseLaw } from '../../statistics/laws.ts';
import { ccdfOf } from './ccdf.ts';
import type { JudgedDegrees, PacedResult } from './slow-crawl.ts';
import type { DegreeDefinition } from './superpeer-tier.ts';

/** On a logarithmic axis points nearer than this would only cover each other. */
const LEAST_STEP = 1.12;

/**
 * P(D >= d) on two logarithmic axes, where a power law is a straight line: a chart for each definition of a degree that
 * changes with the pace, with the true distribution as a line.
 */
export function slowCrawlCharts(
  results: readonly PacedResult[],
  judged: readonly JudgedDegrees[],
): readonly Chart[] {
  const [first, slowest] = [results[0], results.at(-1)];
  if (first === undefined || slowest === undefined) return [];
  const truth = { name: 'truth', points: pointsOf(first.trueDegrees) };
  const chart = (
    title: string,
    definition: DegreeDefinition,
    fit: { name: string; points: ChartPoint[] }[] = [],
  ): Chart => ({
    kind: 'scatter',
    title,
    xLabel: 'd, links to superpeers',
    yLabel: 'share of superpeers with d links or more',
    xScale: 'log',
    yScale: 'log',
    series: results
      .filter(({ degrees }) => degrees[definition].length > 0)
      .map(({ slower, degrees }) => ({
        name: `${slower} x`,
        points: thinned(pointsOf(degrees[definition])),
      })),
    curves: [truth, ...fit],
  });
  return [
    chart(
      'Everybody who was found: what a slow crawl publishes',
      'everybody',
      fittedLaw(judged, slowest, 'everybody'),
    ),
    chart(
      'Of these, peers that never answered: how often others listed them',
      'mentioned',
      fittedLaw(judged, slowest, 'mentioned'),
    ),
    chart('Of these, peers that answered: all their links that were found', 'answered'),
  ];
}

function pointsOf(degrees: Uint32Array): ChartPoint[] {
  return ccdfOf(degrees)
    .filter(({ degree }) => degree > 0)
    .map(({ degree, ccdf }) => ({ x: degree, y: ccdf }));
}

function thinned(points: readonly ChartPoint[]): ChartPoint[] {
  const kept: ChartPoint[] = [];
  for (const point of points) {
    if (point === points.at(-1) || point.x >= LEAST_STEP * (kept.at(-1)?.x ?? 0)) kept.push(point);
  }
  return kept;
}

/** The likeliest power law of the slowest crawl, as far as its degrees reach. */
function fittedLaw(
  judged: readonly JudgedDegrees[],
  { slower }: PacedResult,
  definition: DegreeDefinition,
): { name: string; points: ChartPoint[] }[] {
  const one = judged.find((each) => each.slower === slower && each.population === definition);
  const model = one?.models?.powerLaw;
  if (model === undefined || model.alpha === null) return [];
  const distribution = parseLaw(model.law).distribution(model.alpha);
  const points = Array.from(distribution.support, (degree) => ({ x: degree, y: distribution.ccdf(degree) }));
  return [{ name: `power law, alpha ${model.alpha.toFixed(2)} (of ${slower} x)`, points }];
}
