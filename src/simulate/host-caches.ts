import { createRandom } from '../core/random.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Overlay } from '../overlays/overlay.ts';
import type { Address } from '../core/address.ts';
import { sampleSuperpeers } from './sample-superpeers.ts';
import type { SimulatedOverlay } from './simulated-overlay.ts';
import { hostDatagramCache, type DatagramCacheHost } from './datagram-cache-host.ts';
import { hostWebCache, type WebCacheHost } from './web-cache-host.ts';

/** The caches of hosts beside a simulated overlay, as far as they are wanted. */
export interface SimulatedCaches {
  readonly web: WebCacheHost | undefined;
  readonly datagram: DatagramCacheHost | undefined;
  close(): Promise<void>;
}

export interface SimulatedCachesOptions {
  readonly web: boolean;
  readonly datagram: boolean;
  readonly overlay: Overlay;
  readonly seed: number;
}

/**
 * Lets caches of hosts stand beside an overlay, filled with a sample of its superpeers.
 * @throws {PeerscopeError} `usage` where its system has no such caches, `failure` where this machine has no port left.
 */
export async function hostCachesOf(
  simulation: SimulatedOverlay,
  { web, datagram, overlay, seed }: SimulatedCachesOptions,
): Promise<SimulatedCaches> {
  if (!web && !datagram) return { web: undefined, datagram: undefined, close: () => Promise.resolve() };
  const { hostCaches } = overlay;
  if (hostCaches === undefined) {
    throw new PeerscopeError('usage', `${overlay.title} has no caches of hosts`);
  }
  const random = createRandom(seed).fork('host caches');
  const hosts = (atMost: number): readonly Address[] => sampleSuperpeers(simulation, atMost, random);
  const webHost = web ? await hostWebCache(hostCaches.createWebCache({ hosts }), simulation.now) : undefined;
  const draw = (below: number): number => random.int(below);
  const create = (address: Address) => hostCaches.createDatagramCache({ hosts, address, random: draw });
  const datagramHost = datagram
    ? await hostDatagramCache(create, simulation.now).catch(async (error: unknown) => {
        await webHost?.close();
        throw error;
      })
    : undefined;
  return {
    web: webHost,
    datagram: datagramHost,
    close: async () => {
      await Promise.all([webHost?.close(), datagramHost?.close()]);
    },
  };
}
