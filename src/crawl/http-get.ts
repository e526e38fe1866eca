import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Address, ipOf, parseAddress, portOf } from '../core/address.ts';
import { systemCode } from '../core/errors.ts';
import type { HttpFailure } from '../core/http-failure.ts';
import { urlOf } from '../core/url.ts';
import { mayDial } from './may-dial.ts';
import { EXHAUSTED } from './socket-failure.ts';

export type HttpGetOutcome =
  | {
      readonly outcome: 'ok';
      readonly status: number;
      readonly body: Uint8Array;
      /** What was fetched in the end, redirects followed. */
      readonly url: string;
    }
  | { readonly outcome: HttpFailure; readonly status?: number };

export interface HttpGetOptions {
  /** Plain ASCII, as it goes into a header. */
  readonly userAgent: string;
  /** Milliseconds for all of it, redirects included. */
  readonly timeout: number;
  /** Bytes of a body that are read. */
  readonly maxBytes: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** Gives up; the outcome is that of a timeout. */
  readonly signal?: AbortSignal;
}

/** Bytes of the header of an answer. */
const MAX_HEADER_BYTES = 16 * 1024;

/** Characters of a URL, also of one that a redirect names. */
const MAX_URL_CHARACTERS = 2_048;

/**
 * Fetches a URL by HTTP/1.1, bounded in size, time and redirects; every address on the way passes `mayDial`, and no name
 * is ever looked up: `localhost` is 127.0.0.1, all others are excluded. Never throws, and leaves no connection behind.
 */
export async function httpGet(url: string, options: HttpGetOptions): Promise<HttpGetOutcome> {
  const { signal } = options;
  const end = new AbortController();
  const giveUp = (): void => {
    end.abort();
  };
  const timer = setTimeout(giveUp, options.timeout);
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted === true) giveUp();
  try {
    return await followRedirects(url, { ...options, signal: end.signal });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

async function followRedirects(url: string, options: BoundedOptions): Promise<HttpGetOutcome> {
  const { maxRedirects = 5 } = options;
  let target = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const parsed = parseUrl(target);
    if (parsed === undefined) return { outcome: 'bad-url' };
    const address = addressOf(parsed);
    if (address === undefined || !mayDial(address)) return { outcome: 'excluded' };
    const step = await getOnce(parsed, address, options);
    if (!('location' in step)) return step;
    const next = urlOf(step.location, parsed);
    if (next === undefined) return { outcome: 'bad-url' };
    target = next.href;
  }
  return { outcome: 'too-many-redirects' };
}

type BoundedOptions = HttpGetOptions & { readonly signal: AbortSignal };

function parseUrl(text: string): URL | undefined {
  const url = text.length > MAX_URL_CHARACTERS ? undefined : urlOf(text);
  return url?.protocol === 'http:' && url.username === '' && url.password === '' ? url : undefined;
}

function addressOf(url: URL): Address | undefined {
  const host = url.hostname === 'localhost' ? '127.0.0.1' : url.hostname;
  return parseAddress(`${host}:${url.port === '' ? '80' : url.port}`);
}

/** One request; the place to look at next where the answer is a redirect. */
function getOnce(
  url: URL,
  address: Address,
  options: BoundedOptions,
): Promise<HttpGetOutcome | { readonly location: string }> {
  return new Promise((resolve) => {
    let connected = false;
    let ended = false;
    const message = startRequest(url, address, options.userAgent);
    const finish = (outcome: HttpGetOutcome | { readonly location: string }): void => {
      if (ended) return;
      ended = true;
      options.signal.removeEventListener('abort', giveUp);
      message.destroy();
      resolve(outcome);
    };
    const giveUp = (): void => {
      finish({ outcome: connected ? 'silent' : 'connect-timeout' });
    };
    message.on('socket', (socket) => {
      socket.once('connect', () => {
        connected = true;
      });
    });
    message.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      response.on('error', (error) => {
        finish({ outcome: failureOf(error, true) });
      });
      if (status >= 300 && status < 400 && location !== undefined) finish({ location });
      else if (status < 200 || status >= 300) finish({ outcome: 'http-error', status });
      else readBody(response, url, options.maxBytes, finish);
    });
    message.on('upgrade', () => {
      finish({ outcome: 'http-error', status: 101 });
    });
    message.on('error', (error) => {
      finish({ outcome: failureOf(error, connected) });
    });
    message.on('close', () => {
      finish({ outcome: 'closed' });
    });
    if (options.signal.aborted) giveUp();
    else options.signal.addEventListener('abort', giveUp);
    message.end();
  });
}

function startRequest(url: URL, address: Address, userAgent: string): ClientRequest {
  return request({
    host: ipOf(address),
    port: portOf(address),
    path: url.pathname + url.search,
    method: 'GET',
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: { Host: url.host, 'User-Agent': userAgent, Accept: 'text/*', Connection: 'close' },
  });
}

function readBody(
  response: IncomingMessage,
  url: URL,
  maxBytes: number,
  finish: (outcome: HttpGetOutcome) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) finish({ outcome: 'too-large' });
    else chunks.push(chunk);
  });
  response.on('end', () => {
    finish({ outcome: 'ok', status: response.statusCode ?? 0, body: Buffer.concat(chunks), url: url.href });
  });
}

function failureOf(error: Error, connected: boolean): HttpFailure {
  const code = systemCode(error) ?? ('code' in error && typeof error.code === 'string' ? error.code : '');
  if (code.startsWith('HPE_')) return 'malformed';
  if (EXHAUSTED.has(code)) return 'exhausted';
  switch (code) {
    case 'ECONNREFUSED':
      return 'connect-refused';
    case 'ETIMEDOUT':
      return connected ? 'silent' : 'connect-timeout';
    case 'ECONNRESET':
    case 'EPIPE':
      // Node gives the end of a connection in the middle of an answer the same code as a reset, without a system call.
      return systemCode(error) === undefined ? 'closed' : 'reset';
    default:
      return connected ? 'malformed' : 'unreachable';
  }
}
