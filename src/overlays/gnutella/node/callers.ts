import type { Caller } from './caller.ts';
import type { ConnectionId } from './effect.ts';

/**
 * The callers of a node that are no links yet, in the order in which they came. How many there may be is for the node to
 * say: where one is too many, `leastWelcome` has to go, so that those who say nothing keep nobody out.
 */
export class Callers {
  readonly #callers = new Map<ConnectionId, Caller>();
  readonly #byIp = new Map<string, Set<ConnectionId>>();

  get size(): number {
    return this.#callers.size;
  }

  [Symbol.iterator](): IterableIterator<[ConnectionId, Caller]> {
    return this.#callers.entries();
  }

  get(connection: ConnectionId): Caller | undefined {
    return this.#callers.get(connection);
  }

  /** How many there are from this IP address. */
  countFrom(remoteIp: string): number {
    return this.#byIp.get(remoteIp)?.size ?? 0;
  }

  add(connection: ConnectionId, caller: Caller): void {
    this.#callers.set(connection, caller);
    const same = this.#byIp.get(caller.remoteIp);
    if (same === undefined) this.#byIp.set(caller.remoteIp, new Set([connection]));
    else same.add(connection);
  }

  delete(connection: ConnectionId): void {
    const caller = this.#callers.get(connection);
    if (caller === undefined) return;
    this.#callers.delete(connection);
    const same = this.#byIp.get(caller.remoteIp);
    same?.delete(connection);
    if (same?.size === 0) this.#byIp.delete(caller.remoteIp);
  }

  /**
   * Of all callers, or of those from one IP address: the oldest that has not said anything, or else the oldest; undefined
   * where there is none. O(callers).
   */
  leastWelcome(remoteIp?: string): ConnectionId | undefined {
    const among = remoteIp === undefined ? this.#callers.keys() : (this.#byIp.get(remoteIp) ?? []);
    let oldest: ConnectionId | undefined;
    for (const connection of among) {
      if (this.#callers.get(connection)?.hasSpoken === false) return connection;
      oldest ??= connection;
    }
    return oldest;
  }
}
