import { decodeCobs, encodeCobs } from './cobs.ts';
import { deflate, inflate, type Inflated } from './inflate.ts';
import { MAX_INFLATED_EXTENSION_BYTES } from './limits.ts';

/** One extension of a GGEP block, as it was sent, so that it can be sent again byte for byte. */
export interface GgepExtension {
  /** 1 to 15 characters, Latin-1. */
  readonly id: string;
  /** The data as sent: stuffed and deflated, where the flags say so. */
  readonly data: Uint8Array;
  /** Whether the data are stuffed, so that they hold no NUL. */
  readonly cobs: boolean;
  /** Whether the data are deflated, before they were stuffed. */
  readonly deflated: boolean;
}

/** An extension from its content. */
export function ggepExtension(
  id: string,
  content: Uint8Array,
  how: { readonly cobs?: boolean; readonly deflated?: boolean } = {},
): GgepExtension {
  const { cobs = false, deflated = false } = how;
  const small = deflated ? deflate(content) : content;
  return { id, data: cobs ? encodeCobs(small) : small, cobs, deflated };
}

/** The content of an extension, or why it has none. BOUNDED: MAX_INFLATED_EXTENSION_BYTES. */
export function contentOf({ data, cobs, deflated }: GgepExtension): Inflated {
  const unstuffed = cobs ? decodeCobs(data) : data;
  if (unstuffed === undefined) return { kind: 'failed', why: 'corrupt' };
  return deflated ? inflate(unstuffed, MAX_INFLATED_EXTENSION_BYTES) : { kind: 'bytes', bytes: unstuffed };
}

/** The first extension of this id. */
export function findExtension(extensions: readonly GgepExtension[], id: string): GgepExtension | undefined {
  return extensions.find((extension) => extension.id === id);
}
