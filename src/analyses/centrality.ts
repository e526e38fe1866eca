import { PeerscopeError } from '../core/errors.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { betweenness } from '../topology/betweenness.ts';
import { weakComponents } from '../topology/components.ts';
import { pageRank } from '../topology/page-rank.ts';
import { breadthFirstOrder, type PeerOrder } from '../topology/peer-order.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Work } from './analysis.ts';
import { sampleBetweenness } from './betweenness-sample.ts';
import { planCentrality } from './centrality-plan.ts';
import { centralityTable } from './centrality-table.ts';
import { exactCloseness, sampledCloseness, type Closeness } from './closeness.ts';
import { partOfWork } from './part-of-work.ts';

/** Columns of equal length: the same place is the same peer. By falling betweenness, then by id. */
export interface CentralityResult {
  readonly peers: readonly string[];
  /** Unordered pairs of other peers, each by the share of its shortest paths that go through the peer. */
  readonly betweenness: readonly number[];
  readonly closeness: readonly number[];
  readonly pageRank: readonly number[];
  /** Peers beyond the first million, which are left out. */
  readonly omitted: number;
  /** Pairs of other peers that each peer has: betweenness over this is normalised, from 0 to 1. */
  readonly pairs: number;
  readonly exact: {
    readonly betweenness: true | BetweennessError;
    readonly closeness: Closeness['exact'];
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
    const seconds = plan.betweenness.seconds + plan.closeness.seconds + plan.pageRankSeconds;
    return { seconds, bytes: plan.bytes };
  },
  run: async (topology, options, work) => {
    const { simple } = topology;
    const order = breadthFirstOrder(simple, weakComponents(topology));
    const plan = planCentrality(topology, options);
    const share = plan.betweenness.seconds / (plan.betweenness.seconds + plan.closeness.seconds || 1);
    const through = plan.betweenness.exact
      ? await exactBetweenness(simple, order, partOfWork(work, 0, share))
      : await approximateBetweenness(simple, order, options, partOfWork(work, 0, share));
    assertCountable(through.values);
    const near = plan.closeness.exact
      ? await exactCloseness(simple, order, partOfWork(work, share, 1))
      : await sampledCloseness(simple, order, options, partOfWork(work, share, 1));
    return arrange(topology, through, near, pageRank(topology.links, topology.reverse));
  },
  tables: (result) => [centralityTable(result)],
  methods: ({ exact }) => [
    exact.betweenness === true
      ? 'Betweenness was computed exactly by the algorithm of Brandes (2001), with pendant trees folded (Baglioni et al. 2012).'
      : `Betweenness was estimated from ${exact.betweenness.samples} random pairs of peers (Riondato and Upfal 2018); with probability ${1 - exact.betweenness.delta} every peer's normalised value is within ${exact.betweenness.epsilon.toPrecision(3)} of the exact one (empirical Bernstein bound).`,
    exact.closeness === true
      ? 'Closeness was computed exactly, in the form of Wasserman and Faust (1994).'
      : `Closeness, in the form of Wasserman and Faust (1994), was estimated from ${exact.closeness.sources} random peers (Eppstein and Wang 2004); with probability ${1 - exact.closeness.delta} every peer's mean distance is within ${exact.closeness.meanDistanceError.toPrecision(3)} steps.`,
    'PageRank was computed with a damping of 0.85, until all ranks together changed by less than 1e-12.',
  ],
} satisfies Analysis<CentralityResult>;

/** More peers than this would make a document that nobody can read in. */
const MOST_PEERS = 1_000_000;

interface Through {
  readonly values: Float64Array;
  readonly exact: CentralityResult['exact']['betweenness'];
}

async function exactBetweenness(rows: Adjacency, order: PeerOrder, work: Work): Promise<Through> {
  return { values: await betweenness(rows, order, work.crew, work.progress), exact: true };
}
async function approximateBetweenness(
  rows: Adjacency,
  order: PeerOrder,
  options: AnalysisOptions,
  work: Work,
): Promise<Through> {
  const { values, error, samples } = await sampleBetweenness(rows, order, options, work);
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
  through: Through,
  near: Closeness,
  ranks: Float64Array,
): CentralityResult {
  const { ids, size } = topology;
  const { values } = through;
  const byValue = Uint32Array.from({ length: size }, (_, peer) => peer).sort(
    (a, b) => values[b]! - values[a]! || (ids[a]! < ids[b]! ? -1 : 1),
  );
  const shown = byValue.subarray(0, MOST_PEERS);
  const column = (of: Float64Array): number[] => Array.from(shown, (peer) => of[peer]!);
  return {
    peers: Array.from(shown, (peer) => ids[peer]!),
    betweenness: column(values),
    closeness: column(near.values),
    pageRank: column(ranks),
    omitted: size - shown.length,
    pairs: pairsOfOthers(size),
    exact: { betweenness: through.exact, closeness: near.exact },
  };
}
