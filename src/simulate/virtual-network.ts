import { ipOf, isLoopbackIp, type Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Random } from '../core/random.ts';
import type { Answer, Conversation, Transport, Visit } from '../core/visit.ts';
import type { Reaction, Servent } from '../overlays/overlay.ts';
import { EventQueue } from './event-queue.ts';
import type { Latency } from './latency.ts';

/** Why there is no connection: nobody listens, no answer comes, or there is no route. */
export type NoConnection = Extract<Outcome, 'connect-refused' | 'connect-timeout' | 'unreachable'>;

export interface VirtualNetworkOptions {
  /** The servent at an address now, or why nobody can connect to it. */
  readonly servent: (endpoint: Address) => Servent | NoConnection;
  readonly latency: Latency;
  readonly random: Random;
  /** The first instant, milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds that whoever asks waits for a connection, and from the connection to the end of the answer. */
  readonly connectTimeout: number;
  readonly answerTimeout: number;
}

/** A network without sockets: the same conversations and servents, in virtual time. */
export interface VirtualNetwork extends Transport {
  /** The virtual time, milliseconds since 1970. */
  now(): number;
}

/**
 * Carries conversations in virtual time: a connection takes two one-way delays, a question and its answer one each.
 *
 * Deterministic: events happen one at a time, and the next one only after all that the last one has set going in the
 * program has come to rest, so that the same seed gives the same visits to the byte. Bandwidth and loss are not modelled.
 */
export function createVirtualNetwork(options: VirtualNetworkOptions): VirtualNetwork {
  const events = new EventQueue(options.start);
  /** Whether events are happening, and whether one has told the program something since the last pause. */
  const state = { running: false, told: false };
  const hasTold = (): boolean => state.told;
  const run = (): void => {
    state.told = false;
    state.running = events.step();
    while (state.running && !hasTold()) state.running = events.step();
    // Not a microtask: whoever waits for this event's visit goes on before the next event happens.
    if (state.running) setImmediate(run);
  };
  return {
    now: () => events.now,
    converse: (endpoint, conversation) =>
      new Promise((resolve) => {
        const delay = options.latency.draw(options.random, endpoint);
        exchange({ ...options, events, endpoint, conversation, delay }, (visit) => {
          state.told = true;
          resolve(visit);
        });
        if (state.running) return;
        state.running = true;
        setImmediate(run);
      }),
  };
}

interface Exchange extends VirtualNetworkOptions {
  readonly events: EventQueue;
  readonly endpoint: Address;
  readonly conversation: Conversation;
  /** One way, milliseconds. */
  readonly delay: number;
}

function exchange(options: Exchange, done: (visit: Visit) => void): void {
  const { events, endpoint, conversation, delay, connectTimeout, answerTimeout } = options;
  const begin = events.now;
  const finish = (answer: Answer, bytesSent: number, bytesReceived: number): void => {
    const duration = Math.round((events.now - begin) * 1000) / 1000;
    const { question } = conversation;
    const startedAt = Math.round(begin);
    done({ endpoint, question, startedAt, duration, bytesSent, bytesReceived, ...answer });
  };
  const fail = (outcome: Outcome, after: number): void => {
    events.after(after, () => {
      finish({ outcome, claims: NO_CLAIMS }, 0, 0);
    });
  };
  // The same rule as on sockets: what is not simulated here is never dialled.
  if (!isLoopbackIp(ipOf(endpoint))) {
    fail('excluded', 0);
    return;
  }
  if (2 * delay > connectTimeout) {
    fail('connect-timeout', connectTimeout);
    return;
  }
  // The SYN arrives; what is there at that instant answers, or nothing does.
  events.after(delay, () => {
    const peer = options.servent(endpoint);
    if (typeof peer === 'string') {
      fail(peer, peer === 'connect-timeout' ? connectTimeout - delay : delay);
      return;
    }
    // SYN and ACK, then the opening: the peer answers with what it knew when the connection came in.
    const session = peer.accept('127.0.0.1');
    const { opening } = conversation;
    if (answerTimeout < delay) {
      // Whoever asks has given up by the time its question arrives.
      events.after(delay + answerTimeout, () => {
        finish(conversation.end('silent'), opening.length, 0);
      });
      events.after(2 * delay, () => session.receive(opening));
      return;
    }
    events.after(2 * delay, () => {
      const reaction = session.receive(opening);
      const late = delay + (reaction.delay ?? 0);
      const patience = answerTimeout - delay;
      // What is on its way is only bytes: they are read when they arrive.
      events.after(Math.min(late, patience), () => {
        const heard: Heard =
          late > patience
            ? { answer: conversation.end('silent'), bytesReceived: 0, after: 0 }
            : hear(reaction, conversation, patience - late);
        const end = (): void => {
          finish(heard.answer, opening.length, heard.bytesReceived);
        };
        if (heard.after === 0) end();
        else events.after(heard.after, end);
      });
    });
  });
}

interface Heard {
  readonly answer: Answer;
  readonly bytesReceived: number;
  /** Milliseconds from the first byte on. */
  readonly after: number;
}

/** What a reaction becomes at the other end of the line, from the arrival of its first byte on. */
function hear(
  { send, pace = 0, reset, close }: Reaction,
  conversation: Conversation,
  patience: number,
): Heard {
  const silent = (bytesReceived: number): Heard => ({
    answer: conversation.end('silent'),
    bytesReceived,
    after: patience,
  });
  const received = send?.length ?? 0;
  const step = pace > 0 ? 1 : received;
  for (let at = 0; send !== undefined && at < received; at += step) {
    if (at * pace > patience) return silent(at);
    const answer = conversation.receive(send.subarray(at, at + step));
    if (answer !== undefined) return { answer, bytesReceived: at + step, after: at * pace };
  }
  const after = Math.max(0, received - 1) * pace;
  const ending = reset === true ? 'reset' : close === true ? 'closed' : undefined;
  if (ending === undefined || after > patience) return silent(received);
  return { answer: conversation.end(ending), bytesReceived: received, after };
}
