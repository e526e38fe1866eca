import sax from 'sax';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_XML_DEPTH, MAX_XML_PIECE_CHARACTERS } from '../core/limits.ts';
import type { ByteInput } from './bytes.ts';
import { readTexts } from './texts.ts';

/** What a reader of XML does with elements; names are without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>, depth: number): void;
  /** @param text what stood directly in the element, outside of others. */
  close(name: string, text: string): void;
}

/** The elements of an XML document, and the way to complain about the one that is being read. */
export interface XmlReading {
  /** @returns an error that names the line. */
  readonly bad: (what: string) => PeerscopeError;
}

/**
 * Goes through an XML document, piece by piece. Entities are those of XML itself and of characters: what a document
 * declares is an error where it is used, and nothing outside of it is ever read.
 * @throws {PeerscopeError} (bad-input) that names the line where it is not well-formed, or beyond a bound.
 */
export async function readXml(
  input: ByteInput,
  handlerOf: (reading: XmlReading) => XmlHandler,
): Promise<void> {
  const { name } = input;
  const parser = sax.parser(true);
  const bad = (what: string): PeerscopeError =>
    new PeerscopeError('bad-input', `${name} line ${parser.line + 1}: ${what}`);
  const handler = handlerOf({ bad });
  const tooLong = (most = MAX_XML_PIECE_CHARACTERS): PeerscopeError =>
    bad(`a tag, an attribute or a text of more than ${most} characters`);
  let depth = 0;
  // What stands directly in the elements that are open.
  const texts: string[] = [''];
  // Where the parser last came to the end of something: what it holds back grows from there.
  let lastEvent = 0;
  parser.onerror = (error) => {
    if (error.message.startsWith('Max buffer length exceeded')) throw tooLong(LONGEST_TAG);
    throw bad(`this is no well-formed XML: ${error.message.split('\n')[0] ?? ''}`);
  };
  parser.onopentag = ({ name: tag, attributes }) => {
    lastEvent = parser.position;
    depth += 1;
    if (depth > MAX_XML_DEPTH) throw bad(`elements are inside of each other more than ${MAX_XML_DEPTH} deep`);
    // Blanks between elements are nobody's text.
    texts[depth - 1] = '';
    texts[depth] = '';
    handler.open(localName(tag), attributes as Readonly<Record<string, string>>, depth);
  };
  parser.onclosetag = (tag) => {
    lastEvent = parser.position;
    handler.close(localName(tag), texts[depth] ?? '');
    depth -= 1;
    texts[depth] = '';
  };
  const text = (part: string): void => {
    lastEvent = parser.position;
    texts[depth] = (texts[depth] ?? '') + part;
    if ((texts[depth] ?? '').length > MAX_XML_PIECE_CHARACTERS) throw tooLong();
  };
  parser.ontext = text;
  parser.oncdata = text;
  const settle = (): void => {
    lastEvent = parser.position;
  };
  parser.oncomment = settle;
  parser.ondoctype = settle;
  for await (const part of readTexts(input)) {
    parser.write(part);
    if (parser.position - lastEvent > MAX_XML_PIECE_CHARACTERS) throw tooLong();
  }
  if (depth > 0) throw bad('the file ends in the middle: it is cut off');
  parser.close();
}

/** Characters of a name or attribute that the parser takes. */
const LONGEST_TAG = 64 * 1024;

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
