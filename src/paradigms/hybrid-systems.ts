import type { Random } from '../core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../models/model.ts';
import { twoTier } from '../models/two-tier.ts';
import { superpeers } from '../search/superpeer.ts';
import type { Topology } from '../topology/topology.ts';
import { floodingSystem, NO_LIMIT, rememberedQueries } from './flooding-systems.ts';
import type { Paradigm, System } from './paradigm.ts';
import { linksAnd } from './server-systems.ts';
import type { Workload } from './workload.ts';

/**
 * Two tiers in the lecture's shape: its hubs have 20 links, and its peers 2.8 in the mean. One superpeer in eleven, with ten
 * leaves each and links to ten other superpeers, has 20 links, and 30 / 11 = 2.7 are the mean.
 */
const SHAPE = { superpeerShare: 1 / 11, superpeerDegree: 10, superpeersPerLeaf: 1 };

/** Gnutella 0.6, flooded among superpeers until all of them have the query. */
export const hybrid: Paradigm = {
  name: 'hybrid',
  column: 'hybrid',
  setting:
    'one superpeer in eleven, linked to ten others and ten leaves; queries flood among all superpeers, and go on to leaves by their query routing tables.',
  findsByPart: true,
  build: (workload, random) => hybridSystem(workload, NO_LIMIT, random),
};

/** The same with a bound. */
export const hybridTtl: Paradigm = {
  name: 'hybrid-ttl-4',
  column: 'hybrid',
  setting: 'the same overlay; queries end after 4 hops.',
  findsByPart: true,
  build: (workload, random) => hybridSystem(workload, 4, random),
};

function hybridSystem(workload: Workload, ttl: number, random: Random): System {
  const { peers } = workload;
  // A small overlay has fewer superpeers than that.
  const others = Math.max(1, Math.round(peers * SHAPE.superpeerShare)) - 1;
  const superpeerDegree = Math.min(SHAPE.superpeerDegree, others);
  const options = { ...DEFAULT_MODEL_OPTIONS, ...SHAPE, peers, superpeerDegree };
  const { topology } = twoTier.generate(options, random);
  return {
    ...floodingSystem({ workload, topology, strategy: superpeers, ttl, random }),
    state: (tally, queries) => {
      const remembered = rememberedQueries(workload, tally, queries);
      const tables = tableEntries(topology, workload);
      return linksAnd(topology, (peer) => remembered[peer]! + tables[peer]!);
    },
    joinMessages: () => joinByRole(topology),
  };
}

/** What the tables that its leaves have sent a superpeer stand for: an entry for each item of each leaf. O(copies + links). */
function tableEntries(topology: Topology, { content }: Workload): Float64Array {
  const held = new Float64Array(topology.size);
  for (const peer of content.holders.targets) held[peer]! += 1;
  const { offsets, targets } = topology.simple;
  const entries = new Float64Array(topology.size);
  for (let peer = 0; peer < topology.size; peer++) {
    if (isLeaf(topology, peer)) continue;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
      if (isLeaf(topology, targets[k]!)) entries[peer]! += held[targets[k]!]!;
  }
  return entries;
}

function isLeaf({ columns }: Topology, peer: number): boolean {
  return columns.roles?.[peer] === 'leaf';
}

/** Handshakes of three messages for each link that it opens; a leaf sends a reset and a patch of its table on each. */
function joinByRole(topology: Topology): number {
  let messages = 0;
  for (let peer = 0; peer < topology.size; peer++) {
    messages += isLeaf(topology, peer) ? 5 * topology.degrees[peer]! : 3 * superpeerLinks(topology, peer);
  }
  return messages / topology.size;
}

function superpeerLinks(topology: Topology, peer: number): number {
  const { offsets, targets } = topology.simple;
  let links = 0;
  for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) if (!isLeaf(topology, targets[k]!)) links += 1;
  return links;
}
