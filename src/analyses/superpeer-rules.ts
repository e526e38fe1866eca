import type { Adjacency } from '../topology/adjacency.ts';
import { degreesOf } from './degrees.ts';
import { combinedRule } from './superpeer-combined.ts';

/** A way to tell superpeers from the topology alone. */
export interface SuperpeerRule {
  readonly name: string;
  /** What it takes for a superpeer, in one sentence. */
  readonly meaning: string;
  /**
   * 1 for each peer that the rule takes for a superpeer; and the degree that it cut at, if it did.
   * @param degrees of the peers in these rows, where they are known already.
   */
  detect(
    rows: Adjacency,
    degrees?: Uint32Array,
  ): { readonly flags: Uint8Array; readonly threshold: number | null };
}

/**
 * No single rule wins: the gap is brittle where a crawl has lost links, Otsu fails where the low law is broad, a fixed
 * degree knows nothing of the overlay. That is why several run, and their agreement is shown.
 */
export const SUPERPEER_RULES: readonly SuperpeerRule[] = [
  {
    name: 'gap',
    meaning: 'degree above the largest gap between neighbouring degrees, on a logarithmic scale',
    detect: (rows, degrees = degreesOf(rows)) => cut(degrees, gapThreshold(histogram(degrees))),
  },
  {
    name: 'otsu',
    meaning: 'degree above the threshold that separates two groups of log degrees best (Otsu 1979)',
    detect: (rows, degrees = degreesOf(rows)) => cut(degrees, otsuThreshold(histogram(degrees))),
  },
  {
    name: 'mixture',
    meaning:
      'log degree more likely under the upper of two normal distributions, fitted by expectation maximisation',
    detect: (rows, degrees = degreesOf(rows)) => cut(degrees, mixtureThreshold(histogram(degrees))),
  },
  {
    name: 'degree-10',
    meaning: 'degree of at least 10',
    detect: (rows, degrees = degreesOf(rows)) => cut(degrees, 10),
  },
  {
    name: 'degree-20',
    meaning: 'degree of at least 20',
    detect: (rows, degrees = degreesOf(rows)) => cut(degrees, 20),
  },
  {
    name: 'leaf-adjacency',
    meaning: 'at least 5 neighbours of degree 3 or less',
    detect: (rows, degrees = degreesOf(rows)) => ({
      flags: leafAdjacency(rows, degrees, 5, 3),
      threshold: null,
    }),
  },
  {
    name: 'combined',
    meaning:
      'above the valley of the degrees; in tiers also whose links are too many for a leaf, or lead to leaves',
    detect: combinedRule,
  },
];

function cut(
  degrees: Uint32Array,
  threshold: number | null,
): { flags: Uint8Array; threshold: number | null } {
  const flags = new Uint8Array(degrees.length);
  if (threshold !== null)
    for (let peer = 0; peer < degrees.length; peer++) flags[peer] = degrees[peer]! >= threshold ? 1 : 0;
  return { flags, threshold };
}

interface DegreeCount {
  readonly degree: number;
  readonly count: number;
}

/** Distinct degrees above 0 with how often they occur, ascending. */
function histogram(degrees: Uint32Array): readonly DegreeCount[] {
  let largest = 0;
  for (const degree of degrees) if (degree > largest) largest = degree;
  const counts = new Uint32Array(largest + 1);
  for (const degree of degrees) counts[degree]! += 1;
  const distinct: DegreeCount[] = [];
  for (let degree = 1; degree <= largest; degree++)
    if (counts[degree]! > 0) distinct.push({ degree, count: counts[degree]! });
  return distinct;
}

