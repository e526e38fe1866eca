import { meanOf } from '../counted.ts';
import { onSupport, type Family, type Weights } from '../family.ts';
import { SIGMA_RANGE } from '../lognormal.ts';
import { logNormalBetween, logNormalTail } from '../normal-tail.ts';

/** Below, a lognormal law with a large sigma is moved along its ridge towards a power law, not across. */
const SLOPE_LIMIT = 1e3;

/**
 * A lognormal variable rounded to whole numbers. Its parameters are told as `mu` and `sigma` of ln x; a fit moves `sigma` and
 * the slope mu / sigma², which stays finite where the law becomes a power law of exponent 1 - slope.
 */
export const lognormalLaw: Family = {
  name: 'lognormal',
  title: 'lognormal, rounded to whole numbers',
  phrase: 'a lognormal law',
  least: 0,
  isMixture: false,
  isBounded: false,
  parameters: () => [
    { name: 'slope', scale: 'linear', range: [-SLOPE_LIMIT, SLOPE_LIMIT] },
    { name: 'sigma', scale: 'log', range: SIGMA_RANGE },
  ],
  told: {
    parameters: [
      { name: 'mu', scale: 'linear', range: [-1e6, 1e6] },
      { name: 'sigma', scale: 'log', range: SIGMA_RANGE },
    ],
    toTold: ([slope = 0, sigma = 1]) => [slope * sigma * sigma, sigma],
    fromTold: ([mu = 0, sigma = 1]) => [mu / (sigma * sigma), sigma],
  },
  at: ([slope = 0, sigma = 1], support) => onSupport(lognormalWeights(slope * sigma * sigma, sigma), support),
  starts: (sample) => {
    const mean = meanOf(sample, (x) => Math.log(Math.max(x, 0.5)));
    const variance = Math.max(
      meanOf(sample, (x) => (Math.log(Math.max(x, 0.5)) - mean) ** 2),
      0.02,
    );
    return [
      [mean / variance, Math.sqrt(variance)],
      [-1, 3],
    ];
  },
};

function lognormalWeights(mu: number, sigma: number): Weights {
  const at = (x: number) => (Math.log(x) - mu) / sigma;
  return {
    logWeight: (x) => logNormalBetween(x === 0 ? -Infinity : at(x - 0.5), at(x + 0.5)),
    logTail: (x) => (x === 0 ? 0 : logNormalTail(at(x - 0.5))),
  };
}

/** A normal variable rounded to whole numbers: the hump of a client's cap, or of superpeers. */
export function normalWeights(mean: number, deviation: number): Weights {
  return {
    logWeight: (x) => logNormalBetween((x - 0.5 - mean) / deviation, (x + 0.5 - mean) / deviation),
    logTail: (x) => logNormalTail((x - 0.5 - mean) / deviation),
  };
}
