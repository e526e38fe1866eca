import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { systemCode } from '../../../core/errors.ts';

/** Bytes that were deflated, or why there are none. */
export type Inflated =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly why: InflateFailure };

/** `corrupt` is not what a compressor writes · `cut-off` ends too early · `too-large` would grow beyond the bound (a bomb). */
export type InflateFailure = 'corrupt' | 'cut-off' | 'too-large';

/** Inflates one whole zlib stream (RFC 1950). BOUNDED: `maxBytes`, and no more than that is ever held. */
export function inflate(bytes: Uint8Array, maxBytes: number): Inflated {
  return attempt(() => inflateSync(bytes, { maxOutputLength: maxBytes }));
}

/** Inflates one whole gzip stream (RFC 1952). BOUNDED: as `inflate`. */
export function gunzip(bytes: Uint8Array, maxBytes: number): Inflated {
  return attempt(() => gunzipSync(bytes, { maxOutputLength: maxBytes }));
}

/** A zlib stream of the bytes. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return plain(deflateSync(bytes));
}

/** A gzip stream of the bytes. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return plain(gzipSync(bytes));
}

function attempt(run: () => Buffer): Inflated {
  try {
    return { kind: 'bytes', bytes: plain(run()) };
  } catch (error) {
    return { kind: 'failed', why: failureOf(error) };
  }
}

function failureOf(error: unknown): InflateFailure {
  if (systemCode(error) === 'Z_BUF_ERROR') return 'cut-off';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'corrupt';
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
