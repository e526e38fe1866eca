import { sortRows, type Adjacency } from '../src/topology/adjacency.ts';
import { ROLE_WORDS, type ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Categories } from './categories.ts';
import type { ViewState } from './view-state.ts';

const LEAF = ROLE_WORDS.indexOf('leaf');

/** 1 for each peer that the state lets one see. A leaf is who says so; of whom nobody knows the role, who has one link or none. */
export function visiblePeers(graph: ViewGraph, state: ViewState, categories: Categories): Uint8Array {
  const { degrees, roleOf } = graph;
  const look = state.look === undefined ? undefined : graph.looks[state.look];
  const only = categories.list.findIndex(({ label }) => label === state.only);
  return Uint8Array.from(degrees, (degree, peer) => {
    if (look?.peers[peer] === 0) return 0;
    if (state.hidesLeaves && (roleOf[peer] === 0 ? degree <= 1 : roleOf[peer] === LEAF)) return 0;
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
