import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { PeerscopeError } from '../core/errors.ts';
import { readSnapshot } from '../snapshot/read.ts';
import { readBytes } from './bytes.ts';
import { readCsvLinks } from './csv-links.ts';
import { findDataset, type DatasetPlaces } from './datasets.ts';
import { readEdgeList } from './edge-list.ts';
import { readLines } from './lines.ts';
import { snapshotTopology } from './snapshot-topology.ts';
import type { NumberedLine, ReadTopology, TopologyFileOptions } from './topology-file.ts';

/** Where inputs may come from. */
export interface InputSources extends DatasetPlaces {
  readonly stdin: Readable;
}

/**
 * Reads any INPUT of the command line: `-`, a snapshot directory, a topology file, or a dataset by name. With a slash
 * or an extension it is a path; so is whatever exists; otherwise it is a name.
 */
export async function readInput(
  input: string,
  sources: InputSources,
  options: TopologyFileOptions,
): Promise<ReadTopology> {
  const isPath = input === '-' || input.includes('/') || extname(input) !== '' || existsSync(input);
  const path = isPath ? input : findDataset(input, sources);
  if (isSnapshot(path)) {
    refuse(options.directed, `--directed is of no use: the links of the snapshot ${path} have no direction`);
    refuse(options.source ?? options.target, `--source and --target are for CSV, and ${path} is a snapshot`);
    return snapshotTopology(await readSnapshot(path));
  }
  const name = path === '-' ? 'standard input' : path;
  const lines = readLines(readBytes(path, sources.stdin), name);
  const { delimiter, all } = await sniff(lines, path);
  if (delimiter !== undefined) return readCsvLinks(all, name, { ...options, delimiter });
  refuse(options.source ?? options.target, `--source and --target are for CSV, and ${name} is an edge list`);
  return readEdgeList(all, name, options);
}

function isSnapshot(path: string): boolean {
  return path !== '-' && existsSync(join(path, 'manifest.json')) && statSync(path).isDirectory();
}

function refuse(option: unknown, why: string): void {
  if (option !== undefined) throw new PeerscopeError('usage', why);
}

/** CSV by its name, or by a comma or semicolon in its first line that is no comment; then its delimiter is known too. */
async function sniff(
  lines: AsyncGenerator<NumberedLine>,
  path: string,
): Promise<{ delimiter: string | undefined; all: AsyncIterable<NumberedLine> }> {
  const head: NumberedLine[] = [];
  let delimiter = /\.csv(\.gz)?$/i.test(path) ? ',' : undefined;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    head.push(next.value);
    const text = next.value.text.trim();
    if (text === '' || text.startsWith('#') || text.startsWith('%')) continue;
    delimiter =
      [',', ';', '\t'].find((sign) => text.includes(sign) && (sign !== '\t' || delimiter !== undefined)) ??
      delimiter;
    break;
  }
  const all = async function* (): AsyncGenerator<NumberedLine> {
    yield* head;
    yield* lines;
  };
  return { delimiter, all: all() };
}