/** The degree above the largest ratio of neighbouring degrees; null where there are fewer than two. */
function gapThreshold(distinct: readonly DegreeCount[]): number | null {
  let best: { ratio: number; threshold: number } | undefined;
  for (let i = 1; i < distinct.length; i++) {
    const ratio = distinct[i]!.degree / distinct[i - 1]!.degree;
    // Of equal gaps the upper one: a doubling from 1 to 2 says less than one from 10 to 20.
    if (ratio >= (best?.ratio ?? 0)) best = { ratio, threshold: distinct[i]!.degree };
  }
  return best?.threshold ?? null;
}

/** Otsu (1979): the threshold with the largest variance between the groups, of log degrees. */
function otsuThreshold(distinct: readonly DegreeCount[]): number | null {
  const total = distinct.reduce((sum, { count }) => sum + count, 0);
  const totalLog = distinct.reduce((sum, { degree, count }) => sum + count * Math.log(degree), 0);
  let best: { variance: number; threshold: number } | undefined;
  let below = 0;
  let belowLog = 0;
  for (let i = 1; i < distinct.length; i++) {
    below += distinct[i - 1]!.count;
    belowLog += distinct[i - 1]!.count * Math.log(distinct[i - 1]!.degree);
    const above = total - below;
    const variance = below * above * (belowLog / below - (totalLog - belowLog) / above) ** 2;
    if (variance > (best?.variance ?? 0)) best = { variance, threshold: distinct[i]!.degree };
  }
  return best?.threshold ?? null;
}

/** Rounds of expectation maximisation; it has settled long before. */
const MIXTURE_ROUNDS = 200;

/** Keeps a group from shrinking onto a single degree, where its likelihood would be infinite. */
const LEAST_VARIANCE = 0.01;

interface Group {
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
}

/** The least degree that is more likely in the upper group; null where the two groups do not part. */
function mixtureThreshold(distinct: readonly DegreeCount[]): number | null {
  const start = otsuThreshold(distinct);
  if (start === null) return null;
  let upperShare = distinct.map<number>(({ degree }) => (degree >= start ? 1 : 0));
  for (let round = 0; round < MIXTURE_ROUNDS; round++) {
    const upper = fitGroup(distinct, upperShare);
    const lower = fitGroup(
      distinct,
      upperShare.map((share) => 1 - share),
    );
    if (upper === undefined || lower === undefined) return null;
    upperShare = distinct.map(({ degree }) => {
      const high = density(upper, Math.log(degree));
      return high / (high + density(lower, Math.log(degree)));
    });
  }
  // Above the first degree from which on all are more likely in the upper group.
  let threshold: number | null = null;
  for (let i = distinct.length - 1; i >= 0 && upperShare[i]! > 0.5; i--) threshold = distinct[i]!.degree;
  return threshold;
}

function fitGroup(
  distinct: readonly { degree: number; count: number }[],
  shares: readonly number[],
): Group | undefined {
  let weight = 0;
  let sum = 0;
  let squares = 0;
  distinct.forEach(({ degree, count }, i) => {
    const mass = count * shares[i]!;
    const log = Math.log(degree);
    weight += mass;
    sum += mass * log;
    squares += mass * log * log;
  });
  if (weight < 1e-9) return undefined;
  const mean = sum / weight;
  return { weight, mean, variance: Math.max(LEAST_VARIANCE, squares / weight - mean ** 2) };
}

function density({ weight, mean, variance }: Group, x: number): number {
  // The least positive number keeps 0 / 0 away far from both groups.
  return (weight / Math.sqrt(variance)) * Math.exp(-((x - mean) ** 2) / (2 * variance)) + Number.MIN_VALUE;
}

function leafAdjacency(
  { offsets, targets }: Adjacency,
  degrees: Uint32Array,
  wanted: number,
  leafDegree: number,
): Uint8Array {
  const flags = new Uint8Array(degrees.length);
  for (let peer = 0; peer < degrees.length; peer++) {
    let leaves = 0;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
      if (degrees[targets[k]!]! <= leafDegree) leaves += 1;
    flags[peer] = leaves >= wanted ? 1 : 0;
  }
  return flags;
}
