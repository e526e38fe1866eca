import type { Socket } from 'node:net';
import type { Reaction, Servent } from '../overlays/overlay.ts';
import { reactSlowly } from './slow-reaction.ts';

/**
 * How a contact went: `answered` in full or in part · `refused` with a last word · `reset` in mid-answer · `silent`: it ended
 * without a word from the peer · `gone`: the peer was not up.
 */
export const CONTACT_ENDS = ['answered', 'refused', 'reset', 'silent', 'gone'] as const;
export type ContactEnd = (typeof CONTACT_ENDS)[number];

/**
 * Lets a servent talk on a socket that has passed the check. Its patience is for one turn of the other side: it begins anew
 * where the session names another one, and where the servent has spoken, but not with each byte that comes in, so that who
 * drips holds its place no longer than who is silent.
 */
export function attach(socket: Socket, servent: Servent, onClose: (end: ContactEnd) => void): void {
  const session = servent.accept(socket.remoteAddress ?? '');
  let stopSending: (() => void) | undefined;
  const loseIt = (): void => {
    // While the servent itself speaks slowly, it is nobody else's turn.
    if (stopSending === undefined) socket.destroy();
    else timer.refresh();
  };
  let { patience } = session;
  let timer = setTimeout(loseIt, patience);
  const mindPatience = (hasSpoken: boolean): void => {
    if (session.patience !== patience) {
      clearTimeout(timer);
      patience = session.patience;
      timer = setTimeout(loseIt, patience);
    } else if (hasSpoken) timer.refresh();
  };
  let end: ContactEnd = 'silent';
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(timer);
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
    mindPatience(reaction.send !== undefined);
    if (reaction.send !== undefined) end = endOf(reaction);
    if (reaction.delay !== undefined || reaction.pace !== undefined || reaction.reset === true) {
      stopSending?.();
      stopSending = reactSlowly(socket, reaction, () => {
        stopSending = undefined;
        timer.refresh();
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
