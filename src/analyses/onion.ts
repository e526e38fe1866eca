import { createRandom } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';
import type { PlainLinks } from './onion-null.ts';
import { onionCharts, onionTables } from './onion-tables.ts';
import { DEFAULT_REPLICATES, onionTest, type OnionResult } from './onion-test.ts';

/** The result, or why there is none. */
export type OnionFinding = OnionResult | { readonly verdict: 'no-uptimes'; readonly reason: string };

/**
 * Do superpeers connect to superpeers of equal or longer uptime? Of topologies that know uptimes: those of a model with a bias
 * towards like ones. A peer without a role counts as a superpeer. O(replicates x links).
 */
export const onion = {
  name: 'onion',
  question: 'Are superpeers linked to superpeers of like uptime, more than degrees alone would have it?',
  definition:
    'Correlation of the uptime ranks of superpeers that are linked, against the same graph with its links dealt anew among peers of the same degrees.',
  sources: [
    'D. Stutzbach, R. Rejaie, S. Sen: Characterizing unstructured overlay topologies in modern P2P file-sharing systems, 2008',
  ],
  run: (topology, { seed, bootstrap }) => {
    const { uptimes } = topology.columns;
    if (uptimes === undefined) {
      return { verdict: 'no-uptimes', reason: 'nothing is known of how long its peers have been up' };
    }
    const random = createRandom(seed).fork('onion');
    const replicates = Math.min(bootstrap, DEFAULT_REPLICATES);
    // Ranks are among superpeers.
    const known = uptimes.map((uptime, peer) => (isLeaf(topology, peer) ? NaN : uptime));
    return onionTest(superpeerLinks(topology), known, random, replicates);
  },
  tables: (result) => (result.verdict === 'no-uptimes' ? [] : onionTables(result)),
  charts: (result) => (result.verdict === 'no-uptimes' ? [] : onionCharts(result)),
  methods: () => [],
} satisfies Analysis<OnionFinding>;

/** The links of a topology that join two peers which are no leaves, each once. */
export function superpeerLinks(topology: Topology): PlainLinks {
  const { offsets, targets } = topology.simple;
  const ends: [number[], number[]] = [[], []];
  for (let peer = 0; peer < topology.size; peer++) {
    if (isLeaf(topology, peer)) continue;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (other <= peer || isLeaf(topology, other)) continue;
      ends[0].push(peer);
      ends[1].push(other);
    }
  }
  return { size: topology.size, sources: Uint32Array.from(ends[0]), targets: Uint32Array.from(ends[1]) };
}

function isLeaf(topology: Topology, peer: number): boolean {
  return topology.columns.roles?.[peer] === 'leaf';
}
