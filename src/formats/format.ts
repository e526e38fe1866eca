import { PeerscopeError } from '../core/errors.ts';
import { rowLength } from '../topology/adjacency.ts';
import type { ByteInput } from './bytes.ts';
import type { Column } from './column.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';

/** What a reader gets. */
export interface FormatSource extends ByteInput {
  /** The first line that is neither empty nor a comment, as far as it was looked at. */
  readonly firstLine: string;
  /** The table of peers that lies beside this file (`NAME.peers.csv` beside `NAME.csv`); for formats that have one. */
  readonly peers: () => ByteInput | undefined;
}

/** What a writer is told. */
export interface WriteOptions {
  /** Sentences on where the topology comes from, for formats with comments. */
  readonly comments: readonly string[];
  /** The names of the two columns with the ends of a link [source, target]. */
  readonly ends: readonly [source: string, target: string];
}

/** The bytes of a file, piece by piece. */
export type Written = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** What a format has room for. */
export interface Holds {
  /** Whether the file says that links have a direction. */
  readonly direction: boolean;
  /** Whether peers without a link are in it. */
  readonly lonelyPeers: boolean;
  /** Which columns of peers and of links. */
  readonly peerColumns: 'all' | readonly string[];
  readonly linkColumns: 'all' | readonly string[];
  /** What an id cannot be, and how to say so: an id is not changed, so that writing it is refused. */
  readonly badId?: { readonly pattern: RegExp; readonly why: string };
  /** What a value cannot have in it (with the flag g); it is replaced by U+FFFD. */
  readonly badText?: RegExp;
}

/** A kind of topology file. A new one is a file with one of these, and an entry in `formats.ts`. */
export interface Format {
  /** As a sentence calls it: GraphML, an edge list. */
  readonly title: string;
  readonly holds: Holds;
  /** Whether its columns have names that the user may choose (--source, --target). */
  readonly namedEnds?: boolean;
  /** @throws {PeerscopeError} (bad-input) that names the place where the file is not as it should be. */
  read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology>;
  /** Goes through the topology as the pieces are asked for. */
  write(described: DescribedTopology, options: WriteOptions): Written;
  /** The table of peers for a file beside; of formats whose file itself has none. */
  writePeers?(described: DescribedTopology, options: WriteOptions): Written;
}

/** @throws {PeerscopeError} (bad-input) for the first id that the format cannot hold. O(peers). */
export function refuseBadIds({ topology }: DescribedTopology, { holds, title }: Format): void {
  const { badId } = holds;
  if (badId === undefined) return;
  for (let peer = 0; peer < topology.size; peer++) {
    const id = topology.idOf(peer);
    if (!badId.pattern.test(id)) continue;
    throw new PeerscopeError(
      'bad-input',
      `${capital(title)} cannot hold the id ${JSON.stringify(id)}: ${badId.why}`,
      {
        hint: 'JSON and Parquet hold any id.',
      },
    );
  }
}

/** What is lost when a topology is written in a format, one sentence each. O(peers x columns + links). */
export function losses(described: DescribedTopology, { holds, title }: Format, withPeers: boolean): string[] {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  const lost: string[] = [];
  if (!holds.direction && topology.directed) {
    lost.push(`${capital(title)} does not say that links have a direction: read it with --directed.`);
  }
  const alone = holds.lonelyPeers || withPeers ? 0 : lonelyPeers(described);
  if (alone > 0) lost.push(`${alone} peers have no link, and ${title} cannot hold them.`);
  const peerColumns = peerColumnsOf(described);
  const [ofPeers, keptOfPeers] = withPeers ? [[], peerColumns] : split(peerColumns, holds.peerColumns);
  if (ofPeers.length > 0)
    lost.push(`${capital(title)} has no place for what is known of peers: ${names(ofPeers)}.`);
  const [ofLinks, keptOfLinks] = split(linkColumns, holds.linkColumns);
  if (ofLinks.length > 0)
    lost.push(`${capital(title)} has no place for what is known of links: ${names(ofLinks)}.`);
  const replaced = [
    ...badTexts(keptOfPeers, topology.size, holds.badText),
    ...badTexts(keptOfLinks, topology.linkCount, holds.badText),
  ];
  if (replaced.length > 0) {
    lost.push(
      `${capital(title)} cannot hold some characters in ${replaced.join(', ')}: U+FFFD stands for them.`,
    );
  }
  return lost;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lonelyPeers({ topology }: DescribedTopology): number {
  let alone = 0;
  for (let peer = 0; peer < topology.size; peer++) if (rowLength(topology.simple, peer) === 0) alone += 1;
  return alone;
}

/** Those that have no place, and those that have. */
function split(columns: readonly Column[], held: Holds['peerColumns']): [Column[], Column[]] {
  const isHeld = ({ name }: Column): boolean => held === 'all' || held.includes(name);
  return [columns.filter((column) => !isHeld(column)), columns.filter(isHeld)];
}

function names(columns: readonly Column[]): string {
  return columns.map(({ name }) => name).join(', ');
}

function badTexts(columns: readonly Column[], rows: number, pattern: RegExp | undefined): string[] {
  if (pattern === undefined) return [];
  const isBad = (text: string): boolean => text.search(pattern) >= 0;
  return columns
    .filter(({ kind }) => kind === 'text')
    .filter((column) => {
      if (isBad(column.name)) return true;
      for (let row = 0; row < rows; row++) if (isBad(column.textOf(row))) return true;
      return false;
    })
    .map(({ name }) => JSON.stringify(name));
}
