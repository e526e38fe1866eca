import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINKS } from '../core/limits.ts';
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
    const room = Math.min(Math.max(LEAST, expected), MAX_LINKS);
    this.sources = new Uint32Array(room);
    this.targets = new Uint32Array(room);
  }

  push(source: number, target: number): void {
    if (this.count === this.sources.length) this.grow();
    this.largest = Math.max(this.largest, source, target);
    this.sources[this.count] = source;
    this.targets[this.count++] = target;
  }

  /** @throws {PeerscopeError} (bad-input) where there are more links than a topology can hold. */
  grow(): void {
    if (this.count >= MAX_LINKS) {
      throw new PeerscopeError('bad-input', `more than ${MAX_LINKS} links are more than a topology can hold`);
    }
    this.sources = longer(this.sources);
    this.targets = longer(this.targets);
  }

  lists(): LinkLists {
    return { sources: this.sources.subarray(0, this.count), targets: this.targets.subarray(0, this.count) };
  }
}

const LEAST = 1024;

function longer(list: Uint32Array): Uint32Array {
  const next = new Uint32Array(Math.min(2 * list.length, MAX_LINKS));
  next.set(list);
  return next;
}
