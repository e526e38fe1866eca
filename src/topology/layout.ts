import { ALONE, type Crew } from '../core/crew.ts';
import type { Random } from '../core/random.ts';
import { sortRows, type Adjacency } from './adjacency.ts';
import { forcePositions, forceStart, forceSteps } from './graphology.ts';
import type { Topology } from './topology.ts';

/** Where peers stand in a drawing; units and origin are whoever's who made them. */
export interface Positions {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Who computes a layout, and who hears how far it is: a share from 0 to 1. */
export interface LayoutWork {
  readonly crew: Crew;
  readonly progress: (share: number) => void;
}

export const QUIET_LAYOUT: LayoutWork = { crew: ALONE, progress: () => undefined };

/** Enough for some hundred peers to come to rest; more only shakes them. Of many more there is time for fewer. */
const ITERATIONS = { most: 1500, least: 200, peers: 750_000 };
/** Steps from one progress report to the next. */
const PIECE = 25;

/**
 * Where to draw the peers of one component, so that neighbours stand near each other: ForceAtlas2 from random places,
 * then turned so that its longest extent lies along x, with a mean link length of 1 and its middle at (0, 0).
 * The same component and random stream give the same positions. O(iterations (n² + links)).
 *
 * @param peers the component's peers, distinct; the result has their order. Links to others are left out.
 */
export async function layoutComponent(
  topology: Topology,
  peers: Uint32Array,
  random: Random,
  work: LayoutWork = QUIET_LAYOUT,
): Promise<Positions> {
  const rows = linksAmong(topology, peers);
  const start = { x: new Float64Array(peers.length), y: new Float64Array(peers.length) };
  for (let i = 0; i < peers.length; i++) {
    start.x[i] = random.uniform();
    start.y[i] = random.uniform();
  }
  const placed = peers.length > 2 ? await atRest(rows, start, work) : start;
  return centred(scaled(turned(placed), rows));
}

async function atRest(rows: Adjacency, start: Positions, { crew, progress }: LayoutWork): Promise<Positions> {
  const { most, least, peers } = ITERATIONS;
  const all = Math.max(least, Math.min(most, Math.round(peers / start.x.length)));
  let state = forceStart(rows, start);
  for (let done = 0; done < all; done += PIECE) {
    state = await crew.run(forceSteps, { ...state, iterations: Math.min(PIECE, all - done) });
    progress(Math.min(1, (done + PIECE) / all));
  }
  return forcePositions(state);
}

function linksAmong(topology: Topology, peers: Uint32Array): Adjacency {
  const places = new Map<number, number>();
  peers.forEach((peer, place) => places.set(peer, place));
  const { offsets, targets } = topology.simple;
  const sources: number[] = [];
  const ends: number[] = [];
  peers.forEach((peer, place) => {
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = places.get(targets[k]!);
      if (other === undefined) continue;
      sources.push(place);
      ends.push(other);
    }
  });
  const links = { sources: Uint32Array.from(sources), targets: Uint32Array.from(ends) };
  return sortRows(peers.length, links).rows;
}

/** Puts the two points that are farthest apart onto a level line. O(n²). */
function turned({ x, y }: Positions): Positions {
  let farthest = { distance: 0, dx: 1, dy: 0 };
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const dx = x[j]! - x[i]!;
      const dy = y[j]! - y[i]!;
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance > farthest.distance) farthest = { distance, dx: dx / distance, dy: dy / distance };
    }
  }
  const { dx, dy } = farthest;
  return { x: x.map((value, i) => value * dx + y[i]! * dy), y: y.map((value, i) => value * dx - x[i]! * dy) };
}

function scaled({ x, y }: Positions, { offsets, targets }: Adjacency): Positions {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++)
      sum += Math.sqrt((x[targets[k]!]! - x[i]!) ** 2 + (y[targets[k]!]! - y[i]!) ** 2);
  }
  const length = sum > 0 ? sum / targets.length : 1;
  return { x: x.map((value) => value / length), y: y.map((value) => value / length) };
}

function centred({ x, y }: Positions): Positions {
  const middle = (values: Float64Array): number => {
    const least = values.reduce((a, b) => Math.min(a, b), Infinity);
    return (least + values.reduce((a, b) => Math.max(a, b), -Infinity)) / 2;
  };
  const [middleX, middleY] = [middle(x), middle(y)];
  return { x: x.map((value) => value - middleX), y: y.map((value) => value - middleY) };
}
