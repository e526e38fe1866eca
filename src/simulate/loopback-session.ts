import type { Socket } from 'node:net';
import type { Reaction, Servent } from '../overlays/overlay.ts';
import { reactSlowly } from './slow-reaction.ts';

/**
 * How a contact went: `answered` in full or in part · `refused` with a last word · `reset` in mid-answer · `silent`: it ended
 * without a word from the peer · `gone`: the peer was not up.
 */
export const CONTACT_ENDS = ['answered', 'refused', 'reset', 'silent', 'gone'] as const;
export type ContactEnd = (typeof CONTACT_ENDS)[number];

/** Lets a servent talk on a socket that has passed the check. */
export function attach(socket: Socket, servent: Servent, onClose: (end: ContactEnd) => void): void {
  const session = servent.accept(socket.remoteAddress ?? '');
  let patience = 0;
  // Every byte starts the time anew; setting it again costs more than reading it.
  const mindPatience = (): void => {
    if (session.patience === patience) return;
    patience = session.patience;
    socket.setTimeout(patience);
  };
  let stopSending: (() => void) | undefined;
  let end: ContactEnd = 'silent';
  mindPatience();
  socket.on('timeout', () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    stopSending?.();
    onClose(end);
  });
  let saidAll = false;
  const hangUp = (): void => {
    if (socket.writableLength > 0) socket.end();
    else socket.destroy();
  };
  socket.on('end', () => {
    saidAll = true;
    // Whoever has said all may still want to hear the answer.
    if (stopSending === undefined) hangUp();
  });
  socket.on('data', (bytes) => {
    const reaction = session.receive(bytes);
    mindPatience();
    if (reaction.send !== undefined) end = endOf(reaction);
    if (reaction.delay !== undefined || reaction.pace !== undefined || reaction.reset === true) {
      stopSending?.();
      stopSending = reactSlowly(socket, reaction, () => {
        stopSending = undefined;
        if (saidAll) hangUp();
      });
    } else if (reaction.close === true) socket.end(reaction.send ?? '');
    else if (reaction.send !== undefined) socket.write(reaction.send);
  });
  socket.resume();
}

function endOf({ reset, close }: Reaction): ContactEnd {
  return reset === true ? 'reset' : close === true ? 'refused' : 'answered';
}
