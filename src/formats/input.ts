import { existsSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import { readBytes, type ByteInput } from './bytes.ts';
import type { DatasetPlaces } from './datasets.ts';
import { formatNamed, formatOfPath, recognise, type FormatName } from './formats.ts';
import { peersBeside } from './peers-beside.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';

/** Where inputs may come from. */
export interface InputSources extends DatasetPlaces {
  readonly stdin: Readable;
  /** Bytes of memory that a topology may take [any]. */
  readonly memory?: number;
  /** The format of a file [as its name says, else as it begins]. */
  readonly format?: FormatName;
}

/** What was read, and of which files. */
export interface ReadInput extends ReadTopology {
  /** SHA-256 in hex digits by the name of each file, as `sha256sum` prints it. */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * Reads any INPUT of the command line: `-`, a snapshot directory, a topology file, or a dataset by name. With a slash
 * or an extension it is a path; so is whatever exists; otherwise it is a name.
 */
export async function readInput(
  input: string,
  sources: InputSources,
  options: TopologyFileOptions,
): Promise<ReadInput> {
  const isPath = input === '-' || input.includes('/') || extname(input) !== '' || existsSync(input);
  // What an edge list does not need is loaded by those who do.
  const path = isPath ? input : (await import('./datasets.ts')).findDataset(input, sources);
  if (isSnapshot(path)) {
    refuse(options.directed, `--directed is of no use: the links of the snapshot ${path} have no direction`);
    refuse(options.source ?? options.target, `--source and --target are for CSV, and ${path} is a snapshot`);
    const { readSnapshotTopology } = await import('./snapshot-topology.ts');
    const { manifest, ...read } = await readSnapshotTopology(path, options.describe);
    return { ...read, digests: manifest.digests };
  }
  const expected = path !== '-' && existsSync(path) ? statSync(path).size : 0;
  refuseTooLarge(path, expected, sources.memory ?? Infinity);
  const bytes = readBytes(path, sources.stdin, expected);
  const { begin, whole } = await lookAhead(bytes);
  const format = sources.format === undefined ? recognise(path, begin) : formatNamed(sources.format);
  const loaded = await format.load();
  const { namedEnds, title } = loaded;
  if (namedEnds !== true) {
    refuse(
      options.source ?? options.target,
      `--source and --target are for CSV, and ${bytes.name} is ${title}`,
    );
  }
  let beside: { readonly name: string; readonly bytes: ByteInput } | undefined;
  const peers = (): ByteInput | undefined => {
    const found = path === '-' ? undefined : peersBeside(path).find((each) => existsSync(each));
    if (found === undefined) return undefined;
    beside = { name: basename(found), bytes: readBytes(found, sources.stdin) };
    return beside.bytes;
  };
  const firstLine = begin.split('\n', 1)[0] ?? '';
  const described = await loaded.read({ ...whole, firstLine, peers }, options);
  return {
    ...described,
    digests: {
      [path === '-' ? path : basename(path)]: bytes.digest(),
      ...(beside === undefined ? {} : { [beside.name]: beside.bytes.digest() }),
    },
  };
}

/** Of bytes of memory for each byte of a file: a line of ten bytes takes two numbers, and its link four from both ends. */
const MEMORY_OF_TEXT = 2;
const MEMORY_OF_GZIP = 8;
/** A file that is read as a whole takes its text, and the parts that are made of it. */
const TIMES_WHOLE = 4;

function refuseTooLarge(path: string, size: number, memory: number): void {
  const isWhole = ['json', 'dot', 'parquet'].includes(formatOfPath(path)?.name ?? '');
  const needed =
    size * (path.endsWith('.gz') ? MEMORY_OF_GZIP : MEMORY_OF_TEXT) * (isWhole ? TIMES_WHOLE : 1);
  if (needed <= memory) return;
  const [asked, free] = [needed, memory].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  throw new PeerscopeError('usage', `${path} would take about ${asked} of memory, and ${free} are free`, {
    hint: '--force reads it all the same.',
  });
}

/** Whether a path is a snapshot directory. */
export function isSnapshot(path: string): boolean {
  return path !== '-' && existsSync(join(path, 'manifest.json')) && statSync(path).isDirectory();
}

function refuse(option: unknown, why: string): void {
  if (option !== undefined) throw new PeerscopeError('usage', why);
}

/** Bytes of a file of markup that are looked at to tell its format. */
const ENOUGH = 4096;

/**
 * How an input begins, from its first line that is neither empty nor a comment, and the whole input once more. Of what may be
 * XML or begin with comments of another kind, more than that line is looked at.
 */
async function lookAhead(input: ByteInput): Promise<{ readonly begin: string; readonly whole: ByteInput }> {
  const { chunks } = input;
  const head: Uint8Array[] = [];
  let size = 0;
  let begin: string | undefined;
  let next = await chunks.next();
  while (next.done !== true) {
    begin = firstLines(head.length === 0 ? next.value : Buffer.concat([...head, next.value]));
    size += next.value.length;
    if (begin !== undefined && (size >= ENOUGH || !/^[</{]/.test(begin))) break;
    head.push(Uint8Array.from(next.value));
    next = await chunks.next();
  }
  begin ??= firstLines(Buffer.concat([...head, Uint8Array.of(NEWLINE)])) ?? '';
  const last = next;
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* head;
      if (last.done !== true) yield last.value;
      yield* chunks;
    } finally {
      // Closes the file where the reader has stopped before the end.
      await chunks.return(undefined);
    }
  };
  return { begin, whole: { ...input, chunks: whole() } };
}

const NEWLINE = 10;

/** From the first whole line that is neither empty nor a comment; of more than is a line, the first part. */
function firstLines(bytes: Uint8Array): string | undefined {
  for (let begin = 0; begin < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, begin);
    const isLong = newline < 0 && bytes.length - begin > MAX_LINE_CHARACTERS;
    if (newline < 0 && !isLong) return undefined;
    const end = isLong ? begin + MAX_LINE_CHARACTERS : newline;
    const text = textOf(bytes, begin, end).trim();
    if (text !== '' && !text.startsWith('#') && !text.startsWith('%')) {
      return textOf(bytes, begin, Math.max(end, begin + ENOUGH)).trimStart();
    }
    if (isLong) return undefined;
    begin = newline + 1;
  }
  return undefined;
}

/** A byte order mark is trimmed as a blank is. */
function textOf(bytes: Uint8Array, begin: number, end: number): string {
  return Buffer.from(bytes.subarray(begin, end)).toString('utf8');
}
