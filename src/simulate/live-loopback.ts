import { connect, createServer, type Socket } from 'node:net';
import { type Address, ipOf, isLoopbackIp, portOf } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { ConnectionId, Effect } from '../overlays/gnutella/node/effect.ts';
import type { NodeOptions } from '../overlays/gnutella/node/node-options.ts';
import { GnutellaNode } from '../overlays/gnutella/node/node.ts';
import type { Servent } from '../overlays/overlay.ts';
import { LiveTally, type LiveOverlay, type OnReport } from './live-overlay.ts';
import { loopbackAddresses, peerOfIp } from './loopback-addresses.ts';
import { hostDatagrams } from './loopback-datagrams.ts';
import { isWithinLoopback, listenOrElsewhere, routesWholeBlock } from './loopback-listening.ts';
import { refuseWithoutFiles } from './open-files.ts';

export interface LoopbackLiveOptions {
  /** How many nodes there will be at most. */
  readonly peers: number;
  /** The port wished for, the same for all; 0 takes any free one. Where it is in use, a free one is taken too. */
  readonly port: number;
  /** Whether nodes answer datagrams, which takes a socket each [true]. */
  readonly datagrams?: boolean;
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
  /** Starts a node at one of the addresses. */
  add(options: Omit<NodeOptions, 'startedAt'>): void;
  /** Has a node take its leave. */
  remove(address: Address): void;
  close(): Promise<void>;
}

/** Live nodes in one process: each connection takes two of its sockets. */
export const MAX_LIVE_PEERS = 1_000;

/** Open files for each node: half of both ends of its connections, and its datagrams. */
const FILES_PER_PEER = 16;

/** Bytes waiting to be sent on one connection: whoever reads more slowly is cut off. */
const MAX_BACKLOG_BYTES = 1024 * 1024;

/**
 * Prepares a place for live nodes: one socket listens for all of them, each on a loopback address of its own, and each
 * dials from that address, so that the others see who it is. Throws a PeerscopeError (usage) where this machine can not.
 */
export async function openLiveLoopback(options: LoopbackLiveOptions): Promise<LoopbackLiveOverlay> {
  refuseTooMany(options.peers);
  if (!(await routesWholeBlock())) {
    throw new PeerscopeError(
      'usage',
      'live nodes need a loopback address each, which this system does not route',
      {
        hint: 'Linux routes all of 127.0.0.0/8 to itself; elsewhere add aliases to the loopback interface.',
      },
    );
  }
  const host = new LoopbackLive(options);
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    host.accept(socket);
  });
  const port = await listenOrElsewhere(server, options.port, '0.0.0.0');
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

function refuseTooMany(peers: number): void {
  if (peers > MAX_LIVE_PEERS) {
    throw new PeerscopeError(
      'usage',
      `${peers} live nodes are too many for one process (${MAX_LIVE_PEERS} at most)`,
      {
        hint: 'Ask for fewer peers.',
      },
    );
  }
  refuseWithoutFiles(peers * FILES_PER_PEER, 'sockets of live nodes');
}

interface Hosted {
  readonly node: GnutellaNode;
  readonly sockets: Map<ConnectionId, Socket>;
  timer: NodeJS.Timeout | undefined;
}

/** Carries out on sockets what nodes want, and tells them what comes of it. */
class LoopbackLive {
  readonly tally = new LiveTally();
  foreign = 0;
  readonly #now: () => number;
  readonly #onReport: OnReport | undefined;
  readonly #hosted = new Map<Address, Hosted>();
  readonly #byPeer = new Map<number, Hosted>();

  constructor({ now, onReport }: LoopbackLiveOptions) {
    this.#now = now;
    this.#onReport = onReport;
  }

