import { existsSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import { readBytes, type ByteInput } from './bytes.ts';
import type { DatasetPlaces } from './datasets.ts';
import { readEdgeList } from './edge-list.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';

/** Where inputs may come from. */
export interface InputSources extends DatasetPlaces {
  readonly stdin: Readable;
  /** Bytes of memory that a topology may take [any]. */
  readonly memory?: number;
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
    const { topology, notes, manifest } = await readSnapshotTopology(path);
    return { topology, notes, digests: manifest.digests };
  }
  const expected = path !== '-' && existsSync(path) ? statSync(path).size : 0;
  refuseTooLarge(path, expected, sources.memory ?? Infinity);
  const bytes = readBytes(path, sources.stdin, expected);
  const { delimiter, whole } = await sniff(bytes, path);
  const { topology, notes } = await readFile(whole, delimiter, options);
  return { topology, notes, digests: { [path === '-' ? path : basename(path)]: bytes.digest() } };
}

/** Of bytes of memory for each byte of a file: a line of ten bytes takes two numbers, and its link four from both ends. */
const MEMORY_OF_TEXT = 2;
const MEMORY_OF_GZIP = 8;

function refuseTooLarge(path: string, size: number, memory: number): void {
  const needed = size * (path.endsWith('.gz') ? MEMORY_OF_GZIP : MEMORY_OF_TEXT);
  if (needed <= memory) return;
  const [asked, free] = [needed, memory].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  throw new PeerscopeError('usage', `${path} would take about ${asked} of memory, and ${free} are free`, {
    hint: '--force reads it all the same.',
  });
}

async function readFile(
  input: ByteInput,
  delimiter: string | undefined,
  options: TopologyFileOptions,
): Promise<ReadTopology> {
  const { name } = input;
  if (delimiter !== undefined) {
    const { readCsvLinks } = await import('./csv-links.ts');
    return readCsvLinks(input, { ...options, delimiter });
  }
  refuse(options.source ?? options.target, `--source and --target are for CSV, and ${name} is an edge list`);
  return readEdgeList(input, options);
}

/** Whether a path is a snapshot directory. */
export function isSnapshot(path: string): boolean {
  return path !== '-' && existsSync(join(path, 'manifest.json')) && statSync(path).isDirectory();
}

function refuse(option: unknown, why: string): void {
  if (option !== undefined) throw new PeerscopeError('usage', why);
}

/** CSV by its name, or by a comma or semicolon in its first line that is no comment; then its delimiter is known too. */
async function sniff(
  input: ByteInput,
  path: string,
): Promise<{ delimiter: string | undefined; whole: ByteInput }> {
  const { chunks } = input;
  const head: Uint8Array[] = [];
  let line: string | undefined;
  let next = await chunks.next();
  while (next.done !== true) {
    line = firstLine(head.length === 0 ? next.value : Buffer.concat([...head, next.value]));
    if (line !== undefined) break;
    head.push(Uint8Array.from(next.value));
    next = await chunks.next();
  }
  line ??= firstLine(Buffer.concat([...head, Uint8Array.of(NEWLINE)])) ?? '';
  const isCsv = /\.csv(\.gz)?$/i.test(path);
  const signs = isCsv ? [',', ';', '\t'] : [',', ';'];
  const delimiter = signs.find((sign) => line.includes(sign)) ?? (isCsv ? ',' : undefined);
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
  return { delimiter, whole: { ...input, chunks: whole() } };
}

const NEWLINE = 10;

/** The first whole line that is neither empty nor a comment; of more than is a line, the first part. */
function firstLine(bytes: Uint8Array): string | undefined {
  for (let begin = 0; begin < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, begin);
    const isLong = newline < 0 && bytes.length - begin > MAX_LINE_CHARACTERS;
    if (newline < 0 && !isLong) return undefined;
    const end = isLong ? begin + MAX_LINE_CHARACTERS : newline;
    const text = Buffer.from(bytes.subarray(begin, end)).toString('utf8').trim();
    if (text !== '' && !text.startsWith('#') && !text.startsWith('%')) return text;
    if (isLong) return undefined;
    begin = newline + 1;
  }
  return undefined;
}
