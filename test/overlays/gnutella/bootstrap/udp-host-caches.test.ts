import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random.ts';
import { MAX_POOL_HOSTS } from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { UdpHostCache } from '../../../../src/overlays/gnutella/bootstrap/udp-host-cache.ts';
import { PACKED_HOSTS_SENT } from '../../../../src/overlays/gnutella/wire/packed-hosts.ts';
import { MAX_PACKED_CACHES } from '../../../../src/overlays/gnutella/wire/limits.ts';
import { address } from '../support.ts';

const MINUTE = 60_000;

describe('our own UDP host cache', () => {
  const random = (below: number): number => generator.int(below);
  const generator = createRandom(7);

  function filled(count: number, now = 0): UdpHostCache {
    const cache = new UdpHostCache();
    for (let i = 0; i < count; i++) cache.addHost(address(`127.1.${i >> 8}.${i & 255}:6346`), now);
    return cache;
  }

  it('gives as many different superpeers as asked for, at most 30, and never the asking one', () => {
    const cache = filled(40);
    const question = { remoteIp: '127.1.0.3', count: 10 };
    const { hosts } = cache.answer(question, 0, random);
    expect(new Set(hosts).size).toBe(10);
    expect(cache.answer({ ...question, count: 99 }, 0, random).hosts).toHaveLength(PACKED_HOSTS_SENT);
    expect(filled(20).answer({ ...question, count: 99 }, 0, random).hosts).not.toContain('127.1.0.3:6346');
    expect(filled(20).answer({ ...question, count: 99 }, 0, random).hosts).toHaveLength(19);
    expect(cache.answer({ ...question, count: -1 }, 0, random).hosts).toEqual([]);
  });

  it('gives each superpeer as often as any other', () => {
    const cache = filled(20);
    const times = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      for (const host of cache.answer({ remoteIp: '', count: 5 }, 0, random).hosts) {
        times.set(host, (times.get(host) ?? 0) + 1);
      }
    }
    // Binomial: 10,000 trials at 1/4, standard deviation 43; five of them either way.
    for (const count of times.values()) expect(Math.abs(count - 2_500)).toBeLessThan(217);
    expect(times.size).toBe(20);
  });

  it('forgets superpeers that were not heard of for an hour, and tells how long ago it was', () => {
    const cache = filled(1);
    cache.addHost(address('127.2.0.1:1'), 30 * MINUTE);
    expect(cache.hosts(59 * MINUTE)).toEqual([
      { address: '127.2.0.1:1', age: 29 * 60 },
      { address: '127.1.0.0:6346', age: 59 * 60 },
    ]);
    expect(cache.answer({ remoteIp: '', count: 9 }, 60 * MINUTE, random).hosts).toEqual(['127.2.0.1:1']);
    expect(cache.hosts(90 * MINUTE)).toEqual([]);
  });

  it('keeps a bounded pool, the newest', () => {
    const cache = filled(MAX_POOL_HOSTS + 1);
    expect(cache.hosts(0)).toHaveLength(MAX_POOL_HOSTS);
    expect(cache.hosts(0).at(-1)?.address).toBe('127.1.0.1:6346');
  });

  it('gives the family that is asked for', () => {
    const cache = filled(2);
    cache.addHost(address('[2001:db8::1]:1'), 0);
    const question = { remoteIp: '', count: 9 };
    expect(cache.answer({ ...question, family: 'ipv6' }, 0, random).hosts).toEqual(['[2001:db8::1]:1']);
    expect(cache.answer({ ...question, family: 'ipv4' }, 0, random).hosts).toHaveLength(2);
    expect(cache.answer(question, 0, random).hosts).toHaveLength(3);
  });

  it('answers a source once a minute', () => {
    const cache = filled(1);
    expect([0, 1, 59_999, 60_000].map((now) => cache.admit('127.0.0.1', now))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(cache.admit('127.0.0.2', 60_000)).toBe(true);
  });

  it('names the other caches that it knows, a bounded number', () => {
    const cache = new UdpHostCache();
    for (let i = 0; i <= MAX_PACKED_CACHES; i++)
      cache.addCache({ host: `u${i}.example`, port: 1, attributes: new Map() });
    cache.addCache({ host: 'u5.example', port: 1, attributes: new Map() });
    expect(cache.otherCaches).toHaveLength(MAX_PACKED_CACHES);
    expect(cache.otherCaches[0]?.host).toBe('u1.example');
    expect(cache.answer({ remoteIp: '', count: 1 }, 0, random).caches.at(-1)?.host).toBe('u5.example');
  });
});
