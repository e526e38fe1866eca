import { meanOf } from '../counted.ts';
import { onSupport, type Family, type Weights } from '../family.ts';
import { logIncompleteBeta } from '../incomplete-beta.ts';
import { logGamma, logLowerGamma } from '../special.ts';

/** Every next value is as much less likely as the one before: what a process without memory makes. */
export const geometricLaw: Family = {
  name: 'geometric',
  title: 'geometric: c exp(-lambda x)',
  phrase: 'a geometric law',
  least: 0,
  isMixture: false,
  isBounded: false,
  parameters: ({ to }) => [
    to === Infinity
      ? { name: 'lambda', scale: 'log', range: [1e-14, 50] }
      : { name: 'lambda', scale: 'linear', range: [-50, 50] },
  ],
  at: ([lambda = 1], support) => onSupport(geometricWeights(lambda, support.from), support),
  starts: (sample, { from }) => [[Math.log1p(1 / Math.max(meanOf(sample, (x) => x) - from, 1e-9))]],
};

export function geometricWeights(lambda: number, from: number): Weights {
  const perStep = -Math.expm1(-lambda);
  return {
    logWeight: (x) => -lambda * (x - from),
    ...(lambda > 1e-12
      ? { logTail: (x: number) => -lambda * (x - from) - Math.log(perStep) }
      : { logMass: (low: number, to: number) => logGeometricSum(lambda, low - from, to - from) }),
  };
}

/** ln Σ e^-λk over low..high, for λ <= 0 too. */
function logGeometricSum(lambda: number, low: number, high: number): number {
  const terms = high - low + 1;
  if (Math.abs(lambda * terms) < 1e-9) return -lambda * low + Math.log(terms);
  // From the largest term down.
  const rate = Math.abs(lambda);
  const top = lambda > 0 ? -lambda * low : -lambda * high;
  return top + Math.log(-Math.expm1(-rate * terms)) - Math.log(-Math.expm1(-rate));
}

/** Links of pure chance (Erdős and Rényi). On a support from 1 on it is the zero-truncated law. */
export const poissonLaw: Family = {
  name: 'poisson',
  title: 'Poisson: c mu^x / x!',
  phrase: 'a Poisson law',
  least: 0,
  isMixture: false,
  isBounded: false,
  parameters: () => [{ name: 'mu', scale: 'log', range: [1e-9, 1e13] }],
  at: ([mu = 1], support) => onSupport(poissonWeights(mu), support),
  starts: (sample) => [
    [
      Math.max(
        meanOf(sample, (x) => x),
        0.1,
      ),
    ],
  ],
};

export function poissonWeights(mu: number): Weights {
  const log = Math.log(mu);
  return {
    logWeight: (x) => x * log - mu - logGamma(x + 1),
    logTail: (x) => (x <= 0 ? 0 : logLowerGamma(x, mu)),
  };
}

/** Poisson laws whose means differ as a gamma law says. `size` 1 is the geometric law, without end the Poisson law. */
export const negativeBinomialLaw: Family = {
  name: 'negative-binomial',
  title: 'negative binomial with this mean and size (before it is cut to the support)',
  phrase: 'a negative binomial law',
  least: 0,
  isMixture: false,
  isBounded: false,
  parameters: () => [
    { name: 'mean', scale: 'log', range: [1e-6, 1e13] },
    { name: 'size', scale: 'log', range: [1e-4, 1e5] },
  ],
  at: ([mean = 1, size = 1], support) => onSupport(negativeBinomialWeights(mean, size), support),
  starts: (sample) => {
    const mean = Math.max(
      meanOf(sample, (x) => x),
      0.1,
    );
    const variance = meanOf(sample, (x) => (x - mean) ** 2);
    const size = Math.min(Math.max((mean * mean) / Math.max(variance - mean, 0.01 * mean), 0.05), 1e3);
    return [
      [mean, size],
      [mean / 2, 0.3],
    ];
  },
};

function negativeBinomialWeights(mean: number, size: number): Weights {
  const failure = mean / (mean + size);
  const success = size / (mean + size);
  const logFailure = -Math.log1p(size / mean);
  const constant = -size * Math.log1p(mean / size) - logGamma(size);
  return {
    logWeight: (x) => constant + x * logFailure + logGammaRatio(x, size),
    logTail: (x) => (x <= 0 ? 0 : logIncompleteBeta(failure, success, x, size)),
  };
}

/** ln Γ(x + r) - ln Γ(x + 1), whose digits would cancel where x is large: by Stirling's series for both. */
function logGammaRatio(x: number, r: number): number {
  if (x < 1000) return logGamma(x + r) - logGamma(x + 1);
  const y = x + 1;
  const d = r - 1;
  const far = y + d;
  return (
    (far - 0.5) * Math.log1p(d / y) +
    d * Math.log(y) -
    d +
    (1 / far - 1 / y) / 12 -
    (1 / far ** 3 - 1 / y ** 3) / 360
  );
}
