import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { httpGet, type HttpGetOptions, type HttpGetOutcome } from '../../src/crawl/http-get.ts';
import { cacheUrl } from '../overlays/gnutella/bootstrap/support.ts';
import { askCaches, type CacheFetch } from '../../src/overlays/gnutella/bootstrap/gwebcache-client.ts';
import { GWebCacheServer } from '../../src/overlays/gnutella/bootstrap/gwebcache-server.ts';
import { parseAddress } from '../../src/core/address.ts';

const OPTIONS: HttpGetOptions = { userAgent: 'test/1', timeout: 20_000, maxBytes: 1_000 };

async function get(
  url: string,
  options: Partial<HttpGetOptions> = {},
): Promise<HttpGetOutcome & { text?: string }> {
  const outcome = await httpGet(url, { ...OPTIONS, ...options });
  return outcome.outcome === 'ok'
    ? { ...outcome, text: Buffer.from(outcome.body).toString('latin1') }
    : outcome;
}

/** An HTTP server on loopback; its URL without a slash at the end. */
async function site(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${portOfServer(server.address())}`;
}

/** A server that does with each connection whatever the test wants. */
async function stranger(onRequest: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      onRequest(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${portOfServer(server.address())}/`;
}

function portOfServer(bound: ReturnType<ReturnType<typeof createTcpServer>['address']>): number {
  if (bound === null || typeof bound === 'string') throw new Error('not listening');
  return bound.port;
}

describe('a GET', () => {
  it('brings the body, however it is framed', async () => {
    const url = await site((request, response) => {
      if (request.url === '/chunked') response.write('1.2.3.4:5\n');
      response.end(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''}`);
    });
    const host = url.slice('http://'.length);
    expect(await get(`${url}/a?b=c%3A`)).toMatchObject({
      outcome: 'ok',
      status: 200,
      text: `GET /a?b=c%3A ${host}`,
    });
    expect(await get(`${url}/chunked`)).toMatchObject({ text: `1.2.3.4:5\nGET /chunked ${host}` });
    expect(await get(url.replace('127.0.0.1', 'localhost'))).toMatchObject({ outcome: 'ok' });
    const old = await stranger((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end'));
    expect(await get(old)).toMatchObject({ outcome: 'ok', text: 'until the end' });
  });

  it('follows redirects, a bounded number, with relative places too', async () => {
    const url = await site((request, response) => {
      const left = Number(request.url?.slice(1) ?? 0);
      if (left > 0) response.writeHead(302, { Location: `/${left - 1}` });
      response.end('there');
    });
    expect(await get(`${url}/5`)).toMatchObject({ outcome: 'ok', text: 'there', url: `${url}/0` });
    expect(await get(`${url}/6`)).toEqual({ outcome: 'too-many-redirects' });
    expect(await get(`${url}/1`, { maxRedirects: 0 })).toEqual({ outcome: 'too-many-redirects' });
  });

  it.each([
    ['http://192.0.2.1/', 'excluded'],
    ['http://host.example/', 'excluded'],
    ['http://[2001:db8::1]/', 'excluded'],
    ['http://127.0.0.1.example/', 'excluded'],
    ['http://0/', 'excluded'],
    ['https://127.0.0.1/', 'bad-url'],
    ['file:///etc/hostname', 'bad-url'],
    ['http://u:p@127.0.0.1/', 'bad-url'],
    ['nonsense', 'bad-url'],
    [`http://127.0.0.1/${'x'.repeat(3_000)}`, 'bad-url'],
  ])('of %s is %s, without a packet, directly or by a redirect', async (target, outcome) => {
    const url = await site((_, response) => {
      response.writeHead(302, { Location: target }).end();
    });
    expect(await get(url)).toEqual({ outcome: target === 'nonsense' ? 'too-many-redirects' : outcome });
    const connect = vi.spyOn(Socket.prototype, 'connect');
    onTestFinished(() => {
      connect.mockRestore();
    });
    expect(await get(target)).toEqual({ outcome });
    expect(connect).not.toHaveBeenCalled();
  });

  it.each<[string, (socket: Socket) => void, HttpGetOutcome]>([
    [
      'a status of failure',
      (socket) => socket.end('HTTP/1.1 503 Full\r\n\r\n'),
      { outcome: 'http-error', status: 503 },
    ],
    [
      'a redirect to nowhere',
      (socket) => socket.end('HTTP/1.1 302 Found\r\n\r\n'),
      { outcome: 'http-error', status: 302 },
    ],
    [
      'a redirect to nonsense',
      (socket) => socket.end('HTTP/1.1 302 F\r\nLocation: http://[\r\n\r\n'),
      { outcome: 'bad-url' },
    ],
    ['another protocol', (socket) => socket.end('GNUTELLA/0.6 200 OK\r\n\r\n'), { outcome: 'malformed' }],
    [
      'an upgrade',
      (socket) => socket.write('HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
      { outcome: 'http-error', status: 101 },
    ],
    [
      'a header of 10 MB',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\n${'X-Long: yes\r\n'.repeat(800_000)}`),
      { outcome: 'malformed' },
    ],
    [
      '10 MB',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'1'.repeat(10_000_000)}`),
      { outcome: 'too-large' },
    ],
    [
      'an end before the end',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1.2.3.4'),
      { outcome: 'closed' },
    ],
    ['an end without a word', (socket) => socket.end(), { outcome: 'closed' }],
    ['a reset', (socket) => socket.resetAndDestroy(), { outcome: 'reset' }],
    ['silence', () => undefined, { outcome: 'silent' }],
    [
      'half an answer',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1.2'),
      { outcome: 'silent' },
    ],
  ])('that meets %s has an outcome', async (_, behaviour, outcome) => {
    const isSilent = outcome.outcome === 'silent';
    expect(await get(await stranger(behaviour), isSilent ? { timeout: 300 } : {})).toEqual(outcome);
  });

  it('with nobody there is a refused connection', async () => {
    const gone = createTcpServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const port = portOfServer(gone.address());
    await new Promise((resolve) => gone.close(resolve));
    expect(await get(`http://127.0.0.1:${port}/`)).toEqual({ outcome: 'connect-refused' });
  });

  it('can be given up, before and while it runs', async () => {
    const stop = new AbortController();
    const url = await stranger(() => {
      stop.abort();
    });
    expect(await get(url, { signal: stop.signal })).toEqual({ outcome: 'silent' });
    expect(await get(url, { signal: stop.signal })).toEqual({ outcome: 'connect-timeout' });
  });

  it('fetches from our own web cache, behind an HTTP server', async () => {
    const cache = new GWebCacheServer({ name: 'Lecture' });
    const host = parseAddress('127.1.0.1:6346');
    if (host !== undefined) cache.addHost(host, Date.now());
    const url = await site((request, response) => {
      const { method = '', url: target = '', socket } = request;
      const answer = cache.answer({ method, target, remoteIp: socket.remoteAddress ?? '' }, Date.now());
      response.writeHead(answer.status, answer.headers).end(answer.body, 'latin1');
    });
    const fetch: CacheFetch = (target) => httpGet(target, OPTIONS);
    const caches = [{ url: cacheUrl(`${url}/gwc`) }];
    const client = { vendor: 'TEST', version: '1' };
    const run = await askCaches({ caches, fetch, client, net: 'gnutella', now: Date.now });
    expect(run.hosts).toMatchObject([{ address: '127.1.0.1:6346', source: `${url}/gwc` }]);
  });
});
