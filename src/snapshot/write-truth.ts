import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import { TOOL } from '../core/version.ts';
import { readManifest, SNAPSHOT_SCHEMA, writeManifest, type Manifest } from './manifest.ts';
import type { SnapshotTables } from './rows.ts';
import { writeTables } from './write.ts';

/** What is known of a simulated overlay besides its peers and links. */
export interface TruthOrigin {
  readonly overlay: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Writes the truth of a simulated overlay as a snapshot directory; it has no journal. An earlier truth is replaced.
 * @throws {PeerscopeError} (usage) where the directory holds anything else.
 */
export function writeTruth(directory: string, tables: SnapshotTables, origin: TruthOrigin): void {
  if (existsSync(directory) && readdirSync(directory).length > 0 && !holdsTruth(directory)) {
    throw new PeerscopeError(
      'usage',
      `${directory} is not empty, and what it holds is no truth of a simulation`,
    );
  }
  mkdirSync(directory, { recursive: true });
  rmSync(join(directory, 'manifest.json'), { force: true });
  const { digests, ...counted } = writeTables(directory, tables);
  const at = new Date(origin.at).toISOString();
  const manifest: Manifest = {
    schema: SNAPSHOT_SCHEMA,
    tool: TOOL,
    overlay: origin.overlay,
    origin: 'truth',
    state: 'complete',
    startedAt: at,
    endedAt: at,
    bootstrap: [],
    options: { ...origin.options },
    seed: origin.seed,
    counts: {
      ...counted,
      visits: 0,
      rejectedEntries: 0,
      bytesSent: 0,
      bytesReceived: 0,
      byOutcome: {},
    },
    digests: { ...digests },
  };
  writeManifest(directory, manifest);
}

function holdsTruth(directory: string): boolean {
  return existsSync(join(directory, 'manifest.json')) && readManifest(directory).origin === 'truth';
}
