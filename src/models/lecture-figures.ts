import type { Expectation } from './model.ts';

const SOURCE =
  'erased configuration model of the lecture law, an independent simulation of 2000 graphs (50, 100 peers), 800 (222), 150 (1000)';

/** Mean and standard deviation of the degree, share of the largest component and number of components, with 95 % bands. */
interface Figures {
  readonly mean: number;
  readonly deviation: number;
  readonly giant: readonly [value: number, low: number, high: number];
  readonly components: readonly [value: number, low: number, high: number];
}

const FIGURES: Readonly<Record<'pure' | 'hybrid', Readonly<Record<number, Figures>>>> = {
  pure: {
    50: { mean: 2.127, deviation: 1.517, giant: [0.81, 0.54, 0.96], components: [4.9, 2, 9] },
    100: { mean: 2.182, deviation: 1.596, giant: [0.823, 0.65, 0.95], components: [8.5, 3, 14] },
    222: { mean: 2.214, deviation: 1.64, giant: [0.831, 0.73, 0.91], components: [17.1, 10, 25] },
    1000: { mean: 2.229, deviation: 1.658, giant: [0.835, 0.79, 0.87], components: [71.6, 56, 89] },
  },
  hybrid: {
    50: { mean: 2.458, deviation: 2.291, giant: [0.884, 0.7, 1], components: [3.6, 1, 7] },
    100: { mean: 2.588, deviation: 2.674, giant: [0.89, 0.77, 0.98], components: [6, 2, 11] },
    222: { mean: 2.67, deviation: 2.941, giant: [0.895, 0.82, 0.96], components: [11.5, 6, 19] },
    1000: { mean: 2.731, deviation: 3.161, giant: [0.897, 0.86, 0.93], components: [47.3, 35, 63] },
  },
};

/**
 * What graphs of the lecture's laws measure after repeated links have been erased; empty for sizes that nobody has
 * simulated. Tolerances leave room for the error of both simulations, some two standard errors each.
 */
export function lectureFigures(law: 'pure' | 'hybrid', peers: number): readonly Expectation[] {
  const figures = FIGURES[law][peers];
  if (figures === undefined) return [];
  const { mean, deviation, giant, components } = figures;
  return [
    { metric: 'meanDegree', value: mean, tolerance: 0.03, source: SOURCE },
    { metric: 'standardDeviationDegree', value: deviation, tolerance: 0.05, source: SOURCE },
    { metric: 'giantShare', value: giant[0], tolerance: 0.015, band: [giant[1], giant[2]], source: SOURCE },
    {
      metric: 'components',
      value: components[0],
      tolerance: 0.05 * components[0],
      band: [components[1], components[2]],
      source: SOURCE,
    },
  ];
}
