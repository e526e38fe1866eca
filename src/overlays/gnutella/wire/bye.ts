import { type ByteReader, EMPTY } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { decodeText, encodeText, shownText } from './text.ts';

/** Bye (0x02): the last message of a connection, and why it ends (doc/gnutella/bye of gtk-gnutella). */
export interface Bye {
  /** 2xx a wish, 4xx the other side's fault, 5xx trouble of one's own. */
  readonly code: number;
  /** The reason, perhaps followed by CRLF and header lines. Holds no NUL. */
  readonly text: string;
  /** Bytes after the NUL; nobody sends any. */
  readonly rest: Uint8Array;
}

/** A text that ends without its NUL is read as well. */
export function readBye(reader: ByteReader): Bye {
  const code = reader.u16('code');
  const text = decodeText(reader.until('text', 0));
  if (reader.trace !== undefined) reader.explain(shownText(text));
  return { code, text, rest: reader.remaining === 0 ? EMPTY : reader.rest('not understood') };
}

export function writeBye(writer: ByteWriter, bye: Bye): void {
  writer
    .u16(bye.code)
    .bytes(encodeText(bye.text.replaceAll('\0', '')))
    .u8(0)
    .bytes(bye.rest);
}

/** The reason alone, without the header lines that may follow it. */
export function byeReason(bye: Bye): string {
  return /^[^\r\n]*/.exec(bye.text)?.[0] ?? '';
}
