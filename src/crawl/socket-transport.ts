import type { Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import type { Conversation, Patience, Transport, Visit } from '../core/visit.ts';
import { beginExchange, type Clocks, type Done } from './exchange.ts';
import { LOOPBACK_ONLY, whyNotDial, type DialPolicy } from './manners/dial-policy.ts';
import { exchangeOverTcp } from './tcp-exchange.ts';
import { createUdpExchanges } from './udp-exchanges.ts';

export interface SocketTransportOptions extends Clocks {
  /** Milliseconds to wait for a connection, and for an answer by datagram. */
  readonly connectTimeout: number;
  /** Milliseconds from the connection to the end of the answer, however slowly it drips. */
  readonly answerTimeout: number;
  /** Whether connections speak TLS, as gtk-gnutella does on the same port [false]. */
  readonly tls?: boolean;
  /** Who may be dialled: the one place where that is enforced [loopback only]. */
  readonly policy?: DialPolicy;
}

export interface SocketTransport extends Transport {
  /** Gives up all conversations that are under way; they end as `silent`. */
  close(): void;
}

/** Conversations on real sockets. Addresses that must not be dialled get the outcome `excluded` without a packet. */
export function createSocketTransport(options: SocketTransportOptions): SocketTransport {
  const open = new Set<() => void>();
  const tcp = { ...options, othersOpen: () => open.size > 1, readBuffer: new Uint8Array(READ_BYTES) };
  const datagrams = createUdpExchanges(options);
  const { policy = LOOPBACK_ONLY } = options;
  const usual: Patience = { connect: options.connectTimeout, answer: options.answerTimeout };
  const tell = inOneGo<Visit | 'exhausted'>();
  return {
    converse: (endpoint, conversation, { patience = usual, source } = {}) => {
      if (whyNotDial(policy, endpoint) !== undefined)
        return Promise.resolve(excluded(endpoint, conversation, options));
      return new Promise((resolve) => {
        const done: Done = (visit) => {
          open.delete(giveUp);
          tell(resolve, visit);
        };
        const giveUp =
          conversation.carrier === 'udp'
            ? datagrams.begin(endpoint, conversation, { timeout: patience.connect, source }, done)
            : exchangeOverTcp(endpoint, conversation, { ...tcp, patience, source }, done);
        open.add(giveUp);
      });
    },
    close: () => {
      for (const giveUp of open) giveUp();
      datagrams.close();
    },
  };
}

/**
 * Tells together what comes in within one turn of the event loop, before the next one waits: so that whoever takes it records,
 * and makes the next contacts, once for all of it.
 */
function inOneGo<T>(): (resolve: (value: T) => void, value: T) => void {
  let waiting: (() => void)[] = [];
  const tellAll = (): void => {
    const all = waiting;
    waiting = [];
    for (const tellOne of all) tellOne();
  };
  return (resolve, value) => {
    if (waiting.length === 0) setImmediate(tellAll);
    waiting.push(() => {
      resolve(value);
    });
  };
}

function excluded(endpoint: Address, conversation: Conversation, clocks: Clocks): Visit {
  const { visit } = beginExchange(endpoint, conversation, clocks);
  return visit({ outcome: 'excluded', claims: NO_CLAIMS }, { bytesSent: 0, bytesReceived: 0 });
}

/** As much as Node reads at once by itself. */
const READ_BYTES = 65_536;
