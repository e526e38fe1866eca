import { StringDecoder } from 'node:string_decoder';
import { MAX_FILE_HOSTS, MAX_HOST_FILE_BYTES, MAX_HOST_LINE_CHARACTERS } from './limits.ts';

/** What a line of a file of hosts is: an entry, nothing of interest (empty, a comment, a header), or no such line. */
export type HostLine<Entry> = Entry | 'nothing' | 'rejected';

export interface HostFile<Entry> {
  /** In the order of the file. */
  readonly entries: readonly Entry[];
  /** Lines that were none, too long, or beyond the bound: counted, not kept. */
  readonly rejected: number;
}

/**
 * Reads a file of hosts line by line, in pieces split anywhere; LF or CRLF. A line that is of no use never spoils the
 * others: such files are written by other programs, and are cut off when these crash.
 * BOUNDED: MAX_HOST_LINE_CHARACTERS, MAX_FILE_HOSTS.
 */
export class HostFileReader<Entry extends object> {
  readonly #decodeLine: (line: string) => HostLine<Entry>;
  readonly #entries: Entry[] = [];
  readonly #text = new StringDecoder('latin1');
  #rest = '';
  #tooLong = false;
  #rejected = 0;

  constructor(decodeLine: (line: string) => HostLine<Entry>) {
    this.#decodeLine = decodeLine;
  }

  push(bytes: Uint8Array): void {
    this.#rest += this.#text.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    let begin = 0;
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n', begin)) {
      this.#take(this.#rest.slice(begin, end));
      begin = end + 1;
    }
    this.#rest = this.#rest.slice(begin);
    if (this.#rest.length > MAX_HOST_LINE_CHARACTERS) {
      this.#tooLong = true;
      this.#rest = '';
    }
  }

  /** The end of the file: what was read. */
  finish(): HostFile<Entry> {
    if (this.#rest !== '' || this.#tooLong) this.#take(this.#rest);
    this.#rest = '';
    return { entries: this.#entries, rejected: this.#rejected };
  }

  #take(line: string): void {
    const isTooLong = this.#tooLong || line.length > MAX_HOST_LINE_CHARACTERS;
    this.#tooLong = false;
    const entry = isTooLong ? 'rejected' : this.#decodeLine(line.trim());
    if (entry === 'nothing') return;
    if (entry === 'rejected' || this.#entries.length >= MAX_FILE_HOSTS) this.#rejected += 1;
    else this.#entries.push(entry);
  }
}

/** A whole file at once. BOUNDED: MAX_HOST_FILE_BYTES; of a longer file the whole lines before that are read. */
export function readHostFile<Entry extends object>(
  bytes: Uint8Array,
  decodeLine: (line: string) => HostLine<Entry>,
): HostFile<Entry> {
  const reader = new HostFileReader(decodeLine);
  const isCut = bytes.length > MAX_HOST_FILE_BYTES;
  const end = isCut ? bytes.lastIndexOf(LINE_FEED, MAX_HOST_FILE_BYTES - 1) + 1 : bytes.length;
  reader.push(bytes.subarray(0, end));
  const file = reader.finish();
  return { entries: file.entries, rejected: file.rejected + (isCut ? 1 : 0) };
}

const LINE_FEED = 10;
