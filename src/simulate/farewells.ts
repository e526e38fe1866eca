import type { Socket } from 'node:net';

/** Milliseconds that the other side has to take what was said last, and to close too. */
export const LAST_WORDS = 5_000;

/** Connections that are being closed at the same time; beyond that they are closed without waiting for anybody. */
const MAX_FAREWELLS = 1_000;

/**
 * Connections that a node has given up, and whose other side has not closed yet. What it still sends is thrown away, and gives
 * it no more time. BOUNDED: MAX_FAREWELLS, each for LAST_WORDS.
 */
export class Farewells {
  readonly #timers = new Map<Socket, NodeJS.Timeout>();

  get size(): number {
    return this.#timers.size;
  }

  /** Closes a connection once all is sent. */
  hangUp(socket: Socket): void {
    if (socket.destroyed || this.#timers.has(socket)) return;
    if (this.#timers.size >= MAX_FAREWELLS) {
      socket.destroy();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), LAST_WORDS);
    this.#timers.set(socket, timer);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#timers.delete(socket);
    });
    socket.end();
    socket.resume();
  }

  /** All at once. */
  closeAll(): void {
    for (const socket of [...this.#timers.keys()]) socket.destroy();
  }
}
