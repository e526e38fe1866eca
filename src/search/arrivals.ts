import { Heap } from '../topology/heap.ts';
import type { Layers } from '../underlay/sample-paths.ts';
import type { Query, StrategyOptions } from './strategy.ts';

/** How long a request takes in an overlay whose links have delays, in ms. */
export interface SearchTimes {
  /** Until the first hit is back at the source; null where there is none. */
  readonly firstHit: number | null;
  /** Until the last peer has the request. */
  readonly last: number;
  /** Peers that have it then, besides the source. */
  readonly reached: number;
}

/**
 * When the peers hear a request that is flooded: whoever hears it for the first time passes it on at once, unless that copy has come as
 * many hops as its TTL says. A copy that is fast and has come many hops may so keep a slow one from going on that could have gone
 * farther; where the TTL is small, fewer peers hear it than a count hop by hop finds. 24 bytes a peer and link.
 */
export class Arrivals {
  readonly #layers: Layers;
  /** By link: who sends on it. */
  readonly #senders: Uint32Array;
  readonly #hops: Uint32Array;
  readonly #heap: Heap;
  /** By peer, in ms; Infinity for who does not hear it. */
  readonly times: Float64Array;
  #reached = 0;
  #first = Infinity;
  #last = 0;

  constructor(layers: Layers) {
    const { offsets, targets } = layers.rows;
    const size = offsets.length - 1;
    this.#layers = layers;
    this.#senders = new Uint32Array(targets.length);
    for (let peer = 0; peer < size; peer++) this.#senders.fill(peer, offsets[peer], offsets[peer + 1]);
    this.#hops = new Uint32Array(size);
    this.#heap = new Heap(targets.length);
    this.times = new Float64Array(size);
  }

  /**
   * A flood. O(links log links).
   * @param goes whether one peer sends it to another.
   */
  flood(source: number, ttl: number, goes: (from: number, to: number) => boolean): void {
    const { times } = this;
    const { targets } = this.#layers.rows;
    times.fill(Infinity);
    times[source] = 0;
    this.#hops[source] = 0;
    [this.#reached, this.#first, this.#last] = [0, Infinity, 0];
    this.#send(source, goes);
    while (this.#heap.size > 0) {
      const time = this.#heap.key;
      const k = this.#heap.pop();
      const peer = targets[k]!;
      if (times[peer]! < Infinity) continue;
      times[peer] = time;
      const hops = (this.#hops[peer] = this.#hops[this.#senders[k]!]! + 1);
      if (this.#reached++ === 0) this.#first = time;
      this.#last = time;
      if (hops < ttl) this.#send(peer, goes);
    }
  }

  /** What that flood comes to for a query; answers go back as they came. O(holders). */
  timesOf({ source, item }: Query, { request, content }: StrategyOptions): SearchTimes {
    let first = request === 'ping' ? this.#first : Infinity;
    if (request === 'query' && content !== undefined && item !== undefined) {
      const { offsets, targets } = content.holders;
      for (let k = offsets[item]!; k < offsets[item + 1]!; k++) {
        if (targets[k] !== source) first = Math.min(first, this.times[targets[k]!]!);
      }
    }
    return { firstHit: first < Infinity ? 2 * first : null, last: this.#last, reached: this.#reached };
  }

  #send(from: number, goes: (from: number, to: number) => boolean): void {
    const { rows, delays } = this.#layers;
    for (let k = rows.offsets[from]!; k < rows.offsets[from + 1]!; k++) {
      const to = rows.targets[k]!;
      const time = this.times[from]! + delays[k]!;
      if (this.times[to]! < Infinity || time === Infinity || !goes(from, to)) continue;
      this.#heap.push(time, k);
    }
  }
}

/** To all neighbours; those that have heard it are not asked about. */
export const TO_ALL = (): boolean => true;
