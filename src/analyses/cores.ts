import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { corenessOf } from '../topology/cores.ts';
import type { Analysis } from './analysis.ts';

export interface CoresResult {
  /** The largest k that has a k-core, also called the degeneracy of the graph; 0 where there are no links. */
  readonly maxCore: number;
  /** For every k that is some peer's coreness: how many peers have it, and how many the k-core has. */
  readonly sizes: readonly { readonly k: number; readonly count: number; readonly coreSize: number }[];
}

/** How deep in the overlay do the peers stand? O(n + links). */
export const cores = {
  name: 'cores',
  question: 'How many peers are left where everybody must have k links or more among those left?',
  definition:
    "The k-core is the largest subgraph of the undirected simple graph in which every peer has k links or more; a peer's coreness is the largest k whose core it belongs to. maxCore is the largest coreness (the degeneracy). Per k that occurs: peers of that coreness (count) and peers in the k-core (coreSize).",
  sources: [
    'S. B. Seidman: Network structure and minimum degree, 1983',
    'V. Batagelj, M. Zaversnik: An O(m) algorithm for cores decomposition of networks, 2003',
  ],
  run: (topology) => {
    const sizes = tally(corenessOf(topology.simple));
    return { maxCore: sizes.at(-1)?.k ?? 0, sizes };
  },
  tables: (result) => [overview(result), sizesTable(result)],
  charts: (result) => (result.maxCore === 0 ? [] : [bars(result)]),
  methods: ({ maxCore }) => [
    `The k-cores of the undirected simple graph were found by taking peers of least degree away (Batagelj & Zaversnik 2003); the innermost is the ${maxCore}-core.`,
  ],
} satisfies Analysis<CoresResult>;

function tally(coreness: Uint32Array): CoresResult['sizes'] {
  const counts = new Map<number, number>();
  for (const k of coreness) counts.set(k, (counts.get(k) ?? 0) + 1);
  let inCore = coreness.length;
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([k, count]) => {
      const row = { k, count, coreSize: inCore };
      inCore -= count;
      return row;
    });
}

function overview({ maxCore, sizes }: CoresResult): Table {
  return {
    name: 'cores',
    title: 'Cores',
    columns: [{ name: 'max_core' }, { name: 'peers_in_it' }],
    rows: [[maxCore, sizes.at(-1)?.coreSize ?? 0]],
  };
}

function sizesTable({ sizes }: CoresResult): Table {
  return {
    name: 'core-sizes',
    title: 'Peers by coreness',
    detail: true,
    columns: [{ name: 'k' }, { name: 'peers_of_coreness' }, { name: 'peers_in_core' }],
    rows: sizes.map(({ k, count, coreSize }) => [k, count, coreSize]),
  };
}

function bars({ sizes }: CoresResult): Chart {
  const peers = sizes[0]?.coreSize ?? 0;
  return {
    kind: 'bars',
    title: 'Peers by coreness',
    labelName: 'coreness',
    valueName: 'peers',
    bars: sizes.map(({ k, count }) => ({ label: String(k), value: count, share: count / peers })),
  };
}
