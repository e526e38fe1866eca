import { PeerscopeError } from '../core/errors.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { betweenness } from '../topology/betweenness.ts';
import { weakComponents } from '../topology/components.ts';
import { pageRank } from '../topology/page-rank.ts';
import { breadthFirstOrder, type PeerOrder } from '../topology/peer-order.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Work } from './analysis.ts';
import { sampleBetweenness } from './betweenness-sample.ts';
import { planCentrality, type Part } from './centrality-plan.ts';
import { centralityTable } from './centrality-table.ts';
import { exactCloseness, sampledCloseness, type Closeness } from './closeness.ts';
import { partOfWork } from './part-of-work.ts';

/** Columns of equal length: the same place is the same peer. By the first measure that was taken, falling, then by id; null for a measure that was not. */
export interface CentralityResult {
  readonly peers: readonly string[];
  /** Unordered pairs of other peers, each by the share of its shortest paths that go through the peer. */
  readonly betweenness: readonly number[] | null;
  readonly closeness: readonly number[] | null;
  readonly pageRank: readonly number[] | null;
  /** Peers beyond the first million, which are left out. */
  readonly omitted: number;
  /** Pairs of other peers that each peer has: betweenness over this is normalised, from 0 to 1. */
  readonly pairs: number;
  readonly exact: {
    readonly betweenness: true | BetweennessError | null;
    readonly closeness: Closeness['exact'] | null;
  };
}

/** How far sampled betweenness may be from the exact one. */
export interface BetweennessError {
  /** With probability 1 - delta every peer's normalised value is within epsilon of the exact one. */
  readonly epsilon: number;
  readonly delta: number;
  /** The same as a share of the largest value; null where that is 0. */
  readonly shareOfLargest: number | null;
  /** Pairs of peers that were drawn. */
  readonly samples: number;
}

/**
 * Who is in the middle? Betweenness by Brandes (2001), O(core peers x core links), or sampled with a guarantee; closeness,
 * O(n / 128 x steps x links), or sampled; PageRank, O(steps x links). What would take too long is sampled unless exact
 * figures are asked for.
 */
export const centrality = {
  name: 'centrality',
  question:
    'Which peers do the shortest paths go through, which are near everybody, and where do links lead?',
  definition:
    'Betweenness: over all unordered pairs of other peers, the share of their shortest paths that go through the peer, summed up; normalised, over (N - 1)(N - 2) / 2. Closeness: the share of all other peers that it reaches, over its mean distance to them (Wasserman and Faust). Both in the undirected simple graph below the links. PageRank: of the links as stated, along their direction, damping 0.85; a peer without links passes its rank on to all alike.',
  sources: [
    'L. C. Freeman: A set of measures of centrality based on betweenness, 1977',
    'U. Brandes: A faster algorithm for betweenness centrality, 2001',
    'M. Baglioni et al.: Fast exact computation of betweenness centrality in social networks, 2012',
    'M. Riondato, E. Upfal: ABRA: approximating betweenness centrality in static and dynamic graphs with Rademacher averages, 2018',
    'A. Maurer, M. Pontil: Empirical Bernstein bounds and sample variance penalization, 2009',
    'S. Wasserman, K. Faust: Social network analysis, 1994',
    'D. Eppstein, J. Wang: Fast approximation of centrality, 2004',
    'S. Brin, L. Page: The anatomy of a large-scale hypertextual web search engine, 1998',
  ],
  cost: (topology, options) => {
    const plan = planCentrality(topology, options);
    const parts = [plan.betweenness?.seconds ?? 0, plan.closeness?.seconds ?? 0, plan.pageRankSeconds];
    return { seconds: parts.reduce((sum, part) => sum + part, 0), bytes: plan.bytes };
  },
  run: async (topology, options, work) => {
    const { simple } = topology;
    const order = breadthFirstOrder(simple, weakComponents(topology));
    const plan = planCentrality(topology, options);
    const [first, second] = [plan.betweenness?.seconds ?? 0, plan.closeness?.seconds ?? 0];
    const share = first / (first + second || 1);
    const through =
      plan.betweenness &&
      (await throughPeers(simple, order, plan.betweenness, options, partOfWork(work, 0, share)));
    const near =
      plan.closeness && (await nearPeers(simple, order, plan.closeness, options, partOfWork(work, share, 1)));
    const ranks = plan.pageRankSeconds > 0 ? pageRank(topology.links, topology.reverse) : undefined;
    return arrange(topology, through, near, ranks);
  },
  tables: (result) => [centralityTable(result)],
  methods: ({ exact, pageRank: ranks }) => [
    ...(exact.betweenness === null ? [] : [betweennessMethod(exact.betweenness)]),
    ...(exact.closeness === null ? [] : [closenessMethod(exact.closeness)]),
    ...(ranks === null
      ? []
      : [
          'PageRank was computed with a damping of 0.85, until all ranks together changed by less than 1e-12.',
        ]),
  ],
} satisfies Analysis<CentralityResult>;

