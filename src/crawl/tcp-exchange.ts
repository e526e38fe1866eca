import { connect } from 'node:net';
import { ipOf, portOf, type Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import { systemCode } from '../core/errors.ts';
import type { Answer, Conversation } from '../core/visit.ts';
import { beginVisit, type Clocks, type Done } from './exchange.ts';
import { connectFailure, EXHAUSTED } from './socket-failure.ts';

export interface TcpOptions extends Clocks {
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
  /** Milliseconds from the connection to the end of the answer, however slowly it drips. */
  readonly answerTimeout: number;
  /** Whether other sockets of ours are open. */
  readonly othersOpen: () => boolean;
}

/** Runs one conversation on a connection of its own; returns the function that gives it up. */
export function exchangeOverTcp(
  endpoint: Address,
  conversation: Conversation,
  options: TcpOptions,
  done: Done,
): () => void {
  const visit = beginVisit(endpoint, conversation, options);
  let connected = false;
  let ended = false;
  const socket = connect({ host: ipOf(endpoint), port: portOf(endpoint), noDelay: true });
  const finish = (answer: Answer): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    clearTimeout(quiet);
    const { farewell } = conversation;
    const says = farewell !== undefined && socket.writable;
    if (says) {
      // Whoever does not read it is cut off.
      socket.setTimeout(FAREWELL, () => socket.destroy());
      socket.end(farewell, () => socket.destroy());
    } else socket.destroy();
    const { bytesWritten: bytesSent, bytesRead: bytesReceived } = socket;
    done(visit(answer, { bytesSent, bytesReceived }));
  };
  const giveUp = (): void => {
    finish(connected ? conversation.end('silent') : { outcome: 'connect-timeout', claims: NO_CLAIMS });
  };
  let timer = setTimeout(giveUp, options.connectTimeout);
  let quiet: NodeJS.Timeout | undefined;
  socket.on('connect', () => {
    connected = true;
    clearTimeout(timer);
    timer = setTimeout(giveUp, options.answerTimeout);
    socket.write(conversation.opening);
  });
  socket.on('data', (bytes) => {
    if (ended) return;
    const step = conversation.receive(bytes);
    if (step.send !== undefined) socket.write(step.send);
    if (step.answer !== undefined) {
      finish(step.answer);
      return;
    }
    clearTimeout(quiet);
    if (step.quiet !== undefined) quiet = setTimeout(giveUp, step.quiet);
  });
  socket.on('end', () => {
    finish(conversation.end('closed'));
  });
  socket.on('error', (error) => {
    const code = systemCode(error) ?? '';
    // No free port may also mean: never this address.
    const isOurs = EXHAUSTED.has(code) || (code === 'EADDRNOTAVAIL' && options.othersOpen());
    if (!connected && !ended && isOurs) {
      ended = true;
      clearTimeout(timer);
      socket.destroy();
      done('exhausted');
      return;
    }
    finish(connected ? conversation.end('reset') : { outcome: connectFailure(error), claims: NO_CLAIMS });
  });
  return giveUp;
}

/** Milliseconds for the last words to be taken. */
const FAREWELL = 1_000;
