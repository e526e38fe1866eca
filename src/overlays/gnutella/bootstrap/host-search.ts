import type { Address } from '../../../core/address.ts';
import type { FileHost, HostFacts } from './any-host-file.ts';

/** The ways to the first peers: an address that is known, files of earlier sessions, and the two kinds of caches. */
export const HOST_SOURCES = ['well-known', 'file', 'web-cache', 'udp-host-cache'] as const;
export type HostSourceKind = (typeof HOST_SOURCES)[number];

export interface HostSource {
  readonly kind: HostSourceKind;
  /** A file, a URL, an address or a name with its port. */
  readonly name: string;
}

/** A host, and who named it first. */
export interface NamedHost {
  readonly address: Address;
  readonly source: HostSource;
  /** From where a host of a file of ours was known before. */
  readonly origin?: string;
  /** When it was last heard of, milliseconds since 1970; where anybody told. */
  readonly lastSeen?: number;
  readonly facts: HostFacts;
}

/** What came of one source. */
export interface SearchedSource extends HostSource {
  /** `ok`, `empty`, or why nothing came of it. */
  readonly outcome: string;
  /** Hosts that it named, and how many of them nobody had named before. */
  readonly hosts: number;
  readonly newHosts: number;
  /** Other caches that it named. */
  readonly caches: number;
  /** Lines and entries that were of no use. */
  readonly rejected: number;
  /** More on the outcome. */
  readonly detail?: string;
}

/** What was found, by whom. */
export interface HostSearch {
  /** In the order in which they were found. */
  readonly hosts: readonly NamedHost[];
  /** In the order in which they were looked at. */
  readonly sources: readonly SearchedSource[];
  /** Caches that others named, and that were not asked. */
  readonly unasked: readonly HostSource[];
}

/** Gathers hosts; of a host that is named again, the newest time and all facts are kept. */
export class HostCollection {
  readonly #hosts = new Map<Address, NamedHost>();

  get size(): number {
    return this.#hosts.size;
  }

  /** Takes the hosts of one source; returns how many of them are new. */
  add(source: HostSource, hosts: readonly FileHost[]): number {
    const before = this.#hosts.size;
    for (const { address, lastSeen, facts, origin } of hosts) {
      const known = this.#hosts.get(address);
      const newest = Math.max(known?.lastSeen ?? -Infinity, lastSeen ?? -Infinity);
      this.#hosts.set(address, {
        ...(known ?? { address, source, ...(origin === undefined ? {} : { origin }) }),
        ...(newest === -Infinity ? {} : { lastSeen: newest }),
        facts: { ...known?.facts, ...facts },
      });
    }
    return this.#hosts.size - before;
  }

  list(): readonly NamedHost[] {
    return [...this.#hosts.values()];
  }
}
