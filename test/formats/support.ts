import { Readable } from 'node:stream';
import { PeerscopeError } from '../../src/core/errors.ts';
import { readInput, type InputSources } from '../../src/formats/input.ts';
import type { ReadTopology, TopologyFileOptions } from '../../src/formats/topology-file.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

export { temporaryFolder };

/** A file in a folder for one test. */
export function fileOf(name: string, content: string | Uint8Array): string {
  return temporaryFile(temporaryFolder(), name, content);
}

export function sourcesOf(chunks: Iterable<Uint8Array> = []): InputSources {
  return { stdin: Readable.from(chunks), catalogue: 'no-catalogue', folders: [] };
}

export function readFileInput(name: string, content: string | Uint8Array, options: TopologyFileOptions = {}) {
  return readInput(fileOf(name, content), sourcesOf(), options);
}

/** The links by name, each from the end that was numbered first where they have no direction. */
export function namedLinks({ ids, links, directed, size }: Topology): string[] {
  const named: string[] = [];
  for (let peer = 0; peer < size; peer++)
    for (const other of links.targets.subarray(links.offsets[peer], links.offsets[peer + 1]))
      if (directed || peer < other) named.push(`${ids[peer]!}-${ids[other]!}`);
  return named;
}

/** The error that a reading ends with. */
export async function errorOf(reading: Promise<ReadTopology>): Promise<PeerscopeError> {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PeerscopeError) return error;
  throw new Error('no PeerscopeError', { cause: error });
}
