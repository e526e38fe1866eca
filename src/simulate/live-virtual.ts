import type { Address } from '../core/address.ts';
import type { NodeReport } from '../overlays/gnutella/node/effect.ts';
import type { NodeOptions } from '../overlays/gnutella/node/node-options.ts';
import { GnutellaNode } from '../overlays/gnutella/node/node.ts';
import type { EventQueue } from './event-queue.ts';
import { LiveTally, type LiveOverlay, type OnReport } from './live-overlay.ts';
import { type VirtualHostsOptions, VirtualHosts } from './virtual-hosts.ts';
import type { Wire, WireEnd } from './virtual-wire.ts';

export interface VirtualLiveOptions extends Pick<
  VirtualHostsOptions<NodeReport>,
  'latency' | 'start' | 'onCrossing'
> {
  readonly onReport?: OnReport;
}

/** Live nodes of Gnutella in virtual time. */
export class VirtualLiveOverlay implements LiveOverlay {
  readonly tally = new LiveTally();
  readonly #hosts: VirtualHosts<GnutellaNode, NodeReport>;

  constructor({ onReport, ...options }: VirtualLiveOptions) {
    this.#hosts = new VirtualHosts({
      ...options,
      onReport: (node, report) => {
        this.tally.take(report);
        onReport?.(node, report);
      },
    });
  }

  get events(): EventQueue {
    return this.#hosts.events;
  }

  get latency(): number {
    return this.#hosts.latency;
  }

  now(): number {
    return this.#hosts.now();
  }

  nodes(): readonly GnutellaNode[] {
    return this.#hosts.nodes();
  }

  at(address: Address): GnutellaNode | undefined {
    return this.#hosts.at(address);
  }

  /** Starts a node some milliseconds from now. */
  add(options: Omit<NodeOptions, 'startedAt'>, after = 0): void {
    this.events.after(after, () => {
      const node = new GnutellaNode({ ...options, startedAt: this.now() });
      this.#hosts.add(node, () => node.start(this.now()));
    });
  }

  /** Takes a node away: with a farewell to its neighbours, or without a word, and then they see only that it has closed. */
  remove(address: Address, how: 'politely' | 'abruptly'): void {
    if (how === 'politely') this.#hosts.tell(address, (node) => node.leave(this.now()));
    this.#hosts.remove(address);
  }

  search(address: Address, text: string): void {
    this.#hosts.tell(address, (node) => node.search(this.now(), text));
  }

  /** Has a node ask its neighbours who else there is. */
  askForOthers(address: Address): void {
    this.#hosts.tell(address, (node) => node.askForOthers(this.now()));
  }

  /** Has a node share other files. */
  share(address: Address, names: readonly string[]): void {
    this.#hosts.tell(address, (node) => node.share(this.now(), names));
  }

  /** Lets this many milliseconds pass. */
  run(milliseconds: number): void {
    this.#hosts.run(milliseconds);
  }

  /**
   * Connects to the node at an address on behalf of somebody outside; the wire is given once the connection stands, or
   * undefined where nobody is there, each after two one-way delays.
   */
  connect(to: Address, fromIp: string, end: WireEnd, done: (wire: Wire | undefined) => void): void {
    this.#hosts.connect(to, { ip: fromIp, dialler: fromIp }, end, done);
  }
}
