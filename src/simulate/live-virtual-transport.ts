import type { Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Answer, Conversation, Step, Transport, Visit } from '../core/visit.ts';
import type { VirtualLiveOverlay } from './live-virtual.ts';
import { CRAWLER_IP } from './virtual-line.ts';
import type { Wire } from './virtual-wire.ts';

/** Milliseconds to wait for a connection or a datagram, and from the connection to the end of the answer. */
export interface Patience {
  readonly connectTimeout: number;
  readonly answerTimeout: number;
}

/**
 * Carries a crawler's conversations to live nodes in virtual time, which passes only while one is under way: the nodes go
 * on with what they do meanwhile.
 */
export function liveTransport(overlay: VirtualLiveOverlay, patience: Patience): Transport {
  const { events } = overlay;
  const state = { open: 0, told: false, running: false };
  const isTold = (): boolean => state.told;
  const run = (): void => {
    state.told = false;
    while (!isTold() && events.step());
    // Not a microtask: whoever waits for this visit goes on before the next event happens.
    if (state.open > 0) setImmediate(run);
    else state.running = false;
  };
  return {
    converse: (endpoint, conversation) =>
      new Promise((resolve) => {
        state.open += 1;
        const exchange = new Exchange(overlay, endpoint, conversation, patience, (visit) => {
          state.open -= 1;
          state.told = true;
          resolve(visit);
        });
        exchange.begin();
        if (state.running) return;
        state.running = true;
        setImmediate(run);
      }),
  };
}

class Exchange {
  readonly #overlay: VirtualLiveOverlay;
  readonly #endpoint: Address;
  readonly #conversation: Conversation;
  readonly #patience: Patience;
  readonly #done: (visit: Visit) => void;
  readonly #startedAt: number;
  #wire: Wire | undefined;
  #bytesSent = 0;
  #bytesReceived = 0;
  /** Counts the waits for quiet; only the last one counts. */
  #quiet = 0;
  #isOver = false;

  constructor(
    overlay: VirtualLiveOverlay,
    endpoint: Address,
    conversation: Conversation,
    patience: Patience,
    done: (visit: Visit) => void,
  ) {
    this.#overlay = overlay;
    this.#endpoint = endpoint;
    this.#conversation = conversation;
    this.#patience = patience;
    this.#done = done;
    this.#startedAt = overlay.now();
  }

  begin(): void {
    if (this.#conversation.carrier === 'udp') this.#beginDatagrams();
    else this.#beginConnection();
  }

  #beginConnection(): void {
    const end = {
      receive: (bytes: Uint8Array) => {
        if (!this.#isOver) this.#hear(bytes);
      },
      closed: () => {
        if (!this.#isOver) this.#finish(this.#conversation.end('closed'));
      },
    };
    this.#overlay.connect(this.#endpoint, CRAWLER_IP, end, (wire) => {
      this.#wire = wire;
      if (wire === undefined) {
        this.#finish(failed('connect-refused'));
        return;
      }
      this.#say(this.#conversation.opening);
      this.#giveUpAfter(this.#patience.answerTimeout);
    });
  }

  #beginDatagrams(): void {
    this.#say(this.#conversation.opening);
    this.#giveUpAfter(this.#patience.connectTimeout);
  }

  #say(bytes: Uint8Array): void {
    this.#bytesSent += bytes.length;
    if (this.#conversation.carrier === 'tcp') {
      this.#wire?.send(bytes);
      return;
    }
    const { events, latency } = this.#overlay;
    events.after(latency, () => {
      const node = this.#overlay.at(this.#endpoint);
      const reactions = node?.datagram(this.#overlay.now(), bytes, CRAWLER_IP) ?? [];
      for (const { send, delay = 0 } of reactions) {
        if (send === undefined) continue;
        events.after(latency + delay, () => {
          if (!this.#isOver) this.#hear(send);
        });
      }
    });
  }

  #hear(bytes: Uint8Array): void {
    this.#bytesReceived += bytes.length;
    this.#step(this.#conversation.receive(bytes));
  }

  #step({ send, answer, quiet }: Step): void {
    if (send !== undefined) this.#say(send);
    if (answer !== undefined) {
      this.#finish(answer);
      return;
    }
    if (quiet === undefined) return;
    this.#quiet += 1;
    const mine = this.#quiet;
    this.#overlay.events.after(quiet, () => {
      if (mine === this.#quiet && !this.#isOver) this.#finish(this.#conversation.end('quiet'));
    });
  }

  #giveUpAfter(milliseconds: number): void {
    this.#overlay.events.after(milliseconds, () => {
      if (!this.#isOver) this.#finish(this.#conversation.end('silent'));
    });
  }

  #finish(answer: Answer): void {
    this.#isOver = true;
    const { farewell, question } = this.#conversation;
    if (farewell !== undefined && this.#wire !== undefined) this.#say(farewell);
    this.#wire?.close();
    this.#done({
      endpoint: this.#endpoint,
      question,
      startedAt: this.#startedAt,
      duration: this.#overlay.now() - this.#startedAt,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
      ...answer,
    });
  }
}

function failed(outcome: Outcome): Answer {
  return { outcome, claims: NO_CLAIMS };
}
