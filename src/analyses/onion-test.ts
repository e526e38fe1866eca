import { shuffle, type Random } from '../core/random.ts';
import { NORMAL_95, type Interval } from '../statistics/interval.ts';
import { coefficient, jackknifeError, product, shareRanks, sums } from './onion-coefficient.ts';
import { rewiredGraphs, type PlainLinks } from './onion-null.ts';

/** Whether peers connect to peers of equal or longer uptime, as in an onion of layers around a stable core. */
export interface OnionResult {
  readonly peers: number;
  /** Links of which both ends have a known uptime, and those that were left out. */
  readonly links: number;
  readonly linksLeftOut: number;
  /** Newman's coefficient of the uptime ranks at both ends of a link; null where all ends have the same. */
  readonly assortativity: number | null;
  /** By jackknife over the links (Newman 2003), and the 95 % interval of it. */
  readonly standardError: number | null;
  readonly interval: Interval | null;
  /** The same in random graphs with the same degrees and uptimes. */
  readonly nullMean: number | null;
  readonly nullDeviation: number | null;
  readonly replicates: number;
  /** Links drawn for the test: all, but where they are very many. What stands below is of those. */
  readonly linksTested: number;
  /** The share of such graphs, the given one among them, with a coefficient as large, or as small. */
  readonly pValue: number | null;
  readonly pValueReverse: number | null;
  readonly zScore: number | null;
  readonly verdict: OnionVerdict;
  readonly byDecile: readonly OnionDecile[];
}

/** `undetermined`: uptimes are all alike, or degrees leave only one graph. */
export type OnionVerdict = 'onion' | 'no-sign' | 'reverse' | 'undetermined';

/** Peers between two tenths of the uptime ranks, the youngest first. */
export interface OnionDecile {
  readonly decile: number;
  readonly peers: number;
  /** Ends of links at these peers. */
  readonly ends: number;
  /** The share of them that leads to peers of at least the same uptime; null without ends. */
  readonly elderShare: number | null;
  /** In random graphs: the mean, and where 95 of 100 of them lie. */
  readonly nullShare: number | null;
  readonly nullInterval: Interval | null;
}

export const DEFAULT_REPLICATES = 199;
/** More links take long; so many show a coefficient of 0.03 beyond doubt, as it strays by 1 / sqrt(links). */
const MOST_TESTED = 20_000;
const SIGNIFICANT = 0.05;
const DECILES = 10;

/**
 * Tests for the onion-like connectivity of Stutzbach, Rejaie and Sen (2005): are the uptimes at both ends of a link more alike than in
 * random graphs with the same degrees? Ranks instead of times, because uptimes spread over orders of magnitude; peers of equal uptime
 * share the mean of their ranks. The random graphs (`rewiredGraphs`) keep the degrees: elder peers have had more time to
 * collect links, so that a random link leads to an elder peer more often than not, with no onion at all.
 *
 * @param uptimes one for each peer, in any unit; NaN where it is not known.
 * Where there are more than 20,000 links, so many of them are drawn for the test: of a random graph these are one too, given their
 * own degrees.
 *
 * @param replicates random graphs; with fewer than 19 nothing is significant.
 * O(links + replicates x links tested).
 */
export function onionTest(
  links: PlainLinks,
  uptimes: Float64Array,
  random: Random,
  replicates = DEFAULT_REPLICATES,
): OnionResult {
  const known = linksOfKnown(links, uptimes);
  const count = known.sources.length;
  const ranks = shareRanks(uptimes);
  const base = sums(known, ranks);
  const common = {
    peers: ranks.reduce((sum, rank) => sum + (Number.isNaN(rank) ? 0 : 1), 0),
    links: count,
    linksLeftOut: links.sources.length - count,
  };
  const assortativity = coefficient(base, base.product, count);
  const own = elderEnds(known, ranks);
  const drawn = drawLinks(known, random.fork('links'));
  const test = assortativity === null ? undefined : testAgainstNull(drawn, ranks, random, replicates);
  if (assortativity === null || test === undefined) {
    return { ...common, ...UNDETERMINED, byDecile: deciles(ranks, own, undefined) };
  }
  const { elders, ...tested } = test;
  const standardError = jackknifeError(known, ranks, base, assortativity);
  return {
    ...common,
    assortativity,
    standardError,
    interval: [assortativity - NORMAL_95 * standardError, assortativity + NORMAL_95 * standardError],
    ...tested,
    linksTested: drawn.sources.length,
    byDecile: deciles(ranks, own, elders),
  };
}

function drawLinks(links: PlainLinks, random: Random): PlainLinks {
  const { size, sources, targets } = links;
  if (sources.length <= MOST_TESTED) return links;
  const order = Uint32Array.from(sources.keys());
  shuffle(order, random);
  const drawn = order.subarray(0, MOST_TESTED);
  return { size, sources: drawn.map((k) => sources[k]!), targets: drawn.map((k) => targets[k]!) };
}

