import { rmSync, statSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import type { Written } from './format.ts';

/** A file to be written. */
export interface FileToWrite {
  readonly path: string;
  readonly content: Written;
}

/**
 * Writes files beside their places, zipped where they are called `.gz`, and renames them there when all are whole, the last one
 * first: nobody ever finds half a file. What is no ordinary file (a pipe, /dev/stdout) is written to as it is.
 * @throws {PeerscopeError} (partial) where the disk is full; nothing is left then.
 */
export async function writeFiles(files: readonly FileToWrite[]): Promise<void> {
  const begun: { readonly beside: string; readonly path: string }[] = [];
  try {
    for (const { path, content } of files) {
      const beside = isSpecial(path) ? path : `${path}.part`;
      if (beside !== path) begun.push({ beside, path });
      await writeOne(beside, path.endsWith('.gz') ? zipped(content) : content, path);
    }
    for (const { beside, path } of begun.toReversed()) await rename(beside, path);
  } catch (error) {
    for (const { beside } of begun) rmSync(beside, { force: true });
    throw error;
  }
}

/** Whether there is something that can be written to and is no ordinary file. */
export function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

async function writeOne(to: string, content: Written, path: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(to, 'w');
    for await (const piece of content) await file.appendFile(piece);
    if (to !== path) await file.sync();
    await file.close();
  } catch (error) {
    await file?.close().catch(() => undefined);
    throw explained(path, error);
  }
}

function explained(path: string, error: unknown): unknown {
  if (isFull(error)) return diskFull(path, error);
  if (systemCode(error) !== 'ENOENT') return error;
  return new PeerscopeError('failure', `${path} cannot be written: its folder does not exist`, {
    cause: error,
  });
}

/** Whether it is for want of room that something could not be written. */
export function isFull(error: unknown): boolean {
  return FULL.has(systemCode(error));
}

/** That a file could not be written whole. */
export function diskFull(path: string, cause: unknown): PeerscopeError {
  return new PeerscopeError('partial', `${path} could not be written: the disk is full`, {
    hint: 'Make room or choose another place, and try again.',
    cause,
  });
}

/** The bytes of a text or file, zipped. */
export function zipped(content: Written): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  const source = Readable.from(content, { objectMode: true });
  source.on('error', (error) => gzip.destroy(error));
  return source.pipe(gzip);
}
