import { existsSync, rmSync, statSync } from 'node:fs';
import { PeerscopeError } from '../core/errors.ts';
import { peerColumnsOf, type DescribedTopology } from './described.ts';
import { losses, lonelyPeers, refuseBadIds, type Format, type WriteOptions, type Written } from './format.ts';
import { writtenFormat, type FormatName } from './formats.ts';
import { peersBeside } from './peers-beside.ts';
import { isSpecial, writeFiles } from './write-file.ts';

export interface WriteTopologyOptions extends Partial<WriteOptions> {
  /** The format [as the end of the path says]. */
  readonly format?: FormatName | undefined;
  /** Whether files that are there may be replaced [true]. */
  readonly replace?: boolean;
}

export interface WrittenTopology {
  /** The files that were written, the one that was asked for first. */
  readonly files: readonly string[];
  /** What the format cannot hold, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Writes a topology in the format that the file's name says, also zipped (`.gz`). Where the format has a table of links only, what
 * is known of peers goes into a second file beside it. Files appear in one step. O(peers + links) time; O(1) memory besides
 * the topology, its ids, and what Parquet needs.
 * @throws {PeerscopeError} (usage) for a name without a format, or a file that must not be replaced; (bad-input) for an id that the
 *   format cannot hold; (partial) where the disk is full.
 */
export async function writeTopology(
  path: string,
  described: DescribedTopology,
  options: WriteTopologyOptions = {},
): Promise<WrittenTopology> {
  const { replace = true } = options;
  const format = await writtenFormat(path, options.format).load();
  const told = withDefaults(options);
  const [beside = '', ...others] = peersBeside(path);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new PeerscopeError('usage', `${path} is a directory, and a topology goes into a file`);
  }
  const isStream = isSpecial(path);
  const hasPeers = !isStream && needsPeers(format, described);
  const stale =
    isStream || format.writePeers === undefined || hasPeers
      ? []
      : [beside, ...others].filter((each) => existsSync(each));
  const inTheWay = [path, ...(hasPeers ? [beside] : []), ...stale].find((each) => existsSync(each));
  if (!replace && !isStream && inTheWay !== undefined) {
    throw new PeerscopeError('usage', `${inTheWay} exists already`, {
      hint:
        inTheWay === path ? '--force replaces it.' : `It would be read with ${path}; --force replaces it.`,
    });
  }
  refuseBadIds(described, format);
  const notes = losses(described, format, hasPeers);
  const peers = hasPeers ? format.writePeers?.(described, told) : undefined;
  await writeFiles([
    { path, content: format.write(described, told) },
    ...(peers === undefined ? [] : [{ path: beside, content: peers }]),
  ]);
  // A table of peers of an earlier file would be taken for this one's.
  for (const each of stale) rmSync(each);
  if (peers === undefined) return { files: [path], notes };
  return { files: [path, beside], notes: [...notes, `What is known of peers is in ${beside}.`] };
}

/** The same as one stream of bytes, which has no place for a second file. */
export async function streamTopology(
  described: DescribedTopology,
  options: WriteTopologyOptions & { readonly format: FormatName },
): Promise<{ readonly content: Written; readonly notes: readonly string[] }> {
  const format = await writtenFormat('-', options.format).load();
  refuseBadIds(described, format);
  return {
    content: format.write(described, withDefaults(options)),
    notes: losses(described, format, false),
  };
}

function withDefaults({ comments = [], ends = ['source', 'target'] }: WriteTopologyOptions): WriteOptions {
  return { comments, ends };
}

function needsPeers(format: Format, described: DescribedTopology): boolean {
  if (format.writePeers === undefined) return false;
  return peerColumnsOf(described).length > 0 || lonelyPeers(described) > 0;
}
