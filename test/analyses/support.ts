import { DEFAULT_ANALYSIS_OPTIONS, type AnalysisOptions } from '../../src/analyses/analysis.ts';
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

/** An analysis that needs no worker and no waiting, with the default options. */
export function run<Result>(
  analysis: { run(topology: Topology, options: AnalysisOptions): Result },
  topology: Topology,
): Result {
  return analysis.run(topology, DEFAULT_ANALYSIS_OPTIONS);
}
