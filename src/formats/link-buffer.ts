import type { LinkLists } from '../topology/adjacency.ts';

/** Links as they are read: two lists that grow. */
export class LinkBuffer {
  sources: Uint32Array;
  targets: Uint32Array;
  count = 0;
  /** The largest number that has come. */
  largest = 0;

  /** @param expected about how many there will be. Too many cost nothing: memory that is never written to is never taken. */
  constructor(expected: number) {
    this.sources = new Uint32Array(Math.max(LEAST, expected));
    this.targets = new Uint32Array(Math.max(LEAST, expected));
  }

  push(source: number, target: number): void {
    if (this.count === this.sources.length) this.grow();
    this.largest = Math.max(this.largest, source, target);
    this.sources[this.count] = source;
    this.targets[this.count++] = target;
  }

  grow(): void {
    this.sources = longer(this.sources);
    this.targets = longer(this.targets);
  }

  lists(): LinkLists {
    return { sources: this.sources.subarray(0, this.count), targets: this.targets.subarray(0, this.count) };
  }
}

const LEAST = 1024;

function longer(list: Uint32Array): Uint32Array {
  const next = new Uint32Array(2 * list.length);
  next.set(list);
  return next;
}
