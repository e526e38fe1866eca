import { TextDecoder } from 'node:util';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import { fromLinks } from '../topology/builder.ts';
import type { ByteInput } from './bytes.ts';
import { lineTooLong, notText, wholeLines } from './byte-lines.ts';
import { IdTable } from './id-table.ts';
import { LinkBuffer } from './link-buffer.ts';
import { LARGEST_NUMBER_ID, numberPeers } from './number-ids.ts';
import { takeNumericLines } from './numeric-lines.ts';
import { readingNotes, USUAL_ENDS, type ReadTopology, type TopologyFileOptions } from './topology-file.ts';

/**
 * An edge list as SNAP publishes them: one link a line, two ids separated by blanks or tabs, `#` or `%` for comments. Ids are
 * any text without blanks; only ids that occur are peers. Further columns (a weight) are ignored, but every line must
 * have as many columns as the first. `# Directed graph` or `# Undirected graph` in a comment tells the direction;
 * without it links have none. A first line `source target` (or `from to`, `src dst`) is a header, and no link.
 *
 * Where all ids are whole numbers the peers are numbered in their order, gaps left out; else as they come. O(bytes).
 */
export async function readEdgeList(input: ByteInput, options: TopologyFileOptions): Promise<ReadTopology> {
  const { name } = input;
  const reading = new Reading(name, input.expected);
  for await (const { bytes, begin, end } of wholeLines(input.chunks, name, () => reading.line)) {
    for (let at = begin; at < end;) {
      if (reading.isNumeric) at = reading.takeNumeric(bytes, at, end);
      if (at === end) break;
      const newline = bytes.indexOf(NEWLINE, at);
      reading.takeLine(bytes, at, newline);
      at = newline + 1;
    }
  }
  const { links, ids, columns, header } = reading;
  if (columns === 0) throw new PeerscopeError('bad-input', `${name} holds no links`);
  const directed = options.directed ?? reading.declared;
  const topology = fromLinks({
    directed: directed ?? false,
    ids: ids === undefined ? numberPeers(links) : ids,
    ...links.lists(),
  });
  return {
    topology,
    notes: [
      ...(header === undefined ? [] : [`The first line is a header: ${header}.`]),
      ...(columns > 2 ? [`Only the first two of ${columns} columns were read.`] : []),
      ...readingNotes(topology, directed),
    ],
  };
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const TAB = 9;
const BLANK = 32;
const ZERO = 48;
const NINE = 57;

/** The bytes of a line of small numbers, such as `12345\t678901`. */
const BYTES_A_LINE = 10;

/** What has been read of one edge list so far. */
class Reading {
  readonly links: LinkBuffer;
  /** None while all ids are numbers. */
  ids: IdTable | undefined;
  columns = 0;
  header: string | undefined;
  declared: boolean | undefined;
  /** Lines so far. */
  line = 0;
  readonly #name: string;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(name: string, expectedBytes: number) {
    this.#name = name;
    this.links = new LinkBuffer(Math.ceil(expectedBytes / BYTES_A_LINE));
  }

  get isNumeric(): boolean {
    return this.columns === 2 && this.ids === undefined;
  }

  takeNumeric(bytes: Uint8Array, begin: number, end: number): number {
    const before = this.links.count;
    const at = takeNumericLines(bytes, begin, end, this.links);
    this.line += this.links.count - before;
    return at;
  }

  /** Any line, without its newline. */
  takeLine(bytes: Uint8Array, begin: number, end: number): void {
    this.line += 1;
    this.#check(bytes, begin, end);
    let columns = 0;
    // Where the first two columns begin and end.
    const places = [0, 0, 0, 0];
    for (let at = begin; at < end;) {
      while (at < end && isBlank(bytes[at])) at += 1;
      if (at === end) break;
      if (columns < 2) places[2 * columns] = at;
      while (at < end && !isBlank(bytes[at])) at += 1;
      if (columns < 2) places[2 * columns + 1] = at;
      columns += 1;
    }
    if (columns === 0) return;
    const [begin1 = 0, end1 = 0, begin2 = 0, end2 = 0] = places;
    if (bytes[begin1] === 0x23 || bytes[begin1] === 0x25) {
      // Links before it have been read by then, so that a later word would come too late.
      if (this.columns === 0) this.declared ??= declaredDirection(this.#text(bytes, begin1, end));
      return;
    }
    if (columns < 2) {
      const excerpt = this.#text(bytes, begin1, end1);
      const shown = excerpt.length > 40 ? `${excerpt.slice(0, 40)}…` : excerpt;
      throw this.#bad(`has one column, and a link needs two ids: "${shown}"`);
    }
    if (this.columns !== 0 && columns !== this.columns) {
      throw this.#bad(`has ${columns} columns, the lines before it ${this.columns}`);
    }
    if (this.columns === 0 && this.header === undefined) {
      const names = [this.#text(bytes, begin1, end1), this.#text(bytes, begin2, end2)] as const;
      if (isHeader(...names)) {
        this.header = `"${names[0]}" and "${names[1]}"`;
        return;
      }
    }
    this.columns = columns;
    this.#takeLink(bytes, begin1, end1, begin2, end2);
  }

  #takeLink(bytes: Uint8Array, begin1: number, end1: number, begin2: number, end2: number): void {
    if (this.ids === undefined) {
      const source = wholeNumber(bytes, begin1, end1);
      const target = wholeNumber(bytes, begin2, end2);
      if (source >= 0 && target >= 0) {
        this.links.push(source, target);
        return;
      }
      this.ids = namesOfNumbers(this.links);
    }
    const source = this.ids.number(bytes, begin1, end1);
    this.links.push(source, this.ids.number(bytes, begin2, end2));
  }

  /** A line must be text, and not too long. */
  #check(bytes: Uint8Array, begin: number, end: number): void {
    let all = 0;
    for (let at = begin; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === 0) throw notText(this.#name);
      all |= byte;
    }
    const isLong = end - begin > MAX_LINE_CHARACTERS;
    if (all < 0x80 && !isLong) return;
    const { length } = this.#text(bytes, begin, end);
    if (length > MAX_LINE_CHARACTERS) throw lineTooLong(this.#name, this.line);
  }

  #text(bytes: Uint8Array, begin: number, end: number): string {
    try {
      return this.#decoder.decode(bytes.subarray(begin, end));
    } catch {
      throw notText(this.#name);
    }
  }

  #bad(what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#name} line ${this.line} ${what}`);
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB || byte === CARRIAGE_RETURN;
}

/** The number that these bytes write, if they are the usual way to write it and it is small enough; else -1. */
function wholeNumber(bytes: Uint8Array, begin: number, end: number): number {
  if (end - begin > 10 || (bytes[begin] === ZERO && end - begin > 1)) return -1;
  let value = 0;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return -1;
    value = value * 10 + byte - ZERO;
  }
  return value <= LARGEST_NUMBER_ID ? value : -1;
}

/** An id that is no number has come: those before it become texts too, in the order in which they came. */
function namesOfNumbers(links: LinkBuffer): IdTable {
  const ids = new IdTable();
  const { sources, targets } = links.lists();
  const numberOf = (id: number): number => {
    const bytes = Buffer.from(String(id));
    return ids.number(bytes, 0, bytes.length);
  };
  for (let k = 0; k < sources.length; k++) {
    sources[k] = numberOf(sources[k] ?? 0);
    targets[k] = numberOf(targets[k] ?? 0);
  }
  return ids;
}

function declaredDirection(comment: string): boolean | undefined {
  if (/\bundirected\b/i.test(comment)) return false;
  return /\bdirected\b/i.test(comment) ? true : undefined;
}

function isHeader(source: string, target: string): boolean {
  return USUAL_ENDS.some(([from, to]) => source.toLowerCase() === from && target.toLowerCase() === to);
}
