import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { strongComponents, weakComponents, type Partition } from '../topology/components.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';

export interface ComponentsOfOneKind {
  readonly count: number;
  /** A component's edges are the input's links inside it; share is of all peers. All 0 where there are no peers. */
  readonly largest: { readonly nodes: number; readonly edges: number; readonly share: number };
  /** How many components there are of each size, largest first. */
  readonly sizes: readonly { readonly size: number; readonly count: number }[];
}

export interface ComponentsResult {
  readonly weak: ComponentsOfOneKind;
  /** The same as `weak` where links have no direction. */
  readonly strong: ComponentsOfOneKind;
}

/** Is the overlay one piece? O(n + links). */
export const components = {
  name: 'components',
  question: 'Into how many separate sub networks does the overlay fall, and how large is the major one?',
  definition:
    "Weak components ignore the links' direction; in a strong one every peer reaches every other along it. A component's edges are the links as stated inside it.",
  sources: ['R. E. Tarjan: Depth-first search and linear graph algorithms, 1972'],
  run: (topology) => {
    const weak = measure(topology, weakComponents(topology));
    return { weak, strong: topology.directed ? measure(topology, strongComponents(topology)) : weak };
  },
  tables: (result) => [overview(result), sizes(result)],
  charts: ({ weak }) => (weak.count > 1 ? [sizeBars(weak)] : []),
  methods: ({ weak, strong }) => [
    `Weak components were found by joining sets of linked peers and strong ones by Tarjan's algorithm (1972); their numbers are ${weak.count} and ${strong.count}.`,
  ],
} satisfies Analysis<ComponentsResult>;

function sizeBars({ sizes: bySize }: ComponentsOfOneKind): Chart {
  const peers = bySize.reduce((sum, { size, count }) => sum + size * count, 0);
  return {
    kind: 'bars',
    title: 'Peers by the size of their component (weak)',
    labelName: 'components of size',
    valueName: 'peers',
    bars: bySize.map(({ size, count: alike }) => ({
      label: `${alike} of ${size}`,
      value: size * alike,
      share: (size * alike) / peers,
    })),
  };
}

function measure(topology: Topology, partition: Partition): ComponentsOfOneKind {
  const largest = partition.sizes.reduce(
    (best, size, index) => (size > (partition.sizes[best] ?? 0) ? index : best),
    0,
  );
  const nodes = partition.sizes[largest] ?? 0;
  const counts = new Map<number, number>();
  for (const size of partition.sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return {
    count: partition.sizes.length,
    largest: {
      nodes,
      edges: linksInside(topology, partition, largest),
      share: topology.size === 0 ? 0 : nodes / topology.size,
    },
    sizes: [...counts].sort(([a], [b]) => b - a).map(([size, count]) => ({ size, count })),
  };
}

function linksInside(topology: Topology, { component, sizes }: Partition, which: number): number {
  if (sizes.length === 1) return topology.linkCount;
  const { offsets, targets } = topology.directed ? topology.links : topology.pairs;
  let links = 0;
  for (let peer = 0; peer < topology.size; peer++) {
    if (component[peer] !== which) continue;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
      if (component[targets[k]!] === which) links += 1;
  }
  return links;
}

function overview(result: ComponentsResult): Table {
  const row = (kind: 'weak' | 'strong') => {
    const { count, largest } = result[kind];
    return [kind, count, largest.nodes, largest.edges, largest.share];
  };
  return {
    name: 'components',
    title: 'Components',
    columns: [
      { name: 'kind' },
      { name: 'components' },
      { name: 'largest_nodes' },
      { name: 'largest_edges' },
      { name: 'largest_share', digits: 4 },
    ],
    rows: [row('weak'), row('strong')],
  };
}

function sizes(result: ComponentsResult): Table {
  return {
    name: 'component-sizes',
    title: 'Component sizes',
    detail: true,
    columns: [{ name: 'kind' }, { name: 'size' }, { name: 'components' }],
    rows: (['weak', 'strong'] as const).flatMap((kind) =>
      result[kind].sizes.map(({ size, count }) => [kind, size, count]),
    ),
  };
}
