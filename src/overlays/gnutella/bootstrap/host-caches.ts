import { type Address, ipOf, portOf } from '../../../core/address.ts';
import { TOOL } from '../../../core/version.ts';
import type { HostCaches } from '../../host-caches.ts';
import { GWebCacheServer } from './gwebcache-server.ts';
import { answerHostCachePing } from './host-cache-answer.ts';
import { MAX_LISTED_HOSTS, MAX_POOL_HOSTS } from './limits.ts';
import { UdpHostCache } from './udp-host-cache.ts';

/** How long a cache goes on with the hosts that it has been given, milliseconds. */
const REFILL_PERIOD = 60_000;

/** The host caches of Gnutella: GWebCache, versions 1 and 2, and UDP host cache. */
export const hostCaches: HostCaches = {
  createWebCache: ({ hosts }) => {
    const cache = new GWebCacheServer({ name: TOOL });
    const refill = everyMinute((now) => {
      // As many as it lists: of more, it would list the last ones only.
      for (const host of hosts(MAX_LISTED_HOSTS)) cache.addHost(host, now);
    });
    return {
      answer: (request, now) => {
        refill(now);
        return cache.answer(request, now);
      },
    };
  },
  createDatagramCache: ({ hosts, address, others = [], random }) => {
    const cache = new UdpHostCache();
    for (const other of others) cache.addCache({ ...placeOf(other), attributes: new Map() });
    const refill = everyMinute((now) => {
      for (const host of hosts(MAX_POOL_HOSTS)) cache.addHost(host, now);
    });
    return {
      answer: (bytes, remoteIp, now) => {
        refill(now);
        return answerHostCachePing({ cache, address, random }, { bytes, remoteIp, now });
      },
    };
  },
};

function placeOf(address: Address) {
  const ip = ipOf(address);
  return { host: ip.includes(':') ? `[${ip}]` : ip, port: portOf(address) };
}

/** Does something when it is called for the first time, and when a minute has gone by. */
function everyMinute(act: (now: number) => void): (now: number) => void {
  let doneAt = -Infinity;
  return (now) => {
    if (now - doneAt < REFILL_PERIOD) return;
    doneAt = now;
    act(now);
  };
}
