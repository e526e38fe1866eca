import { sortRows, type Adjacency } from '../src/topology/adjacency.ts';
import { ROLE_WORDS, type ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Categories } from './categories.ts';
import type { ViewState } from './view-state.ts';

const LEAF = ROLE_WORDS.indexOf('leaf');

/** 1 for each peer that is no leaf, or all where leaves are seen. A leaf is who says so; of unknown role, who has one link or none. */
export function peersOfFrame({ degrees, roleOf }: ViewGraph, { hidesLeaves }: ViewState): Uint8Array {
  if (!hidesLeaves) return new Uint8Array(degrees.length).fill(1);
  return roleOf.map((role, peer) => ((role === 0 ? degrees[peer]! <= 1 : role === LEAF) ? 0 : 1));
}

/** 1 for each peer that the state lets one see. */
export function visiblePeers(graph: ViewGraph, state: ViewState, categories: Categories): Uint8Array {
  const look = state.look === undefined ? undefined : graph.looks[state.look];
  const only = categories.list.findIndex(({ label }) => label === state.only);
  return peersOfFrame(graph, state).map((flag, peer) => {
    if (flag === 0 || look?.peers[peer] === 0) return 0;
    const degree = graph.degrees[peer]!;
    if (state.degrees !== undefined && (degree < state.degrees.low || degree > state.degrees.high)) return 0;
    return only >= 0 && categories.of[peer] !== only ? 0 : 1;
  });
}

/** The links of the snapshot that is looked at, from both ends; all links where there is no series. O(n + links). */
export function rowsAt(graph: ViewGraph, look: number | undefined): Adjacency {
  const present = look === undefined ? undefined : graph.looks[look]?.links;
  const { sources, targets, ids } = graph;
  const links =
    present === undefined
      ? { sources, targets }
      : {
          sources: sources.filter((_, k) => present[k] === 1),
          targets: targets.filter((_, k) => present[k] === 1),
        };
  return sortRows(ids.length, links, true).rows;
}
