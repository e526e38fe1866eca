import type { Guid } from '../wire/guid.ts';
import type { ConnectionId } from './effect.ts';
import { MAX_ROUTES } from './limits.ts';

/** Where a request came from: a connection, or the node itself. */
export type Origin = ConnectionId | 'own';

/**
 * The GUIDs of the requests that have passed: to know one that comes again, and to send answers back the way that the
 * request came (lecture, "Basic routing behavior"). O(1). BOUNDED: `capacity`; the one that came first is forgotten first.
 */
export class GuidRoutes {
  readonly #origins = new Map<string, Origin>();
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
    if (this.#origins.size >= this.#capacity) {
      for (const first of this.#origins.keys()) {
        this.#origins.delete(first);
        break;
      }
    }
    this.#origins.set(key, origin);
    return true;
  }

  /** Whence this request came; undefined where it is not remembered. */
  originOf(guid: Guid): Origin | undefined {
    return this.#origins.get(keyOf(guid));
  }
}

/** 16 characters instead of 32 digits: there are thousands. */
function keyOf(guid: Guid): string {
  return Buffer.from(guid.buffer, guid.byteOffset, guid.byteLength).toString('latin1');
}
