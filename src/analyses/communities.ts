import type { Chart } from '../core/chart.ts';
import { createRandom } from '../core/random.ts';
import type { Table } from '../core/table.ts';
import { communityLinks, modularityOf, type CommunityLinks } from '../topology/modularity.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';

export interface CommunitiesResult {
  /** All communities; a peer without links is one of its own. */
  readonly count: number;
  /** Null without links. */
  readonly modularity: number | null;
  /** How many communities there are of each size, largest first. */
  readonly sizes: readonly { readonly size: number; readonly count: number }[];
  /** The largest communities, at most 20: their peers, the links among these, and those that leave. */
  readonly largest: readonly {
    readonly nodes: number;
    readonly innerLinks: number;
    readonly outerLinks: number;
  }[];
}

/** Into which groups does the overlay fall? About O(links), slowly; the groups differ a little from seed to seed. */
export const communities = {
  name: 'communities',
  question: 'Are there groups of peers that link with each other more than with the rest?',
  definition:
    'Communities of the undirected simple graph below the links, by the method of Louvain; a peer without links is one of its own. modularity: the sum over communities of the share of links inside minus the squared share of ends of links. The method seeks a high modularity and does not prove the highest; another seed, or another order of the peers, can give other communities.',
  sources: [
    'V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre: Fast unfolding of communities in large networks, 2008',
    'M. E. J. Newman, M. Girvan: Finding and evaluating community structure in networks, 2004',
  ],
  cost: ({ size, simple }) => {
    const links = simple.targets.length / 2;
    return { seconds: (size + links) * SECONDS_EACH, bytes: links * BYTES_PER_LINK };
  },
  run: async (topology, { seed }) => {
    const links = communityLinks(topology.simple, await communitiesOf(topology, seed));
    return {
      count: links.peers.length,
      modularity: modularityOf(links),
      sizes: sizesOf(links.peers),
      largest: largestOf(links),
    };
  },
  tables: (result) => [overview(result), largestTable(result), sizesTable(result)],
  charts: (result) => (result.largest.length > 1 ? [bars(result)] : []),
  methods: ({ count, modularity }, { seed }) =>
    modularity === null
      ? []
      : [
          `The method of Louvain (Blondel et al. 2008, graphology-communities-louvain, seed ${seed}) divided the peers into ${count} communities of modularity ${modularity.toFixed(4)}.`,
        ],
} satisfies Analysis<CommunitiesResult>;

/** Measured at 100,000 peers and 480,000 links: 4.5 s and 700 MB; larger ones take a little more for each link. */
const SECONDS_EACH = 8e-6;
const BYTES_PER_LINK = 1500;
const LARGEST = 20;

async function communitiesOf({ simple, size, linkCount }: Topology, seed: number): Promise<Uint32Array> {
  if (linkCount === 0) return Uint32Array.from({ length: size }, (_, peer) => peer);
  // Graphology is loaded only where it is wanted: it would delay the start of every other analysis.
  const { louvainCommunities } = await import('../topology/graphology.ts');
  return louvainCommunities(simple, createRandom(seed).fork('communities')).community;
}

function sizesOf(peers: Uint32Array): CommunitiesResult['sizes'] {
  const counts = new Map<number, number>();
  for (const size of peers) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => b - a).map(([size, count]) => ({ size, count }));
}

function largestOf({ peers, inner, outer }: CommunityLinks): CommunitiesResult['largest'] {
  return Array.from(peers, (nodes, own) => ({ nodes, innerLinks: inner[own]!, outerLinks: outer[own]! }))
    .sort((a, b) => b.nodes - a.nodes || b.innerLinks - a.innerLinks || b.outerLinks - a.outerLinks)
    .slice(0, LARGEST);
}

function overview({ count, modularity, largest }: CommunitiesResult): Table {
  return {
    name: 'communities',
    title: 'Communities',
    columns: [{ name: 'communities' }, { name: 'modularity', digits: 4 }, { name: 'largest_peers' }],
    rows: [[count, modularity, largest[0]?.nodes ?? 0]],
  };
}

function largestTable({ largest }: CommunitiesResult): Table {
  return {
    name: 'largest-communities',
    title: 'The largest communities',
    detail: true,
    columns: [{ name: 'rank' }, { name: 'peers' }, { name: 'inner_links' }, { name: 'outer_links' }],
    rows: largest.map(({ nodes, innerLinks, outerLinks }, i) => [i + 1, nodes, innerLinks, outerLinks]),
  };
}

function sizesTable({ sizes }: CommunitiesResult): Table {
  return {
    name: 'community-sizes',
    title: 'Community sizes',
    detail: true,
    columns: [{ name: 'size' }, { name: 'communities' }],
    rows: sizes.map(({ size, count }) => [size, count]),
  };
}

function bars({ largest }: CommunitiesResult): Chart {
  return {
    kind: 'bars',
    title: 'The largest communities',
    labelName: 'rank',
    valueName: 'peers',
    bars: largest.map(({ nodes }, i) => ({ label: String(i + 1), value: nodes })),
  };
}
