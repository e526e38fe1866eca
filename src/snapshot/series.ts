import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { TOOL } from '../core/version.ts';
import { readManifest } from './manifest.ts';
import { replaceFile } from './replace-file.ts';

export const SERIES_SCHEMA = 'peerscope/series/1';
export const SERIES_FILE = 'series.json';

/** Crawls of one series: their numbers have six digits, and a crawl a minute makes as many in two years. */
export const MAX_SERIES_SNAPSHOTS = 999_999;

/** Bytes of a series.json: some 200 for each snapshot. */
const MAX_SERIES_BYTES = 256 * 1024 * 1024;

const SNAPSHOT_NAME = /^\d{6}$/;

const time = z.iso.datetime();

const seriesSnapshotSchema = z.object({
  /** The name of its directory within that of the series: `000001`, `000002` … */
  name: z.string().regex(SNAPSHOT_NAME),
  startedAt: time,
  endedAt: time.nullable(),
  /** `running` while somebody crawls, and for ever where a crash cut it off, until the series is opened again. */
  state: z.enum(['running', 'complete', 'incomplete']),
  /** Seconds by which it began later than planned, because the one before it took longer than the interval or the series was cut off. */
  lateSeconds: z.number().nonnegative(),
});

const seriesSchema = z.object({
  schema: z.literal(SERIES_SCHEMA),
  tool: z.string(),
  overlay: z.string(),
  /** Peers that every crawl begins at; pseudonyms where its tables hold some, and then `visits/private.json` has the addresses. */
  bootstrap: z.array(z.string()).default([]),
  startedAt: time,
  /** `complete` when the plan was carried out; until then it may go on. */
  state: z.enum(['incomplete', 'complete']),
  plan: z.object({
    /** Crawls that are to be completed; null without a bound. */
    repeat: z.int().positive().max(MAX_SERIES_SNAPSHOTS).nullable(),
    /** Seconds from the start of one crawl to that of the next; 0 for back to back. */
    everySeconds: z.number().nonnegative(),
    /** The instant at which crawling ends; null without one. */
    until: time.nullable(),
  }),
  options: z.record(z.string(), z.unknown()),
  snapshots: z.array(seriesSnapshotSchema).max(MAX_SERIES_SNAPSHOTS),
});

/** What stands in `series.json`. */
export type Series = z.infer<typeof seriesSchema>;
export type SeriesSnapshot = z.infer<typeof seriesSnapshotSchema>;
export type SeriesPlan = Series['plan'];

/** Whether a directory holds a series of snapshots rather than one. */
export function isSeries(directory: string): boolean {
  return existsSync(join(directory, SERIES_FILE));
}

/** Reads and checks `series.json`; a PeerscopeError (bad-input) says what is wrong with it. */
export function readSeries(directory: string): Series {
  const path = join(directory, SERIES_FILE);
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR';
    throw new PeerscopeError(
      'bad-input',
      missing ? `${directory} is no series: it has no ${SERIES_FILE}` : `${path} cannot be read`,
      {
        hint: 'A series is the directory that `peerscope crawl … --repeat N --out DIR` writes.',
        cause: error,
      },
    );
  }
  const parsed = seriesSchema.safeParse(
    text.length > MAX_SERIES_BYTES ? undefined : parseJson(text.toString()),
  );
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue === undefined ? '' : `: ${issue.path.join('.') || 'it'}: ${issue.message}`;
    throw new PeerscopeError('bad-input', `${path} is not the description of a series${where}`);
  }
  const names = parsed.data.snapshots.map(({ name }) => name);
  if (names.some((name, k) => k > 0 && name <= (names[k - 1] ?? ''))) {
    throw new PeerscopeError('bad-input', `${path}: its snapshots are not in ascending order`);
  }
  return parsed.data;
}

/** Replaces `series.json` in one step. */
export function writeSeries(directory: string, series: Series): void {
  replaceFile(join(directory, SERIES_FILE), `${JSON.stringify(series, null, 2)}\n`);
}

/**
 * Begins a series in a new or empty directory.
 * @throws {PeerscopeError} `usage` where there is anything in it.
 */
