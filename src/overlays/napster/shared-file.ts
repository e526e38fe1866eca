import { createHash } from 'node:crypto';
import { MAX_FILE_BYTES, MAX_WORDS } from './limits.ts';
import type { FileLine } from './wire/message.ts';

const LEAST_BYTES = 256;

/** kbit/s and Hz that our clients claim of all their files. */
const BITRATE = 128;
const FREQUENCY = 44_100;

/** A file of this name, as it is announced; its size follows from the name, its content is made up. O(size). */
export function sharedFile(name: string): FileLine {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) >>> 0;
  const size = LEAST_BYTES + (sum % (MAX_FILE_BYTES - LEAST_BYTES));
  const md5 = createHash('md5').update(contentOf({ name, size })).digest('hex');
  const length = Math.ceil((8 * size) / (1_000 * BITRATE));
  return { name, md5, size, bitrate: BITRATE, frequency: FREQUENCY, length };
}

/** The made-up content of a file: its name, again and again. */
export function contentOf({ name, size }: Pick<FileLine, 'name' | 'size'>): Uint8Array {
  return Buffer.alloc(size, `${name}\n`, 'latin1');
}

/** The words of a name or a search: runs of letters and digits, in small letters, each once. BOUNDED: MAX_WORDS. */
export function wordsOf(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, MAX_WORDS);
}
