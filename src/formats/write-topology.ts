import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import { RELATIONS } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import { rowLength } from '../topology/adjacency.ts';
import type { Topology } from '../topology/topology.ts';

/** The topology files that can be written, by the end of their name; each also with `.gz`. */
export const WRITTEN_FORMATS = ['.txt', '.csv'] as const;

/** What a file of links cannot hold, one sentence each. */
export interface WrittenTopology {
  readonly notes: readonly string[];
}

/**
 * Writes a topology in the format that the file's name says: `.txt` as an edge list with comments (SNAP), `.csv` with
 * `source` and `target`, and `relation` where the topology has it. An undirected link stands once, from its peer of lower number. The file appears in one step.
 * O(peers + links) time, O(1) memory besides the topology.
 * @throws {PeerscopeError} (usage) for any other name.
 */
export async function writeTopology(
  path: string,
  topology: Topology,
  comments: readonly string[],
): Promise<WrittenTopology> {
  const plain = path.endsWith('.gz') ? path.slice(0, -'.gz'.length) : path;
  const chunks = plain.endsWith('.txt')
    ? edgeList(topology, comments)
    : plain.endsWith('.csv')
      ? csv(topology)
      : undefined;
  if (chunks === undefined) {
    throw new PeerscopeError('usage', `"${path}" does not say in which format to write`, {
      hint: `Its name has to end with ${WRITTEN_FORMATS.join(' or ')}, or with that and .gz.`,
    });
  }
  const beside = `${path}.part`;
  const file = createWriteStream(beside);
  if (path.endsWith('.gz')) await pipeline(Readable.from(chunks), createGzip(), file);
  else await pipeline(Readable.from(chunks), file);
  renameSync(beside, path);
  return { notes: lostPeers(topology) };
}

function* edgeList(topology: Topology, comments: readonly string[]): Generator<Buffer> {
  const kind = topology.directed ? 'Directed' : 'Undirected';
  const head = [`${kind} graph`, ...comments, `Nodes: ${topology.size} Edges: ${topology.linkCount}`];
  yield Buffer.from(head.map((line) => `# ${line}\n`).join(''));
  yield* lines(topology, topology.ids, '\t');
}

function* csv(topology: Topology): Generator<Buffer> {
  yield Buffer.from(topology.relations === undefined ? 'source,target\n' : 'source,target,relation\n');
  // An id may be any text of a foreign file: what needs quotes gets them.
  const cells = topology.ids.map((id) => (/[",\r\n]/.test(id) ? stringify([[id]]).trimEnd() : id));
  yield* lines(topology, cells, ',', relationCells(topology));
}

/** Bytes gathered before they are written. */
const CHUNK = 1 << 20;

/** Copies the bytes of the ids, which is several times faster than joining text for millions of links. */
function* lines(
  topology: Topology,
  ids: readonly string[],
  separator: string,
  further?: (link: number) => Uint8Array,
): Generator<Buffer> {
  const { directed, links } = topology;
  // Lower ends and their rows come in the order of the pairs.
  let link = 0;
  const names = encodeIds(ids);
  const gap = separator.charCodeAt(0);
  let chunk = Buffer.allocUnsafe(CHUNK + 2 * names.longest + LONGEST_CELL + 2);
  let end = 0;
  for (let peer = 0; peer < topology.size; peer++) {
    for (let k = links.offsets[peer]!; k < links.offsets[peer + 1]!; k++) {
      const other = links.targets[k]!;
      if (!directed && other < peer) continue;
      end = copyId(names, peer, chunk, end);
      chunk[end++] = gap;
      end = copyId(names, other, chunk, end);
      for (const byte of further?.(link++) ?? []) chunk[end++] = byte;
      chunk[end++] = NEWLINE;
      if (end < CHUNK) continue;
      yield chunk.subarray(0, end);
      chunk = Buffer.allocUnsafe(chunk.length);
      end = 0;
    }
  }
  yield chunk.subarray(0, end);
}

const NEWLINE = 10;

/** Bytes of a comma and a relation at most. */
const LONGEST_CELL = 32;

/** The rest of the line of each link, if it says what the link means. */
function relationCells({ relations }: Topology): ((link: number) => Uint8Array) | undefined {
  if (relations === undefined) return undefined;
  const cells = RELATIONS.map((relation) => Buffer.from(`,${relation}`));
  return (link) => cells[relations[link]!]!;
}

/** The UTF-8 bytes of all ids, one after the other. */
interface IdBytes {
  readonly bytes: Buffer;
  readonly offsets: Uint32Array;
  readonly longest: number;
}

function encodeIds(ids: readonly string[]): IdBytes {
  const offsets = new Uint32Array(ids.length + 1);
  let longest = 0;
  ids.forEach((id, peer) => {
    const length = Buffer.byteLength(id);
    longest = Math.max(longest, length);
    offsets[peer + 1] = offsets[peer]! + length;
  });
  return { bytes: Buffer.from(ids.join('')), offsets, longest };
}

function copyId({ bytes, offsets }: IdBytes, peer: number, to: Buffer, at: number): number {
  let end = at;
  for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) to[end++] = bytes[k]!;
  return end;
}

function lostPeers(topology: Topology): string[] {
  let alone = 0;
  for (let peer = 0; peer < topology.size; peer++) if (rowLength(topology.simple, peer) === 0) alone += 1;
  return alone === 0 ? [] : [`${alone} peers have no link, and a file of links cannot hold them.`];
}
