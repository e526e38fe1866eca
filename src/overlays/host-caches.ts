import type { Address } from '../core/address.ts';

/** The caches of hosts of a system, which newcomers ask for their first peers. Programs without I/O, like servents. */
export interface HostCaches {
  createWebCache(options: HostCacheOptions): WebCache;
  createDatagramCache(options: DatagramCacheOptions): DatagramCache;
}

export interface HostCacheOptions {
  /** Hosts that are up now, at most so many: looked at when somebody asks, and not more than once a minute. */
  readonly hosts: (atMost: number) => readonly Address[];
}

export interface DatagramCacheOptions extends HostCacheOptions {
  /** Where it stands itself. */
  readonly address: Address;
  /** Other caches of its kind that it knows. */
  readonly others?: readonly Address[];
  /** A whole number in 0..below-1, all alike. */
  readonly random: (below: number) => number;
}

/** A cache that answers over HTTP. */
export interface WebCache {
  /** @param now milliseconds; its differences count. */
  answer(request: WebRequest, now: number): WebAnswer;
}

export interface WebRequest {
  readonly method: string;
  /** `/path?query`. */
  readonly target: string;
  /** Who asks, without port. */
  readonly remoteIp: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Latin-1. */
  readonly body: string;
}

/** A cache that answers datagrams. */
export interface DatagramCache {
  /** The answer to one datagram, or undefined where it says nothing. */
  answer(bytes: Uint8Array, remoteIp: string, now: number): Uint8Array | undefined;
}
