import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { lockSnapshot } from '../snapshot/snapshot-lock.ts';
import { crawlInto, type TakenSnapshot, type TakeSnapshotOptions } from './crawl-into.ts';

export type { TakenSnapshot, TakeSnapshotOptions } from './crawl-into.ts';

/**
 * Crawls and keeps the evidence: every visit goes into the journal as it comes; when the crawl ends, or is ended by its
 * signal, visits are folded into the tables. The manifest says `incomplete` from the first moment until all is written.
 * @throws {PeerscopeError} `usage` where the directory is in use, `failure` where it cannot be written.
 */
export async function takeSnapshot(options: TakeSnapshotOptions): Promise<TakenSnapshot> {
  const { directory, resumes } = options;
  if (resumes === undefined) claimDirectory(directory);
  const lock = await lockSnapshot(directory);
  try {
    return await crawlInto(options);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined || error instanceof PeerscopeError) throw error;
    const full = FULL.has(code);
    throw new PeerscopeError(
      full ? 'partial' : 'failure',
      `the snapshot ${directory} cannot be written: ${full ? 'the disk is full' : code}`,
      {
        hint: `Visits recorded so far are kept in its journal; the manifest says incomplete. When that is mended: peerscope crawl --resume ${directory}`,
        cause: error,
      },
    );
  } finally {
    await lock.release();
  }
}

/** What the system says when there is no room for more. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const FIRST_FILE = 'manifest.json.part';

/** Only a new or empty directory: a snapshot is never mixed with another one, nor written over. */
function claimDirectory(directory: string): void {
  // Half a manifest is all that a crash in the very first moment leaves.
  const held = existsSync(directory) ? readdirSync(directory).filter((name) => name !== FIRST_FILE) : [];
  if (held.length > 0) {
    throw new PeerscopeError('usage', `${directory} is not empty`, {
      hint: held.includes('manifest.json')
        ? `A snapshot is never written over: name a new directory, or go on with this crawl: peerscope crawl --resume ${directory}`
        : 'Name a new directory with --out: a snapshot is never written over.',
    });
  }
  // Made in one go where its parent exists: making all of a path never ends in some places that take no directories.
  mkdirSync(directory, { recursive: !existsSync(dirname(resolve(directory))) || existsSync(directory) });
}
