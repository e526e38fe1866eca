import { connect, type Socket } from 'node:net';
import { type Address, ipOf, isLoopbackIp, portOf } from '../core/address.ts';
import type { ConnectionId, Effect } from '../overlays/gnutella/node/effect.ts';
import type { NodeOptions } from '../overlays/gnutella/node/node-options.ts';
import { GnutellaNode } from '../overlays/gnutella/node/node.ts';
import type { Servent } from '../overlays/overlay.ts';
import { Farewells } from './farewells.ts';
import { LiveTally, type OnReport } from './live-overlay.ts';
import { peerOfIp } from './loopback-addresses.ts';
import { isWithinLoopback } from './loopback-listening.ts';
import { isOutOfFiles } from './open-files.ts';
import { Outbox } from './outbox.ts';

/** One end of a connection. */
interface Connection {
  readonly socket: Socket;
  readonly outbox: Outbox;
}

interface Hosted {
  readonly node: GnutellaNode;
  readonly connections: Map<ConnectionId, Connection>;
  timer: NodeJS.Timeout | undefined;
}

/** Carries out on sockets what nodes want, and tells them what comes of it. */
export class LiveHost {
  readonly tally = new LiveTally();
  /** Connections from outside of loopback, and connections that were not to be had for want of open files. */
  foreign = 0;
  withoutFile = 0;
  /** Connections whose bytes a node could not cope with: each is a defect of ours, and costs that connection only. */
  faults = 0;
  /** What the last of these was, in plain characters. */
  lastFault = '';
  readonly #now: () => number;
  readonly #onReport: OnReport | undefined;
  readonly #hosted = new Map<Address, Hosted>();
  readonly #byPeer = new Map<number, Hosted>();
  readonly #farewells = new Farewells();

  constructor({ now, onReport }: { readonly now: () => number; readonly onReport?: OnReport }) {
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
    const hosted: Hosted = { node, connections: new Map(), timer: undefined };
    this.#hosted.set(node.address, hosted);
    this.#byPeer.set(peerOfIp(ipOf(node.address)) ?? NaN, hosted);
    this.#perform(hosted, node.start(this.#now()));
  }

  remove(address: Address): void {
    const hosted = this.#hosted.get(address);
    if (hosted === undefined) return;
    this.#perform(hosted, hosted.node.leave(this.#now()));
    this.#hosted.delete(address);
    this.#byPeer.delete(peerOfIp(ipOf(address)) ?? NaN);
    destroy(hosted);
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
    for (const hosted of all) destroy(hosted);
    this.#farewells.closeAll();
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
    const remoteIp = socket.remoteAddress ?? '';
    this.#tell(hosted, connection, (node, now) => node.accepted(now, connection, remoteIp));
    socket.resume();
  }

  /** A socket that a node gives up is forgotten at once, so that nothing is told of it any more. */
  #attach(hosted: Hosted, connection: ConnectionId, socket: Socket): void {
    const { connections } = hosted;
    connections.set(connection, { socket, outbox: new Outbox(socket, this.#now) });
    const isOurs = (): boolean => connections.get(connection)?.socket === socket;
    socket.on('error', (error) => {
      if (isOutOfFiles(error)) this.withoutFile += 1;
      socket.destroy();
    });
    socket.on('data', (bytes) => {
      if (isOurs()) this.#tell(hosted, connection, (node, now) => node.received(now, connection, bytes));
    });
    socket.on('close', () => {
      if (!isOurs()) return;
      connections.delete(connection);
      this.#tell(hosted, connection, (node, now) => node.closed(now, connection));
    });
  }

  /** Whatever goes wrong in a node when it is told something of a connection ends that connection, and nothing else. */
  #tell(
    hosted: Hosted,
    connection: ConnectionId,
    event: (node: GnutellaNode, now: number) => readonly Effect[],
  ): void {
    let effects: readonly Effect[];
    try {
      effects = event(hosted.node, this.#now());
    } catch (error) {
      this.faults += 1;
      this.lastFault = faultText(error);
      // The node is told when it is closed, unless that is what it failed over.
      hosted.connections.get(connection)?.socket.destroy();
      return;
    }
    this.#perform(hosted, effects);
  }

  #perform(hosted: Hosted, effects: readonly Effect[]): void {
    const { node, connections } = hosted;
    const outboxes = new Set<Outbox>();
    for (const effect of effects) {
      switch (effect.kind) {
        case 'dial':
          this.#dial(hosted, effect.connection, effect.address);
          break;
        case 'send': {
          const outbox = connections.get(effect.connection)?.outbox;
          if (outbox === undefined) break;
          outboxes.add(outbox);
          if (!outbox.put(effect.bytes, effect.droppable ?? false)) node.counts.dropped += 1;
          break;
        }
        case 'close':
          this.#hangUp(connections.get(effect.connection));
          connections.delete(effect.connection);
          break;
        case 'timer':
          this.#setTimer(hosted, effect.at);
          break;
        case 'report':
          this.tally.take(effect.report);
          this.#onReport?.(node.address, effect.report);
      }
    }
    for (const outbox of outboxes) outbox.flush();
  }

  #hangUp(connection: Connection | undefined): void {
    connection?.outbox.flush();
    if (connection !== undefined) this.#farewells.hangUp(connection.socket);
  }

  #setTimer(hosted: Hosted, at: number): void {
    clearTimeout(hosted.timer);
    const onTime = (): void => {
      this.#perform(hosted, hosted.node.timer(this.#now()));
    };
    hosted.timer = setTimeout(onTime, Math.max(0, at - this.#now()));
  }

  /** Whatever a stranger had a node believe: nothing outside of loopback is ever dialled. */
  #dial(hosted: Hosted, connection: ConnectionId, address: Address): void {
    if (!isLoopbackIp(ipOf(address))) {
      setImmediate(() => {
        this.#tell(hosted, connection, (node, now) => node.failed(now, connection));
      });
      return;
    }
    const socket = connect({
      host: ipOf(address),
      port: portOf(address),
      localAddress: ipOf(hosted.node.address),
      noDelay: true,
    });
    this.#attach(hosted, connection, socket);
    socket.once('connect', () => {
      if (hosted.connections.get(connection)?.socket !== socket) return;
      this.#tell(hosted, connection, (node, now) => node.dialled(now, connection));
    });
  }
}

/** A message may quote what a stranger sent. */
function faultText(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `${name} ${JSON.stringify(message)}`.slice(0, MAX_FAULT_CHARACTERS);
}

const MAX_FAULT_CHARACTERS = 120;

function destroy({ timer, connections }: Hosted): void {
  clearTimeout(timer);
  const open = [...connections.values()];
  connections.clear();
  for (const { socket } of open) socket.destroy();
}
