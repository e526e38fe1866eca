import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { urlOf } from '../core/url.ts';
import { TOOL } from '../core/version.ts';

/** The part of a file that a server sends. */
export interface FilePart {
  /** Where in the file it begins: where it was asked to, or 0 where the server sends all of it. */
  readonly begin: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const MOST_REDIRECTS = 5;

/**
 * Asks for a file by HTTP or HTTPS, from a place in it onwards. Undefined where the server says that there is nothing from
 * there on.
 * @param silence milliseconds without a byte after which it is given up.
 * @throws {PeerscopeError} (failure) where the server cannot be reached, or does not have it.
 */
export async function getFile(url: string, from: number, silence: number): Promise<FilePart | undefined> {
  let target = new URL(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(target, from, silence);
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return { begin: 0, bytes: bodyOf(response, target.href, silence) };
    if (status === 206 && beginOf(headers['content-range']) === from) {
      return { begin: from, bytes: bodyOf(response, target.href, silence) };
    }
    response.destroy();
    if (status === 416) return undefined;
    const { location } = headers;
    if (status < 300 || status >= 400 || location === undefined) {
      throw failed(target.href, `it answered ${status} ${response.statusMessage ?? ''}`.trim());
    }
    const next = urlOf(location, target);
    if (next === undefined) throw failed(target.href, 'it sends elsewhere, to no URL');
    const isWeaker = target.protocol === 'https:' && next.protocol !== 'https:';
    if (isWeaker || !isHttp(next)) throw failed(target.href, `it sends elsewhere, to ${next.href}`);
    target = next;
  }
  throw failed(url, `it sends elsewhere more than ${MOST_REDIRECTS} times`);
}

export function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function ask(url: URL, from: number, silence: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      agent: false,
      headers: {
        'User-Agent': TOOL.replace(' ', '/'),
        // What is stored is what the checksum is of.
        'Accept-Encoding': 'identity',
        ...(from > 0 ? { Range: `bytes=${from}-` } : {}),
      },
    });
    request.setTimeout(silence, () => {
      request.destroy(new Silence(silence));
    });
    request.on('response', resolve);
    request.on('error', (error) => {
      reject(failed(url.href, reason(error)));
    });
    request.end();
  });
}

/** Without a byte for too long. */
class Silence extends Error {
  constructor(milliseconds: number) {
    super(`nothing came for ${milliseconds / 1000} s`);
  }
}

/** Pieces of a body that wait to be written, before the server has to wait. */
const MOST_WAITING = 16;

/** What a server sends, to the last byte before a connection breaks off: a stream that breaks drops what nobody has read yet. */
function bodyOf(response: IncomingMessage, url: string, silence: number): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let end: 'open' | 'ended' | Error = 'open';
  let wake = (): void => undefined;
  response.setTimeout(silence, () => {
    response.destroy(new Silence(silence));
  });
  response.on('data', (piece: Uint8Array) => {
    waiting.push(piece);
    if (waiting.length >= MOST_WAITING) response.pause();
    wake();
  });
  response.on('end', () => {
    end = 'ended';
    wake();
  });
  response.on('error', (error) => {
    end = error;
    wake();
  });
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) yield piece;
        if (end === 'ended') return;
        if (end !== 'open') throw failed(url, reason(end));
        response.resume();
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      response.destroy();
    }
  };
  return pieces();
}

function beginOf(range: string | undefined): number | undefined {
  const begin = /^bytes (\d+)-/.exec(range ?? '')?.[1];
  return begin === undefined ? undefined : Number(begin);
}

function failed(url: string, why: string): PeerscopeError {
  return new PeerscopeError('failure', `${url} cannot be fetched: ${why}`, {
    hint: 'Try again later: it goes on where it ended. --from DIR-OR-URL names another place.',
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no server of that name, or no network',
  EAI_AGAIN: 'names cannot be looked up: is there a network?',
  ECONNREFUSED: 'the server refuses connections',
  ECONNRESET: 'the connection broke off',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'the server does not answer',
};

function reason(error: unknown): string {
  if (error instanceof Silence) return error.message;
  const code = systemCode(error) ?? (error instanceof Error && 'code' in error ? String(error.code) : '');
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