/** By decile, the shares of ends that lead to elders in each random graph, ascending. */
type ElderShares = readonly (readonly number[])[];

interface NullTest extends Pick<
  OnionResult,
  'nullMean' | 'nullDeviation' | 'replicates' | 'pValue' | 'pValueReverse' | 'zScore' | 'verdict'
> {
  readonly elders: ElderShares;
}

/** Undefined where the links drawn have one uptime only. */
function testAgainstNull(
  links: PlainLinks,
  ranks: Float64Array,
  random: Random,
  replicates: number,
): NullTest | undefined {
  const count = links.sources.length;
  const base = sums(links, ranks);
  const given = coefficient(base, base.product, count);
  if (given === null || replicates < 2) return undefined;
  const coefficients: number[] = [];
  const elders = Array.from({ length: DECILES }, (): number[] => []);
  for (const graph of rewiredGraphs(links, replicates, random)) {
    coefficients.push(coefficient(base, product(graph, ranks), count) ?? 0);
    const { ends, elder } = elderEnds(graph, ranks);
    elders.forEach((shares, decile) => {
      if (ends[decile]! > 0) shares.push(elder[decile]! / ends[decile]!);
    });
  }
  for (const shares of elders) shares.sort((a, b) => a - b);
  const nullMean = coefficients.reduce((sum, value) => sum + value, 0) / replicates;
  const squares = coefficients.reduce((sum, value) => sum + (value - nullMean) ** 2, 0);
  const nullDeviation = Math.sqrt(squares / (replicates - 1));
  // Rounding makes a difference where all graphs are the same.
  const isFixed = nullDeviation < ROUNDING;
  const rank = (isAsExtreme: (value: number) => boolean): number =>
    (1 + coefficients.filter(isAsExtreme).length) / (replicates + 1);
  const pValue = rank((value) => value >= given - ROUNDING);
  const pValueReverse = rank((value) => value <= given + ROUNDING);
  return {
    nullMean,
    nullDeviation,
    replicates,
    pValue,
    pValueReverse,
    zScore: isFixed ? null : (given - nullMean) / nullDeviation,
    verdict: isFixed
      ? 'undetermined'
      : pValue <= SIGNIFICANT
        ? 'onion'
        : pValueReverse <= SIGNIFICANT
          ? 'reverse'
          : 'no-sign',
    elders,
  };
}

/** Differences below it are rounding. */
const ROUNDING = 1e-12;

const UNDETERMINED = {
  assortativity: null,
  standardError: null,
  interval: null,
  nullMean: null,
  nullDeviation: null,
  replicates: 0,
  linksTested: 0,
  pValue: null,
  pValueReverse: null,
  zScore: null,
  verdict: 'undetermined',
} as const;

function linksOfKnown({ size, sources, targets }: PlainLinks, uptimes: Float64Array): PlainLinks {
  const isKnown = (_: number, k: number): boolean =>
    !Number.isNaN(uptimes[sources[k]!]) && !Number.isNaN(uptimes[targets[k]!]);
  return { size, sources: sources.filter(isKnown), targets: targets.filter(isKnown) };
}

interface ElderEnds {
  /** By decile: ends of links there, and those of them that lead to a peer of at least the same uptime. */
  readonly ends: Float64Array;
  readonly elder: Float64Array;
}

function elderEnds({ sources, targets }: PlainLinks, ranks: Float64Array): ElderEnds {
  const ends = new Float64Array(DECILES);
  const elder = new Float64Array(DECILES);
  const count = (own: number, other: number): void => {
    const decile = decileOf(own);
    ends[decile]! += 1;
    if (other >= own) elder[decile]! += 1;
  };
  for (let k = 0; k < sources.length; k++) {
    const [x, y] = [ranks[sources[k]!]!, ranks[targets[k]!]!];
    count(x, y);
    count(y, x);
  }
  return { ends, elder };
}

function decileOf(rank: number): number {
  return Math.min(DECILES - 1, Math.max(0, Math.ceil(rank * DECILES - ROUNDING) - 1));
}

function deciles(ranks: Float64Array, own: ElderEnds, elders: ElderShares | undefined): OnionDecile[] {
  const peers = new Uint32Array(DECILES);
  for (const rank of ranks) if (!Number.isNaN(rank)) peers[decileOf(rank)]! += 1;
  return Array.from(peers, (count, decile): OnionDecile => {
    const ends = own.ends[decile]!;
    const shares = elders?.[decile] ?? [];
    const at = (share: number): number => shares[Math.round(share * (shares.length - 1))] ?? NaN;
    const isEmpty = shares.length === 0;
    return {
      decile: decile + 1,
      peers: count,
      ends,
      elderShare: ends === 0 ? null : own.elder[decile]! / ends,
      nullShare: isEmpty ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length,
      nullInterval: isEmpty ? null : [at(0.025), at(0.975)],
    };
  });
}
