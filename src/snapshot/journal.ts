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
  /** Appends the visits with one write: what has been appended survives a crash of this process. */
  append(visits: readonly Visit[]): void;
  /** Brings everything onto the disk and closes. */
  close(): void;
}

/** Opens a new segment after those that are there. Throws the system's error where the folder cannot be written. */
export function openJournal(snapshotDir: string): JournalWriter {
  const folder = join(snapshotDir, 'visits');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const number = String(segments(folder).length + 1).padStart(6, '0');
  const file = openSync(join(folder, `${number}.ndjson`), 'ax', 0o600);
  return {
    append: (visits) => {
      writeAll(file, visits.map(encodeRecord).join(''));
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
  return `{"crc32":"${checksum(text)}","visit":${text}}\n`;
}

/** The visit of a line, or undefined where the line is torn or altered. */
export function decodeRecord(line: string): Visit | undefined {
  const match = RECORD.exec(line);
  const text = match?.[2];
  if (text === undefined || checksum(text) !== match?.[1]) return undefined;
  // The checksum says that this is what encodeRecord wrote.
  return JSON.parse(text) as Visit;
}

const RECORD = /^\{"crc32":"([0-9a-f]{8})","visit":(\{.*\})\}$/s;

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function segments(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort();
}

/** A write may take only a part, for example on a disk that fills up. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