  nodes(): readonly GnutellaNode[] {
    return [...this.#hosted.values()].map(({ node }) => node);
  }

  at(address: Address): GnutellaNode | undefined {
    return this.#hosted.get(address)?.node;
  }

  add(options: Omit<NodeOptions, 'startedAt'>): void {
    const node = new GnutellaNode({ ...options, startedAt: this.#now() });
    const hosted: Hosted = { node, sockets: new Map(), timer: undefined };
    this.#hosted.set(node.address, hosted);
    this.#byPeer.set(peerOfIp(ipOf(node.address)) ?? NaN, hosted);
    this.#perform(hosted, node.start(this.#now()));
  }

  remove(address: Address): void {
    const hosted = this.#hosted.get(address);
    if (hosted === undefined) return;
    this.#perform(hosted, hosted.node.leave(this.#now()));
    clearTimeout(hosted.timer);
    for (const socket of hosted.sockets.values()) socket.destroy();
    hosted.sockets.clear();
    this.#hosted.delete(address);
    this.#byPeer.delete(peerOfIp(ipOf(address)) ?? NaN);
  }

  search(address: Address, text: string): void {
    const hosted = this.#hosted.get(address);
    if (hosted !== undefined) this.#perform(hosted, hosted.node.search(this.#now(), text));
  }

  /** All at once, without a farewell: nobody is left to hear it. */
  closeAll(): void {
    const all = [...this.#hosted.values()];
    this.#hosted.clear();
    this.#byPeer.clear();
    for (const { timer, sockets } of all) {
      clearTimeout(timer);
      const open = [...sockets.values()];
      sockets.clear();
      for (const socket of open) socket.destroy();
    }
  }

  /** The node as it answers datagrams. */
  serventAt(address: Address): Servent | undefined {
    const node = this.at(address);
    if (node === undefined) return undefined;
    return {
      accept: () => ({ patience: 1, receive: () => ({ close: true }) }),
      datagram: (bytes, remoteIp) => node.datagram(this.#now(), bytes, remoteIp),
    };
  }

  accept(socket: Socket): void {
    if (!isWithinLoopback(socket)) {
      this.foreign += 1;
      socket.destroy();
      return;
    }
    const hosted = this.#byPeer.get(peerOfIp(socket.localAddress ?? '') ?? NaN);
    if (hosted === undefined) {
      socket.resetAndDestroy();
      return;
    }
    const connection = hosted.node.newConnection();
    this.#attach(hosted, connection, socket);
    this.#perform(hosted, hosted.node.accepted(this.#now(), connection, socket.remoteAddress ?? ''));
    socket.resume();
  }

  /** A socket that a node gives up is forgotten at once, so that nothing is told of it any more. */
  #attach(hosted: Hosted, connection: ConnectionId, socket: Socket): void {
    const { node, sockets } = hosted;
    sockets.set(connection, socket);
    const isOurs = (): boolean => sockets.get(connection) === socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      if (isOurs()) this.#perform(hosted, node.received(this.#now(), connection, bytes));
    });
    socket.on('close', () => {
      if (!isOurs()) return;
      sockets.delete(connection);
      this.#perform(hosted, node.closed(this.#now(), connection));
    });
  }

  #perform(hosted: Hosted, effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'dial':
          this.#dial(hosted, effect.connection, effect.address);
          break;
        case 'send':
          send(hosted.sockets.get(effect.connection), effect.bytes);
          break;
        case 'close':
          hangUp(hosted.sockets.get(effect.connection));
          hosted.sockets.delete(effect.connection);
          break;
        case 'timer':
          clearTimeout(hosted.timer);
          hosted.timer = setTimeout(
            () => {
              this.#perform(hosted, hosted.node.timer(this.#now()));
            },
            Math.max(0, effect.at - this.#now()),
          );
          break;
        case 'report':
          this.tally.take(effect.report);
          this.#onReport?.(hosted.node.address, effect.report);
      }
    }
  }

  /** Whatever a stranger had a node believe: nothing outside of loopback is ever dialled. */
  #dial(hosted: Hosted, connection: ConnectionId, address: Address): void {
    const { node } = hosted;
    if (!isLoopbackIp(ipOf(address))) {
      setImmediate(() => {
        this.#perform(hosted, node.failed(this.#now(), connection));
      });
      return;
    }
    const socket = connect({
      host: ipOf(address),
      port: portOf(address),
      localAddress: ipOf(node.address),
      noDelay: true,
    });
    this.#attach(hosted, connection, socket);
    socket.once('connect', () => {
      if (hosted.sockets.get(connection) !== socket) return;
      this.#perform(hosted, node.dialled(this.#now(), connection));
    });
  }
}

function send(socket: Socket | undefined, bytes: Uint8Array): void {
  if (socket === undefined || socket.destroyed) return;
  if (socket.writableLength > MAX_BACKLOG_BYTES) socket.destroy();
  else socket.write(bytes);
}

/** Milliseconds that the other side has to close too. */
const LAST_WORDS = 2_000;

function hangUp(socket: Socket | undefined): void {
  if (socket === undefined) return;
  socket.end();
  socket.setTimeout(LAST_WORDS, () => socket.destroy());
  socket.resume();
}
