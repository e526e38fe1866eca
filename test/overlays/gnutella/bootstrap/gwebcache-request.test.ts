import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheIdentity, parseCacheUrl } from '../../../../src/overlays/gnutella/bootstrap/cache-url.ts';
import {
  type CacheRequest,
  decodeCacheRequest,
  encodeCacheRequest,
} from '../../../../src/overlays/gnutella/bootstrap/gwebcache-request.ts';
import { MAX_REQUEST_CHARACTERS } from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { address, ipv4Address } from '../support.ts';
import { anyCacheUrl, cacheUrl, fieldText, likelyBytes } from './support.ts';

const client = { vendor: 'TEST', version: '1.0' };
const V1 = { spec: 1, client, hostfile: false, urlfile: false, statfile: false, ping: false } as const;
const V2 = { spec: 2, client, net: 'gnutella', get: false, hostfile: false, ping: false } as const;
const submission = {
  ip: address('194.64.64.1:123'),
  url: cacheUrl('http://www.otherserver.net/webcache.cgi'),
};
const WHO = 'client=TEST&version=1.0';

describe('a request to a web cache', () => {
  it.each<[CacheRequest, string]>([
    [{ ...V1, hostfile: true }, 'hostfile=1'],
    [{ ...V1, urlfile: true }, 'urlfile=1'],
    [{ ...V1, hostfile: true, urlfile: true }, 'bfile=1'],
    [{ ...V1, statfile: true }, 'statfile=1'],
    [{ ...V1, ping: true }, 'ping=1'],
    [{ ...V1, submission }, 'ip=194.64.64.1%3A123&url=http%3A%2F%2Fwww.otherserver.net%2Fwebcache.cgi'],
    [{ ...V2, get: true }, 'get=1&net=gnutella'],
    [{ ...V2, get: true, hostfile: true, net: 'gnutella2' }, 'get=1&hostfile=1&net=gnutella2'],
    [
      { ...V2, ping: true, submission: { ip: submission.ip } },
      'update=1&net=gnutella&ping=1&ip=194.64.64.1%3A123',
    ],
  ])('%j is the query %s', (request, query) => {
    expect(encodeCacheRequest(request)).toBe(`${query}&${WHO}`);
  });

  it('is read as the examples of the specifications have it', () => {
    // Version 1, 2.7, and version 2, step 4.
    expect(decodeCacheRequest('/x?client=GNUC&version=1.8.4.0&hostfile=1')?.request).toEqual({
      ...V1,
      hostfile: true,
      client: { vendor: 'GNUC', version: '1.8.4.0' },
    });
    const update =
      '/gcache.cgi?client=TEST1.0&update=1&ip=194.64.64.1%3A123&url=http%3a%2f%2fwww.otherserver.net%2fwebcache.cgi';
    expect(decodeCacheRequest(update)).toEqual({ request: { ...V2, submission }, rejected: [] });
  });

  it('takes the names of early clients, and says what it could not take', () => {
    expect(decodeCacheRequest('/?ip1=1.2.3.4:5&url1=http://a.example/')?.request.submission).toEqual({
      ip: '1.2.3.4:5',
      url: 'http://a.example/',
    });
    expect(decodeCacheRequest('/?ip=1.2.3&url=ftp://a')).toMatchObject({
      request: { submission: {} },
      rejected: ['ip', 'url'],
    });
  });

  it('that is too long is none', () => {
    expect(decodeCacheRequest(`/?${'x'.repeat(MAX_REQUEST_CHARACTERS)}`)).toBeUndefined();
  });

  it('is read back as it was written', () => {
    const who = fc.record({ vendor: fc.stringMatching(/^[A-Z]{4}$/), version: fieldText });
    const submitted = fc.record({ ip: ipv4Address, url: anyCacheUrl }, { requiredKeys: [] });
    const flags = { hostfile: fc.boolean(), ping: fc.boolean(), client: who };
    const v1 = fc
      .record(
        {
          spec: fc.constant<1>(1),
          ...flags,
          urlfile: fc.boolean(),
          statfile: fc.boolean(),
          submission: submitted,
        },
        { requiredKeys: ['spec', 'hostfile', 'ping', 'client', 'urlfile', 'statfile'] },
      )
      .filter((request) => request.submission === undefined || Object.keys(request.submission).length > 0);
    const v2 = fc.record(
      {
        spec: fc.constant<2>(2),
        ...flags,
        get: fc.boolean(),
        net: fc.constantFrom('gnutella', 'gnutella2', 'shareaza'),
        submission: submitted,
        cluster: fc.stringMatching(/^[A-Za-z0-9.\-_:,]{1,256}$/),
      },
      { requiredKeys: ['spec', 'hostfile', 'ping', 'client', 'get', 'net'] },
    );
    fc.assert(
      fc.property(fc.oneof(v1, v2), (request: CacheRequest) => {
        expect(decodeCacheRequest(`/gwc?${encodeCacheRequest(request)}`)).toEqual({ request, rejected: [] });
      }),
    );
  });

  it('never makes it fail, whatever it is', () => {
    fc.assert(
      fc.property(likelyBytes, (bytes) => {
        expect(decodeCacheRequest(`/?${Buffer.from(bytes).toString('latin1')}`)).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the URL of a web cache', () => {
  it.each([
    ['HTTP://EXAmple.com:80', 'http://example.com/'],
    ['http://example.com:8080/gcache/', 'http://example.com:8080/gcache/'],
    ['http://example.com/%7Eme/g.php', 'http://example.com/~me/g.php'],
    ['http://example.com/a/../b', 'http://example.com/b'],
    ['http://127.0.0.1:8001/', 'http://127.0.0.1:8001/'],
    ['http://[::1]:8001/x', 'http://[::1]:8001/x'],
  ])('%s is %s', (text, url) => {
    expect(parseCacheUrl(text)).toBe(url);
  });

  it('is one cache in several spellings', () => {
    const one = cacheIdentity(cacheUrl('http://zero-g.net/gcache/index.cgi'));
    expect(cacheIdentity(cacheUrl('http://zero-g.net/gcache/'))).toBe(one);
    expect(one).toBe('http://zero-g.net/gcache');
  });

  it('is its own canonical spelling', () => {
    fc.assert(
      fc.property(fc.oneof(anyCacheUrl, fc.webUrl(), fc.string()), (text) => {
        const url = parseCacheUrl(text);
        if (url !== undefined) expect(parseCacheUrl(url)).toBe(url);
      }),
    );
  });
});
