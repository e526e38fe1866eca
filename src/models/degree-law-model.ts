import type { Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Distribution } from '../statistics/distribution.ts';
import { LECTURE_EXPONENT, parseLaw, type Law } from '../statistics/laws.ts';
import { rowLength } from '../topology/adjacency.ts';
import type { Topology } from '../topology/topology.ts';
import { configurationGraph } from './configuration-graph.ts';
import { lectureFigures } from './lecture-figures.ts';
import type { Generated, Model, ModelOptions } from './model.ts';

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

/** The configuration model with any degree law. */
export const configuration: Model = {
  name: 'configuration',
  title: 'a random graph with degrees from any law (--law power-law:1-32:1.4)',
  options: ['law', 'variant'],
  tiers: false,
  generate: (options, random) => fromLaw(parseLaw(options.law), options, random, []),
  expected: () => [],
};

function fromLaw(law: Law, options: ModelOptions, random: Random, notes: readonly string[]): Generated {
  const distribution = law.distribution(law.exponent ?? LECTURE_EXPONENT);
  const largest = distribution.support.at(-1) ?? 0;
  if (largest >= options.peers) {
    throw new PeerscopeError('usage', `${options.peers} peers cannot have degrees up to ${largest}`, {
      hint: `Ask for at least ${largest + 1} peers (--peers).`,
    });
  }
  const degrees = drawDegrees(distribution, options.peers, random.fork('degrees'));
  const roles =
    law.family === 'hybrid' ? Array.from(degrees, (degree) => hubRole(degree, largest)) : undefined;
  const topology = configurationGraph(
    degrees,
    options.variant,
    random.fork('links'),
    roles === undefined ? {} : { roles },
  );
  return {
    topology,
    drawnDegrees: degrees,
    notes: [...notes, drawnAgainstRealised(degrees, topology, options)],
  };
}

/** Independent draws; one is drawn anew until their sum is even, since every link needs two stubs. */
function drawDegrees(distribution: Distribution, peers: number, random: Random): Uint32Array {
  const degrees = Uint32Array.from({ length: peers }, () => distribution.sample(random));
  const evenSum = (): boolean => degrees.reduce((sum, degree) => sum + degree, 0) % 2 === 0;
  // A law of odd (or of even) degrees only may never come out even with an odd number of peers.
  for (let attempt = 0; !evenSum(); attempt++) {
    if (attempt > 1000) {
      throw new PeerscopeError(
        'usage',
        `degrees of this law do not add up to an even number for ${peers} peers`,
        {
          hint: 'Ask for one peer more.',
        },
      );
    }
    degrees[random.int(peers)] = distribution.sample(random);
  }
  return degrees;
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
