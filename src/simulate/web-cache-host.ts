import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import type { WebCache } from '../overlays/host-caches.ts';
import { isWithinLoopback } from './loopback-listening.ts';

/** A web cache that stands on loopback. */
export interface WebCacheHost {
  readonly url: string;
  close(): Promise<void>;
}

/** Bytes of the header of a request: a URL of 2,048 characters, and what browsers add to it. */
const MAX_REQUEST_HEADER_BYTES = 8 * 1024;

/** Milliseconds that a request may take to arrive, and between two looks for those that took longer. */
const REQUEST_TIMEOUT = 5_000;
const TIMEOUT_CHECK = 1_000;

/** Clients at the same time; more are turned away. */
const MAX_CLIENTS = 100;

/**
 * Lets a web cache answer at a free port of 127.0.0.1. Each connection is one request, and no request has a body.
 * @throws {PeerscopeError} (failure) where this machine gives it no port.
 */
export async function hostWebCache(cache: WebCache, now: () => number): Promise<WebCacheHost> {
  const server = createServer(
    {
      maxHeaderSize: MAX_REQUEST_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: TIMEOUT_CHECK,
      keepAlive: false,
    },
    (request, response) => {
      answer(cache, now(), request, response);
    },
  );
  server.maxConnections = MAX_CLIENTS;
  // What is no HTTP gets no answer: there is nothing to say to it.
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  }).catch((error: unknown) => {
    throw new PeerscopeError('failure', `the web cache got no port (${systemCode(error) ?? 'error'})`, {
      cause: error,
    });
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(cache: WebCache, now: number, request: IncomingMessage, response: ServerResponse): void {
  const { socket, method = '', url = '' } = request;
  if (!isWithinLoopback(socket)) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = cache.answer(
    { method, target: url, remoteIp: socket.remoteAddress ?? '' },
    now,
  );
  response.writeHead(status, { ...headers, Connection: 'close' });
  response.end(body, 'latin1');
}
