import { kmBetween, type Places } from './places.ts';
import type { OverlayPath, SampledPaths } from './sample-paths.ts';
import { spreadOf, type Spread } from './spread.ts';

/** What it costs to go over other peers instead of directly. */
export interface Stretch {
  /** Delay of a path of fewest hops as a multiple of the direct one: the relative delay penalty. */
  readonly byHops: Spread | null;
  /** The same of the path of least delay. */
  readonly byDelay: Spread | null;
  readonly hops: Spread | null;
  /** Pairs that are left out, because the network has no way between them or none that takes time. */
  readonly leftOut: number;
}

/** O(paths log paths). */
export function stretchOf(sampled: SampledPaths): Stretch {
  const measured = sampled.paths.filter(isMeasurable);
  const sources = measured.map(({ source }) => source);
  const spread = (of: (path: OverlayPath) => number): Spread | null =>
    spreadOf(measured.map(of), sources, sampled.isAll);
  return {
    byHops: spread(stretchByHops),
    byDelay: spread(({ leastDelay, direct }) => leastDelay / direct),
    hops: spread(({ path }) => path.length - 1),
    leftOut: sampled.paths.length - measured.length,
  };
}

/** The delay of the path of fewest hops over that of the direct way. */
export function stretchByHops({ delay, direct }: OverlayPath): number {
  return delay / direct;
}

export function isMeasurable({ delay, direct }: OverlayPath): boolean {
  return delay < Infinity && direct > 0 && direct < Infinity;
}

/** How much farther it is over other peers. */
export interface Detour {
  /** km along the paths of fewest hops. */
  readonly pathKm: Spread;
  /** km along the great circle, end to end. */
  readonly directKm: Spread;
  /** The difference. */
  readonly detourKm: Spread;
  /** All km along the paths over all km along the great circles; null where all peers are at one place. */
  readonly factor: number | null;
}

/** Null without paths. O(hops of the paths + paths log paths). */
export function detourOf({ paths, isAll }: SampledPaths, places: Places): Detour | null {
  const sources = paths.map(({ source }) => source);
  const along = paths.map(({ path }) => kmAlong(places, path));
  const direct = paths.map(({ source, target }) => kmBetween(places, source, target));
  const [pathKm, directKm, detourKm] = [along, direct, along.map((km, k) => km - direct[k]!)].map((values) =>
    spreadOf(values, sources, isAll),
  );
  if (!pathKm || !directKm || !detourKm) return null;
  return { pathKm, directKm, detourKm, factor: directKm.mean > 0 ? pathKm.mean / directKm.mean : null };
}

/** The great circles from peer to peer, added up. */
export function kmAlong(places: Places, path: readonly number[]): number {
  let sum = 0;
  for (let step = 1; step < path.length; step++) sum += kmBetween(places, path[step - 1]!, path[step]!);
  return sum;
}

/** The path with the longest detour in km, of several the first; where peers have no places, that of the largest stretch. */
export function worstPath({ paths }: SampledPaths, places: Places | undefined): OverlayPath | undefined {
  let [worst, most]: [OverlayPath | undefined, number] = [undefined, -Infinity];
  for (const path of paths) {
    const badness =
      places === undefined
        ? isMeasurable(path)
          ? stretchByHops(path)
          : -Infinity
        : kmAlong(places, path.path) - kmBetween(places, path.source, path.target);
    if (badness > most) [worst, most] = [path, badness];
  }
  return worst;
}
