import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseAddress, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { parseIp } from '../core/ip-number.ts';
import type { Carrier } from '../core/visit.ts';
import { isoTimeReader, isoTimeWriter } from './iso-time.ts';

/**
 * Why a peer was contacted: `bootstrap` the user named it · `learned` another peer listed it, or it answered an earlier crawl of the
 * same series · `follow-up` the next question, where the last one brought nothing · `retry` it was given up in haste before ·
 * `resumed` a killed crawl may have made this contact already · `second-look` at a sample of those who answered, to see what has
 * changed · `sample` a step of a walk · `repeat` a further round.
 */
export const CONTACT_REASONS = [
  'bootstrap',
  'learned',
  'follow-up',
  'retry',
  'resumed',
  'second-look',
  'sample',
  'repeat',
] as const;
export type ContactReason = (typeof CONTACT_REASONS)[number];

/** A contact that was about to be made. */
export interface Contact {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly address: Address;
  readonly carrier: Carrier;
  /** The IP address that it was made from, where the user named some. */
  readonly source: string | undefined;
  readonly reason: ContactReason;
}

export const LEDGER_COLUMNS = ['time', 'address', 'carrier', 'source', 'reason'] as const;

/** Within a snapshot. Beside the journal, since it holds raw addresses too, which only the owner may read. */
export const LEDGER_FILE = 'visits/contacts.csv';

/** The ledger of contacts: one line each, written before the packet leaves, and never changed. */
export interface LedgerWriter {
  /** Notes a contact. It need not be in the file before `flush`. */
  note(contact: Contact): void;
  /** Writes what was noted: it survives a crash of this process. To be called before any of these contacts is made. */
  flush(): void;
  /** Brings everything onto the disk and closes. */
  close(): void;
}

/** Opens the ledger to append to it. Throws the system's error where it cannot be written. */
export function openLedger(snapshotDir: string): LedgerWriter {
  mkdirSync(join(snapshotDir, 'visits'), { recursive: true, mode: 0o700 });
  const file = openSync(join(snapshotDir, LEDGER_FILE), 'a+', 0o600);
  fchmodSync(file, 0o600);
  const bytes = Buffer.alloc(BUFFER_BYTES);
  const timeOf = isoTimeWriter();
  let length = 0;
  const put = (text: string): void => {
    length += bytes.write(text, length, 'latin1');
  };
  const flush = (): void => {
    const end = length;
    // What a full disk takes half of is not written again.
    length = 0;
    for (let written = 0; written < end;) written += writeSync(file, bytes, written, end - written);
  };
  put(beginning(file));
  return {
    note: ({ time, address, carrier, source, reason }) => {
      if (length + MAX_ROW_BYTES > BUFFER_BYTES) flush();
      const moment = timeOf(time);
      bytes.set(moment, length);
      length += moment.length;
      put(`,${address},${carrier},${source ?? ''},${reason}\n`);
    },
    flush,
    close: () => {
      flush();
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** A fixed buffer that is used again and again: fresh memory costs more than writing does. */
const BUFFER_BYTES = 16 * 1024;

/** Bytes of a line: 27 of a time, 47 of an address, 45 of a source, and the words. */
const MAX_ROW_BYTES = 160;

/** The header of a new ledger; a line end where a crash has torn the last line of an old one. */
function beginning(file: number): string {
  const { size } = fstatSync(file);
  if (size === 0) return `${LEDGER_COLUMNS.join(',')}\n`;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString('latin1') === '\n' ? '' : '\n';
}

/**
 * The contacts of a snapshot, in the order in which they were noted; memory for a chunk of the file.
 * @param onDamage told of each line that is no contact: torn by a crash, or altered. Whoever is told may stop by throwing.
 * @throws {PeerscopeError} (bad-input) where there is no ledger.
 */
export async function* readLedger(
  snapshotDir: string,
  onDamage: (where: string) => void,
): AsyncGenerator<Contact> {
  const path = join(snapshotDir, LEDGER_FILE);
  const read = contactReader();
  let number = 0;
  for await (const lines of linesOf(path)) {
    for (const line of lines) {
      number += 1;
      if (number === 1 && line === LEDGER_COLUMNS.join(',')) continue;
      const contact = read(line);
      if (contact === undefined) onDamage(`${LEDGER_FILE} line ${number}`);
      else yield contact;
    }
  }
}

/** The contact of a line, or undefined where it is none. */
function contactReader(): (line: string) => Contact | undefined {
  const timeOf = isoTimeReader();
  return (line) => {
    const [timeCell = '', addressCell = '', carrierCell, source = '', reasonCell, ...more] = line.split(',');
    const time = timeOf(timeCell);
    const address = parseAddress(addressCell);
    const carrier = CARRIERS.find((known) => known === carrierCell);
    const reason = CONTACT_REASONS.find((known) => known === reasonCell);
    if (Number.isNaN(time) || address === undefined || carrier === undefined || reason === undefined)
      return undefined;
    if (more.length > 0 || (source !== '' && parseIp(source) === undefined)) return undefined;
    return { time, address, carrier, source: source === '' ? undefined : source, reason };
  };
}

const CARRIERS: readonly Carrier[] = ['tcp', 'udp'];

/** Lines in batches; one that is longer than any contact is cut short, which makes it none. The last one may lack its end. */
async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'latin1' })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(0, MAX_ROW_BYTES);
      yield lines;
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new PeerscopeError('bad-input', `${path} ${missing ? 'is missing' : 'cannot be read'}`, {
      hint: missing
        ? 'Only the snapshots of crawls over a network have a ledger of their contacts.'
        : 'It is readable by its owner only.',
      cause: error,
    });
  }
  // What a crash has torn off is told of as damage, even where it would look whole: its last field may lack a piece.
  if (rest !== '') yield [`${rest}\u0000`];
}
