import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { BEHAVIOURS } from '../core/behaviour.ts';
import { RELATIONS, ROLES } from '../core/claims.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import { csvBytes, type CsvBytes } from './csv-bytes.ts';
import { isoTimeReader } from './iso-time.ts';
import type { Manifest } from './manifest.ts';
import type { LinkSessionRow, SessionRow, TruthSessions } from './rows.ts';

export const SESSION_COLUMNS = ['id', 'role', 'behaviour', 'start', 'end'] as const;
export const LINK_SESSION_COLUMNS = ['source', 'target', 'relation', 'start', 'end'] as const;

export const SESSIONS_FILE = 'sessions.csv';
export const LINK_SESSIONS_FILE = 'link_sessions.csv';

/** `sessions.csv`, piece by piece; a session that still goes on has an empty end. */
export function sessionsCsv(rows: Iterable<SessionRow>): Generator<Uint8Array> {
  return csvBytes(SESSION_COLUMNS, rows, (csv, { id, role, behaviour, start, end }) => {
    csv.text(`${id},${role},${behaviour},`);
    putSession(csv, start, end);
  });
}

/** `link_sessions.csv`, piece by piece. */
export function linkSessionsCsv(rows: Iterable<LinkSessionRow>): Generator<Uint8Array> {
  return csvBytes(LINK_SESSION_COLUMNS, rows, (csv, { source, target, relation, start, end }) => {
    csv.text(`${source},${target},${relation},`);
    putSession(csv, start, end);
  });
}

function putSession(csv: CsvBytes, start: number, end: number | undefined): void {
  csv.time(start);
  csv.text(',');
  csv.time(end);
  csv.text('\n');
}

/**
 * The sessions of a truth, or undefined where its manifest names none. They are read from the files while one goes
 * through them, as often as one does so: memory for one chunk only.
 *
 * Going through them throws a PeerscopeError (bad-input) that names the file and the line that is not as it should be, or, at
 * the end, the file that is not the one that was written with the manifest.
 */
export function readSessions(directory: string, manifest: Manifest): TruthSessions | undefined {
  const table = <Row>(name: string, columns: readonly string[], reader: () => RowReader<Row>) => {
    const digest = manifest.digests[name];
    if (digest === undefined) return undefined;
    return { [Symbol.iterator]: () => rowsOf(join(directory, name), columns, reader(), digest) };
  };
  const sessions = table(SESSIONS_FILE, SESSION_COLUMNS, sessionReader);
  const linkSessions = table(LINK_SESSIONS_FILE, LINK_SESSION_COLUMNS, linkSessionReader);
  if (sessions === undefined) return undefined;
  return { sessions, ...(linkSessions === undefined ? {} : { linkSessions }) };
}

/** The row of these cells, or the name of the column whose cell is wrong. */
type RowReader<Row> = (cells: readonly string[]) => Row | string;

function sessionReader(): RowReader<SessionRow> {
  const time = isoTimeReader();
  return ([id = '', roleCell, behaviourCell, startCell = '', endCell = '']) => {
    const role = ROLES.find((known) => known === roleCell);
    const behaviour = BEHAVIOURS.find((known) => known === behaviourCell);
    const start = time(startCell);
    const end = endCell === '' ? undefined : time(endCell);
    if (id === '') return 'id';
    if (role === undefined) return 'role';
    if (behaviour === undefined) return 'behaviour';
    if (Number.isNaN(start)) return 'start';
    return Number.isNaN(end) ? 'end' : { id, role, behaviour, start, end };
  };
}

function linkSessionReader(): RowReader<LinkSessionRow> {
  const time = isoTimeReader();
  return ([source = '', target = '', relationCell, startCell = '', endCell = '']) => {
    const relation = RELATIONS.find((known) => known === relationCell);
    const start = time(startCell);
    const end = endCell === '' ? undefined : time(endCell);
    if (source === '') return 'source';
    if (target === '') return 'target';
    if (relation === undefined) return 'relation';
    if (Number.isNaN(start)) return 'start';
    return Number.isNaN(end) ? 'end' : { source, target, relation, start, end };
  };
}

function* rowsOf<Row>(
  path: string,
  columns: readonly string[],
  reader: RowReader<Row>,
  digest: string,
): Generator<Row> {
  let line = 0;
  for (const text of linesOf(path, digest)) {
    line += 1;
    if (line === 1) {
      if (text === columns.join(',')) continue;
      throw new PeerscopeError('bad-input', `${path} line 1: the columns must be ${columns.join(', ')}`);
    }
    const cells = text.split(',');
    const row =
      cells.length === columns.length ? reader(cells) : `${cells.length} cells, not ${columns.length}`;
    if (typeof row === 'string') throw new PeerscopeError('bad-input', `${path} line ${line}: ${row}`);
    yield row;
  }
}

const CHUNK_BYTES = 1 << 20;

/** Read in one go with the caller, who wants rows one by one: an asynchronous stream costs more than the parsing. */
function* linesOf(path: string, digest: string): Generator<string> {
  const file = opened(path);
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const bytes = chunk.subarray(0, size);
      hash.update(bytes);
      const end = bytes.lastIndexOf('\n');
      const whole = Buffer.concat([rest, bytes.subarray(0, Math.max(end, 0))]);
      rest = end < 0 ? Buffer.concat([rest, bytes]) : Buffer.from(bytes.subarray(end + 1));
      if (rest.length > MAX_LINE_CHARACTERS) {
        throw new PeerscopeError(
          'bad-input',
          `${path} holds a line of more than ${MAX_LINE_CHARACTERS} bytes`,
        );
      }
      if (end >= 0) yield* whole.toString().split('\n');
    }
    if (rest.length > 0) yield rest.toString();
  } finally {
    closeSync(file);
  }
  if (hash.digest('hex') !== digest) {
    throw new PeerscopeError('bad-input', `${path} is not the file that was written with this truth`, {
      hint: 'A simulation may be replacing it just now: try again.',
    });
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const reason = systemCode(error) === 'ENOENT' ? 'is missing' : 'cannot be read';
    throw new PeerscopeError('bad-input', `${path} ${reason}`, { cause: error });
  }
}
