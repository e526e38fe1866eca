import type { Chart, ChartPoint } from '../core/chart.ts';
import type { DegreeModelResult, DegreeProbability } from './degree-model-result.ts';

/** The populations that one chart can tell apart. */
const SHOWN = ['all', 'respondents', 'mentioned'];

/** The degree distribution on two logarithmic axes, where a power law is a straight line, with the laws over it. */
export function degreeModelCharts({ populations, moments }: DegreeModelResult): readonly Chart[] {
  const everybodyAnswered = populations['mentioned']?.n === 0;
  return [
    {
      kind: 'scatter',
      title: 'Degree distribution against the laws',
      xLabel: 'degree d',
      yLabel: 'P(D = d)',
      xScale: 'log',
      yScale: 'log',
      series: SHOWN.flatMap((name) => {
        const population = populations[name];
        if (population === undefined || population.n === 0 || (everybodyAnswered && name !== 'all'))
          return [];
        return [{ name, points: population.distribution.map(toPoint) }];
      }),
      curves: Object.entries(moments.laws).map(([law, { alpha, distribution }]) => ({
        name: alpha === null ? law : `${law} (alpha ${Number(alpha.toFixed(3))})`,
        points: distribution.map(toPoint),
      })),
    },
  ];
}

function toPoint({ degree, probability }: DegreeProbability): ChartPoint {
  return { x: degree, y: probability };
}
