import type { Crew } from '../core/crew.ts';
import { firstPlaces, placesBesideNeighbours } from '../reports/view/first-places.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { forcePositions, forceStart, forceSteps } from '../topology/graphology.ts';
import type { Positions } from '../topology/layout.ts';
import type { LayoutOnItsWay } from './view-layout.ts';

/** A layout of a graph that changes while somebody looks at it. */
export interface LiveLayout extends Omit<LayoutOnItsWay, 'rest' | 'share'> {
  /** From now on it is of these links; peers keep their places, and new ones begin beside their neighbours. */
  follow(rows: Adjacency): void;
}

/** Peers times steps of one piece: some 0.2 s of a thread. */
const PIECE = 30_000;
/** Steps after the last change: then all is at rest, as well as it will be. */
const MOST_STEPS = 600;
/** The crawl and the browser need processors too: so long is waited after a piece, in times of its own length. */
const PAUSE = 3;
const LEAST_PAUSE = 100;

/** Lays out by ForceAtlas2, piece by piece, by a crew that leaves this thread free; at most a quarter of the time of one thread. */
export function liveLayout(crew: Crew, monotonic: () => number): LiveLayout {
  let rows: Adjacency = { offsets: new Uint32Array(1), targets: new Uint32Array(0) };
  let positions: Positions = { x: new Float64Array(0), y: new Float64Array(0) };
  let stepsLeft = 0;
  let isWorking = false;
  let isStopped = false;
  const hearers = new Set<() => void>();

  const work = async (): Promise<void> => {
    isWorking = true;
    let laidOut = rows;
    let state = forceStart(rows, positions);
    while (stepsLeft > 0 && !isStopped) {
      if (laidOut !== rows) state = forceStart(rows, positions);
      laidOut = rows;
      const size = Math.max(1, rows.offsets.length - 1);
      const iterations = Math.max(1, Math.min(stepsLeft, 50, Math.round(PIECE / size)));
      stepsLeft -= iterations;
      const begin = monotonic();
      state = await crew.run(forceSteps, { ...state, iterations });
      positions = withTail(forcePositions(state), positions);
      for (const hear of hearers) hear();
      await pause(Math.max(LEAST_PAUSE, PAUSE * (monotonic() - begin)));
    }
    isWorking = false;
  };
  return {
    positions: () => positions,
    follow: (next) => {
      positions = positions.x.length === 0 ? firstPlaces(next) : placesBesideNeighbours(next, positions);
      rows = next;
      stepsLeft = rows.targets.length === 0 ? 0 : MOST_STEPS;
      if (!isWorking)
        work().catch((error: unknown) => {
          // Its threads are ended in the middle of a piece.
          if (!isStopped) throw error;
        });
    },
    onMove: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    stop: () => (isStopped = true),
  };
}

/** Those that came while the others were moved stand where they began; those that went are left out. */
function withTail(moved: Positions, all: Positions): Positions {
  const joined = { x: all.x.slice(), y: all.y.slice() };
  joined.x.set(moved.x.subarray(0, all.x.length));
  joined.y.set(moved.y.subarray(0, all.y.length));
  return joined;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
