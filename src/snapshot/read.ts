import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { EVIDENCES, RELATIONS, ROLES } from '../core/claims.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { LISTINGS } from '../core/visit.ts';
import { DOUBTS } from './doubt/doubts.ts';
import { REPORTERS } from './rows.ts';
import * as z from 'zod';
import { readManifest, type Manifest } from './manifest.ts';

const emptyAsUndefined = <T extends z.ZodType>(schema: T) =>
  z.preprocess((cell) => (cell === '' ? undefined : cell), schema.optional());

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] });

const peerCells = z.object({
  id: z.string().min(1),
  role: emptyAsUndefined(z.enum(ROLES)),
  agent: emptyAsUndefined(z.string()),
  outcome: emptyAsUndefined(z.enum(OUTCOMES)),
  respondent: flag,
  listing: emptyAsUndefined(z.enum(LISTINGS)),
  truncated: flag,
  doubt: emptyAsUndefined(z.enum(DOUBTS)),
});

const linkCells = z.object({
  source: z.string().min(1),
  target: z.string().min(1),
  relation: z.enum(RELATIONS),
  evidence: z.enum(EVIDENCES),
  reported_by: z.enum(REPORTERS),
});

export type StoredPeer = z.infer<typeof peerCells>;
export type StoredLink = z.infer<typeof linkCells>;

/** A snapshot as it stands on disk. */
export interface StoredSnapshot {
  readonly manifest: Manifest;
  readonly peers: readonly StoredPeer[];
  readonly links: readonly StoredLink[];
}

/**
 * Reads a snapshot directory; a PeerscopeError (bad-input) names the file and the line that is not as it should be, or the
 * file that is not the one that was written with the manifest.
 */
export async function readSnapshot(snapshotDir: string): Promise<StoredSnapshot> {
  const manifest = readManifest(snapshotDir);
  return {
    manifest,
    peers: await readTable(snapshotDir, 'peers.csv', peerCells, manifest),
    links: await readTable(snapshotDir, 'links.csv', linkCells, manifest),
  };
}

async function readTable<T extends z.ZodType>(
  snapshotDir: string,
  name: string,
  cells: T,
  manifest: Manifest,
): Promise<z.infer<T>[]> {
  const path = join(snapshotDir, name);
  const hash = createHash('sha256');
  const rows: z.infer<T>[] = [];
  try {
    const parser = createReadStream(path)
      .on('error', (error) => parser.destroy(error))
      .on('data', (chunk) => hash.update(chunk))
      .pipe(parse({ columns: true }));
    let line = 1;
    for await (const record of parser) {
      line += 1;
      const row = cells.safeParse(record);
      if (!row.success) {
        const issue = row.error.issues[0];
        throw new PeerscopeError(
          'bad-input',
          `${path} line ${line}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
        );
      }
      rows.push(row.data);
    }
    const expected = manifest.digests[name];
    if (expected !== undefined && hash.digest('hex') !== expected) {
      throw new PeerscopeError('bad-input', `${path} is not the file that was written with this snapshot`, {
        hint: 'To analyse an edited table, name the file itself instead of the directory.',
      });
    }
  } catch (error) {
    if (error instanceof PeerscopeError) throw error;
    const reason =
      systemCode(error) === 'ENOENT'
        ? 'is missing'
        : error instanceof Error
          ? error.message
          : 'cannot be read';
    throw new PeerscopeError('bad-input', `${path}: ${reason}`, {
      hint: 'The snapshot may be incomplete: see its manifest.json.',
      cause: error,
    });
  }
  return rows;
}
