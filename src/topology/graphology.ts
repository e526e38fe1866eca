// The one place that talks to graphology: its packages are half-ESM and need casts, and nobody else should.
import { DirectedGraph, UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import layout from 'graphology-layout-forceatlas2';
import type Graph from 'graphology-types';
import type { Random } from '../core/random.ts';
import type { Adjacency } from './adjacency.ts';
import type { Positions } from './layout.ts';
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

/** The package is CommonJS: what its types call the default export is the module itself. */
const forceAtlas2 = layout as unknown as typeof layout.default;

/**
 * ForceAtlas2 (Jacomy et al. 2014) in its synchronous form: the same links and start give the same positions. Repulsion
 * between all pairs, so O(iterations (n² + links)).
 *
 * @param rows undirected: every link from both of its ends.
 * @param start where the peers begin; no two at the same place.
 */
export function forceAtlas2Positions(rows: Adjacency, start: Positions, iterations: number): Positions {
  const graph = new UndirectedGraph();
  start.x.forEach((x, i) => graph.addNode(String(i), { x, y: start.y[i]! }));
  for (let i = 0; i < start.x.length; i++) {
    for (let k = rows.offsets[i]!; k < rows.offsets[i + 1]!; k++)
      if (i < rows.targets[k]!) graph.addEdge(String(i), String(rows.targets[k]!));
  }
  const settings = { gravity: 0.05, strongGravityMode: true, scalingRatio: 10, slowDown: 5 };
  const placed = forceAtlas2(graph, { iterations, settings });
  return {
    x: start.x.map((_, i) => placed[String(i)]!.x),
    y: start.y.map((_, i) => placed[String(i)]!.y),
  };
}

/** As for forceAtlas2. */
const findCommunities = louvain as unknown as typeof louvain.default;

/**
 * Communities by the method of Louvain (Blondel et al., Fast unfolding of communities in large networks, 2008), in the
 * version of graphology-communities-louvain: the same links and random numbers give the same communities.
 *
 * @param rows undirected and simple, with one link at least.
 * @returns the number of each peer's community, and the modularity that the package states. About 1.5 KB a link.
 */
export function louvainCommunities(
  rows: Adjacency,
  random: Random,
): { community: Uint32Array; modularity: number } {
  const size = rows.offsets.length - 1;
  const graph = new UndirectedGraph();
  for (let i = 0; i < size; i++) graph.addNode(i);
  for (let i = 0; i < size; i++) {
    for (let k = rows.offsets[i]!; k < rows.offsets[i + 1]!; k++)
      if (i < rows.targets[k]!) graph.addEdge(i, rows.targets[k]!);
  }
  const { communities, modularity } = findCommunities.detailed(graph, {
    getEdgeWeight: null,
    rng: () => random.uniform(),
  });
  return { community: Uint32Array.from({ length: size }, (_, i) => communities[i]!), modularity };
}
