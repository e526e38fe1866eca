import { createServer } from 'node:net';
import type { Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { NodeOptions } from '../overlays/gnutella/node/node-options.ts';
import { LiveHost } from './live-host.ts';
import type { LiveOverlay, OnReport } from './live-overlay.ts';
import { type LiveNeeds, refuseTooMany, roomForCallers } from './live-room.ts';
import { loopbackAddresses } from './loopback-addresses.ts';
import { hostDatagrams } from './loopback-datagrams.ts';
import { listenOrElsewhere, routesWholeBlock } from './loopback-listening.ts';
import { isOutOfFiles } from './open-files.ts';

/** `peers`: how many nodes there will be at most. */
export interface LoopbackLiveOptions extends LiveNeeds {
  /** The port wished for, the same for all; 0 takes any free one. Where it is in use, a free one is taken too. */
  readonly port: number;
  /** A clock that never goes back, milliseconds since 1970. */
  readonly now: () => number;
  readonly onReport?: OnReport;
}

/** Live nodes on real sockets, reachable from this machine only. */
export interface LoopbackLiveOverlay extends LiveOverlay {
  /** The address of each node, by number. */
  readonly addressOf: (peer: number) => Address;
  /** Connections from outside of loopback, all of them cut off. */
  readonly foreign: number;
  /** Connections, dialled or taken in, that were lost for want of open files. */
  readonly withoutFile: number;
  /** Connections that were ended because a node failed over what came on them: defects of ours. */
  readonly faults: number;
  /** What the last of these was. */
  readonly lastFault: string;
  /** Starts a node at one of the addresses. */
  add(options: Omit<NodeOptions, 'startedAt'>): void;
  /** Has a node take its leave. */
  remove(address: Address): void;
  close(): Promise<void>;
}

/**
 * Prepares a place for live nodes: one socket listens for all of them, each on a loopback address of its own, and each
 * dials from that address, so that the others see who it is. Throws a PeerscopeError (usage) where this machine can not.
 */
export async function openLiveLoopback(options: LoopbackLiveOptions): Promise<LoopbackLiveOverlay> {
  refuseTooMany(options);
  if (!(await routesWholeBlock())) {
    throw new PeerscopeError(
      'usage',
      'live nodes need a loopback address each, which this system does not route',
      {
        hint: 'Linux routes all of 127.0.0.0/8 to itself; elsewhere add aliases to the loopback interface.',
      },
    );
  }
  const host = new LiveHost(options);
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    host.accept(socket);
  });
  server.maxConnections = roomForCallers(options);
  server.on('drop', () => (host.withoutFile += 1));
  const port = await listenOrElsewhere(server, options.port, '0.0.0.0');
  server.on('error', (error) => {
    if (isOutOfFiles(error)) host.withoutFile += 1;
  });
  const addressOf = loopbackAddresses(port);
  const close = (): Promise<void> =>
    new Promise((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
  const peers = options.datagrams === false ? 0 : options.peers;
  const datagrams = await hostDatagrams({
    listeners: Array.from({ length: peers }, (_, peer) => ({ peer, address: addressOf(peer) })),
    servent: (peer) => host.serventAt(addressOf(peer)),
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    addressOf,
    tally: host.tally,
    get foreign() {
      return host.foreign + datagrams.foreign;
    },
    get withoutFile() {
      return host.withoutFile;
    },
    get faults() {
      return host.faults;
    },
    get lastFault() {
      return host.lastFault;
    },
    now: options.now,
    nodes: () => host.nodes(),
    at: (address) => host.at(address),
    add: (node) => {
      host.add(node);
    },
    remove: (address) => {
      host.remove(address);
    },
    search: (address, text) => {
      host.search(address, text);
    },
    close: async () => {
      host.closeAll();
      await Promise.all([close(), datagrams.close()]);
    },
  };
}
