import { describe, expect, it } from 'vitest';
import {
  askCaches,
  type CacheFetch,
  type CacheRun,
  type CacheRunOptions,
  countCacheOutcomes,
  type KnownCache,
} from '../../../../src/overlays/gnutella/bootstrap/gwebcache-client.ts';
import { GWebCacheServer } from '../../../../src/overlays/gnutella/bootstrap/gwebcache-server.ts';
import { MAX_KNOWN_CACHES } from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { address, bytesOf } from '../support.ts';
import { cacheUrl } from './support.ts';

const A = cacheUrl('http://a.example/gwc');
const B = cacheUrl('http://b.example/gwc');
const C = cacheUrl('http://c.example/gwc');
const NOW = 1_000_000_000;

/** Runs over caches that answer with these texts, or fail like that; and keeps what was asked. */
async function run(
  answers: Readonly<Record<string, string | { outcome: 'silent' | 'excluded' }>>,
  caches: readonly KnownCache[],
  options: Partial<CacheRunOptions> = {},
): Promise<CacheRun & { urls: string[] }> {
  const urls: string[] = [];
  const fetch: CacheFetch = (url) => {
    urls.push(url);
    const answer = answers[url.slice(0, url.indexOf('?'))] ?? { outcome: 'silent' };
    return Promise.resolve(typeof answer === 'string' ? { outcome: 'ok', body: bytesOf(answer) } : answer);
  };
  const client = { vendor: 'TEST', version: '1' };
  const result = await askCaches({ caches, fetch, client, net: 'gnutella', now: () => NOW, ...options });
  return { ...result, urls };
}

