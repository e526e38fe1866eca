import { connect } from 'node:net';
import { ipOf, isLoopbackIp, portOf, type Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import { systemCode } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Answer, Conversation, Transport, Visit } from '../core/visit.ts';

export interface TcpTransportOptions {
  /** Milliseconds to wait for the connection. */
  readonly connectTimeout: number;
  /** Milliseconds from the connection to the end of the answer, however slowly it drips. */
  readonly answerTimeout: number;
  /** The time, milliseconds since 1970; and a clock that never jumps, milliseconds. */
  readonly now: () => number;
  readonly monotonic: () => number;
}

export interface TcpTransport extends Transport {
  /** Gives up all conversations that are under way; they end as `silent`. */
  close(): void;
}

/**
 * Whether an address may be dialled at all. The one check in the program: only this machine's own loopback addresses,
 * until live crawls exist.
 */
export function mayDial(address: Address): boolean {
  return isLoopbackIp(ipOf(address));
}

/** Conversations over TCP. Addresses that must not be dialled get the outcome `excluded` without a packet. */
export function createTcpTransport(options: TcpTransportOptions): TcpTransport {
  const open = new Set<() => void>();
  const othersOpen = (): boolean => open.size > 1;
  return {
    converse: (endpoint, conversation) => {
      if (!mayDial(endpoint)) return Promise.resolve(excluded(endpoint, conversation, options.now()));
      return new Promise((resolve) => {
        const giveUp = dial(endpoint, conversation, { ...options, othersOpen }, (visit) => {
          open.delete(giveUp);
          resolve(visit);
        });
        open.add(giveUp);
      });
    },
    close: () => {
      for (const giveUp of open) giveUp();
    },
  };
}

/** Runs one conversation on a socket of its own; returns the function that gives it up. */
function dial(
  endpoint: Address,
  conversation: Conversation,
  options: TcpTransportOptions & { readonly othersOpen: () => boolean },
  done: (visit: Visit | 'exhausted') => void,
): () => void {
  const startedAt = options.now();
  const begin = options.monotonic();
  let connected = false;
  let ended = false;
  const socket = connect({ host: ipOf(endpoint), port: portOf(endpoint), noDelay: true });
  const finish = (answer: Answer): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    socket.destroy();
    done({
      endpoint,
      question: conversation.question,
      startedAt,
      duration: Math.round((options.monotonic() - begin) * 1000) / 1000,
      bytesSent: socket.bytesWritten,
      bytesReceived: socket.bytesRead,
      ...answer,
    });
  };
  const giveUp = (): void => {
    finish(connected ? conversation.end('silent') : { outcome: 'connect-timeout', claims: NO_CLAIMS });
  };
  let timer = setTimeout(giveUp, options.connectTimeout);
  socket.on('connect', () => {
    connected = true;
    clearTimeout(timer);
    timer = setTimeout(giveUp, options.answerTimeout);
    socket.write(conversation.opening);
  });
  socket.on('data', (bytes) => {
    const answer = conversation.receive(bytes);
    if (answer !== undefined) finish(answer);
  });
  socket.on('end', () => {
    finish(conversation.end('closed'));
  });
  socket.on('error', (error) => {
    if (!connected && !ended && isExhaustion(error, options.othersOpen())) {
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

/** Whether a connection failed for want of means on this machine. No free port may also mean: never this address. */
function isExhaustion(error: Error, othersOpen: boolean): boolean {
  const code = systemCode(error) ?? '';
  return EXHAUSTED.has(code) || (code === 'EADDRNOTAVAIL' && othersOpen);
}

const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN']);

function connectFailure(error: Error): Outcome {
  switch (systemCode(error)) {
    case 'ECONNREFUSED':
      return 'connect-refused';
    case 'ECONNRESET':
      return 'reset';
    case 'ETIMEDOUT':
      return 'connect-timeout';
    default:
      return 'unreachable';
  }
}

function excluded(endpoint: Address, conversation: Conversation, startedAt: number): Visit {
  return {
    endpoint,
    question: conversation.question,
    startedAt,
    duration: 0,
    bytesSent: 0,
    bytesReceived: 0,
    outcome: 'excluded',
    claims: NO_CLAIMS,
  };
}
