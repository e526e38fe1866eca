import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/**
 * Writes a file beside its place and renames it there, so that a crash never leaves half a file.
 * @returns its SHA-256, in hex.
 */
export function replaceFile(path: string, content: string | Iterable<string | Uint8Array>): string {
  const beside = `${path}.part`;
  const hash = createHash('sha256');
  const file = openSync(beside, 'w');
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
