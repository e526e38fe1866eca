import { createHash } from 'node:crypto';
import { PeerscopeError } from '../core/errors.ts';

/** The secret that pseudonyms depend on: whoever has it can undo them. */
export interface PseudonymKey {
  /** 32 of them. */
  readonly bytes: Uint8Array;
}

export const KEY_BYTES = 32;

/** @param randomBytes unpredictable ones, as of node:crypto. */
export function createKey(randomBytes: (count: number) => Uint8Array): PseudonymKey {
  const bytes = randomBytes(KEY_BYTES);
  if (bytes.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes, not ${bytes.length}`);
  return { bytes: Uint8Array.from(bytes) };
}

/** One line: what it is, the key in hex, and a checksum, so that a key that lost a character is not taken for another one. */
export function keyText({ bytes }: PseudonymKey): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${MARK}-${hex}-${digest('checksum', bytes)}\n`;
}

/**
 * Reads what `keyText` wrote; blanks around it do not matter.
 * @throws {PeerscopeError} (bad-input) that names the file and never the key.
 */
export function parseKey(text: string, name: string): PseudonymKey {
  const match = KEY.exec(text.trim());
  if (match === null) throw noKey(name, 'is no key of pseudonyms');
  const bytes = Uint8Array.from(Buffer.from(match[1] ?? '', 'hex'));
  if (digest('checksum', bytes) !== match[2]) {
    throw noKey(name, 'is damaged: its checksum does not fit the key');
  }
  return { bytes };
}

/**
 * A name for the key, to stand in a manifest: snapshots of the same key have ids that can be compared. It tells nothing of the
 * key, of which there are far too many to try them all.
 */
export function keyName({ bytes }: PseudonymKey): string {
  return digest('name', bytes);
}

const MARK = 'peerscope-pseudonyms-1';
const KEY = /^peerscope-pseudonyms-1-([0-9a-f]{64})-([0-9a-f]{16})$/;

function digest(purpose: string, bytes: Uint8Array): string {
  return createHash('sha256').update(`${MARK} ${purpose} `).update(bytes).digest('hex').slice(0, 16);
}

function noKey(name: string, what: string): PeerscopeError {
  return new PeerscopeError('bad-input', `${name} ${what}`, {
    hint: 'Restore it from a copy, or move it away: a new key is made then, whose pseudonyms are others.',
  });
}
