import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PeerscopeError, systemCode } from '../core/errors.ts';

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
  const first = await iterator.next();
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  };
  const isGzip = first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b;
  return isGzip ? gunzip(rest()) : rest();
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
