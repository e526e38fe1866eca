import { createReadStream, mkdirSync, openSync, writeSync, fsyncSync, closeSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { crc32 } from 'node:zlib';
import type { Visit } from '../core/visit.ts';

/**
 * The journal of visits: NDJSON segments below `visits/`, one record a line, `{"crc32":"…","visit":{…}}`, where the
 * checksum is of the visit's text. It holds raw addresses, so only its owner may read it. Records are only ever appended.
 */
export interface JournalWriter {
  /** Appends the visits and writes them: what has been appended survives a crash of this process. */
  append(visits: readonly Visit[]): void;
  /** Brings everything onto the disk and closes. */
  close(): void;
}

/**
 * Opens a new segment after those that are there, or a file beside them under another name, which `readJournal` does not read.
 * Throws the system's error where the folder cannot be written.
 */
export function openJournal(snapshotDir: string, name?: string): JournalWriter {
  const folder = join(snapshotDir, 'visits');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const segment = name ?? String(segments(folder).length + 1).padStart(6, '0');
  const file = openSync(join(folder, `${segment}.ndjson`), name === undefined ? 'ax' : 'w', 0o600);
  const records = new RecordBuffer((bytes) => {
    writeAll(file, bytes);
  });
  return {
    append: (visits) => {
      for (const visit of visits) records.put(visit);
      records.write();
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** What the journal of a snapshot holds, in the order in which it was recorded. */
export async function* readJournal(
  snapshotDir: string,
  onDamage: (where: string) => void,
): AsyncGenerator<Visit> {
  const folder = join(snapshotDir, 'visits');
  for (const segment of segments(folder)) {
    let number = 0;
    for await (const line of createInterface({
      input: createReadStream(join(folder, segment)),
      crlfDelay: Infinity,
    })) {
      number += 1;
      const visit = decodeRecord(line);
      if (visit === undefined) onDamage(`visits/${segment} line ${number}`);
      else yield visit;
    }
  }
}

export function encodeRecord(visit: Visit): string {
  const text = JSON.stringify(visit);
  return `${BEFORE_CHECKSUM}${checksum(text)}${BEFORE_VISIT}${text}${AFTER_VISIT}`;
}

/**
 * Records as bytes, in one buffer that is used again and again: a crawl writes gigabytes of them, and fresh memory for each
 * batch costs the kernel several times what writing does.
 */
class RecordBuffer {
  readonly #bytes = Buffer.alloc(BUFFER_BYTES);
  readonly #write: (bytes: Uint8Array) => void;
  #length = 0;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  put(visit: Visit): void {
    const text = JSON.stringify(visit);
    const most = MOST_BYTES_A_CHARACTER * text.length + FRAME_CHARACTERS;
    if (this.#length + most > BUFFER_BYTES) this.write();
    if (most > BUFFER_BYTES) {
      this.#write(Buffer.from(encodeRecord(visit)));
      return;
    }
    const begin = this.#length + BEFORE_CHECKSUM.length + CHECKSUM_CHARACTERS + BEFORE_VISIT.length;
    const end = begin + this.#bytes.write(text, begin);
    const sum = checksum(this.#bytes.subarray(begin, end));
    this.#bytes.write(`${BEFORE_CHECKSUM}${sum}${BEFORE_VISIT}`, this.#length, 'latin1');
    this.#bytes.write(AFTER_VISIT, end, 'latin1');
    this.#length = end + AFTER_VISIT.length;
  }

  /** Writes what is here. */
  write(): void {
    if (this.#length > 0) this.#write(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }
}

const BEFORE_CHECKSUM = '{"crc32":"';
const BEFORE_VISIT = '","visit":';
const AFTER_VISIT = '}\n';
const CHECKSUM_CHARACTERS = 8;
const FRAME_CHARACTERS =
  BEFORE_CHECKSUM.length + CHECKSUM_CHARACTERS + BEFORE_VISIT.length + AFTER_VISIT.length;
const BUFFER_BYTES = 2 ** 20;
/** Of a character of UTF-16 in UTF-8. */
const MOST_BYTES_A_CHARACTER = 3;

/** The visit of a line, or undefined where the line is torn or altered. */
export function decodeRecord(line: string): Visit | undefined {
  const match = RECORD.exec(line);
  const text = match?.[2];
  if (text === undefined || checksum(text) !== match?.[1]) return undefined;
  // The checksum says that this is what encodeRecord wrote.
  return JSON.parse(text) as Visit;
}

const RECORD = /^\{"crc32":"([0-9a-f]{8})","visit":(\{.*\})\}$/s;

function checksum(data: string | Uint8Array): string {
  return crc32(data).toString(16).padStart(8, '0');
}

const SEGMENT = /^\d{6,}\.ndjson$/;

function segments(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => SEGMENT.test(name))
    .sort();
}

/** A write may take only a part, for example on a disk that fills up. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
