/**
 * A torus of sides 1 that is cut into zones by halving one of them at a time, in each dimension by turns; zone i belongs to
 * peer i, who halved another's. Sides and corners are exact, being sums of powers of two.
 */
export class ZoneTree {
  readonly dimension: number;
  /** The zones that share a face with each zone. */
  readonly neighbours: number[][] = [[]];
  readonly #low: Float64Array;
  readonly #side: Float64Array;
  /** How often each zone has been halved. */
  readonly #depth: Uint16Array;
  /** The cuts as a tree: a node has an axis, a place and two children; a leaf is the zone -1 - child. */
  readonly #axis: Uint8Array;
  readonly #place: Float64Array;
  readonly #below: Int32Array;
  readonly #above: Int32Array;
  /** Where the tree holds each zone: node x 2, and 1 more where it is above the cut. */
  readonly #slot: Int32Array;
  #zones = 1;

  constructor(capacity: number, dimension: number) {
    this.dimension = dimension;
    this.#low = new Float64Array(capacity * dimension);
    this.#side = new Float64Array(capacity * dimension).fill(1, 0, dimension);
    this.#depth = new Uint16Array(capacity);
    this.#axis = new Uint8Array(capacity);
    this.#place = new Float64Array(capacity);
    this.#below = new Int32Array(capacity);
    this.#above = new Int32Array(capacity);
    this.#slot = new Int32Array(capacity).fill(-1);
  }

  /** The middles of the zones, `dimension` numbers each. */
  get coordinates(): Float64Array {
    return this.#low.map((low, k) => low + this.#side[k]! / 2);
  }

  get halfSides(): Float64Array {
    return this.#side.map((side) => side / 2);
  }

  /** The zone that a point lies in. O(halvings of it). */
  ownerOf(point: Float64Array): number {
    if (this.#zones === 1) return 0;
    let node = 0;
    while (node >= 0)
      node = point[this.#axis[node]!]! < this.#place[node]! ? this.#below[node]! : this.#above[node]!;
    return -1 - node;
  }

  /** Halves a zone: the upper half is a new zone, the last of all. O(neighbours x neighbours of them). */
  split(zone: number): void {
    const { dimension } = this;
    const added = this.#zones++;
    const axis = this.#depth[zone]! % dimension;
    const begin = zone * dimension;
    const own = added * dimension;
    const half = this.#side[begin + axis]! / 2;
    this.#side[begin + axis] = half;
    for (let k = 0; k < dimension; k++) {
      this.#low[own + k] = this.#low[begin + k]!;
      this.#side[own + k] = this.#side[begin + k]!;
    }
    this.#low[own + axis]! += half;
    this.#depth[added] = ++this.#depth[zone]!;
    this.#hang(zone, added, axis, this.#low[own + axis]!);
    const before = this.neighbours[zone]!;
    const stay = before.filter((other) => this.#touch(zone, other));
    const come = before.filter((other) => this.#touch(added, other));
    for (const other of before) {
      const list = this.neighbours[other]!;
      if (!this.#touch(zone, other)) list.splice(list.indexOf(zone), 1);
    }
    for (const other of come) this.neighbours[other]!.push(added);
    this.neighbours[zone] = [...stay, added];
    this.neighbours.push([...come, zone]);
  }

  /** Puts a cut where the tree held the zone. Nodes are numbered by the zones that they added, from 0. */
  #hang(zone: number, added: number, axis: number, place: number): void {
    const node = added - 1;
    const slot = this.#slot[zone]!;
    if (slot >= 0) (slot % 2 === 0 ? this.#below : this.#above)[slot >> 1] = node;
    this.#axis[node] = axis;
    this.#place[node] = place;
    this.#below[node] = -1 - zone;
    this.#above[node] = -1 - added;
    this.#slot[zone] = 2 * node;
    this.#slot[added] = 2 * node + 1;
  }

  /** Whether two zones share a face: they meet in one dimension, and overlap in all others. */
  #touch(a: number, b: number): boolean {
    const { dimension } = this;
    let meetings = 0;
    for (let axis = 0, i = a * dimension, j = b * dimension; axis < dimension; axis++, i++, j++) {
      const [lowA, lowB] = [this.#low[i]!, this.#low[j]!];
      const [highA, highB] = [lowA + this.#side[i]!, lowB + this.#side[j]!];
      if (lowA < highB && lowB < highA) continue;
      if (highA % 1 !== lowB && highB % 1 !== lowA) return false;
      meetings += 1;
    }
    return meetings === 1;
  }
}
