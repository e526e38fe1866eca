import type { ViewGraph, ViewLook } from './view-graph.ts';

// How a graph travels to the page: a length, a header in JSON with the texts and where each column stands, and the columns one
// after the other, each from a multiple of four bytes on. Little-endian, as every machine is that runs a browser.

const COLUMNS = {
  agentOf: Uint16Array,
  roleOf: Uint8Array,
  outcomeOf: Uint8Array,
  degrees: Uint32Array,
  componentOf: Uint32Array,
  sources: Uint32Array,
  targets: Uint32Array,
  relationOf: Uint8Array,
} as const;

type ColumnName = keyof typeof COLUMNS;
type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array;

interface Header {
  readonly name: string;
  readonly notes: readonly string[];
  readonly total: ViewGraph['total'] | null;
  readonly ids: readonly string[];
  readonly agents: readonly string[];
  readonly map: { readonly width: number; readonly height: number } | null;
  readonly looks: readonly Pick<ViewLook, 'name' | 'startedAt'>[];
  /** How many entries each column has, in the order in which they follow. */
  readonly lengths: readonly number[];
}

const NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

/** The graph as bytes. O(bytes). */
export function encodeGraph(graph: ViewGraph): Uint8Array {
  const columns: Column[] = [
    ...NAMES.map((name) => graph[name]),
    ...(graph.map === undefined ? [] : [graph.map.x, graph.map.y]),
    ...graph.looks.flatMap((look) => [look.peers, look.links, look.roleOf, look.outcomeOf, look.degrees]),
  ];
  const { name, notes, total, ids, agents, map } = graph;
  const header: Header = {
    name,
    notes,
    total: total ?? null,
    ids,
    agents,
    map: map === undefined ? null : { width: map.width, height: map.height },
    looks: graph.looks.map((look) => ({ name: look.name, startedAt: look.startedAt })),
    lengths: columns.map((column) => column.length),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  let size = 4 + padded(text.length);
  for (const column of columns) size += padded(column.byteLength);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let next = 4 + padded(text.length);
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), next);
    next += padded(column.byteLength);
  }
  return bytes;
}

/**
 * The graph that `encodeGraph` made these bytes of; its columns are views of them.
 * @throws {RangeError} where they are cut off.
 */
export function decodeGraph(bytes: ArrayBuffer): ViewGraph {
  const length = new DataView(bytes).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as Header;
  let next = 4 + padded(length);
  let column = 0;
  const take = <T extends Column>(kind: new (buffer: ArrayBuffer, at: number, entries: number) => T): T => {
    const taken = new kind(bytes, next, header.lengths[column] ?? 0);
    column += 1;
    next += padded(taken.byteLength);
    return taken;
  };
  const { name, notes, total, ids, agents } = header;
  return {
    name,
    notes,
    total: total ?? undefined,
    ids,
    agents,
    agentOf: take(COLUMNS.agentOf),
    roleOf: take(COLUMNS.roleOf),
    outcomeOf: take(COLUMNS.outcomeOf),
    degrees: take(COLUMNS.degrees),
    componentOf: take(COLUMNS.componentOf),
    sources: take(COLUMNS.sources),
    targets: take(COLUMNS.targets),
    relationOf: take(COLUMNS.relationOf),
    map: header.map === null ? undefined : { ...header.map, x: take(Float32Array), y: take(Float32Array) },
    looks: header.looks.map((look) => ({
      ...look,
      peers: take(Uint8Array),
      links: take(Uint8Array),
      roleOf: take(Uint8Array),
      outcomeOf: take(Uint8Array),
      degrees: take(Uint32Array),
    })),
  };
}

function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}