describe('a run over web caches', () => {
  it('gives hosts with the cache that named them, each once', async () => {
    const { hosts } = await run({ [A]: 'H|1.2.3.4:5|60\nH|1.2.3.5:5|7', [B]: '1.2.3.4:5\n9.9.9.9:9' }, [
      { url: A },
      { url: B },
    ]);
    expect(hosts).toEqual([
      { address: '1.2.3.4:5', age: 60, source: A },
      { address: '1.2.3.5:5', age: 7, source: A },
      { address: '9.9.9.9:9', source: B },
    ]);
  });

  it('asks so that either version understands, and afterwards in the one that a cache speaks', async () => {
    const first = await run({ [A]: 'H|1.2.3.4:5|6', [B]: '1.2.3.4:5' }, [{ url: A }, { url: B }]);
    expect(first.urls[0]).toBe(`${A}?get=1&hostfile=1&net=gnutella&client=TEST&version=1`);
    expect(first.caches).toEqual([
      { url: A, spec: 2, askedAt: NOW },
      { url: B, spec: 1, askedAt: NOW },
    ]);
    const second = await run({}, first.caches, { now: () => NOW + 3_600_000 });
    expect(second.urls).toEqual([
      `${A}?get=1&net=gnutella&client=TEST&version=1`,
      `${B}?hostfile=1&client=TEST&version=1`,
    ]);
  });

  it('asks each cache once, also the ones that it learns of, under whichever of its names', async () => {
    const { urls, caches } = await run(
      { [A]: `U|${B}/index.php|1\nU|${B}|1\nU|${C}|1\nU|${A}/|1`, [C]: 'I|nothing', [`${B}/index.php`]: '' },
      [{ url: A }, { url: A }],
    );
    expect(urls.map((url) => url.slice(0, url.indexOf('?')))).toEqual([A, `${B}/index.php`, C]);
    expect(caches.map((cache) => cache.url)).toEqual([A, `${B}/index.php`, C]);
  });

  it('asks the first ones whatever is known, and those that they name only where hosts are wanting', async () => {
    const answers = { [A]: `H|1.2.3.4:5|6\nU|${C}|1`, [B]: 'H|1.2.3.5:5|6', [C]: 'H|1.2.3.6:5|6' };
    const given = [{ url: A }, { url: B }];
    const content = await run(answers, given, { insist: 2, enough: 0, maxRequests: 0 });
    expect(content.asked.map(({ url }) => url)).toEqual([A, B]);
    expect(content.caches.map(({ url }) => url)).toEqual([C, A, B]);
    const wanting = await run(answers, given, { insist: 2, enough: 3 });
    expect(wanting.asked.map(({ url }) => url)).toEqual([A, B, C]);
  });

  it('keeps what a cache says of its failure, and is told whom it asks', async () => {
    const asked: string[] = [];
    const { asked: results } = await run({ [A]: 'ERROR: no database' }, [{ url: A }], {
      onAsk: (url) => asked.push(url),
    });
    expect(results).toMatchObject([{ outcome: 'error', detail: 'no database' }]);
    expect(asked).toEqual([A]);
  });

  it('rotates: whoever was not asked comes first the next time', async () => {
    const caches = [{ url: A }, { url: B }, { url: C }];
    const answers = { [A]: '1.2.3.4:5', [B]: '1.2.3.5:5', [C]: '1.2.3.6:5' };
    const first = await run(answers, caches, { enough: 1 });
    expect(first.caches.map((cache) => cache.url)).toEqual([B, C, A]);
    const second = await run(answers, first.caches, { maxRequests: 1 });
    expect(second.caches.map((cache) => cache.url)).toEqual([C, A, B]);
  });

  it('counts failures by kind and forgets those caches; one that may not be dialled stays', async () => {
    const D = cacheUrl('http://d.example/');
    const { asked, caches } = await run(
      { [A]: 'ERROR: gone', [B]: '<html>', [C]: { outcome: 'silent' }, [D]: { outcome: 'excluded' } },
      [A, B, C, D].map((url) => ({ url })),
    );
    expect(Object.fromEntries(countCacheOutcomes(asked))).toEqual({
      error: 1,
      'not-a-cache': 1,
      silent: 1,
      excluded: 1,
    });
    expect(caches).toEqual([{ url: D }]);
  });

  it('leaves a cache in peace for an hour', async () => {
    const known = [{ url: A, spec: 2 as const, askedAt: NOW - 3_599_999 }];
    const { asked, urls, caches } = await run({}, known);
    expect({ urls, caches, outcome: asked[0]?.outcome }).toEqual({
      urls: [],
      caches: known,
      outcome: 'too-early',
    });
    // A time to come is that of a clock that was wrong.
    expect((await run({}, [{ url: A, spec: 2, askedAt: NOW + 1 }])).urls).toHaveLength(1);
  });

  it('takes silence for an answer of version 1 only', async () => {
    const { asked } = await run({ [A]: '', [B]: '', [C]: 'Sorry, moved\n42' }, [
      { url: A },
      { url: B, spec: 2 },
      { url: C },
    ]);
    expect(asked.map((one) => one.outcome)).toEqual(['empty', 'not-a-cache', 'not-a-cache']);
    expect((await run({ [A]: '' }, [{ url: A, spec: 1 }])).caches).toEqual([
      { url: A, spec: 1, askedAt: NOW },
    ]);
  });

  it('takes no hosts of another network from a cache that knows none', async () => {
    const { hosts, asked } = await run({ [A]: '1.2.3.4:5' }, [{ url: A }], { net: 'gnutella2' });
    expect(hosts).toEqual([]);
    expect(asked[0]?.outcome).toBe('empty');
  });

  it('ends when it is given up, and keeps the cache that was being asked', async () => {
    const stop = new AbortController();
    const fetch: CacheFetch = () => {
      stop.abort();
      return Promise.resolve({ outcome: 'silent' });
    };
    const { caches } = await run({}, [{ url: A }, { url: B }], { fetch, signal: stop.signal });
    expect(caches.map((cache) => cache.url).sort()).toEqual([A, B]);
  });

  it('knows a bounded number of caches', async () => {
    const many = Array.from({ length: MAX_KNOWN_CACHES + 9 }, (_, i) => ({
      url: cacheUrl(`http://c${i}.example/`),
    }));
    expect((await run({}, many, { maxRequests: 0 })).caches).toHaveLength(MAX_KNOWN_CACHES);
  });

  it('gets from our own cache what was put there', async () => {
    const server = new GWebCacheServer({ name: 'x' });
    server.addHost(address('127.1.0.1:6346'), 0);
    server.addUrl(B, 0);
    const fetch: CacheFetch = (url) => {
      const { pathname, search } = new URL(url);
      const answer = server.answer(
        { method: 'GET', target: pathname + search, remoteIp: '127.0.0.1' },
        5_000,
      );
      return Promise.resolve({ outcome: 'ok', body: bytesOf(answer.body) });
    };
    const { hosts, asked } = await run({}, [{ url: A }], { fetch, maxRequests: 1 });
    expect(hosts).toEqual([{ address: '127.1.0.1:6346', age: 5, source: A }]);
    expect(asked).toEqual([{ url: A, outcome: 'ok', hosts: 1, urls: 1, rejected: 0 }]);
  });
});
