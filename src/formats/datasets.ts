import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';

const datasetSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** The name of its file, which lies beside the page of its origin. */
  file: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  origin: z.string(),
  licence: z.string(),
  citation: z.string(),
  published: z.record(z.string(), z.number()),
  publishedStatus: z.string(),
});

/** A dataset that peerscope knows by name, with what its publisher says of it. */
export type Dataset = z.infer<typeof datasetSchema>;

const catalogueSchema = z.object({
  schema: z.literal('peerscope/catalogue/1'),
  datasets: z.array(datasetSchema),
});

/** Where datasets lie on this machine. */
export interface DatasetPlaces {
  /** The catalogue file. */
  readonly catalogue: string;
  /** Folders that may hold the files, looked through in this order: PEERSCOPE_DATASETS, then the cache. */
  readonly folders: readonly string[];
}

export function readCatalogue(path: string): readonly Dataset[] {
  return catalogueSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).datasets;
}

/**
 * The dataset of that name, in any case.
 * @throws {PeerscopeError} (bad-input) that suggests the right name.
 */
export function datasetNamed(name: string, datasets: readonly Dataset[], what = 'dataset'): Dataset {
  const dataset = datasets.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (dataset === undefined) {
    const near = nearest(
      name,
      datasets.map((entry) => entry.name),
    );
    throw new PeerscopeError('bad-input', `there is no ${what} "${name}"`, {
      hint:
        near === undefined
          ? what === 'dataset'
            ? 'peerscope dataset list names them.'
            : 'A path has a slash or an extension.'
          : `Did you mean the dataset ${near}?`,
    });
  }
  return dataset;
}

/** Where a dataset's file lies, in the first folder that has it; nothing is said of what is in it. */
export function pathOfDataset({ file }: Dataset, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}

/** Whether a file is the one that was published. O(bytes). */
export function isPublished(path: string, { sha256 }: Dataset): boolean {
  return digestOf(path) === sha256;
}

export function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** The path of a dataset's file, checked against its checksum; a PeerscopeError says how to get it where it is not there. */
export function findDataset(name: string, places: DatasetPlaces): string {
  const datasets = readCatalogue(places.catalogue);
  const dataset = datasetNamed(name, datasets, 'file, snapshot or dataset');
  const path = pathOfDataset(dataset, places.folders);
  if (path === undefined) {
    throw new PeerscopeError('bad-input', `the dataset ${dataset.name} is not on this machine`, {
      hint: `peerscope dataset fetch ${dataset.name} gets it from ${dataset.origin}; or name a folder that has ${dataset.file} in PEERSCOPE_DATASETS.`,
    });
  }
  const digest = digestOf(path);
  if (digest !== dataset.sha256) {
    throw new PeerscopeError(
      'bad-input',
      `${path} is not the published ${dataset.file}: its SHA-256 is ${digest}, not ${dataset.sha256}`,
      { hint: `Delete it, and get it anew: peerscope dataset fetch ${dataset.name}` },
    );
  }
  return path;
}
