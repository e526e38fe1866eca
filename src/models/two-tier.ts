import type { Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import { cappedLaw, drawCappedDegrees, LEAST_CORE_DEGREE } from './capped-degrees.ts';
import { registerLeaves } from './leaf-registrations.ts';
import { drawUptimes, likeUptimesCorrelation, likeUptimesError, likeUptimesGraph } from './like-uptimes.ts';
import {
  DEFAULT_MODEL_OPTIONS,
  type Expectation,
  type Model,
  type ModelOptions,
  type WholeRange,
} from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireShare, requireWhole } from './parameters.ts';
import type { LinkList } from './link-set.ts';
import { connectedGraph, regularGraph } from './regular-graph.ts';
import { byRoles } from './tier-relations.ts';

/**
 * Gnutella 0.6 with its two tiers: superpeers form a connected random graph in which each has the same degree (or one
 * drawn below a cap), and every leaf registers at a few of them, chosen at random among those with a free slot. Leaves
 * have no other links. Peers 0..S-1 are the superpeers. On request superpeers of like uptime are linked, as in the
 * onion-like core of Gnutella (Stutzbach, Rejaie and Sen 2005). O(links); with uptimes O(links log links).
 */
export const twoTier: Model = {
  name: 'two-tier',
  title:
    'a two-tier superpeer overlay: connected superpeers of equal degree, leaves registered at a few of them',
  options: [
    'superpeerShare',
    'superpeerDegree',
    'superpeerDegreeCap',
    'uptimeBias',
    'superpeersPerLeaf',
    'leafCap',
  ],
  tiers: true,
  generate: (options, random) => {
    const shape = shapeOf(options);
    const { superpeers } = shape;
    const uptimes = shape.uptimeBias > 0 ? uptimesByRole(shape, random.fork('uptimes')) : undefined;
    const core = joinSuperpeers(shape, uptimes, random.fork('superpeers'));
    const counts = leafCounts(shape, random.fork('superpeers per leaf'));
    const registrations = registerLeaves({ superpeers, counts, cap: options.leafCap }, random.fork('leaves'));
    const links = {
      sources: concatenate(core.sources, registrations.sources),
      targets: concatenate(core.targets, registrations.targets),
    };
    const roles = Array.from({ length: options.peers }, (_, peer): Role =>
      peer < superpeers ? 'superpeer' : 'leaf',
    );
    const notes = [describe(shape, core), ...describeBias(shape)];
    if (core.missing > 0) notes.push(`${core.missing} superpeer links could not be placed.`);
    const columns = uptimes === undefined ? { roles } : { roles, uptimes };
    return { topology: numberedGraph(options.peers, links, columns, byRoles(roles)), notes };
  },
  expected: (options) => {
    const shape = shapeOf(options);
    const { superpeers, leaves, degree, perLeaf, degreeCap } = shape;
    const drawn = degreeCap !== undefined || perLeaf.least < perLeaf.most;
    const source = drawn ? 'mean of the degrees and of the registrations drawn' : 'by construction';
    const core = drawn ? (superpeers * degree) / 2 : Math.floor((superpeers * degree) / 2);
    const links = core + (leaves * (perLeaf.least + perLeaf.most)) / 2;
    const deviation = Math.hypot(
      degreeCap === undefined
        ? 0
        : (cappedLaw(degree, degreeCap).standardDeviation * Math.sqrt(superpeers)) / 2,
      Math.sqrt((leaves * ((perLeaf.most - perLeaf.least + 1) ** 2 - 1)) / 12),
    );
    const connected: Expectation[] = [
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
    // Degrees near the number of superpeers may not fit together, and then links are missing.
    if (degreeCap !== undefined && 2 * degreeCap > superpeers) return connected;
    const tolerance = drawn ? deviation : 0;
    return [
      { metric: 'links', value: links, tolerance, source },
      {
        metric: 'meanDegree',
        value: (2 * links) / options.peers,
        tolerance: drawn ? (2 * tolerance) / options.peers : 1e-9,
        source,
      },
      ...connected,
      ...expectedCorrelation(shape),
    ];
  },
};

/** For one graph the correlation of m links strays by 1 / sqrt(m) at most, that of links between any peers. */
function expectedCorrelation({ superpeers, degree, uptimeBias, isWidelyLinked }: Shape): Expectation[] {
  if (uptimeBias === 0 || isWidelyLinked) return [];
  return [
    {
      metric: 'uptimeCorrelation',
      value: likeUptimesCorrelation(superpeers, degree, uptimeBias),
      tolerance: 1 / Math.sqrt((superpeers * degree) / 2) + likeUptimesError(superpeers, degree, uptimeBias),
      source: 'by integration over the noise of the order (models/like-uptimes.ts)',
    },
  ];
}

interface Shape {
  readonly superpeers: number;
  readonly leaves: number;
  /** What is possible with so few superpeers, at most what was asked for. */
  readonly degree: number;
  /** Undefined where all superpeers have the same degree. */
  readonly degreeCap: number | undefined;
  readonly perLeaf: WholeRange;
  /** The share of the links among superpeers that joins peers of like uptime. */
  readonly uptimeBias: number;
  /** Whether superpeers are linked to so many of each other that their uptimes decide nothing. */
  readonly isWidelyLinked: boolean;
}

function shapeOf(options: ModelOptions): Shape {
  const { peers, superpeerShare, superpeerDegree, superpeerDegreeCap, superpeersPerLeaf, leafCap } = options;
  const { uptimeBias } = options;
  const asked =
    typeof superpeersPerLeaf === 'number'
      ? { least: superpeersPerLeaf, most: superpeersPerLeaf }
      : superpeersPerLeaf;
  requireWhole('peers', peers, 1);
  requireWhole('links of a superpeer to others', superpeerDegree, LEAST_CORE_DEGREE);
  requireWhole('superpeers of a leaf', asked.least, 1);
  requireWhole('superpeers of a leaf', asked.most, asked.least);
  requireWhole('leaf slots', leafCap, 1);
  requireShare('share of superpeers', superpeerShare);
  requireShare('bias towards like uptimes', uptimeBias);
  if (superpeerDegreeCap !== undefined) requireWhole('links at the cap', superpeerDegreeCap, superpeerDegree);
  const superpeers = Math.max(1, Math.round(peers * superpeerShare));
  const leaves = peers - superpeers;
  // The defaults give way in small overlays; what somebody asked for does not.
  const asksDegree = superpeerDegree !== DEFAULT_MODEL_OPTIONS.superpeerDegree;
  if (asksDegree && superpeerDegree > superpeers - 1) {
    throw new PeerscopeError(
      'usage',
      `${superpeers} superpeers cannot have ${superpeerDegree} links each to one another`,
      { hint: 'Lower --superpeer-degree, or raise --superpeer-share or --peers.' },
    );
  }
  if (superpeersPerLeaf !== DEFAULT_MODEL_OPTIONS.superpeersPerLeaf && asked.most > superpeers) {
    throw new PeerscopeError(
      'usage',
      `a leaf cannot register at ${asked.most} superpeers where there are ${superpeers}`,
      { hint: 'Lower --superpeers-per-leaf, or raise --superpeer-share or --peers.' },
    );
  }
  const perLeaf = { least: Math.min(asked.least, superpeers), most: Math.min(asked.most, superpeers) };
  if (leaves * perLeaf.most > superpeers * leafCap) {
    throw new PeerscopeError(
      'usage',
      `${leaves} leaves at ${rangeText(perLeaf)} superpeers each do not fit into ${superpeers} superpeers with ${leafCap} leaf slots`,
      { hint: 'Raise --superpeer-share or --leaf-cap.' },
    );
  }
  const degree = Math.min(superpeerDegree, superpeers - 1);
  const cap = Math.min(superpeerDegreeCap ?? degree, superpeers - 1);
  // A law on 2..cap whose mean is either end has one degree only.
  const equal = degree >= cap || degree <= LEAST_CORE_DEGREE;
  const degreeCap = equal ? undefined : cap;
  const isWidelyLinked = degree < LEAST_CORE_DEGREE || 2 * (degreeCap ?? degree) > superpeers;
  return { superpeers, leaves, degree, degreeCap, perLeaf, uptimeBias, isWidelyLinked };
}

function uptimesByRole({ superpeers, leaves }: Shape, random: Random): Float64Array {
  const uptimes = new Float64Array(superpeers + leaves);
  uptimes.set(drawUptimes(superpeers, random.fork('superpeers')));
  uptimes.set(drawUptimes(leaves, random.fork('leaves')), superpeers);
  return uptimes;
}

/** Degrees are the same with uptimes and without. */
function joinSuperpeers(shape: Shape, uptimes: Float64Array | undefined, random: Random): LinkList {
  const { superpeers, degree, degreeCap, uptimeBias, isWidelyLinked } = shape;
  const drawn =
    degreeCap === undefined
      ? undefined
      : drawCappedDegrees(superpeers, degree, degreeCap, random.fork('degrees'));
  if (uptimes === undefined || isWidelyLinked) {
    return drawn === undefined ? regularGraph(superpeers, degree, random) : connectedGraph(drawn, random);
  }
  const degrees = drawn ?? new Uint32Array(superpeers).fill(degree);
  return likeUptimesGraph(degrees, uptimes.subarray(0, superpeers), uptimeBias, random);
}

function leafCounts({ leaves, perLeaf: { least, most } }: Shape, random: Random): Uint32Array {
  if (least === most) return new Uint32Array(leaves).fill(least);
  return Uint32Array.from({ length: leaves }, () => least + random.int(most - least + 1));
}

function concatenate(first: Uint32Array, second: Uint32Array): Uint32Array {
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function describe({ superpeers, leaves, degree, degreeCap, perLeaf }: Shape, core: LinkList): string {
  const mean = ((2 * core.sources.length) / superpeers).toFixed(2);
  const degrees = degreeCap === undefined ? `degree ${degree}` : `mean degree ${mean}, at most ${degreeCap},`;
  return `${superpeers} superpeers of ${degrees} among themselves; ${leaves} leaves at ${rangeText(perLeaf)} superpeers each.`;
}

function describeBias({ superpeers, degree, uptimeBias, isWidelyLinked }: Shape): string[] {
  if (uptimeBias === 0) return [];
  if (isWidelyLinked) {
    return ['The superpeers are so few for their degrees that the uptime bias changes none of their links.'];
  }
  const correlation = likeUptimesCorrelation(superpeers, degree, uptimeBias).toFixed(2);
  return [
    `A share of ${uptimeBias} of the links among superpeers joins like uptimes: expected correlation ${correlation}.`,
  ];
}

function rangeText({ least, most }: WholeRange): string {
  return least === most ? String(least) : `${least}-${most}`;
}
