import { type ByteReader, EMPTY } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { readSearchExtensions, type SearchExtension, writeSearchExtensions } from './search-extensions.ts';
import { decodeText, encodeText, shownText } from './text.ts';

/** Query (0x80): who has this? (Gnutella 0.6 draft, section 2.2.4; flags by LimeWire's "MinSpeed" proposal.) */
export interface Query {
  /** QUERY_… bits; without QUERY_FLAGGED the least speed in kbit/s that is wanted, as old servents meant it. */
  readonly flags: number;
  /** What is searched for; holds no NUL. */
  readonly text: string;
  readonly extensions: readonly SearchExtension[];
  /** What comes after the extensions: usually nothing, or one NUL. */
  readonly rest: Uint8Array;
}

export const QUERY_FLAGGED = 0x8000;
export const QUERY_FIREWALLED = 0x4000;
export const QUERY_XML = 0x2000;
export const QUERY_LEAF_GUIDED = 0x1000;
export const QUERY_GGEP_H = 0x0800;
export const QUERY_OUT_OF_BAND = 0x0400;
export const QUERY_FIREWALL_TO_FIREWALL = 0x0200;
export const QUERY_SEMI_RELIABLE_UDP = 0x0100;

const MAX_HITS = 0x00ff;

/** A text that ends without its NUL is read as well. */
export function readQuery(reader: ByteReader): Query {
  const flags = reader.u16be('flags');
  if (reader.trace !== undefined) reader.explain(describeQueryFlags(flags));
  const text = decodeText(reader.until('search text', 0));
  if (reader.trace !== undefined) reader.explain(shownText(text));
  const extensions = readSearchExtensions(reader);
  return { flags, text, extensions, rest: reader.remaining === 0 ? EMPTY : reader.rest('end') };
}

export function writeQuery(writer: ByteWriter, query: Query): void {
  writer
    .u16be(query.flags)
    .bytes(encodeText(query.text.replaceAll('\0', '')))
    .u8(0);
  writeSearchExtensions(writer, query.extensions);
  writer.bytes(query.rest);
}

/** The flags in words. */
export function describeQueryFlags(flags: number): string {
  if ((flags & QUERY_FLAGGED) === 0) return `at least ${flags} kbit/s`;
  const words = FLAG_WORDS.filter(([bit]) => (flags & bit) !== 0).map(([, word]) => word);
  const hits = flags & MAX_HITS;
  return [...words, hits === 0 ? 'any number of hits' : `up to ${hits} hits`].join(', ');
}

const FLAG_WORDS: readonly (readonly [number, string])[] = [
  [QUERY_FIREWALLED, 'firewalled'],
  [QUERY_XML, 'XML'],
  [QUERY_LEAF_GUIDED, 'leaf guided'],
  [QUERY_GGEP_H, 'GGEP H'],
  [QUERY_OUT_OF_BAND, 'out of band'],
  [QUERY_FIREWALL_TO_FIREWALL, 'firewall to firewall'],
  [QUERY_SEMI_RELIABLE_UDP, 'semi-reliable UDP'],
];
