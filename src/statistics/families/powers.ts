import { meanOf, type Counted } from '../counted.ts';
import { onSupport, type Family, type Support } from '../family.ts';
import { hurwitzZeta } from '../hurwitz-zeta.ts';
import { EXPONENT_LIMIT } from '../law.ts';
import { logCutOffSum, powerSum } from '../power-sum.ts';

/** Below this an unbounded power law has all but no mass at any value that a machine can count to. */
const LEAST_UNBOUNDED = 1.001;

/** A power law with a sharp upper end: any exponent is possible. Hanel et al., PLoS ONE 2017, e0170920. */
export const boundedPowerLaw: Family = {
  name: 'power-law',
  title: 'power law with an upper end: c x^-alpha',
  phrase: 'a power law with an upper end',
  least: 1,
  isMixture: false,
  isBounded: true,
  parameters: () => [{ name: 'alpha', scale: 'linear', range: [-EXPONENT_LIMIT, EXPONENT_LIMIT] }],
  at: ([alpha = 0], support) => boundedPower(alpha, support),
  starts: () => [[1.5]],
};

/** A power law without an upper end, the zeta law: Clauset, Shalizi and Newman, SIAM Review 51 (2009) 661. */
export const zetaLaw: Family = {
  name: 'zeta',
  title: 'power law without an upper end (zeta): c x^-alpha',
  phrase: 'a power law without an upper end',
  least: 1,
  isMixture: false,
  isBounded: false,
  parameters: () => [{ name: 'alpha', scale: 'linear', range: [LEAST_UNBOUNDED, EXPONENT_LIMIT] }],
  at: ([alpha = 2], support) => powerOn(alpha, support),
  starts: (sample, support) => [[hillExponent(sample, support)]],
};

/** Power law and exponential in one: c x^-alpha e^-lambda x. Without an upper end lambda cannot be negative. */
export const cutOffLaw: Family = {
  name: 'power-law-with-cut-off',
  title: 'power law with exponential cut-off: c x^-alpha exp(-lambda x)',
  phrase: 'a power law with exponential cut-off',
  least: 1,
  isMixture: false,
  isBounded: false,
  parameters: (support) => [
    { name: 'alpha', scale: 'linear', range: [-EXPONENT_LIMIT, EXPONENT_LIMIT] },
    mayRise(support)
      ? { name: 'lambda', scale: 'linear', range: [-EXPONENT_LIMIT, EXPONENT_LIMIT] }
      : { name: 'lambda', scale: 'log', range: [1e-9, EXPONENT_LIMIT] },
  ],
  at: ([alpha = 0, lambda = 1], support) => {
    const { from } = support;
    const logWeight = (x: number) => -alpha * Math.log(x) - lambda * (x - from);
    return onSupport(
      mayRise(support)
        ? { logWeight }
        : { logWeight, logTail: (x) => logCutOffSum(alpha, lambda, x) - lambda * (x - from) },
      support,
    );
  },
  starts: (sample, { from }) => {
    const excess = Math.max(meanOf(sample, (x) => x) - from, 0.1);
    return [
      [0.5, 0.5 / excess],
      [1.5, 0.05 / excess],
      [2.5, 1e-3 / excess],
      [-1, 2 / excess],
    ];
  },
};

/** On a short support a weight that grows is as good as any other. */
function mayRise({ from, to }: Support): boolean {
  return to - from < 4096;
}

/** The body of a mixture: bounded where its support is. */
export function powerOn(alpha: number, support: Support) {
  return support.to === Infinity
    ? onSupport(
        {
          logWeight: (x) => -alpha * Math.log(x),
          logTail: (x) => Math.log(hurwitzZeta(alpha, x)),
        },
        support,
      )
    : boundedPower(alpha, support);
}

function boundedPower(alpha: number, support: Support) {
  return onSupport(
    {
      logWeight: (x) => -alpha * Math.log(x),
      // Relative to the first weight, so that x^50 does not overflow.
      logMass: (from, to) => Math.log(powerSum(alpha, from, to)),
    },
    support,
  );
}

/** Clauset, Shalizi and Newman's approximation (2009, equation 3.7): a good place to begin. */
function hillExponent(sample: Counted, { from }: Support): number {
  return (
    1 +
    1 /
      Math.max(
        meanOf(sample, (x) => Math.log(x / (from - 0.5))),
        0.05,
      )
  );
}
