import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import { TOOL } from '../core/version.ts';
import { dataPackage } from './data-package.ts';
import { readManifest, SNAPSHOT_SCHEMA, writeManifest, type Manifest } from './manifest.ts';
import { replaceFile } from './replace-file.ts';
import type { SnapshotTables, TruthSessions } from './rows.ts';
import { LINK_SESSIONS_FILE, linkSessionsCsv, SESSIONS_FILE, sessionsCsv } from './sessions-csv.ts';
import { writeTables } from './write.ts';

/** What is known of a simulated overlay besides its peers and links. */
export interface TruthOrigin {
  readonly overlay: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** The instant of the peers and links, milliseconds since 1970. */
  readonly at: number;
  /** Since when sessions are known; `at`, if left out. */
  readonly since?: number;
}

/**
 * Writes the truth of a simulated overlay as a snapshot directory; it has no journal. An earlier truth is replaced.
 *
 * The manifest spans from the beginning of the interval (`startedAt`) to the instant of `peers.csv` and `links.csv`
 * (`endedAt`). Everything is written aside first and then moved into place file by file, the manifest last: so an overlay
 * that runs may be written down every few seconds, and whoever reads in the very moment finds a file that is not the
 * manifest's, and says so. Tables are streamed.
 * @throws {PeerscopeError} (usage) where the directory holds anything else.
 */
export function writeTruth(
  directory: string,
  tables: SnapshotTables,
  origin: TruthOrigin,
  sessions?: TruthSessions,
): void {
  refuseForeign(directory);
  const aside = join(directory, ASIDE);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  const { digests, ...counted } = writeTables(aside, tables);
  const sessionDigests = sessions === undefined ? {} : writeSessions(aside, sessions);
  const manifest: Manifest = {
    schema: SNAPSHOT_SCHEMA,
    tool: TOOL,
    overlay: origin.overlay,
    origin: 'truth',
    state: 'complete',
    startedAt: new Date(origin.since ?? origin.at).toISOString(),
    endedAt: new Date(origin.at).toISOString(),
    durationSeconds: null,
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
    digests: { ...digests, ...sessionDigests },
  };
  for (const name of readdirSync(aside)) renameSync(join(aside, name), join(directory, name));
  writeManifest(directory, manifest);
  for (const name of [SESSIONS_FILE, LINK_SESSIONS_FILE]) {
    if (!(name in manifest.digests)) rmSync(join(directory, name), { force: true });
  }
  rmSync(aside, { recursive: true, force: true });
}

/** @throws {PeerscopeError} (usage) where the directory holds anything but a truth. */
export function refuseForeign(directory: string): void {
  if (!holdsSomething(directory) || holdsTruth(directory)) return;
  throw new PeerscopeError(
    'usage',
    `${directory} is not empty, and what it holds is no truth of a simulation`,
  );
}

/** Where the next truth is written: inside the directory, since only there is it sure to be on the same disk. */
const ASIDE = '.peerscope-next';

function holdsSomething(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).some((name) => name !== ASIDE);
}

function holdsTruth(directory: string): boolean {
  return existsSync(join(directory, 'manifest.json')) && readManifest(directory).origin === 'truth';
}

/** Gives the SHA-256 of each file. */
function writeSessions(folder: string, { sessions, linkSessions }: TruthSessions): Record<string, string> {
  const digests: Record<string, string> = {
    [SESSIONS_FILE]: replaceFile(join(folder, SESSIONS_FILE), sessionsCsv(sessions)),
  };
  if (linkSessions !== undefined) {
    const chunks = linkSessionsCsv(linkSessions);
    digests[LINK_SESSIONS_FILE] = replaceFile(join(folder, LINK_SESSIONS_FILE), chunks);
  }
  const description = dataPackage({ sessions: true, linkSessions: linkSessions !== undefined });
  replaceFile(join(folder, 'datapackage.json'), `${JSON.stringify(description, null, 2)}\n`);
  return digests;
}
