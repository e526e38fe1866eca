import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/** The bytes of an input on their way. */
export interface ByteInput {
  /** What errors call it. */
  readonly name: string;
  /** How many bytes there are, as far as is known before they are read and unzipped; 0 where it is not. */
  readonly expected: number;
  /**
   * The bytes, unzipped where they begin as gzip does, whatever the name says. Each piece is good until the next one is asked
   * for. Errors are a PeerscopeError (bad-input) that names the input; so is a file that changes while it is read.
   */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** SHA-256 of what was read, as it stands in the file, in hex digits; for after the last piece. */
  readonly digest: () => string;
}

/** How gzip data begin (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = Uint8Array.of(0x1f, 0x8b);

/** Bytes read at a time: enough that asking costs nothing, little enough to stay in the processor's cache. */
const CHUNK = 1 << 18;

/** The bytes of a file, or of standard input for `-`. */
export function readBytes(path: string, stdin: Readable, expected = 0): ByteInput {
  const hash = createHash('sha256');
  const name = path === '-' ? 'standard input' : path;
  const source = path === '-' ? (stdin as AsyncIterable<Uint8Array>) : fileChunks(path);
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* await unzipped(hashed());
    } catch (error) {
      if (error instanceof PeerscopeError) throw error;
      throw new PeerscopeError('bad-input', `${name} ${reason(error)}`, { cause: error });
    }
  };
  return { name, expected, chunks: chunks(), digest: () => hash.digest('hex') };
}

/** Nothing else has to happen while a file is read, and asking for each piece in turn costs more than reading it. */
function* fileChunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const before = fstatSync(file);
    if (before.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR', errno: 21 });
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    const next = (): number => readSync(file, buffer, 0, CHUNK, null);
    for (let size = next(); size > 0; size = next()) {
      yield buffer.subarray(0, size);
    }
    const after = fstatSync(file);
    if (before.isFile() && (before.size !== after.size || before.mtimeMs !== after.mtimeMs)) {
      throw new PeerscopeError('bad-input', `${path} changed while it was read`, {
        hint: 'Wait until whoever writes it is done, or analyse a copy.',
      });
    }
  } finally {
    closeSync(file);
  }
}

async function unzipped(source: AsyncGenerator<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const head: Uint8Array[] = [];
  let size = 0;
  let first = await source.next();
  // A pipe may hand over a single byte at a time.
  while (first.done !== true && size + first.value.length < GZIP_MAGIC.length) {
    head.push(Uint8Array.from(first.value));
    size += first.value.length;
    first = await source.next();
  }
  const start = first;
  const all = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* head;
      for (let next = start; next.done !== true; next = await source.next()) yield next.value;
    } finally {
      // Closes the file where the reader has stopped early.
      await source.return(undefined);
    }
  };
  const begin = Buffer.concat([...head, start.done === true ? new Uint8Array() : start.value.subarray(0, 2)]);
  return begin.subarray(0, 2).equals(GZIP_MAGIC) ? gunzip(all()) : all();
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { pipeline } = await import('node:stream/promises');
  const stream = createGunzip();
  // The stream keeps what it is given, and the source uses its buffer again.
  const copied = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) yield Uint8Array.from(chunk);
  };
  const feeding = pipeline(copied(), stream);
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
