import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { isLoopbackIp } from '../core/address.ts';

/** What the server gives: a body and its type, or an open stream of events. */
export type Resource =
  | { readonly type: string; readonly body: string | Uint8Array }
  | { readonly events: (send: (event: unknown) => void) => () => void };

export interface ViewServing {
  readonly host: string;
  readonly port: number;
  /** The folder of the built page. */
  readonly pageDir: string;
  /** What a path below the token gives, undefined where there is nothing of that name. */
  readonly resource: (name: string, query: URLSearchParams) => Resource | undefined;
}

export interface ViewServer {
  /** With the token: whoever knows it sees everything. */
  readonly url: string;
  close(): Promise<void>;
}

const PAGE_FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '': { file: 'index.html', type: 'text/html; charset=utf-8' },
  'main.js': { file: 'main.js', type: 'text/javascript; charset=utf-8' },
  'style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
};

/** Nothing from elsewhere, no script or style in the markup, and in nobody's frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', ...HEADERS };

const MAX_HEADER_BYTES = 16 * 1024;
/** A browser opens six; there may be some tabs. */
const MOST_CONNECTIONS = 64;
const TOKEN_BYTES = 16;

/**
 * Serves the viewer over HTTP, to whoever knows the token in its URL.
 * @throws {PeerscopeError} `failure` where nothing can listen there, or the page was not built.
 */
export async function serveView({ host, port, pageDir, resource }: ViewServing): Promise<ViewServer> {
  const token = randomBytes(TOKEN_BYTES).toString('hex');
  const page = readPage(pageDir);
  const give = (name: string, query: URLSearchParams): Resource | undefined =>
    page.get(name) ?? resource(name, query);
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    answer(request, response, { token, host, give });
  });
  server.maxConnections = MOST_CONNECTIONS;
  const shown = isIP(host) === 6 ? `[${host}]` : host;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(notServed(`${shown}:${port}`, error));
    });
    server.listen(port, host, resolve);
  });
  server.on('error', () => undefined);
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${shown}:${bound}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function readPage(pageDir: string): ReadonlyMap<string, Resource> {
  try {
    return new Map(
      Object.entries(PAGE_FILES).map(([name, { file, type }]) => [
        name,
        { type, body: readFileSync(join(pageDir, file)) },
      ]),
    );
  } catch (error) {
    throw new PeerscopeError('failure', `the page of the viewer is not in ${pageDir}`, {
      hint: 'It is built with the rest: npm run build.',
      cause: error,
    });
  }
}

interface Asked {
  readonly token: string;
  readonly host: string;
  readonly give: ViewServing['resource'];
}

function answer(request: IncomingMessage, response: ServerResponse, { token, host, give }: Asked): void {
  if (!isOurName(request.headers.host, host)) {
    response.writeHead(403, PLAIN).end('This name is not of this server.\n');
    return;
  }
  const url = parsedUrl(request.url);
  const [, given, ...rest] = url?.pathname.split('/') ?? [];
  if (url === undefined || !isSame(given ?? '', token)) {
    response
      .writeHead(403, PLAIN)
      .end('The token is missing or wrong: use the whole URL that was printed.\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...PLAIN, Allow: 'GET, HEAD' }).end('GET only.\n');
    return;
  }
  const found = give(rest.join('/'), url.searchParams);
  if (found === undefined) response.writeHead(404, PLAIN).end('There is nothing of that name.\n');
  else if ('events' in found) sendEvents(response, found.events);
  else {
    response.writeHead(200, {
      ...HEADERS,
      'Content-Type': found.type,
      'Content-Length': Buffer.byteLength(found.body),
    });
    response.end(request.method === 'HEAD' ? undefined : found.body);
  }
}

function parsedUrl(path = ''): URL | undefined {
  try {
    return new URL(path, 'http://viewer.invalid');
  } catch {
    return undefined;
  }
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Whether the name that a browser asked for is an address of ours: a page from elsewhere can let its own name point at this machine
 * (DNS rebinding), but cannot make the browser ask by number.
 */
function isOurName(header: string | undefined, host: string): boolean {
  const name = header?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  if (name === undefined) return false;
  if (name === host || name === 'localhost') return true;
  return isIP(name) !== 0 && (isLoopbackIp(name) || !isLoopbackIp(host));
}

/** Bytes of events that may wait for a page. */
const MOST_UNREAD = 64 * 1024;

function sendEvents(response: ServerResponse, events: (send: (event: unknown) => void) => () => void): void {
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
  response.write('\n');
  const end = events((event) => {
    // A page that does not listen for a while misses what has changed meanwhile, and hears the next.
    if (response.writableLength > MOST_UNREAD) return;
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  response.on('close', end);
}

function notServed(where: string, error: Error): PeerscopeError {
  const code = systemCode(error);
  const reason = (code === undefined ? undefined : REASONS[code]) ?? code ?? error.message;
  return new PeerscopeError('failure', `the viewer cannot be served on ${where}: ${reason}`, {
    hint: 'Without that port named it takes a free one.',
    cause: error,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine does not have that address',
};
