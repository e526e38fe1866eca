import { ipOf, isLoopbackIp, type Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Random } from '../core/random.ts';
import type { Carrier, Patience, Transport, Visit } from '../core/visit.ts';
import type { Servent } from '../overlays/overlay.ts';
import { EventQueue } from './event-queue.ts';
import type { Latency } from './latency.ts';
import { CRAWLER_IP, type Finish, type VirtualLine } from './virtual-line.ts';
import { exchangeDatagrams } from './virtual-datagrams.ts';
import { VirtualConnection } from './virtual-connection.ts';

/** Why there is no connection: nobody listens, no answer comes, or there is no route. */
export type NoConnection = Extract<Outcome, 'connect-refused' | 'connect-timeout' | 'unreachable'>;

export interface VirtualNetworkOptions {
  /** The servent at an address now, or why nobody can connect to it. */
  readonly servent: (endpoint: Address, carrier: Carrier) => Servent | NoConnection;
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
  /** Calls back after so many milliseconds of it, unless the result is called before. */
  after(milliseconds: number, callBack: () => void): () => void;
}

/**
 * Carries conversations in virtual time: a connection takes two one-way delays, a question and its answer one each.
 *
 * Deterministic: events happen one at a time, and the next one only after all that the last one has set going in the
 * program has come to rest, so that the same seed gives the same visits to the byte. Bandwidth and loss are not modelled.
 */
export function createVirtualNetwork(options: VirtualNetworkOptions): VirtualNetwork {
  const events = new EventQueue(options.start);
  const usual: Patience = { connect: options.connectTimeout, answer: options.answerTimeout };
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
  const go = (): void => {
    if (state.running) return;
    state.running = true;
    setImmediate(run);
  };
  return {
    now: () => events.now,
    after: (milliseconds, callBack) => {
      let isWanted = true;
      events.after(milliseconds, () => {
        if (!isWanted) return;
        state.told = true;
        callBack();
      });
      go();
      return () => {
        isWanted = false;
      };
    },
    converse: (endpoint, conversation, { patience = usual } = {}) =>
      new Promise((resolve) => {
        const delay = options.latency.draw(options.random, endpoint);
        exchange({ servent: options.servent, events, endpoint, conversation, delay, patience }, (visit) => {
          state.told = true;
          resolve(visit);
        });
        go();
      }),
  };
}

interface Exchange extends VirtualLine {
  readonly endpoint: Address;
  readonly servent: VirtualNetworkOptions['servent'];
}

function exchange(options: Exchange, done: (visit: Visit) => void): void {
  const { events, endpoint, conversation, delay, patience } = options;
  const begin = events.now;
  const finish: Finish = (answer, { bytesSent, bytesReceived, roundTrip }) => {
    const { question } = conversation;
    const startedAt = Math.round(begin);
    const duration = rounded(events.now - begin);
    const visit = { endpoint, question, startedAt, duration, bytesSent, bytesReceived };
    done(roundTrip === undefined ? { ...visit, ...answer } : { ...visit, roundTrip, ...answer });
  };
  const fail = (outcome: Outcome, after: number): void => {
    events.after(after, () => {
      finish({ outcome, claims: NO_CLAIMS }, { bytesSent: 0, bytesReceived: 0 });
    });
  };
  // The same rule as on sockets: what is not simulated here is never dialled.
  if (!isLoopbackIp(ipOf(endpoint))) {
    fail('excluded', 0);
    return;
  }
  if (2 * delay > patience.connect) {
    fail('connect-timeout', patience.connect);
    return;
  }
  // The SYN or the datagram arrives; what is there at that instant answers, or nothing does.
  events.after(delay, () => {
    const peer = options.servent(endpoint, conversation.carrier);
    if (conversation.carrier === 'udp') exchangeDatagrams(options, peer, finish);
    else if (typeof peer === 'string')
      fail(peer, peer === 'connect-timeout' ? patience.connect - delay : delay);
    else new VirtualConnection(options, peer.accept(CRAWLER_IP), finish).open();
  });
}

/** To microseconds, as on sockets. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
