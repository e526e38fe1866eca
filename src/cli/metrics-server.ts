import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ipOf, isLoopbackIp, parseAddress, portOf } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/** Where metrics are to be had. */
export interface MetricsEndpoint {
  readonly ip: string;
  readonly port: number;
}

/** What is served: a text that is made whenever somebody asks. */
export interface MetricsSource {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface MetricsServer {
  readonly url: string;
  /** Whoever is connected is cut off. */
  close(): Promise<void>;
}

/**
 * `--metrics PORT` or `IP:PORT`; without an address 127.0.0.1.
 * @throws {PeerscopeError} `usage` where it is neither, or not of this machine.
 */
export function metricsEndpoint(text: string): MetricsEndpoint {
  const address = parseAddress(/^\d+$/.test(text) ? `127.0.0.1:${text}` : text);
  if (address === undefined) {
    throw new PeerscopeError('usage', `--metrics must be PORT or IP:PORT (it is "${text}")`, {
      hint: 'For example --metrics 9464, which Prometheus reads at http://127.0.0.1:9464/metrics.',
    });
  }
  if (!isLoopbackIp(ipOf(address))) {
    throw new PeerscopeError(
      'usage',
      `metrics are served on this machine only, and ${ipOf(address)} is not`,
      {
        hint: 'They are not encrypted and ask for no password: let a tunnel or a proxy bring them elsewhere.',
      },
    );
  }
  return { ip: ipOf(address), port: portOf(address) };
}

/** Connections at the same time; there is one Prometheus, and sometimes a curious person. */
const MOST_CONNECTIONS = 8;
/** Bytes of a request's headers; a Prometheus sends some 300. */
const MAX_HEADER_BYTES = 8 * 1024;
/** Milliseconds for a request to arrive, and for a connection to stand idle. */
const REQUEST_TIMEOUT = 5_000;
const IDLE_TIMEOUT = 60_000;

/**
 * Serves metrics over HTTP, as long as the process has something else to do: GET /metrics, and nothing besides.
 * @throws {PeerscopeError} `failure` where nothing can listen there.
 */
export async function serveMetrics(
  { ip, port }: MetricsEndpoint,
  source: MetricsSource,
): Promise<MetricsServer> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: REQUEST_TIMEOUT,
      keepAliveTimeout: IDLE_TIMEOUT,
    },
    (request, response) => {
      answer(request, response, source).catch(() => {
        response.destroy();
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(notServed(`${ip.includes(':') ? `[${ip}]` : ip}:${port}`, error));
    });
    server.listen(port, ip, resolve);
  });
  // Out of files for another connection: whoever asked asks again, and the crawl goes on.
  server.on('error', () => undefined);
  server.unref();
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${ip.includes(':') ? `[${ip}]` : ip}:${bound}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  source: MetricsSource,
): Promise<void> {
  if (url?.replace(/\?.*$/s, '') !== '/metrics') {
    response.writeHead(404, PLAIN).end('There is nothing but /metrics.\n');
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...PLAIN, Allow: 'GET, HEAD' }).end('GET only.\n');
    return;
  }
  const text = await source.text();
  response.writeHead(200, {
    'Content-Type': source.contentType,
    'Content-Length': Buffer.byteLength(text),
    ...NOT_KEPT,
  });
  response.end(method === 'HEAD' ? undefined : text);
}

const NOT_KEPT = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', ...NOT_KEPT };

function notServed(where: string, error: Error): PeerscopeError {
  const code = systemCode(error);
  const reason = (code === undefined ? undefined : REASONS[code]) ?? code ?? error.message;
  return new PeerscopeError('failure', `metrics cannot be served on ${where}: ${reason}`, {
    hint: 'Name another port: --metrics PORT.',
    cause: error,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine does not have that address',
};
