// The one place that talks to graphology: its packages are half-ESM and need casts, and nobody else should.
import { DirectedGraph, UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import DEFAULTS from 'graphology-layout-forceatlas2/defaults.js';
import iterate from 'graphology-layout-forceatlas2/iterate.js';
import type Graph from 'graphology-types';
import type { Kernel } from '../core/crew.ts';
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

/** Numbers for each peer and each link in the state of a layout: how the package keeps them. */
const PEER_NUMBERS = 10;
const LINK_NUMBERS = 3;

/** A layout on its way: it can be copied to a thread, and go on from there. */
export interface ForceState {
  readonly peers: Float32Array;
  readonly links: Float32Array;
}

/**
 * The state from which ForceAtlas2 begins.
 *
 * @param rows undirected: every link from both of its ends.
 * @param start where the peers begin; no two at the same place.
 */
export function forceStart({ offsets, targets }: Adjacency, { x, y }: Positions): ForceState {
  const peers = new Float32Array(PEER_NUMBERS * x.length);
  const links = new Float32Array((LINK_NUMBERS * targets.length) / 2);
  let next = 0;
  for (let i = 0; i < x.length; i++) {
    // Place, two forces and two former ones, mass, convergence, size, and whether it is fixed.
    const mass = 1 + offsets[i + 1]! - offsets[i]!;
    peers.set([x[i]!, y[i]!, 0, 0, 0, 0, mass, 1, 1, 0], PEER_NUMBERS * i);
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      if (i >= targets[k]!) continue;
      links.set([PEER_NUMBERS * i, PEER_NUMBERS * targets[k]!, 1], next);
      next += LINK_NUMBERS;
    }
  }
  return { peers, links };
}

/** Above so many peers, repulsion is that of groups of far ones (Barnes and Hut 1986). */
const EXACT_PEERS = 800;

/**
 * Some steps of ForceAtlas2 (Jacomy et al. 2014) in its synchronous form: the same state gives the same next one. Repulsion between
 * all pairs, so O(iterations (n² + links)); of many peers O(iterations (n log n + links)).
 */
export const forceSteps: Kernel<ForceState & { readonly iterations: number }, ForceState> = {
  name: 'force-steps',
  run: ({ peers, links, iterations }) => {
    const barnesHutOptimize = peers.length > PEER_NUMBERS * EXACT_PEERS;
    const settings = {
      ...DEFAULTS,
      gravity: 0.05,
      strongGravityMode: true,
      scalingRatio: 10,
      slowDown: 5,
      barnesHutOptimize,
      barnesHutTheta: 0.9,
    };
    for (let step = 0; step < iterations; step++) iterate(settings, peers, links);
    return { peers, links };
  },
};

/** Where the peers are in that state. */
export function forcePositions({ peers }: ForceState): Positions {
  const size = peers.length / PEER_NUMBERS;
  return {
    x: Float64Array.from({ length: size }, (_, i) => peers[PEER_NUMBERS * i]!),
    y: Float64Array.from({ length: size }, (_, i) => peers[PEER_NUMBERS * i + 1]!),
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
