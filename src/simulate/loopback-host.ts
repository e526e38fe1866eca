import { createServer, type Server, type Socket } from 'node:net';
import { isLoopbackIp, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MAX_HOST_CONNECTIONS } from '../core/limits.ts';
import type { Servent } from '../overlays/overlay.ts';
import { loopbackAddress, MAX_LOOPBACK_PEERS, peerOfIp } from './loopback-addresses.ts';

/** `one-port`: a loopback address for every peer, all on one port; `port-per-peer`: 127.0.0.1 with a port for every peer. */
export type AddressScheme = 'one-port' | 'port-per-peer';

/** Peers that stand on real sockets, reachable from this machine only. */
export interface LoopbackHost {
  readonly scheme: AddressScheme;
  /** The address of each peer, by number. */
  readonly addresses: readonly Address[];
  /** Connections accepted so far, and those cut off because one of their ends lay outside loopback. */
  readonly accepted: number;
  readonly foreign: number;
  close(): Promise<void>;
}

export interface LoopbackHostOptions {
  readonly peers: number;
  /** The port wished for; 0 takes any free one. Where it is in use, a free one is taken too. */
  readonly port: number;
  /** Which scheme; by default one port where this system routes all of 127.0.0.0/8, else a port per peer. */
  readonly scheme?: AddressScheme;
  /** The servent of a peer; called when somebody connects to it. */
  servent(peer: number): Servent;
}

/** Listens for all peers. Throws a PeerscopeError (usage) where this machine cannot give them addresses. */
export async function hostOnLoopback(options: LoopbackHostOptions): Promise<LoopbackHost> {
  const scheme = options.scheme ?? ((await routesWholeBlock()) ? 'one-port' : 'port-per-peer');
  const counters = { accepted: 0, foreign: 0 };
  const sockets = new Set<Socket>();
  const serve = (socket: Socket, peer: number | undefined): void => {
    if (!isWithinLoopback(socket)) {
      counters.foreign += 1;
      socket.destroy();
      return;
    }
    if (peer === undefined || peer >= options.peers) {
      socket.destroy();
      return;
    }
    counters.accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    attach(socket, options.servent(peer));
  };
  const { servers, addresses } =
    scheme === 'one-port' ? await listenOnce(options, serve) : await listenPerPeer(options, serve);
  return {
    scheme,
    addresses,
    get accepted() {
      return counters.accepted;
    },
    get foreign() {
      return counters.foreign;
    },
    close: async () => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** The wildcard socket also takes connections from outside: this is what keeps them out. */
export function isWithinLoopback(socket: {
  localAddress?: string | undefined;
  remoteAddress?: string | undefined;
}): boolean {
  const { localAddress, remoteAddress } = socket;
  return (
    localAddress !== undefined &&
    remoteAddress !== undefined &&
    isLoopbackIp(localAddress) &&
    isLoopbackIp(remoteAddress)
  );
}

type Serve = (socket: Socket, peer: number | undefined) => void;

interface Listening {
  readonly servers: Server[];
  readonly addresses: Address[];
}

/** One socket for everybody: bound to the wildcard address, it tells the peers apart by the address that was dialled. */
async function listenOnce(options: LoopbackHostOptions, serve: Serve): Promise<Listening> {
  if (options.peers > MAX_LOOPBACK_PEERS) {
    throw new PeerscopeError(
      'usage',
      `${options.peers} peers need more loopback addresses than there are (${MAX_LOOPBACK_PEERS})`,
    );
  }
  const server = createPausedServer((socket) => {
    serve(socket, socket.localAddress === undefined ? undefined : peerOfIp(socket.localAddress));
  });
  const port = await listenOrElsewhere(server, options.port, '0.0.0.0');
  return {
    servers: [server],
    addresses: Array.from({ length: options.peers }, (_, peer) => loopbackAddress(peer, port)),
  };
}

async function listenPerPeer(options: LoopbackHostOptions, serve: Serve): Promise<Listening> {
  const listening: Listening = { servers: [], addresses: [] };
  for (let peer = 0; peer < options.peers; peer++) {
    const server = createPausedServer((socket) => {
      serve(socket, peer);
    });
    listening.servers.push(server);
    try {
      const port = await listenOrElsewhere(server, peer === 0 ? options.port : 0, '127.0.0.1');
      listening.addresses.push(`127.0.0.1:${port}` as Address);
    } catch (error) {
      for (const open of listening.servers) open.close();
      throw new PeerscopeError(
        'usage',
        `only ${peer} of ${options.peers} peers got a port of their own (${systemCode(error) ?? 'error'})`,
        {
          hint: 'Ask for fewer peers, or raise the limit of open files (ulimit -n).',
          cause: error,
        },
      );
    }
  }
  return listening;
}

/** Sockets come paused, so that not a byte is read before the check of their ends. */
function createPausedServer(onConnection: (socket: Socket) => void): Server {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, onConnection);
  server.maxConnections = MAX_HOST_CONNECTIONS;
  return server;
}

/** Lets a servent talk on a socket that has passed the check. */
function attach(socket: Socket, servent: Servent): void {
  const session = servent.accept(socket.remoteAddress ?? '');
  socket.setTimeout(session.patience, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  socket.on('data', (bytes) => {
    const reaction = session.receive(bytes);
    socket.setTimeout(session.patience);
    if (reaction.close === true) socket.end(reaction.send ?? '');
    else if (reaction.send !== undefined) socket.write(reaction.send);
  });
  socket.resume();
}

/** Resolves to the port that it got: the wished one, or a free one where that is in use or not ours to take. */
async function listenOrElsewhere(server: Server, port: number, host: string): Promise<number> {
  try {
    return await listen(server, port, host);
  } catch (error) {
    const taken = systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES';
    if (port === 0 || !taken) throw error;
    return listen(server, 0, host);
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Linux routes all of 127.0.0.0/8 to this machine; macOS only 127.0.0.1. */
async function routesWholeBlock(): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, 0, '127.1.0.1');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
