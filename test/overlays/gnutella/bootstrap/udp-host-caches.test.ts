import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random.ts';
import {
  MAX_PACKED_CACHES,
  MAX_PACKED_CACHES_BYTES,
  MAX_PACKED_HOSTS,
  MAX_POOL_HOSTS,
} from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { parseNamedEndpoint } from '../../../../src/overlays/gnutella/bootstrap/named-endpoint.ts';
import {
  decodePackedHostCaches,
  encodePackedHostCaches,
} from '../../../../src/overlays/gnutella/bootstrap/phc.ts';
import { UdpHostCache } from '../../../../src/overlays/gnutella/bootstrap/udp-host-cache.ts';
import { address, bytesOf, textOf } from '../support.ts';
import { fieldText, likelyBytes } from './support.ts';

const MINUTE = 60_000;

describe('packed UDP host caches', () => {
  it("are read as LimeWire's test has it (PingReplyTest, testPackedHostCachesInPong)", () => {
    const text =
      '1.2.3.4:81\nwww.limewire.com:6379\nwww.eff.org\nwww.test.org:1&something=somethingelse&nothing=this';
    expect(decodePackedHostCaches(bytesOf(text))).toEqual({
      caches: [
        { host: '1.2.3.4', port: 81, attributes: new Map() },
        { host: 'www.limewire.com', port: 6379, attributes: new Map() },
        { host: 'www.eff.org', port: 6346, attributes: new Map() },
        {
          host: 'www.test.org',
          port: 1,
          attributes: new Map([
            ['something', 'somethingelse'],
            ['nothing', 'this'],
          ]),
        },
      ],
      rejected: 0,
    });
  });

  it.each([
    'a..b',
    '1.2.3',
    '1.2.3.4:0',
    'a:b',
    'a:1:2',
    '-a',
    'a_b',
    '&x=y',
    'a:065',
    '',
    'x'.repeat(64),
    '[::1',
    'a b',
  ])('are not %j', (line) => {
    const { caches, rejected } = decodePackedHostCaches(bytesOf(`${line}\nuhc.example`));
    expect(caches.map((cache) => cache.host)).toEqual(['uhc.example']);
    expect(rejected).toBe(line === '' ? 0 : 1);
  });

  it('are bounded in number and bytes, and each is kept once', () => {
    const many = Array.from({ length: MAX_PACKED_CACHES + 5 }, (_, i) => `uhc${i}.example`);
    expect(decodePackedHostCaches(bytesOf(many.join('\n')))).toMatchObject({
      caches: { length: MAX_PACKED_CACHES },
      rejected: 5,
    });
    expect(decodePackedHostCaches(bytesOf('a.example\nA.example:6346')).rejected).toBe(1);
    const bomb = `a.example\nb.example${' '.repeat(MAX_PACKED_CACHES_BYTES)}`;
    expect(decodePackedHostCaches(bytesOf(bomb))).toMatchObject({ caches: { length: 1 }, rejected: 1 });
  });

  it('are read back as they were written', () => {
    const plain = fieldText.filter((text) => !/[&=]/.test(text));
    const host = fc.oneof(
      fc.ipV4(),
      fc.constant('[2001:db8::1]'),
      fc.domain().filter((name) => name.length < 60),
    );
    const cache = fc.record({
      host,
      port: fc.integer({ min: 1, max: 65_535 }),
      attributes: fc.array(fc.tuple(plain, plain), { maxLength: 4 }).map((pairs) => new Map(pairs)),
    });
    const list = fc.uniqueArray(cache, { selector: (one) => `${one.host}:${one.port}`, maxLength: 20 });
    fc.assert(
      fc.property(list, (caches) => {
        expect(decodePackedHostCaches(encodePackedHostCaches(caches))).toEqual({ caches, rejected: 0 });
      }),
    );
    expect(
      textOf(
        encodePackedHostCaches([{ host: 'a.example', port: 5, attributes: new Map([['k&=', 'v\n&']]) }]),
      ),
    ).toBe('a.example:5&k??=v??');
  });

  it('never make the decoder fail', () => {
    fc.assert(
      fc.property(likelyBytes, (bytes) => {
        for (const cache of decodePackedHostCaches(bytes).caches) {
          expect(parseNamedEndpoint(`${cache.host}:${cache.port}`)).toBeDefined();
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

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
    expect(cache.answer({ ...question, count: 99 }, 0, random).hosts).toHaveLength(MAX_PACKED_HOSTS);
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
