import { createServer, type Server, type Socket } from 'node:net';
import { isLoopbackIp, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MAX_HOST_CONNECTIONS } from '../core/limits.ts';
import type { Reaction, Servent } from '../overlays/overlay.ts';
import { loopbackAddresses, MAX_LOOPBACK_PEERS, nobodysAddress, peerOfIp } from './loopback-addresses.ts';
import { hostDatagrams, type DatagramHostOptions } from './loopback-datagrams.ts';
import { refuseWithoutFiles } from './open-files.ts';
import { reactSlowly } from './slow-reaction.ts';

/**
 * `one-port`: a loopback address for every peer, all on one port; `port-per-peer`: 127.0.0.1 with a port for every peer;
 * `ipv6`: the same on ::1.
 */
export const ADDRESS_SCHEMES = ['one-port', 'port-per-peer', 'ipv6'] as const;
export type AddressScheme = (typeof ADDRESS_SCHEMES)[number];

/**
 * How a contact went: `answered` in full or in part · `refused` with a last word · `reset` in mid-answer · `silent`: it ended
 * without a word from the peer · `gone`: the peer was not up.
 */
export const CONTACT_ENDS = ['answered', 'refused', 'reset', 'silent', 'gone'] as const;
export type ContactEnd = (typeof CONTACT_ENDS)[number];

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

export interface LoopbackHostOptions {
  readonly peers: number;
  /** The port wished for; 0 takes any free one. Where it is in use, a free one is taken too. */
  readonly port: number;
  /** Which scheme; by default one port where this system routes all of 127.0.0.0/8, else a port per peer. */
  readonly scheme?: AddressScheme;
  /** Whether nobody shall listen at the address of this peer, from the start and for good. */
  isDeaf(peer: number): boolean;
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
  const listening =
    scheme === 'one-port'
      ? await listenOnce(options, serve)
      : await listenPerPeer(options, HOSTS[scheme], serve);
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

type Serve = (socket: Socket, peer: number | undefined) => void;

interface Listening {
  readonly servers: readonly Server[];
  readonly addressOf: (peer: number) => Address;
  readonly nobody: (number: number) => Address;
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

async function listenPerPeer(options: LoopbackHostOptions, host: string, serve: Serve): Promise<Listening> {
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

/** Lets a servent talk on a socket that has passed the check. */
function attach(socket: Socket, servent: Servent, onClose: (end: ContactEnd) => void): void {
  const session = servent.accept(socket.remoteAddress ?? '');
  let patience = 0;
  // Every byte starts the time anew; setting it again costs more than reading it.
  const mindPatience = (): void => {
    if (session.patience === patience) return;
    patience = session.patience;
    socket.setTimeout(patience);
  };
  let stopSending: (() => void) | undefined;
  let end: ContactEnd = 'silent';
  mindPatience();
  socket.on('timeout', () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    stopSending?.();
    onClose(end);
  });
  let saidAll = false;
  const hangUp = (): void => {
    if (socket.writableLength > 0) socket.end();
    else socket.destroy();
  };
  socket.on('end', () => {
    saidAll = true;
    // Whoever has said all may still want to hear the answer.
    if (stopSending === undefined) hangUp();
  });
  socket.on('data', (bytes) => {
    const reaction = session.receive(bytes);
    mindPatience();
    if (reaction.send !== undefined) end = endOf(reaction);
    if (reaction.delay !== undefined || reaction.pace !== undefined || reaction.reset === true) {
      stopSending?.();
      stopSending = reactSlowly(socket, reaction, () => {
        stopSending = undefined;
        if (saidAll) hangUp();
      });
    } else if (reaction.close === true) socket.end(reaction.send ?? '');
    else if (reaction.send !== undefined) socket.write(reaction.send);
  });
  socket.resume();
}

function endOf({ reset, close }: Reaction): ContactEnd {
  return reset === true ? 'reset' : close === true ? 'refused' : 'answered';
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
