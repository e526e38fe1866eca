import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';

const datasetSchema = z.object({
  name: z.string(),
  title: z.string(),
  file: z.string(),
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

/** The path of a dataset's file, checked against its checksum; a PeerscopeError says how to get it where it is not there. */
export function findDataset(name: string, places: DatasetPlaces): string {
  const datasets = readCatalogue(places.catalogue);
  const dataset = datasets.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (dataset === undefined) {
    const near = nearest(
      name,
      datasets.map((entry) => entry.name),
    );
    throw new PeerscopeError('bad-input', `there is no file, snapshot or dataset "${name}"`, {
      hint: near === undefined ? 'A path has a slash or an extension.' : `Did you mean the dataset ${near}?`,
    });
  }
  const path = places.folders.map((folder) => join(folder, dataset.file)).find((file) => existsSync(file));
  if (path === undefined) {
    throw new PeerscopeError('bad-input', `the dataset ${dataset.name} is not on this machine`, {
      hint: `Download ${dataset.file} from ${dataset.origin} into a folder, and name that folder in PEERSCOPE_DATASETS.`,
    });
  }
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (digest !== dataset.sha256) {
    throw new PeerscopeError(
      'bad-input',
      `${path} is not the published ${dataset.file}: its SHA-256 is ${digest}, not ${dataset.sha256}`,
    );
  }
  return path;
}
