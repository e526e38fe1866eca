import { type Address, ipOf } from '../core/address.ts';
import type { ConnectionId, HostedNode, NodeEffect } from '../overlays/hosted-node.ts';
import { EventQueue } from './event-queue.ts';
import { type Side, type Wire, type WireEnd, wirePair } from './virtual-wire.ts';

/** Bytes that have crossed a line. */
export interface Crossing {
  /** Lines are numbered from 0, in the order in which they came to stand. */
  readonly line: number;
  /** Where whoever dialled is reached; only its IP address of those who are no node here. */
  readonly dialler: string;
  readonly dialled: Address;
  readonly from: Side;
  readonly bytes: Uint8Array;
  /** When they were sent and when they arrived, milliseconds since 1970. */
  readonly sentAt: number;
  readonly arrivedAt: number;
}

export interface VirtualHostsOptions<Report> {
  /** Milliseconds that a packet takes one way; the same for all, so that nothing overtakes. */
  readonly latency: number;
  /** The first instant, milliseconds since 1970. */
  readonly start: number;
  readonly onReport?: (node: Address, report: Report) => void;
  /** Told of all bytes that cross a line, as they arrive. */
  readonly onCrossing?: (crossing: Crossing) => void;
}

/**
 * Nodes of any system in virtual time: connections without sockets, every packet and every closing on its way for the same
 * time. Deterministic: the same nodes, seeds and calls give the same events. Bandwidth and loss are not modelled.
 */
export class VirtualHosts<Node extends HostedNode<Report>, Report> {
  readonly events: EventQueue;
  readonly latency: number;
  readonly #options: VirtualHostsOptions<Report>;
  readonly #hosted = new Map<Address, Hosted<Node>>();
  #lines = 0;

  constructor(options: VirtualHostsOptions<Report>) {
    this.events = new EventQueue(options.start);
    this.latency = options.latency;
    this.#options = options;
  }

  now(): number {
    return this.events.now;
  }

  nodes(): readonly Node[] {
    return [...this.#hosted.values()].map(({ node }) => node);
  }

  at(address: Address): Node | undefined {
    return this.#hosted.get(address)?.node;
  }

  /** Puts a node at its address, and does what it wants first. */
  add(node: Node, first: (node: Node) => readonly NodeEffect<Report>[]): void {
    const hosted: Hosted<Node> = { node, wires: new Map(), timer: 0 };
    this.#hosted.set(node.address, hosted);
    this.#perform(hosted, first(node));
  }

  /** Has something happen to a node, if it is up, and does what it wants then. */
  tell(address: Address, event: (node: Node) => readonly NodeEffect<Report>[]): void {
    const hosted = this.#hosted.get(address);
    if (hosted !== undefined) this.#perform(hosted, event(hosted.node));
  }

  /** Takes a node away; its neighbours see only that it has closed. */
  remove(address: Address): void {
    const hosted = this.#hosted.get(address);
    if (hosted === undefined) return;
    for (const wire of [...hosted.wires.values()]) wire.close();
    hosted.timer += 1;
    this.#hosted.delete(address);
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
   * Connects to the node at an address on behalf of somebody; the wire is given once the connection stands, or undefined
   * where nobody is there, each after two one-way delays.
   * @param dialler where that one is reached, as far as it is known.
   */
  connect(
    to: Address,
    { ip, dialler }: { readonly ip: string; readonly dialler: string },
    end: WireEnd,
    done: (wire: Wire | undefined) => void,
  ): void {
    this.events.after(this.latency, () => {
      const target = this.#hosted.get(to);
      const line = target === undefined ? undefined : this.#lineTo(target, dialler, end);
      // Before whatever the one that was dialled says first: it arrives at the same instant, and the connection stands by then.
      this.events.after(this.latency, () => {
        done(line?.wire);
      });
      if (target === undefined || line === undefined) return;
      this.#perform(target, target.node.accepted(this.now(), line.connection, ip));
    });
  }

  /** A line to a node: its number there, and the caller's end of it. */
  #lineTo(
    target: Hosted<Node>,
    dialler: string,
    caller: WireEnd,
  ): { readonly connection: ConnectionId; readonly wire: Wire } {
    const connection = target.node.newConnection();
    const line = this.#lines++;
    const { onCrossing } = this.#options;
    const [wire, far] = wirePair(this, caller, this.#endOf(target, connection), (from, bytes) => {
      const arrivedAt = this.now();
      const dialled = target.node.address;
      onCrossing?.({ line, dialler, dialled, from, bytes, sentAt: arrivedAt - this.latency, arrivedAt });
    });
    target.wires.set(connection, far);
    return { connection, wire };
  }

  #endOf(hosted: Hosted<Node>, connection: ConnectionId): WireEnd {
    const { node, wires } = hosted;
    return {
      receive: (bytes) => {
        this.#perform(hosted, node.received(this.now(), connection, bytes));
      },
      closed: () => {
        wires.delete(connection);
        this.#perform(hosted, node.closed(this.now(), connection));
      },
    };
  }

  #perform(hosted: Hosted<Node>, effects: readonly NodeEffect<Report>[]): void {
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
          this.#options.onReport?.(hosted.node.address, effect.report);
      }
    }
  }

  #dial(hosted: Hosted<Node>, connection: ConnectionId, address: Address): void {
    const { node, wires } = hosted;
    const from = { ip: ipOf(node.address), dialler: node.address };
    this.connect(address, from, this.#endOf(hosted, connection), (wire) => {
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

  #setTimer(hosted: Hosted<Node>, at: number): void {
    hosted.timer += 1;
    const mine = hosted.timer;
    this.events.after(at - this.now(), () => {
      if (hosted.timer === mine) this.#perform(hosted, hosted.node.timer(this.now()));
    });
  }
}

interface Hosted<Node> {
  readonly node: Node;
  readonly wires: Map<ConnectionId, Wire>;
  /** Counts the timers that were set: only the last one counts. */
  timer: number;
}
