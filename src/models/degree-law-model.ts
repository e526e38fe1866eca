import type { Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import { Distribution } from '../statistics/distribution.ts';
import { LECTURE_EXPONENT, parseLaw, type Law } from '../statistics/laws.ts';
import { rowLength } from '../topology/adjacency.ts';
import type { Topology } from '../topology/topology.ts';
import { configurationGraph } from './configuration-graph.ts';
import { drawDegrees } from './draw-degrees.ts';
import { lectureFigures } from './lecture-figures.ts';
import type { DegreeLaw, Generated, Model, ModelOptions } from './model.ts';

/** The lecture's pure peer-to-peer overlay: all peers equal, degrees from c d^-1.4 on 1..7. */
export const pure: Model = {
  name: 'pure',
  title: "the lecture's pure P2P overlay: degrees from c d^-1.4, d = 1..7",
  options: ['variant'],
  tiers: false,
  generate: (options, random) => fromLaw(parseLaw('pure'), options, random, []),
  expected: ({ peers, variant }) => (variant === 'erased' ? lectureFigures('pure', peers) : []),
};

/** The lecture's hybrid overlay: the same law with hubs of degree 20, which are its superpeers. */
export const hybrid: Model = {
  name: 'hybrid',
  title: "the lecture's hybrid P2P overlay: the pure law with hubs of degree 20 (about 2.6 % of the peers)",
  options: ['reading', 'variant'],
  tiers: false,
  generate: (options, random) => {
    const note = `Reading ${options.reading} of the lecture's hybrid formula.`;
    return fromLaw(parseLaw(`hybrid-${options.reading.toLowerCase()}`), options, random, [note]);
  },
  expected: ({ peers, variant, reading }) =>
    variant === 'erased' && reading === 'B' ? lectureFigures('hybrid', peers) : [],
};

/** The configuration model with any degree law, by name or as data. */
export const configuration: Model = {
  name: 'configuration',
  title: 'a random graph with degrees from any law (--law power-law:1-32:1.4, or a CSV file)',
  options: ['law', 'variant'],
  tiers: false,
  generate: (options, random) => {
    const { law } = options;
    if (typeof law === 'string') return fromLaw(parseLaw(law), options, random, []);
    const degrees = drawDegrees(givenLaw(law), options.peers, random.fork('degrees'));
    return joined(degrees, undefined, options, random, [`Degrees from the law of ${law.name}.`]);
  },
  expected: ({ peers, law, variant }) => {
    if (variant === 'erased') return [];
    const { mean, standardDeviation } =
      typeof law === 'string' ? distributionOf(parseLaw(law)) : givenLaw(law);
    const tolerance = standardDeviation / Math.sqrt(peers);
    return [{ metric: 'meanDegree', value: mean, tolerance, source: 'mean of the law' }];
  },
};

function fromLaw(law: Law, options: ModelOptions, random: Random, notes: readonly string[]): Generated {
  const distribution = distributionOf(law);
  const degrees = drawDegrees(distribution, options.peers, random.fork('degrees'));
  const hubDegree = law.family === 'hybrid' ? distribution.support.at(-1) : undefined;
  return joined(degrees, hubDegree, options, random, notes);
}

function distributionOf(law: Law): Distribution {
  return law.distribution(law.exponent ?? LECTURE_EXPONENT);
}

function givenLaw({ name, degrees, probabilities }: DegreeLaw): Distribution {
  try {
    return new Distribution(Uint32Array.from(degrees), Float64Array.from(probabilities));
  } catch (error) {
    throw new PeerscopeError(
      'usage',
      `${name} is no degree law: it needs ascending degrees and a probability each`,
      {
        cause: error,
      },
    );
  }
}

function joined(
  degrees: Uint32Array,
  hubDegree: number | undefined,
  options: ModelOptions,
  random: Random,
  notes: readonly string[],
): Generated {
  const roles =
    hubDegree === undefined ? undefined : Array.from(degrees, (degree) => hubRole(degree, hubDegree));
  const columns = roles === undefined ? {} : { roles };
  const topology = configurationGraph(degrees, options.variant, random.fork('links'), columns);
  return {
    topology,
    drawnDegrees: degrees,
    notes: [...notes, drawnAgainstRealised(degrees, topology, options)],
  };
}

function hubRole(degree: number, hubDegree: number): Role {
  return degree === hubDegree ? 'superpeer' : 'leaf';
}

function drawnAgainstRealised(drawn: Uint32Array, topology: Topology, { variant }: ModelOptions): string {
  const realised = drawn.map((_, peer) => rowLength(topology.simple, peer));
  const describe = (degrees: Uint32Array): { mean: string; largest: number } => {
    const sum = degrees.reduce((total, degree) => total + degree, 0);
    return {
      mean: (sum / degrees.length).toFixed(4),
      largest: degrees.reduce((most, degree) => Math.max(most, degree), 0),
    };
  };
  const before = describe(drawn);
  const after = describe(realised);
  return `Configuration model (${variant}): mean degree ${before.mean} drawn, ${after.mean} realised; largest ${before.largest} drawn, ${after.largest} realised.`;
}
