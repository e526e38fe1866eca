import type { Socket } from 'node:net';

/** Bytes waiting to be sent on one connection: what comes then, and can be left out, is. */
export const MAX_BACKLOG_BYTES = 1024 * 1024;

/** Milliseconds that a full queue may wait without the system taking anything of it: the other side does not read any more. */
export const MAX_STANDSTILL = 60_000;

/**
 * What a node sends on one connection. The ends of most connections share an event loop, so that a queue grows full before
 * the other end gets a chance to read: that alone is no reason to cut it off. BOUNDED: MAX_BACKLOG_BYTES, and beyond it what
 * can not be left out, of which a node sends little.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #now: () => number;
  /** Goes out in one piece: thousands of small ones would take more room than their bytes. */
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  /** Since when the queue is full and nothing of it has been taken. */
  #standsStillSince: number | undefined;

  constructor(socket: Socket, now: () => number) {
    this.#socket = socket;
    this.#now = now;
  }

  /** Takes what is to be sent; false where it is left out, since the queue is full. Nothing is sent before `flush`. */
  put(bytes: Uint8Array, droppable: boolean): boolean {
    if (this.#socket.destroyed) return true;
    if (this.#isFull()) {
      this.#standsStillSince ??= this.#now();
      if (this.#now() - this.#standsStillSince > MAX_STANDSTILL) {
        this.#socket.destroy();
        return true;
      }
      if (droppable) return false;
    } else this.#standsStillSince = undefined;
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    return true;
  }

  /** Hands all that was put to the system. */
  flush(): void {
    const [first] = this.#gathered;
    if (first === undefined) return;
    const bytes = this.#gathered.length === 1 ? first : Buffer.concat(this.#gathered, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (!this.#socket.destroyed) this.#socket.write(bytes, this.#onTaken);
  }

  #isFull(): boolean {
    return this.#socket.writableLength + this.#gatheredBytes > MAX_BACKLOG_BYTES;
  }

  /** The clock begins anew. */
  readonly #onTaken = (): void => {
    this.#standsStillSince = undefined;
  };
}
