import type { Chart, ChartPoint } from '../core/chart.ts';
import type { DegreeModelResult, DegreeProbability } from './degree-model-result.ts';

/** The populations that one chart can tell apart. */
const SHOWN = ['all', 'respondents', 'mentioned'];

/** The degree distribution on two logarithmic axes, where a power law is a straight line, with the laws over it. */
export function degreeModelCharts({ populations, moments }: DegreeModelResult): readonly Chart[] {
  const laws = Object.entries(moments.laws).map(([law, { alpha, distribution }]) => ({
    name: alpha === null ? law : `${law} (alpha ${Number(alpha.toFixed(3))})`,
    runs: runsOf(distribution),
  }));
  const everybodyAnswered = populations['mentioned']?.n === 0;
  return [
    {
      kind: 'scatter',
      title: 'Degree distribution against the laws',
      xLabel: 'degree d',
      yLabel: 'P(D = d)',
      xScale: 'log',
      yScale: 'log',
      series: [
        ...SHOWN.flatMap((name) => {
          const population = populations[name];
          if (population === undefined || population.n === 0 || (everybodyAnswered && name !== 'all'))
            return [];
          return [{ name, points: population.distribution.map(toPoint) }];
        }),
        // A degree that stands alone in its law, like the hubs' 20, is a point: between 7 and 20 the law is 0.
        ...laws.flatMap(({ name, runs }) =>
          runs
            .filter((run) => run.length === 1)
            .map((run) => ({ name: `${name} at ${run[0]?.degree ?? ''}`, points: run.map(toPoint) })),
        ),
      ],
      curves: laws.flatMap(({ name, runs }) =>
        runs.filter((run) => run.length > 1).map((run) => ({ name, points: run.map(toPoint) })),
      ),
    },
  ];
}

function toPoint({ degree, probability }: DegreeProbability): ChartPoint {
  return { x: degree, y: probability };
}

/** Stretches of neighbouring degrees: a law is drawn as a line only where it has values. */
function runsOf(distribution: readonly DegreeProbability[]): DegreeProbability[][] {
  const runs: DegreeProbability[][] = [];
  for (const point of distribution) {
    const last = runs.at(-1);
    if (last?.at(-1)?.degree === point.degree - 1) last.push(point);
    else runs.push([point]);
  }
  return runs;
}
