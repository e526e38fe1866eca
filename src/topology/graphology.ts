// The one place that talks to graphology: its packages are half-ESM and need casts, and nobody else should.
import { DirectedGraph, UndirectedGraph } from 'graphology';
import type Graph from 'graphology-types';
import type { Topology } from './topology.ts';

/** The topology as a graphology graph, with peer numbers as node keys: for layouts, and as an oracle in tests. */
export function toGraphology(topology: Topology): Graph.default {
  const graph = topology.directed ? new DirectedGraph() : new UndirectedGraph();
  const { offsets, targets } = topology.links;
  for (let i = 0; i < topology.size; i++) graph.addNode(String(i), { id: topology.ids[i] });
  for (let i = 0; i < topology.size; i++) {
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const j = targets[k]!;
      if (topology.directed || i < j) graph.addEdge(String(i), String(j));
    }
  }
  return graph;
}
