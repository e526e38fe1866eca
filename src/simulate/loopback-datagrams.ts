import { createSocket, type Socket } from 'node:dgram';
import { ipOf, isLoopbackIp, portOf, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import type { Servent } from '../overlays/overlay.ts';
import { refuseWithoutFiles } from './open-files.ts';

/** Peers that listen to datagrams: a socket does not tell for whom a datagram was, so that each needs one of its own. */
export const MAX_DATAGRAM_SOCKETS = 15_000;

export interface DatagramHostOptions {
  /** The addresses of those who listen, and by which number each is known. */
  readonly listeners: readonly { readonly peer: number; readonly address: Address }[];
  readonly servent: (peer: number) => Servent | undefined;
}

/** Peers that answer datagrams on real sockets, reachable from this machine only. */
export interface DatagramHost {
  /** Datagrams that came, and those that were dropped because they came from outside of loopback. */
  readonly received: number;
  readonly foreign: number;
  close(): Promise<void>;
}

/** @throws {PeerscopeError} (usage) where this machine cannot give them sockets. */
export async function hostDatagrams({ listeners, servent }: DatagramHostOptions): Promise<DatagramHost> {
  if (listeners.length > MAX_DATAGRAM_SOCKETS) {
    throw new PeerscopeError(
      'usage',
      `${listeners.length} peers that listen to datagrams are too many on loopback (${MAX_DATAGRAM_SOCKETS} at most)`,
      { hint: 'Ask for fewer peers, or crawl in virtual time (--virtual).' },
    );
  }
  if (listeners.length > 0) refuseWithoutFiles(listeners.length, 'peers that listen to datagrams');
  const counters = { received: 0, foreign: 0 };
  const sockets: Socket[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  };
  try {
    for (const { peer, address } of listeners) {
      const socket = createSocket(ipOf(address).includes(':') ? 'udp6' : 'udp4');
      sockets.push(socket);
      await bound(socket, address);
      socket.on('error', () => undefined);
      socket.on('message', (bytes, from) => {
        if (!isLoopbackIp(from.address)) {
          counters.foreign += 1;
          return;
        }
        counters.received += 1;
        for (const { send, delay } of servent(peer)?.datagram?.(bytes, from.address) ?? []) {
          if (send === undefined) continue;
          const answer = (): void => {
            socket.send(send, from.port, from.address, () => undefined);
          };
          if (delay === undefined) answer();
          else setTimeout(answer, delay);
        }
      });
    }
  } catch (error) {
    await close();
    throw new PeerscopeError(
      'usage',
      `a peer could not listen to datagrams (${systemCode(error) ?? 'error'})`,
      {
        hint: 'Another simulation may be listening there: use another --port.',
        cause: error,
      },
    );
  }
  return {
    close,
    get received() {
      return counters.received;
    },
    get foreign() {
      return counters.foreign;
    },
  };
}

function bound(socket: Socket, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(portOf(address), ipOf(address), () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
