import { type ByteReader, EMPTY } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { describeExtension } from './describe-extension.ts';
import type { GgepExtension } from './ggep-extension.ts';
import { MAX_GGEP_EXTENSIONS } from './limits.ts';
import { encodeLatin1, shownText } from './text.ts';

/** The byte that begins a GGEP block. */
export const GGEP_MAGIC = 0xc3;

const IS_LAST = 0x80;
const IS_COBS = 0x40;
const IS_DEFLATED = 0x20;
const RESERVED = 0x10;
const ID_LENGTH = 0x0f;

const LENGTH_GOES_ON = 0x80;
const LENGTH_ENDS = 0x40;
const LENGTH_BITS = 0x3f;
const LENGTH_BYTES = 3;

/** What may end a payload: a GGEP block, then bytes that nobody asked for. */
export interface Trailer {
  /** Empty where there is no block. */
  readonly extensions: readonly GgepExtension[];
  /** What is no GGEP block, or comes after it; kept, so that the message can be sent again as it was. */
  readonly rest: Uint8Array;
}

export const NO_TRAILER: Trailer = { extensions: [], rest: EMPTY };

/** Reads all that is left. A broken block makes no broken message: its bytes are the rest. */
export function readTrailer(reader: ByteReader): Trailer {
  if (reader.remaining === 0) return NO_TRAILER;
  const extensions = readGgep(reader) ?? NO_TRAILER.extensions;
  return { extensions, rest: reader.rest('not understood') };
}

export function writeTrailer(writer: ByteWriter, { extensions, rest }: Trailer): void {
  writeGgep(writer, extensions);
  writer.bytes(rest);
}

/**
 * Reads a GGEP block (GDF, "Gnutella Generic Extension Protocol" 0.51); undefined where none stands here, and then nothing
 * is read. BOUNDED: MAX_GGEP_EXTENSIONS; the data are views.
 */
export function readGgep(reader: ByteReader): readonly GgepExtension[] | undefined {
  if (reader.peek() !== GGEP_MAGIC) return undefined;
  const start = reader.mark();
  reader.open('GGEP');
  reader.u8('magic');
  const extensions: GgepExtension[] = [];
  for (let isLast = false; !isLast;) {
    isLast = readExtension(reader, extensions);
    if (!reader.ok || (!isLast && extensions.length >= MAX_GGEP_EXTENSIONS)) {
      reader.rewind(start);
      return undefined;
    }
  }
  reader.close();
  return extensions;
}

/** Writes a GGEP block, nothing for no extensions. Ids are cut to 15 characters; data may have up to 262,143 bytes. */
export function writeGgep(writer: ByteWriter, extensions: readonly GgepExtension[]): void {
  if (extensions.length === 0) return;
  writer.u8(GGEP_MAGIC);
  extensions.forEach(({ id, data, cobs, deflated }, i) => {
    const name = encodeLatin1(id.slice(0, ID_LENGTH));
    const flags =
      (i === extensions.length - 1 ? IS_LAST : 0) | (cobs ? IS_COBS : 0) | (deflated ? IS_DEFLATED : 0);
    writer.u8(flags | name.length).bytes(name);
    writeLength(writer, data.length);
    writer.bytes(data);
  });
}

/** Reads one extension, and says whether it is the last; what breaks the grammar makes the reader fail. */
function readExtension(reader: ByteReader, extensions: GgepExtension[]): boolean {
  reader.open('extension');
  const flags = reader.u8('flags');
  const isLast = (flags & IS_LAST) !== 0;
  const cobs = (flags & IS_COBS) !== 0;
  const deflated = (flags & IS_DEFLATED) !== 0;
  if (reader.trace !== undefined) reader.explain(describeFlags(flags));
  if ((flags & RESERVED) !== 0 || (flags & ID_LENGTH) === 0) reader.fail();
  const id = reader.latin1('id', flags & ID_LENGTH);
  const data = reader.bytes('data', readLength(reader));
  const extension = { id, data, cobs, deflated };
  extensions.push(extension);
  if (reader.trace !== undefined) reader.explain(describeExtension(extension));
  reader.close(reader.trace === undefined ? undefined : shownText(id));
  return isLast;
}

function readLength(reader: ByteReader): number {
  let length = 0;
  for (let i = 0; i < LENGTH_BYTES; i++) {
    const byte = reader.u8('length');
    length = (length << 6) | (byte & LENGTH_BITS);
    const goesOn = (byte & LENGTH_GOES_ON) !== 0;
    const ends = (byte & LENGTH_ENDS) !== 0;
    if (goesOn === ends) break;
    if (ends) {
      if (reader.trace !== undefined) reader.explain(`${length} bytes`);
      return length;
    }
  }
  reader.fail();
  return 0;
}

function writeLength(writer: ByteWriter, length: number): void {
  if (length > 0xfff) writer.u8(LENGTH_GOES_ON | ((length >>> 12) & LENGTH_BITS));
  if (length > 0x3f) writer.u8(LENGTH_GOES_ON | ((length >>> 6) & LENGTH_BITS));
  writer.u8(LENGTH_ENDS | (length & LENGTH_BITS));
}

function describeFlags(flags: number): string {
  const words = [
    ...((flags & IS_LAST) !== 0 ? ['last extension'] : []),
    ...((flags & IS_COBS) !== 0 ? ['stuffed (COBS)'] : []),
    ...((flags & IS_DEFLATED) !== 0 ? ['deflated'] : []),
    `id of ${flags & ID_LENGTH}`,
  ];
  return words.join(', ');
}
