import { rowLength } from '../topology/adjacency.ts';
import type { Topology } from '../topology/topology.ts';

/** Which peers answered, and how that is known. */
export interface Respondents {
  /** `recorded`: the crawl noted it. `out-degree`: a directed list without that note; who reported a link has answered. */
  readonly rule: 'recorded' | 'out-degree';
  /** 1 for a respondent, 0 for a peer that was only mentioned by others. */
  readonly flags: Uint8Array;
}

/**
 * Tells respondents from peers that were only mentioned; undefined where nothing in the data tells them apart.
 * A degree of a mentioned peer is only what the others said of it, a lower bound. O(n).
 */
export function respondentsOf(topology: Topology): Respondents | undefined {
  if (topology.columns.respondents !== undefined)
    return { rule: 'recorded', flags: topology.columns.respondents };
  if (!topology.directed) return undefined;
  const flags = Uint8Array.from({ length: topology.size }, (_, peer) =>
    rowLength(topology.links, peer) > 0 ? 1 : 0,
  );
  return { rule: 'out-degree', flags };
}
