import { endsOf, PairList, pairNumber } from './id-numbers.ts';

/**
 * The links of a snapshot as pairs of places in a list of ids: for whoever lays tens of millions of them over each other,
 * since going through rows with texts costs ten times as much.
 */
export interface RankedLinks {
  /** Ascending (code-unit order), each once; every end of a link is among them. */
  readonly ids: RankedIds;
  /** Writes the places that are linked to this one and come after it into a row, ascending, each once. */
  fill(place: number, row: Row): void;
}

export interface RankedIds {
  readonly size: number;
  at(place: number): string;
}

/** A list of places that is used again and again. */
export class Row {
  #places = new Uint32Array(64);
  length = 0;

  push(place: number): void {
    if (this.length === this.#places.length) {
      const larger = new Uint32Array(2 * this.length);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[this.length++] = place;
  }

  at(index: number): number {
    return this.#places[index] ?? 0;
  }

  /** Ascending. Most rows are short, and calling the engine's own sort costs more than sorting them. */
  sort(): void {
    if (this.length > LONG_ROW) {
      this.#places.subarray(0, this.length).sort();
      return;
    }
    const places = this.#places;
    for (let k = 1; k < this.length; k++) {
      const place = places[k] ?? 0;
      let to = k;
      while (to > 0 && (places[to - 1] ?? 0) > place) {
        places[to] = places[to - 1] ?? 0;
        to -= 1;
      }
      places[to] = place;
    }
  }
}

const LONG_ROW = 64;

/** How many pairs stand in both, and those that stand in one of them only. */
export interface RankedDifference {
  readonly both: number;
  readonly missing: RankedPairs;
  readonly extra: RankedPairs;
}

/** Pairs of places, as `a b` with the lesser id first when one goes through them. 8 bytes a pair. */
export class RankedPairs {
  readonly #ids: RankedIds;
  readonly #pairs: Float64Array;

  constructor(ids: RankedIds, pairs: Float64Array) {
    this.#ids = ids;
    this.#pairs = pairs;
  }

  get length(): number {
    return this.#pairs.length;
  }

  *[Symbol.iterator](): Generator<string> {
    for (const pair of this.#pairs) {
      const [lesser, greater] = endsOf(pair);
      yield `${this.#ids.at(lesser)} ${this.#ids.at(greater)}`;
    }
  }

  toJSON(): string[] {
    return [...this];
  }
}

/** Walks along both, id by id and neighbour by neighbour. O(ids + links). */
export function compareRanked(found: RankedLinks, reference: RankedLinks): RankedDifference {
  const common = commonPlaces(found.ids, reference.ids);
  const missing = new PairList();
  const extra = new PairList();
  let both = 0;
  const [ones, others] = [new Row(), new Row()];
  let one = 0;
  let other = 0;
  for (let place = 0; place < common.size; place++) {
    const inFound = one < found.ids.size && common.ofFound(one) === place;
    const inReference = other < reference.ids.size && common.ofReference(other) === place;
    ones.length = 0;
    others.length = 0;
    if (inFound) found.fill(one, ones);
    if (inReference) reference.fill(other, others);
    let k = 0;
    let l = 0;
    while (k < ones.length || l < others.length) {
      const mine = k < ones.length ? common.ofFound(ones.at(k)) : Infinity;
      const theirs = l < others.length ? common.ofReference(others.at(l)) : Infinity;
      if (mine === theirs) both += 1;
      else if (mine < theirs) extra.add(pairNumber(one, ones.at(k)));
      else missing.add(pairNumber(other, others.at(l)));
      if (mine <= theirs) k += 1;
      if (theirs <= mine) l += 1;
    }
    if (inFound) one += 1;
    if (inReference) other += 1;
  }
  return {
    both,
    missing: new RankedPairs(reference.ids, missing.distinct()),
    extra: new RankedPairs(found.ids, extra.distinct()),
  };
}

/** Places in the union of two ascending lists. */
interface CommonPlaces {
  readonly size: number;
  ofFound(place: number): number;
  ofReference(place: number): number;
}

function commonPlaces(found: RankedIds, reference: RankedIds): CommonPlaces {
  if (areSame(found, reference)) {
    return { size: found.size, ofFound: (place) => place, ofReference: (place) => place };
  }
  const ofFound = new Uint32Array(found.size);
  const ofReference = new Uint32Array(reference.size);
  let size = 0;
  for (let one = 0, other = 0; one < found.size || other < reference.size; size++) {
    const mine = one < found.size ? found.at(one) : undefined;
    const theirs = other < reference.size ? reference.at(other) : undefined;
    if (theirs === undefined || (mine !== undefined && mine <= theirs)) ofFound[one++] = size;
    if (mine === undefined || (theirs !== undefined && theirs <= mine)) ofReference[other++] = size;
  }
  return {
    size,
    ofFound: (place) => ofFound[place] ?? 0,
    ofReference: (place) => ofReference[place] ?? 0,
  };
}

function areSame(found: RankedIds, reference: RankedIds): boolean {
  if (found.size !== reference.size) return false;
  for (let place = 0; place < found.size; place++) {
    if (found.at(place) !== reference.at(place)) return false;
  }
  return true;
}
