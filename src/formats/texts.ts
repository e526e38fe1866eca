import { TextDecoder } from 'node:util';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_TEXT_CHARACTERS } from '../core/limits.ts';
import type { ByteInput } from './bytes.ts';

/**
 * The text of an input, piece by piece; a byte order mark is left out.
 * @throws {PeerscopeError} (bad-input) where the bytes are no UTF-8 text.
 */
export async function* readTexts({ chunks, name }: ByteInput): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = 0;
  const decode = (chunk?: Uint8Array): string => {
    if (at === 0 && chunk !== undefined && isUtf16(chunk)) throw notUtf8(name, 'is in UTF-16', 'UTF-16');
    if (chunk?.includes(0) === true) {
      throw new PeerscopeError(
        'bad-input',
        `${name} is not a text file: byte ${at + chunk.indexOf(0) + 1} is zero`,
      );
    }
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw notUtf8(name, 'is not a text file in UTF-8', 'ISO-8859-1');
    }
  };
  for await (const chunk of chunks) {
    const text = decode(chunk);
    at += chunk.length;
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

/** All of it, for formats that are read as a whole. */
export async function readText(input: ByteInput): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of readTexts(input)) {
    length += part.length;
    if (length > MAX_TEXT_CHARACTERS) {
      throw new PeerscopeError(
        'bad-input',
        `${input.name} has more than ${MAX_TEXT_CHARACTERS} characters, which this format is not read beyond`,
        { hint: 'CSV, Parquet, GraphML and edge lists have no such bound.' },
      );
    }
    parts.push(part);
  }
  return parts.join('');
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (
    let newline = text.indexOf('\n');
    newline >= 0 && newline < at;
    newline = text.indexOf('\n', newline + 1)
  ) {
    line += 1;
  }
  return line;
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function notUtf8(name: string, what: string, from: string): PeerscopeError {
  return new PeerscopeError('bad-input', `${name} ${what}`, {
    hint: `If it is text in ${from}: iconv -f ${from} -t UTF-8 makes it readable.`,
  });
}
