import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CacheAnswer, EMPTY_ANSWER } from '../../../../src/overlays/gnutella/bootstrap/cache-answer.ts';
import { decodeCacheAnswer } from '../../../../src/overlays/gnutella/bootstrap/decode-cache-answer.ts';
import { encodeV1Answer } from '../../../../src/overlays/gnutella/bootstrap/gwebcache-v1.ts';
import { encodeV2Answer } from '../../../../src/overlays/gnutella/bootstrap/gwebcache-v2.ts';
import {
  MAX_CACHE_ANSWER_BYTES,
  MAX_CACHE_HOSTS,
  MAX_CACHE_URLS,
} from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { bytesOf, ipv4Address } from '../support.ts';
import { transcript, TRANSCRIPTS_PRESENT } from '../transcripts.ts';
import { anyCacheUrl, count, fieldText, likelyBytes } from './support.ts';

function answered(text: string): CacheAnswer & { spec: 1 | 2 } {
  const decoded = decodeCacheAnswer(bytesOf(text));
  return decoded.kind === 'answer'
    ? { ...decoded.answer, spec: decoded.spec }
    : expect.unreachable(`${decoded.kind}: ${text}`);
}

describe('an answer of version 2', () => {
  it('is read as the example of the specification has it (1.9.4, step 3)', () => {
    const text =
      'H|127.0.0.2:321|400\nH|127.0.0.1:123|4456\n' +
      'U|http://www.server2.com/gcache/gcache.cgi|400\nU|http://www.server.net/gcache/gcache.cgi|4456\n';
    expect(answered(text)).toEqual({
      ...EMPTY_ANSWER,
      spec: 2,
      hosts: [
        { address: '127.0.0.2:321', age: 400 },
        { address: '127.0.0.1:123', age: 4456 },
      ],
      urls: [
        { url: 'http://www.server2.com/gcache/gcache.cgi', age: 400 },
        { url: 'http://www.server.net/gcache/gcache.cgi', age: 4456 },
      ],
    });
  });

  it('to an update with a ping, and lines that nobody gives, likewise', () => {
    expect(answered('I|pong|GWebCache 0.9.0b\nI|update|WARNING|You came back too early')).toMatchObject({
      pong: { name: 'GWebCache 0.9.0b', networks: [] },
      update: 'warning',
      warnings: ['You came back too early'],
      rejected: 0,
    });
    expect(
      answered('I|whatever\nI|blah||bar\nH|192.168.0.1:123|321||foo\nU|http://gcache.com|321|xyz|'),
    ).toMatchObject({
      hosts: [{ address: '192.168.0.1:123', age: 321 }],
      urls: [{ url: 'http://gcache.com/', age: 321 }],
      rejected: 0,
    });
  });

  it('has the columns cluster, leaves, vendor and uptime, each where it is there', () => {
    expect(answered('h|1.2.3.4:5|45|some,Cluster!|12|RAZA 2.3|3600\nH|1.2.3.5|x|||LIME').hosts).toEqual([
      {
        address: '1.2.3.4:5',
        age: 45,
        cluster: 'some,Cluster',
        leaves: 12,
        vendor: 'RAZA 2.3',
        uptime: 3600,
      },
      { address: '1.2.3.5:6346', vendor: 'LIME' },
    ]);
  });

  it('tells the networks, warnings beside an OK, and a network that it does not serve', () => {
    expect(
      answered(
        'I|pong|Beacon Cache 0.1.5D|gnutella-gnutella2\nI|update|OK|WARNING|Duplicate\nI|WARNING|Early',
      ),
    ).toMatchObject({
      pong: { name: 'Beacon Cache 0.1.5D', networks: ['gnutella', 'gnutella2'] },
      update: 'ok',
      warnings: ['Duplicate', 'Early'],
    });
    expect(answered('I|net-not-supported').unsupportedNetwork).toBe(true);
    expect(answered('I|nothing')).toMatchObject({ spec: 2, hosts: [], rejected: 0 });
  });

  it('is read back as it was written', () => {
    const answer = fc.record({
      hosts: fc.uniqueArray(
        fc.record(
          {
            address: ipv4Address,
            age: count,
            cluster: fc.stringMatching(/^[A-Za-z0-9.\-_:,]{1,250}$/),
            leaves: count,
            vendor: fieldText,
            uptime: count,
          },
          { requiredKeys: ['address'] },
        ),
        { selector: (host) => host.address, maxLength: 30 },
      ),
      urls: fc.uniqueArray(fc.record({ url: anyCacheUrl, age: count }, { requiredKeys: ['url'] }), {
        selector: (known) => known.url,
        maxLength: 10,
      }),
      warnings: fc.array(fieldText, { maxLength: 3 }),
      unsupportedNetwork: fc.boolean(),
    });
    const more = fc.record(
      {
        pong: fc.record({
          name: fieldText,
          networks: fc.constantFrom([], ['gnutella'], ['gnutella', 'gnutella2']),
        }),
        update: fc.constantFrom<'ok' | 'warning'>('ok', 'warning'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(answer, more, (one, other) => {
        const whole: CacheAnswer = { ...EMPTY_ANSWER, ...one, ...other };
        expect(answered(encodeV2Answer(whole))).toEqual({ ...whole, spec: 2 });
      }),
    );
  });
});

describe('an answer of version 1', () => {
  it.each(['\n', '\r\n', '\r', '\n\n'])('may have lines that end in %j', (end) => {
    expect(answered(['1.2.3.4:5', '6.7.8.9:10', 'http://a.example/gwc.php'].join(end))).toMatchObject({
      spec: 1,
      hosts: [{ address: '1.2.3.4:5' }, { address: '6.7.8.9:10' }],
      urls: [{ url: 'http://a.example/gwc.php' }],
      rejected: 0,
    });
  });

  it('may have values that are URL-encoded, and several URLs in a line', () => {
    expect(
      answered('1.2.3.4%3A5\nhttp%3a%2f%2fa.example%2f%7Ez/g.cgi\nhttp://b.example/ http://c.example/'),
    ).toMatchObject({
      hosts: [{ address: '1.2.3.4:5' }],
      urls: [
        { url: 'http://a.example/~z/g.cgi' },
        { url: 'http://b.example/' },
        { url: 'http://c.example/' },
      ],
    });
  });

  it('knows PONG, OK, warnings and statistics', () => {
    expect(answered('PONG Beacon Cache 0.1.5D Beta').pong).toEqual({
      name: 'Beacon Cache 0.1.5D Beta',
      networks: [],
    });
    expect(answered('PONG').pong).toEqual({ name: '', networks: [] });
    expect(answered('OK\r\nWARNING: Rejected URL')).toMatchObject({
      update: 'ok',
      warnings: ['Rejected URL'],
    });
    expect(answered('OKWARNING: Already present')).toMatchObject({
      update: 'ok',
      warnings: ['Already present'],
    });
    expect(answered('WARNING: Invalid IP')).toMatchObject({ update: 'warning', warnings: ['Invalid IP'] });
    expect(answered('12345\n67\n8\n9')).toMatchObject({ statistics: [12345, 67, 8], rejected: 1 });
  });

  it('may be empty, for there may be no hosts', () => {
    expect(answered('')).toEqual({ ...EMPTY_ANSWER, spec: 1 });
    expect(answered('\r\n\r\n')).toEqual({ ...EMPTY_ANSWER, spec: 1 });
  });

  it('is read back as it was written', () => {
    const answer = fc.record({
      hosts: fc.uniqueArray(
        ipv4Address.map((address) => ({ address })),
        { selector: (one) => one.address },
      ),
      urls: fc.uniqueArray(
        anyCacheUrl.map((url) => ({ url })),
        { selector: (one) => one.url, maxLength: 10 },
      ),
      statistics: fc.array(count, { maxLength: 3 }),
    });
    const update = fc.option(
      fc.record({
        update: fc.constantFrom<'ok' | 'warning'>('ok', 'warning'),
        warnings: fc.array(fieldText, { maxLength: 3 }),
      }),
      { nil: {} },
    );
    const pong = fc.option(
      fieldText.map((name) => ({ pong: { name, networks: [] } })),
      { nil: {} },
    );
    fc.assert(
      fc.property(answer, update, pong, (one, two, three) => {
        const whole: CacheAnswer = { ...EMPTY_ANSWER, ...one, ...two, ...three };
        expect(answered(encodeV1Answer(whole))).toEqual({ ...whole, spec: 1 });
      }),
    );
  });
});

describe('what a web cache says', () => {
  it('may be an error', () => {
    expect(decodeCacheAnswer(bytesOf('ERROR: Server full\n1.2.3.4:5'))).toEqual({
      kind: 'error',
      message: 'Server full',
    });
    expect(decodeCacheAnswer(bytesOf('ERROR'))).toEqual({ kind: 'error', message: '' });
  });

  it.each([
    '<!DOCTYPE html><html>',
    '\n <html>1.2.3.4:5',
    '# no cache\n1.2.3.4:5',
    'Not found',
    'a\nb',
    '\0\xff',
  ])('is no answer where it is %j', (text) => {
    expect(decodeCacheAnswer(bytesOf(text))).toEqual({ kind: 'not-a-cache' });
  });

  it.each([
    '1.2.3.4:0',
    '1.2.3.256:5',
    '01.2.3.4:5',
    'localhost:6346',
    'https://a.example/',
    'http://u:p@a.example/',
    'http://a.example/?x=1',
    'http://a.example/%',
    'http://',
    'http://a.example:0/',
    `http://a.example/${'x'.repeat(300)}`,
  ])('is counted as rejected where a line is %j', (line) => {
    expect(answered(`1.2.3.4:5\n${line}`)).toMatchObject({
      hosts: [{ address: '1.2.3.4:5' }],
      urls: [],
      rejected: 1,
    });
    const prefix = line.startsWith('http') ? 'U' : 'H';
    expect(answered(`H|1.2.3.4:5\n${prefix}|${line}|7`)).toMatchObject({ urls: [], rejected: 1 });
  });

  it('is bounded in hosts, URLs and bytes, and what is beyond is counted', () => {
    const hosts = Array.from({ length: MAX_CACHE_HOSTS + 7 }, (_, i) => `10.0.${i >> 8}.${i & 255}:1`);
    expect(answered(hosts.join('\n'))).toMatchObject({ rejected: 7 });
    const urls = Array.from({ length: MAX_CACHE_URLS + 5 }, (_, i) => `U|http://a${i}.example/`);
    expect(answered(urls.join('\n')).urls).toHaveLength(MAX_CACHE_URLS);
    const long = `1.2.3.4:5\n${'x'.repeat(MAX_CACHE_ANSWER_BYTES - 16)}\n1.2.3.4:63467`;
    expect(answered(long).hosts).toEqual([{ address: '1.2.3.4:5' }]);
    expect(answered(long).rejected).toBe(2);
  });

  it('never makes it fail, whatever the bytes, and its texts are fit to be printed', () => {
    fc.assert(
      fc.property(likelyBytes, (bytes) => {
        const decoded = decodeCacheAnswer(bytes);
        if (decoded.kind !== 'answer') return;
        for (const text of decoded.answer.warnings) expect(text).not.toMatch(/[^\x20-\x7e\xa0-\xff]/);
        for (const { url } of decoded.answer.urls)
          expect(url).toMatch(/^http:\/\/[a-z0-9.\-[\]:_]+\/[A-Za-z0-9/._~-]*$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it.skipIf(!TRANSCRIPTS_PRESENT)(
    'is a page where the port is that of gtk-gnutella (skipped where ../shared is absent)',
    () => {
      const text = Buffer.from(transcript('http-gwc.resp.txt')).toString('latin1');
      const body = text.slice(text.indexOf('<!DOCTYPE'));
      expect(decodeCacheAnswer(bytesOf(body))).toEqual({ kind: 'not-a-cache' });
    },
  );
});
