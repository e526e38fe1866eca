import { longestShortestPath } from '../topology/shortest-path.ts';
import type { Topology } from '../topology/topology.ts';
import type { DistanceWitness } from './distances-result.ts';

/** A farthest peer from one, with the path to it. */
export function witnessFrom(topology: Topology, source: number): DistanceWitness {
  const path = longestShortestPath(topology.simple, source).map((peer) => topology.ids[peer]!);
  return { distance: path.length - 1, source: path[0]!, target: path.at(-1)!, path };
}
