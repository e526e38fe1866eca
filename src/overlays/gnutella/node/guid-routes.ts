import type { Guid } from '../wire/guid.ts';
import type { ConnectionId } from './effect.ts';
import { Holdings } from './holdings.ts';
import { MAX_ROUTES } from './limits.ts';

/** Where a request came from: a connection, or the node itself. */
export type Origin = ConnectionId | 'own';

/**
 * The GUIDs of the requests that have passed: to know one that comes again, and to send answers back the way that the
 * request came (lecture, "Basic routing behavior"). O(1), amortised. BOUNDED: `capacity`; when it is full, the origin that
 * has most loses what came first from it. So a neighbour that sends very many makes nobody else's forgotten, and its own
 * no sooner than it must be: a GUID that is forgotten while copies are on their way would be flooded again.
 */
export class GuidRoutes {
  readonly #origins = new Map<string, Origin>();
  readonly #queues = new Map<Origin, KeyQueue>();
  readonly #holdings = new Holdings<Origin>();
  readonly #capacity: number;

  constructor(capacity = MAX_ROUTES) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#origins.size;
  }

  /** Remembers a request; false where it has come before, and then the first way stays. */
  add(guid: Guid, origin: Origin): boolean {
    const key = keyOf(guid);
    if (this.#origins.has(key)) return false;
    if (this.#origins.size >= this.#capacity) this.#forgetOne();
    this.#origins.set(key, origin);
    this.#holdings.add(origin);
    const queue = this.#queues.get(origin);
    if (queue === undefined) this.#queues.set(origin, new KeyQueue(key));
    else queue.push(key);
    return true;
  }

  /** Whence this request came; undefined where it is not remembered. */
  originOf(guid: Guid): Origin | undefined {
    return this.#origins.get(keyOf(guid));
  }

  #forgetOne(): void {
    const origin = this.#holdings.fullest;
    const queue = origin === undefined ? undefined : this.#queues.get(origin);
    if (origin === undefined || queue === undefined) return;
    const key = queue.shift();
    if (key !== undefined) this.#origins.delete(key);
    if (queue.size === 0) this.#queues.delete(origin);
    this.#holdings.remove(origin);
  }
}

/** Keys that have been taken from the front stay until they are as many as the others: a Set would walk over their holes. */
const LEAST_TAKEN = 32;

/** First in, first out; O(1), amortised. */
class KeyQueue {
  #keys: string[];
  #taken = 0;

  constructor(first: string) {
    this.#keys = [first];
  }

  get size(): number {
    return this.#keys.length - this.#taken;
  }

  push(key: string): void {
    this.#keys.push(key);
  }

  shift(): string | undefined {
    const key = this.#keys[this.#taken];
    this.#taken += 1;
    if (this.#taken > LEAST_TAKEN && this.#taken > this.size) {
      this.#keys = this.#keys.slice(this.#taken);
      this.#taken = 0;
    }
    return key;
  }
}

/** 16 characters instead of 32 digits: there are thousands. */
function keyOf(guid: Guid): string {
  return Buffer.from(guid.buffer, guid.byteOffset, guid.byteLength).toString('latin1');
}
