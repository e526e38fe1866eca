import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/** How gzip data begin (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = Uint8Array.of(0x1f, 0x8b);

/**
 * The bytes of a file, or of standard input for `-`, unzipped where they begin as gzip does, whatever the name says.
 * Errors become a PeerscopeError (bad-input) that names the input.
 */
export async function* readBytes(path: string, stdin: Readable): AsyncGenerator<Uint8Array> {
  const source: AsyncIterable<Uint8Array> = path === '-' ? stdin : createReadStream(path);
  const name = path === '-' ? 'standard input' : path;
  try {
    yield* await unzipped(source);
  } catch (error) {
    throw new PeerscopeError('bad-input', `${name} ${reason(error)}`, { cause: error });
  }
}

async function unzipped(source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const iterator = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  // A pipe may hand over a single byte at a time.
  for (let size = 0; size < GZIP_MAGIC.length;) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(next.value);
    size += next.value.length;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    } finally {
      // Closes the file where the reader has stopped early.
      await iterator.return?.();
    }
  };
  const begin = Buffer.concat(head).subarray(0, GZIP_MAGIC.length);
  return begin.equals(GZIP_MAGIC) ? gunzip(all()) : all();
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { pipeline } = await import('node:stream/promises');
  const stream = createGunzip();
  const feeding = pipeline(source, stream);
  // The error of the pipeline is the stream's own, which the loop below throws.
  feeding.catch(() => undefined);
  for await (const chunk of stream) yield chunk as Uint8Array;
}

function reason(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
      return 'cannot be read: permission denied';
    case 'EISDIR':
      return 'is a directory, and no snapshot: it has no manifest.json';
    case 'Z_BUF_ERROR':
      return 'is cut off: its gzip data end in the middle';
    case 'Z_DATA_ERROR':
      return 'is damaged: its gzip data do not unpack';
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
