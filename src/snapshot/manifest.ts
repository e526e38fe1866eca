import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { accuracySchema } from './accuracy/accuracy-schema.ts';
import { doubtsSchema } from './doubt/doubt-schema.ts';
import { replaceFile } from './replace-file.ts';

export const SNAPSHOT_SCHEMA = 'peerscope/snapshot/1';

const count = z.int().nonnegative();

/** What has to be known about a snapshot to trust its tables: how it came about, and whether it is whole. */
const manifestSchema = z.object({
  schema: z.literal(SNAPSHOT_SCHEMA),
  tool: z.string(),
  overlay: z.string(),
  /** `crawl` asked peers over the network; `truth` was written by the simulator that made the overlay. */
  origin: z.enum(['crawl', 'truth']),
  state: z.enum(['complete', 'incomplete']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Seconds from the first contact to the last, by a clock that never jumps; null in a truth, and until a crawl has ended. */
  durationSeconds: z.number().nonnegative().nullable().default(null),
  /** When it went on after it had been cut off. */
  resumedAt: z.array(z.string()).optional(),
  bootstrap: z.array(z.string()),
  options: z.record(z.string(), z.unknown()),
  seed: z.int().nullable(),
  counts: z
    .object({
      peers: count,
      /** Those that are superpeers, and those that are leaves; of the rest nobody knows. */
      superpeers: count.optional(),
      leaves: count.optional(),
      links: count,
      respondents: count,
      truncated: count,
      contacted: count.default(0),
      connectionsOnly: count.default(0),
      visits: count,
      rejectedEntries: count,
      bytesSent: count,
      bytesReceived: count,
      byOutcome: z.partialRecord(z.enum(OUTCOMES), count),
    })
    .nullable(),
  /** How far it is from the overlay, as estimated from the crawl alone; null where nobody can say. */
  accuracy: accuracySchema.nullable().optional(),
  /** Which of its peers there may not be; null where nobody has judged that. */
  doubts: doubtsSchema.nullable().optional(),
  /** SHA-256 of each table, in hex. */
  digests: z.record(z.string(), z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Reads and checks the manifest of a snapshot directory; a PeerscopeError (bad-input) says what is wrong with it. */
export function readManifest(snapshotDir: string): Manifest {
  const path = join(snapshotDir, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR';
    throw new PeerscopeError(
      'bad-input',
      missing ? `${snapshotDir} is no snapshot: it has no manifest.json` : `${path} cannot be read`,
      { hint: 'A snapshot is the directory that `peerscope crawl … --out DIR` writes.', cause: error },
    );
  }
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? '' : `: ${issue.path.join('.') || 'it'}: ${issue.message}`;
  throw new PeerscopeError('bad-input', `${path} is not a snapshot manifest${where}`);
}

/** Replaces the manifest in one step, so that a crash leaves the old one or the new one, never half of it. */
export function writeManifest(snapshotDir: string, manifest: Manifest): void {
  replaceFile(join(snapshotDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
