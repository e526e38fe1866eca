import { type Address, ipOf } from '../core/address.ts';
import type { Effect, ConnectionId } from '../overlays/gnutella/node/effect.ts';
import type { NodeOptions } from '../overlays/gnutella/node/node-options.ts';
import { GnutellaNode } from '../overlays/gnutella/node/node.ts';
import { EventQueue } from './event-queue.ts';
import { LiveTally, type LiveOverlay, type OnReport } from './live-overlay.ts';

export interface VirtualLiveOptions {
  /** Milliseconds that a packet takes one way; the same for all, so that nothing overtakes. */
  readonly latency: number;
  /** The first instant, milliseconds since 1970. */
  readonly start: number;
  readonly onReport?: OnReport;
}

/** One end of a connection: a node, or whoever else talks to one. */
export interface WireEnd {
  receive(bytes: Uint8Array): void;
  closed(): void;
}

/** What one end can do with a connection that stands. */
export interface Wire {
  send(bytes: Uint8Array): void;
  close(): void;
}

/**
 * Live nodes in virtual time: connections without sockets, every packet and every closing on its way for the same time.
 * Deterministic: the same nodes, seeds and calls give the same events. Bandwidth and loss are not modelled.
 */
export class VirtualLiveOverlay implements LiveOverlay {
  readonly tally = new LiveTally();
  readonly events: EventQueue;
  readonly latency: number;
  readonly #onReport: OnReport | undefined;
  readonly #hosted = new Map<Address, Hosted>();

  constructor({ latency, start, onReport }: VirtualLiveOptions) {
    this.events = new EventQueue(start);
    this.latency = latency;
    this.#onReport = onReport;
  }

  now(): number {
    return this.events.now;
  }

  nodes(): readonly GnutellaNode[] {
    return [...this.#hosted.values()].map(({ node }) => node);
  }

  at(address: Address): GnutellaNode | undefined {
    return this.#hosted.get(address)?.node;
  }

  /** Starts a node some milliseconds from now. */
  add(options: Omit<NodeOptions, 'startedAt'>, after = 0): void {
    this.events.after(after, () => {
      const node = new GnutellaNode({ ...options, startedAt: this.now() });
      const hosted: Hosted = { node, wires: new Map(), timer: 0 };
      this.#hosted.set(node.address, hosted);
      this.#perform(hosted, node.start(this.now()));
    });
  }

  /** Takes a node away: with a farewell to its neighbours, or without a word, and then they see only that it has closed. */
  remove(address: Address, how: 'politely' | 'abruptly'): void {
    const hosted = this.#hosted.get(address);
    if (hosted === undefined) return;
    if (how === 'politely') this.#perform(hosted, hosted.node.leave(this.now()));
    for (const wire of [...hosted.wires.values()]) wire.close();
    hosted.timer += 1;
    this.#hosted.delete(address);
  }

  search(address: Address, text: string): void {
    const hosted = this.#hosted.get(address);
    if (hosted !== undefined) this.#perform(hosted, hosted.node.search(this.now(), text));
  }

  /** Has a node share other files. */
  share(address: Address, names: readonly string[]): void {
    const hosted = this.#hosted.get(address);
    if (hosted !== undefined) this.#perform(hosted, hosted.node.share(this.now(), names));
  }

  /** Lets this many milliseconds pass. */
  run(milliseconds: number): void {
    let isOver = false;
    this.events.after(milliseconds, () => {
      isOver = true;
    });
    const goesOn = (): boolean => !isOver;
    while (goesOn() && this.events.step());
  }

  /**
   * Connects to the node at an address on behalf of somebody outside; the wire is given once the connection stands, or
   * undefined where nobody is there, each after two one-way delays.
   */
  connect(to: Address, fromIp: string, end: WireEnd, done: (wire: Wire | undefined) => void): void {
    this.events.after(this.latency, () => {
      const target = this.#hosted.get(to);
      const wire = target === undefined ? undefined : this.#wireTo(target, fromIp, end);
      this.events.after(this.latency, () => {
        done(wire);
      });
    });
  }

  /** A connection has come in at a node. The caller's end of it. */
  #wireTo(target: Hosted, fromIp: string, caller: WireEnd): Wire {
    const connection = target.node.newConnection();
    const [near, far] = pair(this.events, this.latency, caller, {
      receive: (bytes) => {
        this.#perform(target, target.node.received(this.now(), connection, bytes));
      },
      closed: () => {
        target.wires.delete(connection);
        this.#perform(target, target.node.closed(this.now(), connection));
      },
    });
    target.wires.set(connection, far);
    this.#perform(target, target.node.accepted(this.now(), connection, fromIp));
    return near;
  }

  #perform(hosted: Hosted, effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'dial':
          this.#dial(hosted, effect.connection, effect.address);
          break;
        case 'send':
          hosted.wires.get(effect.connection)?.send(effect.bytes);
          break;
        case 'close':
          hosted.wires.get(effect.connection)?.close();
          hosted.wires.delete(effect.connection);
          break;
        case 'timer':
          this.#setTimer(hosted, effect.at);
          break;
        case 'report':
          this.tally.take(effect.report);
          this.#onReport?.(hosted.node.address, effect.report);
      }
    }
  }

  #dial(hosted: Hosted, connection: ConnectionId, address: Address): void {
    const { node, wires } = hosted;
    const end: WireEnd = {
      receive: (bytes) => {
        this.#perform(hosted, node.received(this.now(), connection, bytes));
      },
      closed: () => {
        wires.delete(connection);
        this.#perform(hosted, node.closed(this.now(), connection));
      },
    };
    this.connect(address, ipOf(node.address), end, (wire) => {
      if (this.#hosted.get(node.address) !== hosted) {
        wire?.close();
        return;
      }
      if (wire === undefined) {
        this.#perform(hosted, node.failed(this.now(), connection));
        return;
      }
      wires.set(connection, wire);
      this.#perform(hosted, node.dialled(this.now(), connection));
    });
  }

  #setTimer(hosted: Hosted, at: number): void {
    hosted.timer += 1;
    const mine = hosted.timer;
    this.events.after(at - this.now(), () => {
      if (hosted.timer === mine) this.#perform(hosted, hosted.node.timer(this.now()));
    });
  }
}

interface Hosted {
  readonly node: GnutellaNode;
  readonly wires: Map<ConnectionId, Wire>;
  /** Counts the timers that were set: only the last one counts. */
  timer: number;
}

/** The two ends of a connection. What is under way when an end closes is lost to it, and still arrives at the other. */
function pair(events: EventQueue, latency: number, a: WireEnd, b: WireEnd): readonly [Wire, Wire] {
  const open = { a: true, b: true };
  const wire = (own: 'a' | 'b', other: 'a' | 'b', end: WireEnd): Wire => ({
    send: (bytes) => {
      if (!open[own]) return;
      events.after(latency, () => {
        if (open[other]) end.receive(bytes);
      });
    },
    close: () => {
      if (!open[own]) return;
      open[own] = false;
      events.after(latency, () => {
        if (!open[other]) return;
        open[other] = false;
        end.closed();
      });
    },
  });
  return [wire('a', 'b', b), wire('b', 'a', a)];
}
