import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { ipOf, portOf, type Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import { systemCode } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Answer, Conversation, Patience } from '../core/visit.ts';
import { beginExchange, type Clocks, type Done } from './exchange.ts';
import { connectFailure, EXHAUSTED } from './socket-failure.ts';

export interface TcpOptions extends Clocks {
  readonly patience: Patience;
  /** Whether to speak TLS from the first byte on [false]. Servents sign their certificates themselves: nobody is identified. */
  readonly tls?: boolean;
  /** The IP address of ours to connect from; where it is not given, the system chooses. */
  readonly source?: string | undefined;
  /** Whether other sockets of ours are open. */
  readonly othersOpen: () => boolean;
  /** What is read goes here first: all connections may share it, since each chunk is taken before the next one is read. */
  readonly readBuffer: Uint8Array;
}

/** Runs one conversation on a connection of its own; returns the function that gives it up. */
export function exchangeOverTcp(
  endpoint: Address,
  conversation: Conversation,
  options: TcpOptions,
  done: Done,
): () => void {
  const { visit, connected: stands } = beginExchange(endpoint, conversation, options);
  let connected = false;
  let ended = false;
  const { tls = false, source, readBuffer } = options;
  const there = { host: ipOf(endpoint), port: portOf(endpoint) };
  const to = source === undefined ? there : { ...there, localAddress: source };
  const received = (bytes: Uint8Array): void => {
    if (ended) return;
    const step = conversation.receive(bytes);
    if (step.send !== undefined) socket.write(step.send);
    if (step.answer !== undefined) {
      finish(step.answer);
      return;
    }
    if (step.quiet === undefined) return;
    clearTimeout(quiet);
    quiet = setTimeout(goOnWithout, step.quiet);
  };
  // A buffer of its own for each read costs more than all that is done with what it holds.
  const reading = {
    buffer: readBuffer,
    callback: (count: number): boolean => {
      received(readBuffer.subarray(0, count));
      return true;
    },
  };
  const socket: Socket = tls
    ? connectSecurely({ ...to, rejectUnauthorized: false })
    : connect({ ...to, noDelay: true, onread: reading });
  let reached = false;
  if (tls) {
    socket.once('connect', () => {
      reached = true;
      stands();
    });
  }
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
  /** Within TLS, a peer that took the connection and then said nothing of use. */
  const giveUp = (): void => {
    if (connected) finish(conversation.end('silent'));
    else finish({ outcome: reached ? 'silent' : 'connect-timeout', claims: NO_CLAIMS });
  };
  const goOnWithout = (): void => {
    finish(conversation.end('quiet'));
  };
  let timer = setTimeout(giveUp, options.patience.connect);
  let quiet: NodeJS.Timeout | undefined;
  socket.on(tls ? 'secureConnect' : 'connect', () => {
    connected = true;
    if (!tls) stands();
    clearTimeout(timer);
    timer = setTimeout(giveUp, options.patience.answer);
    socket.write(conversation.opening);
  });
  if (tls) socket.on('data', received);
  socket.on('end', () => {
    if (connected) finish(conversation.end('closed'));
  });
  socket.on('error', (error: Error) => {
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
    if (connected) finish(conversation.end('reset'));
    else if (reached) finish({ outcome: secureFailure(error), claims: NO_CLAIMS });
    else finish({ outcome: connectFailure(error), claims: NO_CLAIMS });
  });
  return giveUp;
}

/** What kept a connection that stands from speaking TLS. */
function secureFailure(error: Error): Outcome {
  if (systemCode(error) === 'ECONNRESET') return 'reset';
  // Node's own error where the peer ended has the same code, and is none of the system's.
  return 'code' in error && error.code === 'ECONNRESET' ? 'closed' : 'not-this-protocol';
}

/** Milliseconds for the last words to be taken. */
const FAREWELL = 1_000;
