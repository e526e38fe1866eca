import type { Socket } from 'node:net';
import type { Address } from '../core/address.ts';
import type { Servent } from '../overlays/overlay.ts';
import { hostDatagrams, type DatagramHostOptions } from './loopback-datagrams.ts';
import {
  isWithinLoopback,
  listenForAll,
  routesWholeBlock,
  type AddressScheme,
  type Listening,
  type ListeningOptions,
} from './loopback-listening.ts';
import { attach, type ContactEnd } from './loopback-session.ts';

/** Peers that stand on real sockets, reachable from this machine only. */
export interface LoopbackHost {
  readonly scheme: AddressScheme;
  /** The address of each peer, by number: also of invented ones, and of arrivals, where all share one port. */
  addressOf(peer: number): Address;
  /** An address where nobody listens; the same for the same number. */
  nobody(number: number): Address;
  /** Connections accepted so far, and those cut off because one of their ends lay outside loopback. */
  readonly accepted: number;
  /** How the contacts so far went, as the overlay sees it. */
  readonly contacts: Readonly<Record<ContactEnd, number>>;
  readonly foreign: number;
  /** Datagrams received so far. */
  readonly datagrams: number;
  close(): Promise<void>;
}

export interface LoopbackHostOptions extends ListeningOptions {
  /** Which scheme; by default one port where this system routes all of 127.0.0.0/8, else a port per peer. */
  readonly scheme?: AddressScheme;
  /** Whether this peer listens to datagrams, from the start and for good [nobody does]. */
  listensToDatagrams?(peer: number): boolean;
  /** The servent of a peer, or undefined where it is down now; called when somebody contacts it. */
  readonly servent: (peer: number) => Servent | undefined;
}

/** Listens for all peers. Throws a PeerscopeError (usage) where this machine cannot give them addresses. */
export async function hostOnLoopback(options: LoopbackHostOptions): Promise<LoopbackHost> {
  const scheme = options.scheme ?? ((await routesWholeBlock()) ? 'one-port' : 'port-per-peer');
  const counters = { accepted: 0, foreign: 0 };
  const contacts: Record<ContactEnd, number> = { answered: 0, refused: 0, reset: 0, silent: 0, gone: 0 };
  const sockets = new Set<Socket>();
  const serve = (socket: Socket, peer: number | undefined): void => {
    if (!isWithinLoopback(socket)) {
      counters.foreign += 1;
      socket.destroy();
      return;
    }
    const servent = peer === undefined ? undefined : options.servent(peer);
    if (servent === undefined) {
      // The port is open for all: a peer that is down can only be shown by cutting the connection off at once.
      contacts.gone += 1;
      socket.resetAndDestroy();
      return;
    }
    counters.accepted += 1;
    sockets.add(socket);
    attach(socket, servent, (end) => {
      contacts[end] += 1;
      sockets.delete(socket);
    });
  };
  const listening = await listenForAll(scheme, options, serve);
  const closeTcp = async (): Promise<void> => {
    const closed = listening.servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  };
  const datagrams = await hostDatagrams({
    listeners: listenersAmong(options, listening),
    servent: options.servent,
  }).catch(async (error: unknown) => {
    await closeTcp();
    throw error;
  });
  return {
    scheme,
    addressOf: listening.addressOf,
    nobody: listening.nobody,
    contacts,
    get accepted() {
      return counters.accepted;
    },
    get foreign() {
      return counters.foreign + datagrams.foreign;
    },
    get datagrams() {
      return datagrams.received;
    },
    close: async () => {
      await Promise.all([closeTcp(), datagrams.close()]);
    },
  };
}

function listenersAmong(
  options: LoopbackHostOptions,
  { addressOf }: Listening,
): DatagramHostOptions['listeners'] {
  const listeners: { peer: number; address: Address }[] = [];
  for (let peer = 0; peer < options.peers; peer++) {
    if (options.listensToDatagrams?.(peer) === true) listeners.push({ peer, address: addressOf(peer) });
  }
  return listeners;
}
