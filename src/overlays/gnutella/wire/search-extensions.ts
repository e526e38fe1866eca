import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { GGEP_MAGIC, readGgep, writeGgep } from './ggep.ts';
import type { GgepExtension } from './ggep-extension.ts';
import { decodeText, encodeText, shownText } from './text.ts';

/** One part of what follows the text of a Query or the name of a result: HUGE (`urn:sha1:…`) or other text, or GGEP. */
export type SearchExtension =
  /** Holds neither NUL nor 0x1C. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ggep'; readonly extensions: readonly GgepExtension[] };

/** Between two parts (HUGE 0.94, section 2.1). */
const SEPARATOR = 0x1c;
const NUL = 0;

/** BOUNDED: parts of one message. A Query has no room for more; what is beyond is not understood. */
const MAX_PARTS = 256;

/**
 * Reads parts up to a NUL, which is read too, or to the end. A GGEP block says itself how long it is; what begins like one
 * and is none is text. Text is any bytes, so this always succeeds.
 */
export function readSearchExtensions(reader: ByteReader): readonly SearchExtension[] {
  const parts: SearchExtension[] = [];
  while (reader.remaining > 0 && parts.length < MAX_PARTS) {
    if (parts.length === 0 && reader.peek() === NUL) break;
    const extensions = readSeparatedGgep(reader);
    if (extensions === undefined) parts.push({ kind: 'text', text: readPart(reader) });
    else parts.push({ kind: 'ggep', extensions });
    if (reader.peek() !== SEPARATOR) break;
    reader.u8('separator');
    // A separator at the very end separates nothing from nothing: it is kept as an empty part.
    if (reader.remaining === 0 || reader.peek() === NUL) {
      parts.push({ kind: 'text', text: '' });
      break;
    }
  }
  return parts;
}

export function writeSearchExtensions(writer: ByteWriter, parts: readonly SearchExtension[]): void {
  parts.forEach((part, i) => {
    if (i > 0) writer.u8(SEPARATOR);
    if (part.kind === 'ggep') writeGgep(writer, part.extensions);
    else writer.bytes(encodeText(part.text));
  });
}

/** A GGEP block that is followed by what may follow one. */
function readSeparatedGgep(reader: ByteReader): readonly GgepExtension[] | undefined {
  if (reader.peek() !== GGEP_MAGIC) return undefined;
  const start = reader.mark();
  const extensions = readGgep(reader);
  const next = reader.peek();
  if (extensions !== undefined && (next === undefined || next === SEPARATOR || next === NUL))
    return extensions;
  reader.rewind(start);
  return undefined;
}

function readPart(reader: ByteReader): string {
  const text = decodeText(reader.before('extension', NUL, SEPARATOR));
  if (reader.trace !== undefined) reader.explain(shownText(text));
  return text;
}