/** More peers than this would make a document that nobody can read in. */
const MOST_PEERS = 1_000_000;

interface Through {
  readonly values: Float64Array;
  readonly exact: true | BetweennessError;
}

async function throughPeers(
  rows: Adjacency,
  order: PeerOrder,
  { exact }: Part,
  options: AnalysisOptions,
  work: Work,
): Promise<Through> {
  if (exact) {
    const values = await betweenness(rows, order, work.crew, work.progress);
    assertCountable(values);
    return { values, exact: true };
  }
  const { values, error, samples } = await sampleBetweenness(rows, order, options, work);
  assertCountable(values);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return {
    values,
    exact: {
      epsilon: error / pairsOfOthers(values.length),
      delta: options.delta,
      shareOfLargest: largest === 0 ? null : error / largest,
      samples,
    },
  };
}

function nearPeers(
  rows: Adjacency,
  order: PeerOrder,
  { exact }: Part,
  options: AnalysisOptions,
  work: Work,
): Promise<Closeness> {
  return exact ? exactCloseness(rows, order, work) : sampledCloseness(rows, order, options, work);
}

function betweennessMethod(exact: true | BetweennessError): string {
  if (exact === true) {
    return 'Betweenness was computed exactly by the algorithm of Brandes (2001), with pendant trees folded (Baglioni et al. 2012).';
  }
  const { samples, delta, epsilon } = exact;
  return `Betweenness was estimated from ${samples} random pairs of peers (Riondato and Upfal 2018); with probability ${1 - delta} every peer's normalised value is within ${epsilon.toPrecision(3)} of the exact one (empirical Bernstein bound).`;
}

function closenessMethod(exact: Closeness['exact']): string {
  if (exact === true) return 'Closeness was computed exactly, in the form of Wasserman and Faust (1994).';
  const { sources, delta, meanDistanceError } = exact;
  return `Closeness, in the form of Wasserman and Faust (1994), was estimated from ${sources} random peers (Eppstein and Wang 2004); with probability ${1 - delta} every peer's mean distance is within ${meanDistanceError.toPrecision(3)} steps.`;
}

/** Pairs of peers besides one; 0 where there are not enough. */
function pairsOfOthers(size: number): number {
  return size < 3 ? 0 : ((size - 1) * (size - 2)) / 2;
}

/** Path counts double with every cell of a lattice, and beyond 1e308 there is no number for them. */
function assertCountable(values: Float64Array): void {
  if (values.every(Number.isFinite)) return;
  throw new PeerscopeError(
    'bad-input',
    'there are more shortest paths between some peers than can be counted',
    {
      hint: 'Leave centrality out: betweenness cannot be computed for a lattice as large as this.',
    },
  );
}

function arrange(
  topology: Topology,
  through: Through | undefined,
  near: Closeness | undefined,
  ranks: Float64Array | undefined,
): CentralityResult {
  const { ids, size } = topology;
  const values = through?.values ?? near?.values ?? ranks ?? new Float64Array(size);
  const byValue = Uint32Array.from({ length: size }, (_, peer) => peer).sort(
    (a, b) => values[b]! - values[a]! || (ids[a]! < ids[b]! ? -1 : 1),
  );
  const shown = byValue.subarray(0, MOST_PEERS);
  const column = (of: Float64Array | undefined): number[] | null =>
    of === undefined ? null : Array.from(shown, (peer) => of[peer]!);
  return {
    peers: Array.from(shown, (peer) => ids[peer]!),
    betweenness: column(through?.values),
    closeness: column(near?.values),
    pageRank: column(ranks),
    omitted: size - shown.length,
    pairs: pairsOfOthers(size),
    exact: { betweenness: through?.exact ?? null, closeness: near?.exact ?? null },
  };
}
