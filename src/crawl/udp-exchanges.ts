import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { ipOf, portOf, type Address } from '../core/address.ts';
import { NO_CLAIMS } from '../core/claims.ts';
import { systemCode } from '../core/errors.ts';
import type { Answer, Conversation } from '../core/visit.ts';
import { beginExchange, type Clocks, type Done } from './exchange.ts';
import { connectFailure, EXHAUSTED } from './socket-failure.ts';

export interface DatagramTerms {
  /** Milliseconds to wait for an answer. */
  readonly timeout: number;
  /** The IP address of ours to ask from; where it is not given, the system chooses. */
  readonly source?: string | undefined;
}

/** Conversations by datagrams: many at the same time on one socket of each address family and source. */
export interface UdpExchanges {
  /** Begins one; returns the function that gives it up. */
  begin(endpoint: Address, conversation: Conversation, terms: DatagramTerms, done: Done): () => void;
  close(): void;
}

/**
 * A datagram that arrives belongs to whoever asked the endpoint that it comes from, who also judges whether it answers the
 * question (by its GUID, for example). What comes from elsewhere is dropped: anybody can send anything. A datagram of
 * theirs or ours may be lost: no answer in time is `connect-timeout`, and says no more than that.
 */
export function createUdpExchanges(clocks: Clocks): UdpExchanges {
  const sockets = new Map<string, Socket>();
  const waiting = new Map<string, Set<Exchange>>();

  const arrived = (bytes: Uint8Array, from: RemoteInfo): void => {
    for (const exchange of waiting.get(`${from.address} ${from.port}`) ?? []) exchange.arrived(bytes);
  };

  const socketOf = (family: Family, source: string | undefined): Socket => {
    const key = source ?? family;
    const known = sockets.get(key);
    if (known !== undefined) return known;
    const socket = createSocket({ type: family, recvBufferSize: RECEIVE_BUFFER });
    sockets.set(key, socket);
    socket.on('message', arrived);
    socket.on('error', () => {
      // It says nothing about a peer; who waits for an answer gets none.
      sockets.delete(key);
      socket.close();
    });
    if (source !== undefined) socket.bind(0, source);
    return socket;
  };

  return {
    begin: (endpoint, conversation, { timeout, source }, done) => {
      const ip = ipOf(endpoint);
      const key = `${ip} ${portOf(endpoint)}`;
      const { visit } = beginExchange(endpoint, conversation, clocks);
      const traffic = { bytesSent: 0, bytesReceived: 0 };
      let ended = false;
      const leave = (): boolean => {
        if (ended) return false;
        ended = true;
        clearTimeout(timer);
        const others = waiting.get(key);
        others?.delete(exchange);
        if (others?.size === 0) waiting.delete(key);
        return true;
      };
      const finish = (answer: Answer): void => {
        if (leave()) done(visit(answer, traffic));
      };
      const giveUp = (): void => {
        finish(conversation.end('silent'));
      };
      const send = (bytes: Uint8Array): void => {
        traffic.bytesSent += bytes.length;
        try {
          socketOf(ip.includes(':') ? 'udp6' : 'udp4', source).send(bytes, portOf(endpoint), ip, (error) => {
            if (error !== null) refused(error);
          });
        } catch (error) {
          // Whoever begins an exchange is never told of its end before that.
          setImmediate(refused, error instanceof Error ? error : new Error(String(error)));
        }
      };
      const refused = (error: Error): void => {
        if (!EXHAUSTED.has(systemCode(error) ?? '')) {
          finish({ outcome: connectFailure(error), claims: NO_CLAIMS });
        } else if (leave()) done('exhausted');
      };
      const exchange: Exchange = {
        arrived: (bytes) => {
          traffic.bytesReceived += bytes.length;
          const step = conversation.receive(bytes);
          if (step.send !== undefined) send(step.send);
          if (step.answer !== undefined) finish(step.answer);
        },
      };
      const timer = setTimeout(giveUp, timeout);
      const others = waiting.get(key) ?? new Set();
      waiting.set(key, others.add(exchange));
      send(conversation.opening);
      return giveUp;
    },
    close: () => {
      for (const socket of sockets.values()) socket.close();
      sockets.clear();
    },
  };
}

type Family = 'udp4' | 'udp6';

interface Exchange {
  readonly arrived: (bytes: Uint8Array) => void;
}

/** Bytes: answers come in bursts, and what the system cannot keep is lost. */
const RECEIVE_BUFFER = 4 << 20;
