import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PACKED_CACHES, MAX_PACKED_CACHES_BYTES } from '../../../../src/overlays/gnutella/wire/limits.ts';
import { parseNamedEndpoint } from '../../../../src/overlays/gnutella/wire/named-endpoint.ts';
import {
  decodePackedHostCaches,
  encodePackedHostCaches,
} from '../../../../src/overlays/gnutella/wire/packed-host-caches.ts';
import { fieldText, likelyBytes } from '../bootstrap/support.ts';
import { bytesOf, textOf } from '../support.ts';

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
