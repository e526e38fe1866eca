import type { Crew } from '../core/crew.ts';
import { firstPlaces } from '../reports/view/first-places.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { forcePositions, forceStart, forceSteps } from '../topology/graphology.ts';
import type { Positions } from '../topology/layout.ts';

/** Where peers stand by now, while a layout goes on. */
export interface LayoutOnItsWay {
  positions(): Positions;
  /** From 0 to 1. */
  share(): number;
  /** Calls back whenever peers have moved; the result ends that. */
  onMove(hear: () => void): () => void;
  /** Resolves when peers have come to rest, or the layout was stopped. */
  readonly rest: Promise<void>;
  stop(): void;
}

/** As in topology/layout.ts: enough for some hundred peers to come to rest, and of many more what there is time for. */
const ITERATIONS = { most: 1500, least: 200, peers: 750_000 };
/** Peers times steps from one picture to the next: about a second of one thread. */
const PIECE = 150_000;

/**
 * Lays an overlay out while somebody looks at it already: radial trees at once, and ForceAtlas2 from there, piece by piece, by a crew
 * that leaves this thread free.
 */
export function layOut(rows: Adjacency, crew: Crew): LayoutOnItsWay {
  const size = rows.offsets.length - 1;
  let positions = firstPlaces(rows);
  let share = 0;
  let isStopped = false;
  const hearers = new Set<() => void>();
  const tell = (): void => {
    for (const hear of hearers) hear();
  };
  const work = async (): Promise<void> => {
    const { most, least, peers } = ITERATIONS;
    const all = size < 3 ? 0 : Math.max(least, Math.min(most, Math.round(peers / size)));
    const piece = Math.max(2, Math.min(250, Math.round(PIECE / size)));
    let state = forceStart(rows, positions);
    for (let done = 0; done < all && !isStopped; done += piece) {
      state = await crew.run(forceSteps, { ...state, iterations: Math.min(piece, all - done) });
      positions = forcePositions(state);
      share = Math.min(1, (done + piece) / all);
      tell();
      // A crew of this thread alone leaves it no time for anybody who asks.
      await new Promise((resolve) => setImmediate(resolve));
    }
    share = 1;
    tell();
  };
  return {
    positions: () => positions,
    share: () => share,
    onMove: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    // Not before the first picture has been asked for: it has the processor for itself until then.
    rest: new Promise<void>((resolve) => setTimeout(resolve, FIRST_PICTURE))
      .then(work)
      .catch((error: unknown) => {
        // Its threads are ended in the middle of a piece.
        if (!isStopped) throw error;
      }),
    stop: () => (isStopped = true),
  };
}

/** Milliseconds that a page takes for its first picture of a large overlay. */
const FIRST_PICTURE = 50;
