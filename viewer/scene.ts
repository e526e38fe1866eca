import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Adjacency } from '../src/topology/adjacency.ts';
import { shortestPath } from '../src/topology/shortest-path.ts';
import { categoriesOf, type Categories } from './categories.ts';
import { sizesOf } from './look.ts';
import { neighboursOf } from './neighbours.ts';
import type { Emphasis } from './emphasis.ts';
import type { Marks } from './picture.ts';
import { peersOfFrame, rowsAt, visiblePeers } from './visible.ts';
import type { ViewState } from './view-state.ts';

/** All that follows from a graph and a state, for everybody who shows a part of it. */
export interface Scene {
  /** With the columns of the snapshot that is looked at. */
  readonly graph: ViewGraph;
  readonly categories: Categories;
  readonly rows: Adjacency;
  readonly marks: Marks;
  readonly emphasis: Emphasis;
  /** Undefined where two peers are chosen and nothing leads from one to the other. */
  readonly path: readonly number[] | undefined;
}

/** The scene of a state; of the last one is kept what has not changed, down to the same objects. O(n + links). */
export function sceneOf(
  whole: ViewGraph,
  state: ViewState,
  isDark: boolean,
  last?: { readonly scene: Scene; readonly state: ViewState; readonly isDark: boolean },
): Scene {
  const isSame = (...keys: (keyof ViewState)[]): boolean =>
    last !== undefined && last.isDark === isDark && keys.every((key) => last.state[key] === state[key]);
  const kept = last?.scene;
  const graph = kept !== undefined && isSame('look') ? kept.graph : graphAt(whole, state.look);
  const look = state.look === undefined ? undefined : whole.looks[state.look];
  const categories =
    kept !== undefined && isSame('color', 'look')
      ? kept.categories
      : categoriesOf(graph, state.color, isDark, look?.peers);
  const rows = kept !== undefined && isSame('look') ? kept.rows : rowsAt(graph, state.look);
  const framed = kept !== undefined && isSame('hidesLeaves') ? kept.marks.framed : peersOfFrame(whole, state);
  const marks =
    kept !== undefined && isSame('color', 'size', 'hidesLeaves', 'degrees', 'only', 'look')
      ? kept.marks
      : {
          visible: visiblePeers(graph, state, categories),
          framed,
          sizes: sizesOf(graph, state.size),
          color: (peer: number) => categories.list[categories.of[peer]!]!.color,
          shape: (peer: number) => categories.list[categories.of[peer]!]!.shape,
          links: look?.links,
        };
  const path =
    kept !== undefined && isSame('from', 'to', 'look') ? kept.path : pathOf(rows, state.from, state.to);
  const emphasis: Emphasis = {
    peer: state.peer,
    neighbours: state.peer === undefined ? [] : neighboursOf(rows, state.peer),
    path: path ?? [],
  };
  return { graph, categories, rows, marks, emphasis, path };
}

function graphAt(graph: ViewGraph, look: number | undefined): ViewGraph {
  const seen = look === undefined ? undefined : graph.looks[look];
  if (seen === undefined) return graph;
  const { roleOf, outcomeOf, degrees } = seen;
  return { ...graph, roleOf, outcomeOf, degrees };
}

function pathOf(rows: Adjacency, from: number | undefined, to: number | undefined) {
  return from === undefined || to === undefined ? [] : shortestPath(rows, from, to);
}
