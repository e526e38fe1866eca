import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';

/**
 * Writes a file beside its place and renames it there, so that a crash never leaves half a file.
 * @param mode of a new file: who may read it.
 * @returns its SHA-256, in hex.
 */
export function replaceFile(
  path: string,
  content: string | Iterable<string | Uint8Array>,
  mode = 0o666,
): string {
  const beside = `${path}.part`;
  const hash = createHash('sha256');
  const file = openSync(beside, 'w', mode);
  try {
    for (const chunk of typeof content === 'string' ? [content] : content) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  return hash.digest('hex');
}

/** The same for large files: each piece is written while the next one is made, which must not depend on when that happens. */
export async function streamFile(path: string, content: Iterable<string | Uint8Array>): Promise<string> {
  const beside = `${path}.part`;
  const hash = createHash('sha256');
  const file = await open(beside, 'w');
  try {
    let written: Promise<void> = Promise.resolve();
    for (const chunk of content) {
      hash.update(chunk);
      await written;
      written = file.appendFile(chunk);
      // Whoever waits for it next is told of its failure; until then it is not one that nobody handles.
      written.catch(() => undefined);
    }
    await written;
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  return hash.digest('hex');
}
