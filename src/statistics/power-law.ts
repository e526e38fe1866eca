import { ofLogWeights } from './distribution.ts';
import { EXPONENT_LIMIT, LECTURE_EXPONENT, type Law } from './law.ts';

/** The lecture's law of pure peer-to-peer networks: c d^-1.4 on 1..7 (slide "Model of Pure P2P Networks"). */
export function pureLaw(): Law {
  return {
    ...powerLaw(1, 7, LECTURE_EXPONENT),
    name: 'pure',
    title: 'pure P2P: c d^-1.4, d = 1..7',
    stated: { mean: 2.2, variance: 1.63 },
  };
}

/** p(d) = c d^-alpha on min..max: any real alpha, because the support is bounded. */
export function powerLaw(min: number, max: number, exponent?: number): Law {
  const support = Uint32Array.from({ length: max - min + 1 }, (_, i) => min + i);
  const logs = Float64Array.from(support, (degree) => Math.log(degree));
  const claim = exponent === undefined ? '' : `:${exponent}`;
  return {
    name: `power-law:${min}-${max}${claim}`,
    title: `power law: c d^-${exponent ?? 'alpha'}, d = ${min}..${max}`,
    family: 'power-law',
    support,
    exponent,
    range: [-EXPONENT_LIMIT, EXPONENT_LIMIT],
    distribution: (alpha) =>
      ofLogWeights(
        support,
        logs.map((log) => -alpha * log),
      ),
    score: (_, at) => {
      let mean = 0;
      for (let i = 0; i < logs.length; i++) mean += at.probabilities[i]! * logs[i]!;
      return logs.map((log) => mean - log);
    },
  };
}
