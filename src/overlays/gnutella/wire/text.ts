/**
 * Text of a stranger as UTF-8, such that encoding gives the same bytes again whatever they are: a byte that is not part
 * of valid UTF-8 becomes the lone surrogate U+DC00 + byte, as in Python (PEP 383, "surrogateescape"). Old servents send
 * Latin-1. O(bytes).
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes);
  const text = buffer.toString('utf8');
  if (!text.includes(REPLACEMENT)) return text;
  return decodeBroken(buffer);
}

/** The bytes of a text; lone surrogates that stand for no byte become U+FFFD. */
export function encodeText(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return Buffer.from(text, 'utf8');
  const parts = text.split(ESCAPED_BYTE).map((part, i) => {
    return i % 2 === 0 ? Buffer.from(part, 'utf8') : Uint8Array.of(part.charCodeAt(0) & 0xff);
  });
  return Buffer.concat(parts);
}

/** Letters as bytes, one each. */
export function encodeLatin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** The first `count` characters as bytes, filled up with NULs. */
export function encodeFixed(text: string, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  bytes.set(Buffer.from(text.slice(0, count), 'latin1'));
  return bytes;
}

/** Text for a person: control characters and escaped bytes as `?`, and no longer than a line. */
export function shownText(text: string): string {
  const shown = text.slice(0, SHOWN_CHARACTERS).replace(/[\p{C}]/gu, '?');
  return text.length > SHOWN_CHARACTERS ? `${shown}…` : shown;
}

const SHOWN_CHARACTERS = 200;
const REPLACEMENT = '\ufffd';

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** A low surrogate that stands for a byte from 0x80; one that is half of a pair does not match. */
const ESCAPED_BYTE = /([\udc80-\udcff])/u;

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Runs of whole characters as UTF-8, all other bytes escaped. */
function decodeBroken(bytes: Buffer): string {
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += bytes.toString('utf8', from, at) + String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += 1;
    from = at;
  }
  return text + bytes.toString('utf8', from);
}

/** Bytes of the UTF-8 character at `at`, or 0 where there is none (RFC 3629 section 4). */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const surrogate = first === 0xed && second >= 0xa0;
  const beyond = first === 0xf4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}
