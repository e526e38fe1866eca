import { createServer, type Server, type Socket } from 'node:net';
import { isLoopbackIp, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MAX_HOST_CONNECTIONS } from '../core/limits.ts';
import { loopbackAddresses, MAX_LOOPBACK_PEERS, nobodysAddress, peerOfIp } from './loopback-addresses.ts';
import { refuseWithoutFiles } from './open-files.ts';

/**
 * `one-port`: a loopback address for every peer, all on one port; `port-per-peer`: 127.0.0.1 with a port for every peer;
 * `ipv6`: the same on ::1.
 */
export const ADDRESS_SCHEMES = ['one-port', 'port-per-peer', 'ipv6'] as const;
export type AddressScheme = (typeof ADDRESS_SCHEMES)[number];

type Serve = (socket: Socket, peer: number | undefined) => void;

/** Where peers shall listen. */
export interface ListeningOptions {
  readonly peers: number;
  /** The port wished for; 0 takes any free one. Where it is in use, a free one is taken too. */
  readonly port: number;
  /** Whether nobody shall listen at the address of this peer, from the start and for good. */
  isDeaf(peer: number): boolean;
}

/** Where they do. */
export interface Listening {
  readonly servers: readonly Server[];
  readonly addressOf: (peer: number) => Address;
  readonly nobody: (number: number) => Address;
}

/** Listens for all peers. Throws a PeerscopeError (usage) where this machine cannot give them addresses. */
export function listenForAll(
  scheme: AddressScheme,
  options: ListeningOptions,
  serve: Serve,
): Promise<Listening> {
  return scheme === 'one-port' ? listenOnce(options, serve) : listenPerPeer(options, HOSTS[scheme], serve);
}

/** One socket for everybody: bound to the wildcard address, it tells the peers apart by the address that was dialled. */
async function listenOnce(options: ListeningOptions, serve: Serve): Promise<Listening> {
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
  // After the other one, so that it is another one.
  const deafPort = await unusedPort('127.0.0.1');
  const address = loopbackAddresses(port);
  const deafAddress = loopbackAddresses(deafPort);
  return {
    servers: [server],
    addressOf: (peer) => (options.isDeaf(peer) ? deafAddress(peer) : address(peer)),
    nobody: (number) => nobodysAddress(number, deafPort),
  };
}

async function listenPerPeer(options: ListeningOptions, host: string, serve: Serve): Promise<Listening> {
  if (options.peers > MAX_PORTS) {
    throw new PeerscopeError(
      'usage',
      `${options.peers} peers with a port each are too many (${MAX_PORTS} at most)`,
      {
        hint: 'Ask for fewer peers, or use --addresses one-port.',
      },
    );
  }
  refuseWithoutFiles(options.peers, 'peers with a port each');
  const servers: Server[] = [];
  const ports: number[] = [];
  /** They hold their ports until all have one, and then nobody listens there. */
  const deaf: Server[] = [];
  const nobodys: number[] = [];
  try {
    for (let peer = 0; peer < options.peers + NOBODYS; peer++) {
      const server = createPausedServer((socket) => {
        serve(socket, peer);
      });
      const isPeer = peer < options.peers;
      (isPeer && !options.isDeaf(peer) ? servers : deaf).push(server);
      const port = await listenOrElsewhere(server, peer === 0 ? options.port : 0, host);
      (isPeer ? ports : nobodys).push(port);
    }
  } catch (error) {
    for (const open of [...servers, ...deaf]) open.close();
    throw new PeerscopeError(
      'usage',
      `only ${ports.length} of ${options.peers} peers got a port of their own (${systemCode(error) ?? 'error'})`,
      { hint: 'Ask for fewer peers, or raise the limit of open files (ulimit -n).', cause: error },
    );
  }
  for (const server of deaf) server.close();
  const addressAt = (port: number | undefined): Address => {
    if (port === undefined) throw new RangeError('a peer without a port');
    return (host === '::1' ? `[::1]:${port}` : `${host}:${port}`) as Address;
  };
  return {
    servers,
    addressOf: (peer) => addressAt(ports[peer]),
    nobody: (number) => addressAt(nobodys[number % NOBODYS]),
  };
}

/** Ports where nobody listens, for addresses that nobody has. */
const NOBODYS = 8;

/** A port that was free a moment ago; the system does not hand it out again soon. */
async function unusedPort(host: string): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, host);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sockets come paused, so that not a byte is read before the check of their ends. */
function createPausedServer(onConnection: (socket: Socket) => void): Server {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, onConnection);
  server.maxConnections = MAX_HOST_CONNECTIONS;
  return server;
}

const HOSTS = { 'port-per-peer': '127.0.0.1', ipv6: '::1' } as const;

/** Peers with a port of their own: each takes an open file, and a machine has few ports to spare. */
export const MAX_PORTS = 10_000;

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

/** Resolves to the port that it got: the wished one, or a free one where that is in use or not ours to take. */
export async function listenOrElsewhere(server: Server, port: number, host: string): Promise<number> {
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
export async function routesWholeBlock(): Promise<boolean> {
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
