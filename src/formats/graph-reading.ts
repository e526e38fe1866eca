import { RELATIONS } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { LinkLists } from '../topology/adjacency.ts';
import { fromLinks } from '../topology/builder.ts';
import type { Topology } from '../topology/topology.ts';
import { ColumnSet, type Column } from './column.ts';
import { statedLinks, takePeerColumns, takeRelations } from './described.ts';
import { LinkBuffer } from './link-buffer.ts';
import { readingNotes, type ReadTopology, type TopologyFileOptions } from './topology-file.ts';

/** Whether a link has a direction; undefined where its file does not say. */
export type Directed = boolean | undefined;

/**
 * Peers, links and what is said of them, as they stand in a file that names its peers. Peers are numbered in the order in
 * which they come.
 */
export class GraphReading {
  readonly #ids: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #links: LinkBuffer;
  #undirected = new Uint8Array(1024);
  readonly #counts = { directed: 0, undirected: 0, unsaid: 0 };
  readonly #peerColumns = new ColumnSet(['id']);
  readonly #linkColumns = new ColumnSet(['source', 'target']);

  /** @param expected about how many links there will be. */
  constructor(expected = 0) {
    this.#links = new LinkBuffer(expected);
  }

  /** How many peers there are so far. */
  get size(): number {
    return this.#ids.length;
  }

  has(id: string): boolean {
    return this.#numbers.has(id);
  }

  /** The number of the peer with this id, which is added if it is new. */
  peer(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    this.#ids.push(id);
    this.#numbers.set(id, number);
    return number;
  }

  /** Adds a link between two peers, given by number; its own number. */
  link(source: number, target: number, directed: Directed): number {
    const number = this.#links.count;
    this.#links.push(source, target);
    this.#counts[directed === undefined ? 'unsaid' : directed ? 'directed' : 'undirected'] += 1;
    if (number === this.#undirected.length) {
      const longer = new Uint8Array(2 * number);
      longer.set(this.#undirected);
      this.#undirected = longer;
    }
    this.#undirected[number] = directed === false ? 1 : 0;
    return number;
  }

  /** Columns come in the order in which they are declared, or have their first value. */
  declare(what: 'peers' | 'links', column: string): void {
    (what === 'peers' ? this.#peerColumns : this.#linkColumns).column(column);
  }

  describePeer(peer: number, column: string, text: string): void {
    this.#peerColumns.column(column).set(peer, text);
  }

  describeLink(link: number, column: string, text: string): void {
    this.#linkColumns.column(column).set(link, text);
  }

  /** Gives the rows so far that have nothing in a column a text. */
  fill(what: 'peers' | 'links', column: string, text: string): void {
    const filled = (what === 'peers' ? this.#peerColumns : this.#linkColumns).column(column);
    const rows = what === 'peers' ? this.size : this.#links.count;
    for (let row = 0; row < rows; row++) if (filled.textOf(row) === '') filled.set(row, text);
  }

  /**
   * O(peers + links log(longest row)).
   * @param declared whether links have a direction, as the file says it of all of them.
   * @throws {PeerscopeError} (bad-input) where there is nobody.
   */
  finish(
    name: string,
    options: TopologyFileOptions,
    { declared, notes = [] }: { readonly declared?: Directed; readonly notes?: readonly string[] } = {},
  ): ReadTopology {
    if (this.size === 0) throw new PeerscopeError('bad-input', `${name} holds no peers`);
    const { directed: arrows, undirected, unsaid } = this.#counts;
    const said = arrows > 0 ? true : undirected > 0 ? false : declared;
    const directed = options.directed ?? said;
    const read = this.#links.count;
    const isMixed = directed === true && arrows > 0 && undirected > 0;
    const origins = isMixed ? this.#turnUndirected() : undefined;
    const lists = this.#links.lists();
    const columns = this.#peerColumns.filled;
    const { known, rest } = takePeerColumns(this.size, columns);
    const originOf = (link: number): number => (link < read ? link : (origins?.[link - read] ?? 0));
    const meant = this.#takeRelations(read);
    const relations =
      meant.relations && Uint8Array.from(lists.sources, (_, link) => meant.relations?.[originOf(link)] ?? 0);
    const topology = fromLinks({
      directed: directed ?? false,
      ids: this.#ids,
      ...lists,
      columns: known,
      relations,
    });
    const mixedNote = `${undirected} of ${read} links have no direction, and were read as links both ways.`;
    return {
      topology,
      peerColumns: rest,
      linkColumns: arrangeLinkColumns(topology, lists, meant.rest, originOf),
      notes: [
        ...notes,
        ...meant.notes,
        ...(isMixed ? [mixedNote] : []),
        ...readingNotes(topology, unsaid > 0 ? directed : (directed ?? false)),
      ],
    };
  }

  /** What links mean, where a column says it of all; what else is said of them. */
  #takeRelations(links: number): {
    readonly relations?: Uint8Array;
    readonly rest: readonly Column[];
    readonly notes: readonly string[];
  } {
    const rest = this.#linkColumns.filled;
    const column = rest.find(({ name }) => name === 'relation');
    if (column === undefined) return { rest, notes: [] };
    const relations = takeRelations(links, column);
    if (relations instanceof Uint8Array) {
      return { relations, rest: rest.filter((each) => each !== column), notes: [] };
    }
    const why = `"${relations.foreign}" is none of ${RELATIONS.join(', ')}`;
    return { rest, notes: [`The column "relation" stays text: ${why}.`] };
  }

  /** Adds the way back of links without direction; the links that it adds are those of these numbers. */
  #turnUndirected(): number[] {
    const origins: number[] = [];
    const { sources, targets, count } = this.#links;
    for (let link = 0; link < count; link++) {
      if (this.#undirected[link] !== 1 || sources[link] === targets[link]) continue;
      origins.push(link);
      this.#links.push(targets[link] ?? 0, sources[link] ?? 0);
    }
    return origins;
  }
}

/**
 * Columns of links as they were read, by the places that the links have in the topology: of a link that stood several times,
 * what was said first.
 */
export function arrangeLinkColumns(
  topology: Topology,
  { sources, targets }: LinkLists,
  columns: readonly Column[],
  origin: (link: number) => number = (link) => link,
): readonly Column[] {
  if (columns.length === 0) return [];
  const rows = statedLinks(topology);
  const first = new Uint32Array(rows.targets.length).fill(UNSET);
  for (let link = 0; link < sources.length; link++) {
    let source = sources[link] ?? 0;
    let target = targets[link] ?? 0;
    if (source === target) continue;
    if (!topology.directed && source > target) [source, target] = [target, source];
    let low = rows.offsets[source] ?? 0;
    let high = (rows.offsets[source + 1] ?? 0) - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows.targets[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    if (first[low] === UNSET) first[low] = origin(link);
  }
  return columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    textOf: (place) => column.textOf(first[place] ?? 0),
  }));
}

const UNSET = 0xffff_ffff;
