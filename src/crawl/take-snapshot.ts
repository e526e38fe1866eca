import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AddressBook } from '../core/address-book.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { TOOL } from '../core/version.ts';
import { Fold } from '../snapshot/fold.ts';
import { openJournal } from '../snapshot/journal.ts';
import { SNAPSHOT_SCHEMA, writeManifest, type Manifest } from '../snapshot/manifest.ts';
import type { SnapshotTables } from '../snapshot/rows.ts';
import { streamTables } from '../snapshot/write.ts';
import { crawl, type CrawlOptions } from './crawl.ts';

export interface TakeSnapshotOptions extends CrawlOptions {
  /** The snapshot directory, which must not hold anything yet. */
  readonly directory: string;
  /** The crawl ends, incomplete, when more addresses than this are known [MAX_KNOWN_ADDRESSES]. */
  readonly maxPeers?: number;
  /** The name of the overlay's system. */
  readonly overlay: string;
  /** All options of the crawl as the user gave them, for the manifest. */
  readonly recordedOptions: Readonly<Record<string, unknown>>;
  readonly seed: number | null;
  /** Told the manifest of the incomplete snapshot, before anybody is asked. */
  readonly onBegun?: (manifest: Manifest) => void;
  /** Told when nobody is asked any more, before the tables are written. */
  readonly onCrawled?: () => void;
  /** The time, milliseconds since 1970; and a clock that never jumps, milliseconds. */
  readonly now: () => number;
  readonly monotonic: () => number;
}

/** A snapshot that was taken. */
export interface TakenSnapshot {
  /** `complete`: everybody was asked. `interrupted`: by its signal. `limit`: too many addresses came to be known. */
  readonly ending: 'complete' | 'interrupted' | 'limit';
  readonly manifest: Manifest;
  readonly tables: SnapshotTables;
  /** How the crawl went: seconds since its start, and peers known by then. */
  readonly timeline: readonly { readonly seconds: number; readonly peers: number }[];
}

/**
 * Crawls and keeps the evidence: every visit goes into the journal as it comes; when the crawl ends, or is ended by its
 * signal, visits are folded into the tables. The manifest says `incomplete` from the first moment until all is written.
 * @throws {PeerscopeError} `usage` where the directory is in use, `failure` where it cannot be written.
 */
export async function takeSnapshot(options: TakeSnapshotOptions): Promise<TakenSnapshot> {
  const { directory, signal, maxPeers = MAX_KNOWN_ADDRESSES } = options;
  claimDirectory(directory);
  try {
    const begun = beginManifest(options);
    writeManifest(directory, begun);
    options.onBegun?.(begun);
    const book = options.book ?? new AddressBook();
    const fold = new Fold(options.bootstrap, book);
    const timeline: { seconds: number; peers: number }[] = [];
    const begin = options.monotonic();
    const journal = openJournal(directory);
    try {
      for await (const visits of crawl({ ...options, book })) {
        journal.append(visits);
        for (const visit of visits) fold.add(visit);
        timeline.push({ seconds: (options.monotonic() - begin) / 1000, peers: fold.known });
        if (fold.known > maxPeers) break;
      }
    } finally {
      journal.close();
    }
    const endedAt = new Date(options.now()).toISOString();
    const durationSeconds = Math.round(options.monotonic() - begin) / 1000;
    options.onCrawled?.();
    const ending = signal.aborted ? 'interrupted' : fold.known > maxPeers ? 'limit' : 'complete';
    const tables = fold.tables();
    const { digests, ...counted } = await streamTables(directory, tables);
    const manifest: Manifest = {
      ...begun,
      state: ending === 'complete' ? 'complete' : 'incomplete',
      endedAt,
      durationSeconds,
      counts: { ...counted, ...fold.counts },
      digests: { ...digests },
    };
    writeManifest(directory, manifest);
    return { ending, manifest, tables, timeline };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined || error instanceof PeerscopeError) throw error;
    const full = FULL.has(code);
    throw new PeerscopeError(
      full ? 'partial' : 'failure',
      `the snapshot ${directory} cannot be written: ${full ? 'the disk is full' : code}`,
      { hint: 'Visits recorded so far are kept in its journal; the manifest says incomplete.', cause: error },
    );
  }
}

/** What the system says when there is no room for more. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Only a new or empty directory: a snapshot is never mixed with another one, nor written over. */
function claimDirectory(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new PeerscopeError('usage', `${directory} is not empty`, {
      hint: 'Name a new directory with --out: a snapshot is never written over.',
    });
  }
  // Made in one go where its parent exists: making all of a path never ends in some places that take no directories.
  mkdirSync(directory, { recursive: !existsSync(dirname(resolve(directory))) || existsSync(directory) });
}

function beginManifest(options: TakeSnapshotOptions): Manifest {
  return {
    schema: SNAPSHOT_SCHEMA,
    tool: TOOL,
    overlay: options.overlay,
    origin: 'crawl',
    state: 'incomplete',
    startedAt: new Date(options.now()).toISOString(),
    endedAt: null,
    durationSeconds: null,
    bootstrap: [...options.bootstrap],
    options: { ...options.recordedOptions },
    seed: options.seed,
    counts: null,
    digests: {},
  };
}
