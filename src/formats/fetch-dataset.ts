import { createReadStream, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { urlOf } from '../core/url.ts';
import { digestOf, isPublished, pathOfDataset, type Dataset } from './datasets.ts';
import { getFile, isHttp, type FilePart } from './http-file.ts';
import { diskFull, isFull } from './write-file.ts';

export interface FetchOptions {
  /** A folder, or a URL below which the files lie [where the publisher has them]. */
  readonly from?: string | undefined;
  /** The folder that it goes into, which is made where it is missing. */
  readonly into: string;
  /** Other folders that may have it already. */
  readonly folders: readonly string[];
  /** Milliseconds without a byte after which a server is given up. */
  readonly silence: number;
  /** Is told where the file comes from before anything is asked there, and then how much there is. */
  readonly progress: (place: string, bytes: number) => void;
}

export interface Fetched {
  readonly path: string;
  /** Where it came from; undefined where it was there already. */
  readonly place: string | undefined;
  /** Bytes that were there from an earlier attempt. */
  readonly resumed: number;
}

/** Attempts that must each bring something, before a server that breaks off is given up. */
const ATTEMPTS = 5;

/**
 * Gets the file of a dataset into a folder, unless one of them has it. What came of an attempt that broke off is kept, and the next
 * one goes on from there. The file gets its name only when its checksum is the published one.
 * @throws {PeerscopeError} (failure) where it cannot be fetched, (bad-input) where it is another file, (partial) where the disk is full.
 */
export async function fetchDataset(dataset: Dataset, options: FetchOptions): Promise<Fetched> {
  const here = pathOfDataset(dataset, options.folders);
  if (here !== undefined && isPublished(here, dataset)) return { path: here, place: undefined, resumed: 0 };
  const path = join(options.into, dataset.file);
  const part = `${path}.part`;
  const place = placeOf(dataset, options);
  options.progress(place.name, 0);
  mkdirSync(options.into, { recursive: true });
  const before = sizeOf(part);
  // More than there can be is of something else.
  if (before > dataset.bytes) rmSync(part);
  let resumed = sizeOf(part);
  await complete(part, dataset, place, options);
  if (resumed > 0 && digestOf(part) !== dataset.sha256) {
    // What was kept may be of another file; all of it anew tells.
    rmSync(part);
    resumed = 0;
    await complete(part, dataset, place, options);
  }
  const digest = digestOf(part);
  if (digest !== dataset.sha256) {
    rmSync(part);
    throw new PeerscopeError(
      'bad-input',
      `${place.name} is not the published ${dataset.file}: its SHA-256 is ${digest}, not ${dataset.sha256}`,
      { hint: 'Nothing of it was kept. --from DIR-OR-URL names another place.' },
    );
  }
  await rename(part, path);
  return { path, place: place.name, resumed };
}

interface Place {
  /** As it is told to a person. */
  readonly name: string;
  /** The file from some byte onwards; undefined where there is nothing more. */
  readonly open: (from: number) => Promise<FilePart | undefined>;
  readonly silence?: number;
}

function placeOf(
  { file, origin }: Dataset,
  { from, silence }: Pick<FetchOptions, 'from' | 'silence'>,
): Place {
  const isUrl = from === undefined || (urlOf(from) !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(from));
  if (!isUrl) {
    const name = join(from, file);
    if (!existsSync(name)) {
      const what = existsSync(from) ? `${from} has no ${file}` : `${from} does not exist`;
      throw new PeerscopeError('bad-input', what, { hint: '--from is a folder with the files, or a URL.' });
    }
    return {
      name,
      open: (begin) => Promise.resolve({ begin, bytes: createReadStream(name, { start: begin }) }),
    };
  }
  const base = new URL(from ?? origin);
  if (!isHttp(base))
    throw new PeerscopeError('usage', `--from is fetched by http or https, and not by ${base.protocol}`);
  if (from !== undefined && !base.pathname.endsWith('/')) base.pathname += '/';
  const url = new URL(file, base).href;
  return { name: url, open: (begin) => getFile(url, begin, silence) };
}

/** Adds to what there is of a file until it is whole; the next attempt goes on where one breaks off. */
async function complete(part: string, dataset: Dataset, place: Place, options: FetchOptions): Promise<void> {
  for (let attempt = 1; sizeOf(part) < dataset.bytes; attempt++) {
    const before = sizeOf(part);
    let broken: Error | undefined;
    try {
      await append(part, dataset, place, options);
    } catch (error) {
      if (!(error instanceof PeerscopeError) || error.kind !== 'failure') throw error;
      broken = error;
    }
    const size = sizeOf(part);
    if (size >= dataset.bytes) return;
    if (size > before && attempt < ATTEMPTS) continue;
    throw (
      broken ??
      new PeerscopeError('failure', `${place.name} ended after ${size} of ${dataset.bytes} bytes`, {
        hint: 'Try again later: it goes on where it ended. --from DIR-OR-URL names another place.',
      })
    );
  }
}

async function append(part: string, dataset: Dataset, place: Place, options: FetchOptions): Promise<void> {
  const had = sizeOf(part);
  const found = await place.open(had);
  if (found === undefined) {
    // The server's file is shorter than what there is: it is another one.
    rmSync(part, { force: true });
    return;
  }
  let file: FileHandle | undefined;
  let size = found.begin;
  try {
    file = await open(part, found.begin === 0 ? 'w' : 'a');
    for await (const bytes of found.bytes) {
      size += bytes.length;
      if (size > dataset.bytes) throw tooLong(place, dataset, part);
      await file.appendFile(bytes);
      options.progress(place.name, size);
    }
    await file.sync();
  } catch (error) {
    throw isFull(error) ? diskFull(part, error) : unreadable(error, place);
  } finally {
    await file?.close();
  }
}

function tooLong({ name }: Place, { bytes, file }: Dataset, part: string): PeerscopeError {
  rmSync(part, { force: true });
  return new PeerscopeError(
    'bad-input',
    `${name} is not the published ${file}: it has more than ${bytes} bytes`,
    {
      hint: 'Nothing of it was kept. --from DIR-OR-URL names another place.',
    },
  );
}

function unreadable(error: unknown, { name }: Place): unknown {
  const isOfFolder = systemCode(error) === 'EISDIR' || systemCode(error) === 'EACCES';
  if (!isOfFolder || !(error instanceof Error)) return error;
  return new PeerscopeError('bad-input', `${name} cannot be read: ${error.message}`, { cause: error });
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
