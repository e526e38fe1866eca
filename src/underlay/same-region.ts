import { shuffle, type Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { kmOfVectors, unitVectors } from './great-circle.ts';
import { REGION_KINDS, regionsOf, type Places, type RegionKind } from './places.ts';
import { quantile } from './spread.ts';

/** Links within a region, against those that chance would put there. */
export interface SameRegion {
  readonly kind: RegionKind;
  /** Regions that there are, and links both of whose ends are known. */
  readonly regions: number;
  readonly links: number;
  /** Those of them within one region. */
  readonly within: number;
  readonly null: AgainstNull;
  /**
   * The share that random wiring with these degrees would have: the sum over regions of the square of their share of the link
   * ends. It holds without self-loops and repeated links in mind, and so for many links only.
   */
  readonly byFormula: number;
}

/** A statistic beside the same one after the peers have changed places at random. */
export interface AgainstNull {
  readonly observed: number;
  readonly mean: number;
  /** From the 2.5 % to the 97.5 % quantile of the shuffles. */
  readonly range: readonly [low: number, high: number];
  /** Observed over mean; null where the mean is 0. */
  readonly ratio: number | null;
  /** By rank, on both sides: twice the smaller share of shuffles, this overlay among them, that are as far out. */
  readonly p: number;
}

export interface Nearness {
  readonly regions: readonly SameRegion[];
  /** The mean length of a link in km. */
  readonly linkKm: AgainstNull;
}

/**
 * Whether an overlay's links are shorter, and stay within regions more often, than if the same peers stood at the same places in
 * another order. One shuffle serves all statistics, and moves peers with all that is known about their places. O(shuffles x links).
 *
 * @param pairs the overlay's links, each once; at least one.
 */
export function nearness(pairs: Adjacency, places: Places, shuffles: number, random: Random): Nearness {
  const ends = endsOf(pairs);
  const kinds = REGION_KINDS.map((kind) => ({ kind, groups: groupsOf(regionsOf(places, kind)) }));
  const vectors = unitVectors(places.latitudes, places.longitudes);
  const measure = (order: Uint32Array): number[] => [
    ...kinds.map(({ groups }) => sharesWithin(ends, groups, order).share),
    meanKm(ends, vectors, order),
  ];
  const order = Uint32Array.from(places.latitudes.keys());
  const observed = measure(order);
  const drawn = observed.map(() => new Float64Array(shuffles));
  for (let k = 0; k < shuffles; k++) {
    shuffle(order, random);
    measure(order).forEach((value, which) => (drawn[which]![k] = value));
  }
  const inPlace = order.slice().sort();
  const against = observed.map((value, which) => againstNull(value, drawn[which]!));
  return {
    regions: kinds.map(({ kind, groups }, which) => {
      const { links, within } = sharesWithin(ends, groups, inPlace);
      return {
        kind,
        regions: new Set(groups.filter((group) => group > 0)).size,
        links,
        within,
        null: against[which]!,
        byFormula: sumOfSquares(ends, groups),
      };
    }),
    linkKm: against.at(-1)!,
  };
}

interface Ends {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
}

function endsOf({ offsets, targets }: Adjacency): Ends {
  const sources = new Uint32Array(targets.length);
  for (let peer = 0; peer + 1 < offsets.length; peer++) sources.fill(peer, offsets[peer], offsets[peer + 1]);
  return { sources, targets };
}

/** Numbers from 1 on for different regions, 0 for unknown ones. */
function groupsOf(regions: readonly string[]): Uint32Array {
  const numbers = new Map([['', 0]]);
  return Uint32Array.from(regions, (region) => {
    const known = numbers.get(region);
    if (known === undefined) numbers.set(region, numbers.size);
    return known ?? numbers.size - 1;
  });
}

function sharesWithin({ sources, targets }: Ends, groups: Uint32Array, order: Uint32Array) {
  let [links, within] = [0, 0];
  for (let k = 0; k < sources.length; k++) {
    const [a, b] = [groups[order[sources[k]!]!]!, groups[order[targets[k]!]!]!];
    if (a === 0 || b === 0) continue;
    links += 1;
    if (a === b) within += 1;
  }
  return { links, within, share: links === 0 ? 0 : within / links };
}

function meanKm({ sources, targets }: Ends, vectors: Float64Array, order: Uint32Array): number {
  let sum = 0;
  for (let k = 0; k < sources.length; k++)
    sum += kmOfVectors(vectors, order[sources[k]!]!, order[targets[k]!]!);
  return sum / sources.length;
}

/** Of the link ends at peers whose region is known. */
function sumOfSquares({ sources, targets }: Ends, groups: Uint32Array): number {
  const stubs = new Map<number, number>();
  for (const list of [sources, targets]) {
    for (const peer of list) stubs.set(groups[peer]!, (stubs.get(groups[peer]!) ?? 0) + 1);
  }
  stubs.delete(0);
  const total = [...stubs.values()].reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : [...stubs.values()].reduce((sum, count) => sum + (count / total) ** 2, 0);
}

/** Rounding may part values that are equal. */
const DUST = 1e-12;

function againstNull(observed: number, drawn: Float64Array): AgainstNull {
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const dust = DUST * Math.abs(observed);
  let [below, above] = [1, 1];
  for (const value of drawn) {
    if (value <= observed + dust) below += 1;
    if (value >= observed - dust) above += 1;
  }
  const sorted = drawn.slice().sort();
  return {
    observed,
    mean,
    range: [quantile(sorted, 0.025), quantile(sorted, 0.975)],
    ratio: mean === 0 ? null : observed / mean,
    p: Math.min(1, (2 * Math.min(below, above)) / (drawn.length + 1)),
  };
}
