import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Bytes that gtk-gnutella 1.2.3 sent and got, recorded in a closed network; see their INDEX.md. */
const FOLDER = fileURLToPath(new URL('../../../../shared/data/gnutella-transcripts/', import.meta.url));

export const TRANSCRIPTS_PRESENT = existsSync(FOLDER);

/** The names of all transcripts with this ending, without it. */
export function transcripts(ending: string): string[] {
  if (!TRANSCRIPTS_PRESENT) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
}

/** The bytes as they were on the wire: the file without its first line, a comment. */
export function transcript(file: string): Uint8Array {
  const bytes = readFileSync(FOLDER + file);
  return bytes.subarray(bytes.indexOf('\n') + 1);
}
