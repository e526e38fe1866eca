import { PeerscopeError } from '../core/errors.ts';
import type { ByteInput } from './bytes.ts';

/** One row of a CSV file as it stands in the bytes; good until the next one is asked for. */
export interface CsvRow {
  readonly bytes: Uint8Array;
  /** Where each cell begins and ends, without its quotes. */
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  /** From 1; the header is line 1. */
  readonly line: number;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const COMMA = 44;

/** Bytes of one row: a cell holds an id, a word or a time. */
const MOST_ROW_BYTES = 1 << 20;

/**
 * The rows of a CSV file (RFC 4180) that we have written ourselves: tables of a snapshot have millions of rows, and a parser that makes
 * texts of all cells takes ten times as long as what needs a few of them. Doubled quotes inside of a cell stay doubled.
 * A PeerscopeError (bad-input) names the line of a row that has not as many cells as the header. O(bytes).
 *
 * @param header is told the names of the columns before the first row.
 */
export async function readRows(
  { chunks, name }: ByteInput,
  header: (names: readonly string[]) => void,
  row: (row: CsvRow) => void,
): Promise<void> {
  const reading = new Rows(name);
  let rest: Uint8Array = new Uint8Array();
  const take = (bytes: Uint8Array): number => {
    let at = 0;
    for (let next = reading.next(bytes, at); next > 0; next = reading.next(bytes, at)) {
      if (reading.line === 1) header(reading.texts());
      else row(reading);
      at = next;
    }
    return at;
  };
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = Uint8Array.from(bytes.subarray(take(bytes)));
    if (rest.length > MOST_ROW_BYTES) throw reading.bad('is longer than a row of a table can be');
  }
  if (rest.length === 0) return;
  const last = Buffer.concat([rest, Uint8Array.of(NEWLINE)]);
  if (take(last) < last.length) throw reading.bad('has a quote that does not end');
}

class Rows implements CsvRow {
  bytes: Uint8Array = new Uint8Array();
  readonly begins: number[] = [];
  readonly ends: number[] = [];
  line = 0;
  readonly #name: string;
  #columns = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Reads the row that begins there; where the next one begins, or 0 where the row does not end in these bytes. */
  next(bytes: Uint8Array, begin: number): number {
    const { begins, ends } = this;
    const { length } = bytes;
    let column = 0;
    let at = begin;
    for (;;) {
      if (at >= length) return 0;
      if (bytes[at] === QUOTE) {
        begins[column] = at + 1;
        const end = closingQuote(bytes, at + 1);
        // What stands behind the quote tells whether it is the last one.
        if (end + 1 >= length) return 0;
        ends[column] = end;
        at = end + 1;
      } else {
        begins[column] = at;
        let byte = bytes[at];
        while (byte !== COMMA && byte !== NEWLINE) {
          at += 1;
          if (at >= length) return 0;
          byte = bytes[at];
        }
        ends[column] = bytes[at - 1] === CARRIAGE_RETURN && byte === NEWLINE ? at - 1 : at;
      }
      if (bytes[at] === CARRIAGE_RETURN) at += 1;
      if (at >= length) return 0;
      column += 1;
      const separator = bytes[at++];
      if (separator === NEWLINE) break;
      if (separator !== COMMA) throw this.bad('has something between a quote and the next comma');
    }
    this.line += 1;
    this.bytes = bytes;
    if (this.line === 1) this.#columns = column;
    if (column !== this.#columns) {
      this.line -= 1;
      throw this.bad(`has ${column} cells, and the header ${this.#columns}`);
    }
    return at;
  }

  texts(): string[] {
    const text = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    return this.begins.slice(0, this.#columns).map((begin, k) => text.toString('utf8', begin, this.ends[k]));
  }

  /** About the row that is being read. */
  bad(what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#name} line ${this.line + 1} ${what}`);
  }
}

/** Where the cell ends whose first byte after the quote is there; the length where it does not. */
function closingQuote(bytes: Uint8Array, begin: number): number {
  let at = begin;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) return bytes.length;
    if (bytes[quote + 1] !== QUOTE) return quote;
    at = quote + 2;
  }
}
