import type { Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import type { Random } from '../core/random.ts';
import type { Answer, Conversation, Transport, Visit } from '../core/visit.ts';
import type { Servent } from '../overlays/overlay.ts';
import { EventQueue } from './event-queue.ts';
import type { Latency } from './latency.ts';

export interface VirtualNetworkOptions {
  /** The servent at an address, or undefined where nobody listens. */
  readonly servent: (endpoint: Address) => Servent | undefined;
  readonly latency: Latency;
  readonly random: Random;
  /** The first instant, milliseconds since 1970. */
  readonly start: number;
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
  let running = false;
  const run = (): void => {
    running = events.step();
    // Not a microtask: whoever waits for this event's visit goes on before the next event happens.
    if (running) setImmediate(run);
  };
  return {
    now: () => events.now,
    converse: (endpoint, conversation) =>
      new Promise((resolve) => {
        const delay = options.latency.draw(options.random);
        exchange({ events, endpoint, conversation, delay, servent: options.servent }, resolve);
        if (running) return;
        running = true;
        setImmediate(run);
      }),
  };
}

interface Exchange {
  readonly events: EventQueue;
  readonly endpoint: Address;
  readonly conversation: Conversation;
  /** One way, milliseconds. */
  readonly delay: number;
  readonly servent: (endpoint: Address) => Servent | undefined;
}

function exchange(
  { events, endpoint, conversation, delay, servent }: Exchange,
  done: (visit: Visit) => void,
): void {
  const begin = events.now;
  const startedAt = Math.round(begin);
  const finish = (answer: Answer, bytesSent: number, bytesReceived: number): void => {
    const duration = Math.round((events.now - begin) * 1000) / 1000;
    const visit = {
      endpoint,
      question: conversation.question,
      startedAt,
      duration,
      bytesSent,
      bytesReceived,
    };
    done({ ...visit, ...answer });
  };
  const peer = servent(endpoint);
  if (peer === undefined) {
    events.after(2 * delay, () => {
      finish({ outcome: 'connect-refused', claims: NO_CLAIMS }, 0, 0);
    });
    return;
  }
  const { opening } = conversation;
  // SYN, SYN and ACK, then the opening: the peer answers with what it knows at that instant.
  events.after(3 * delay, () => {
    const { send, close } = peer.accept('127.0.0.1').receive(opening);
    events.after(delay, () => {
      const answer = send === undefined ? undefined : conversation.receive(send);
      const received = send?.length ?? 0;
      finish(answer ?? conversation.end(close === true ? 'closed' : 'silent'), opening.length, received);
    });
  });
}
