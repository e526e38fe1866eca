import type { Topology } from '../../topology/topology.ts';
import type { PeerOracle } from './oracle.ts';

/** How the peers of a topology answer, where not all do alike. */
export interface TopologyOracleOptions {
  readonly isSilent?: (peer: number) => boolean;
  readonly agentOf?: (peer: number) => string;
}

/** A topology that answers as its peers would: a superpeer with its connections and its leaves. O(degree) an answer. */
export function topologyOracle(topology: Topology, options: TopologyOracleOptions = {}): PeerOracle {
  const { offsets, targets } = topology.simple;
  const { roles } = topology.columns;
  return {
    ask: (peer) => {
      if (options.isSilent?.(peer) === true) return { kind: 'unanswered' };
      const all = targets.subarray(offsets[peer], offsets[peer + 1]);
      const role = roles?.[peer];
      const hasLeaves = roles !== undefined && role !== 'leaf';
      return {
        kind: 'listed',
        neighbours: hasLeaves ? all.filter((other) => roles[other] !== 'leaf') : all,
        leaves: hasLeaves ? all.filter((other) => roles[other] === 'leaf') : NOBODY,
        tellsLeaves: true,
        truncated: false,
        role,
        agent: options.agentOf?.(peer),
      };
    },
  };
}

const NOBODY = new Uint32Array(0);
