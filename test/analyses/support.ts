import type { Analysis } from '../../src/analyses/analysis.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../src/analyses/analysis.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import type { PeerColumns, Topology } from '../../src/topology/topology.ts';

/** A topology from links written as `a-b b-c`; a word without a dash is a peer without links. */
export function topologyOf(links: string, directed = false, columns: PeerColumns = {}): Topology {
  const builder = new TopologyBuilder(directed);
  for (const word of links.split(' ').filter((part) => part !== '')) {
    const [source, target] = word.split('-').map((id) => builder.peer(id));
    if (source !== undefined && target !== undefined) builder.link(source, target);
  }
  return builder.build(columns);
}

export function run<Result>(analysis: Analysis<Result>, topology: Topology): Result {
  return analysis.run(topology, DEFAULT_ANALYSIS_OPTIONS);
}
