import { PeerscopeError } from '../core/errors.ts';
import type { Distribution } from '../statistics/distribution.ts';
import { ofLogWeights } from '../statistics/distribution.ts';
import { configurationGraph } from './configuration-graph.ts';
import { drawDegrees } from './draw-degrees.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { requireWhole } from './parameters.ts';

/**
 * The power-law random graph (Aiello, Chung and Lu 2000; Lv et al. 2002 searched one): degrees d with probability in
 * proportion to d^-exponent on 1..maxDegree, joined by the configuration model, self-loops and repeated links erased.
 * Degrees are drawn here, whereas Aiello, Chung and Lu fix how many peers have each.
 */
export const powerLawRandomGraph: Model = {
  name: 'power-law-random-graph',
  title: 'PLRG: degrees from a power law up to a largest one, joined at random',
  options: ['exponent', 'maxDegree'],
  tiers: false,
  generate: (options, random) => {
    const law = lawOf(options);
    const degrees = drawDegrees(law, options.peers, random.fork('degrees'));
    const topology = configurationGraph(degrees, 'erased', random.fork('links'));
    const drawn = degrees.reduce((sum, degree) => sum + degree, 0) / options.peers;
    const realised = (2 * topology.linkCount) / options.peers;
    const note =
      `Degrees from d^-${options.exponent} on 1..${law.support.length}: ` +
      `mean ${drawn.toFixed(4)} drawn, ${realised.toFixed(4)} realised.`;
    return { topology, drawnDegrees: degrees, notes: [note] };
  },
  expected: (options) => {
    const law = lawOf(options);
    const deviation = law.standardDeviation / Math.sqrt(options.peers);
    const drawn: Expectation = {
      metric: 'drawnMeanDegree',
      value: law.mean,
      tolerance: deviation,
      source: 'mean of d^-exponent on 1..maxDegree',
    };
    return [drawn, ...erased(law, options.peers)];
  },
};

/** Beyond this the double sum takes longer than the graph. */
const MAX_SUMMED_DEGREE = 2000;

/**
 * The mean degree after repeated links are erased. Between two peers with d and e stubs there are about Poisson (d e / S)
 * links, S the sum of the degrees, and they are linked unless there are none. It needs S to be close to its mean.
 * O(maxDegree^2).
 */
function erased(law: Distribution, peers: number): Expectation[] {
  const { support, probabilities, mean } = law;
  if (support.length > MAX_SUMMED_DEGREE || law.standardDeviation > 0.1 * mean * Math.sqrt(peers)) return [];
  let linked = 0;
  for (let i = 0; i < support.length; i++)
    for (let j = 0; j < support.length; j++)
      linked +=
        probabilities[i]! * probabilities[j]! * -Math.expm1((-support[i]! * support[j]!) / (peers * mean));
  return [
    {
      metric: 'meanDegree',
      value: (peers - 1) * linked,
      tolerance: 0.02 * mean,
      source: "n E[1 - exp(-D D' / S)]: Poisson approximation of the links between two peers",
    },
  ];
}

function lawOf({ peers, exponent, maxDegree }: ModelOptions): Distribution {
  requireWhole('peers', peers, 2);
  if (!Number.isFinite(exponent)) {
    throw new PeerscopeError('usage', `the exponent has to be a number, and is ${exponent}`);
  }
  const largest = maxDegree ?? Math.max(1, Math.floor(peers / 5));
  requireWhole('links of the best connected peer', largest, 1);
  if (largest >= peers) {
    throw new PeerscopeError('usage', `${peers} peers cannot have degrees up to ${largest}`, {
      hint: `Ask for at least ${largest + 1} peers (--peers).`,
    });
  }
  const support = Uint32Array.from({ length: largest }, (_, i) => i + 1);
  return ofLogWeights(
    support,
    Float64Array.from(support, (degree) => -exponent * Math.log(degree)),
  );
}
