import type { Socket } from 'node:net';
import type { Reaction } from '../overlays/overlay.ts';

/**
 * Does on a socket what takes time: a late answer, one byte by byte, one that is cut off. Returns what stops it.
 * @param done called when all was sent, unless the connection is cut off.
 */
export function reactSlowly(socket: Socket, reaction: Reaction, done: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const { send, delay = 0, pace } = reaction;
  const finish = (): void => {
    if (reaction.reset === true) {
      // What was sent has to arrive first: a reset may overtake it.
      timer = setTimeout(() => socket.resetAndDestroy(), BEFORE_RESET);
      return;
    }
    if (reaction.close === true) socket.end();
    done();
  };
  const sendByByte = (bytes: Uint8Array, at: number): void => {
    if (at >= bytes.length) {
      finish();
      return;
    }
    socket.write(bytes.subarray(at, at + 1));
    timer = setTimeout(() => {
      sendByByte(bytes, at + 1);
    }, pace);
  };
  const begin = (): void => {
    if (send !== undefined && pace !== undefined) {
      sendByByte(send, 0);
      return;
    }
    if (send !== undefined) socket.write(send);
    finish();
  };
  timer = setTimeout(begin, delay);
  return () => {
    clearTimeout(timer);
  };
}

/** Milliseconds; on loopback, data arrive within far less. */
const BEFORE_RESET = 20;
