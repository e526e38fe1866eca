import type { Address } from '../../../core/address.ts';
import type { Acquaintance } from '../../overlay.ts';
import type { ConnectionId } from './effect.ts';
import type { Link } from './link.ts';

/** The connections of a node that stand, by number, and by the address of the other side. */
export class LinkTable {
  readonly #links = new Map<ConnectionId, Link>();

  get size(): number {
    return this.#links.size;
  }

  [Symbol.iterator](): IterableIterator<Link> {
    return this.#links.values();
  }

  add(link: Link): void {
    this.#links.set(link.connection, link);
  }

  delete(link: Link): boolean {
    return this.#links.delete(link.connection);
  }

  get(connection: ConnectionId): Link | undefined {
    return this.#links.get(connection);
  }

  /** Slots of the tables of all leaves. O(links). */
  get slots(): number {
    let slots = 0;
    for (const { table } of this.#links.values()) slots += table.slots;
    return slots;
  }

  /** O(links), which are some dozens. */
  at(address: Address): Link | undefined {
    for (const link of this.#links.values()) if (link.address === address) return link;
    return undefined;
  }

  /** The superpeers among the neighbours, hidden ones too. */
  superpeers(): readonly Link[] {
    return [...this.#links.values()].filter(({ role }) => role === 'superpeer');
  }

  leaves(): readonly Link[] {
    return [...this.#links.values()].filter(({ role }) => role === 'leaf');
  }

  /** What is remembered of a neighbour, for a crawler by datagram. */
  acquaintance(address: Address): Acquaintance {
    const link = this.at(address);
    if (link === undefined) return {};
    const { agent, since, datagrams } = link;
    return { ...(agent === undefined ? {} : { agent }), connectedAt: since, datagrams };
  }
}

/** Those among these that can be named: we know where they are. */
export function addressesOf(links: readonly Link[]): readonly Address[] {
  return links.flatMap(({ address }) => (address === undefined ? [] : [address]));
}