export function beginSeries(
  directory: string,
  what: Pick<Series, 'overlay' | 'bootstrap' | 'plan' | 'options'>,
  now: number,
): Series {
  const held = existsSync(directory) ? readdirSync(directory).filter((name) => name !== FIRST_FILE) : [];
  if (held.length > 0) {
    throw new PeerscopeError('usage', `${directory} is not empty`, {
      hint: isSeries(directory)
        ? `A series is never written over: name a new directory, or go on with this one: peerscope crawl --resume ${directory}`
        : 'Name a new directory with --out: the snapshots of a series stand in a directory of their own.',
    });
  }
  // As for a snapshot: made in one go where its parent exists.
  mkdirSync(directory, { recursive: !existsSync(dirname(resolve(directory))) || existsSync(directory) });
  const series: Series = {
    schema: SERIES_SCHEMA,
    tool: TOOL,
    ...what,
    startedAt: new Date(now).toISOString(),
    state: 'incomplete',
    snapshots: [],
  };
  writeSeries(directory, series);
  return series;
}

/** Half a description is all that a crash in the very first moment leaves. */
const FIRST_FILE = `${SERIES_FILE}.part`;

/** A series that goes on, and the snapshots that were cut off when it was last written. */
export interface ReopenedSeries {
  readonly series: Series;
  readonly cutOff: readonly string[];
}

/**
 * Opens a series to go on with it. What still says `running` was ended by a crash: its own manifest says how far it came.
 * Call it with the lock of the directory only: otherwise a crawl may really be running.
 */
export function reopenSeries(directory: string): ReopenedSeries {
  const series = readSeries(directory);
  const cutOff: string[] = [];
  const snapshots = series.snapshots.map((snapshot): SeriesSnapshot => {
    if (snapshot.state !== 'running') return snapshot;
    const { state, endedAt } = stateOnDisk(join(directory, snapshot.name));
    if (state === 'incomplete') cutOff.push(snapshot.name);
    return { ...snapshot, state, endedAt };
  });
  const reopened: Series = { ...series, state: 'incomplete', snapshots };
  writeSeries(directory, reopened);
  return { series: reopened, cutOff };
}

/** Whether a crawl stands in this directory that was cut off and can go on: it came as far as to say what it is. */
export function isCutOff(snapshotDir: string): boolean {
  return existsSync(join(snapshotDir, 'manifest.json')) && stateOnDisk(snapshotDir).state === 'incomplete';
}

function stateOnDisk(snapshotDir: string): { state: 'complete' | 'incomplete'; endedAt: string | null } {
  try {
    const { state, endedAt } = readManifest(snapshotDir);
    return { state, endedAt };
  } catch (error) {
    if (error instanceof PeerscopeError) return { state: 'incomplete', endedAt: null };
    throw error;
  }
}

/**
 * The name of the next snapshot: after all that the series knows and all that stand in its directory, whoever made them.
 * @throws {PeerscopeError} `usage` where there are no more numbers.
 */
export function nextSnapshotName(directory: string, series: Series): string {
  const names = [...series.snapshots.map(({ name }) => name), ...readdirSync(directory)];
  const last = names.reduce(
    (most, name) => (SNAPSHOT_NAME.test(name) ? Math.max(most, Number(name)) : most),
    0,
  );
  if (last >= MAX_SERIES_SNAPSHOTS) {
    throw new PeerscopeError('usage', `${directory} has no number left for another snapshot`, {
      hint: 'Begin a new series in another directory.',
    });
  }
  return String(last + 1).padStart(6, '0');
}

/** With another snapshot that is running from now on. */
export function appended(
  series: Series,
  snapshot: Pick<SeriesSnapshot, 'name' | 'lateSeconds'>,
  now: number,
): Series {
  const startedAt = new Date(now).toISOString();
  const running: SeriesSnapshot = { ...snapshot, startedAt, endedAt: null, state: 'running' };
  return { ...series, snapshots: [...series.snapshots, running] };
}

/** With its last snapshot running again, since its crawl goes on. */
export function goingOn(series: Series): Series {
  const last = series.snapshots.at(-1);
  if (last === undefined) return series;
  return {
    ...series,
    snapshots: [...series.snapshots.slice(0, -1), { ...last, state: 'running', endedAt: null }],
  };
}

/** With its last snapshot ended. */
export function ended(series: Series, state: 'complete' | 'incomplete', now: number): Series {
  const last = series.snapshots.at(-1);
  if (last === undefined) return series;
  const endedAt = new Date(now).toISOString();
  return { ...series, snapshots: [...series.snapshots.slice(0, -1), { ...last, state, endedAt }] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
