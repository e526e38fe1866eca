import type { BasicType } from 'hyparquet-writer';
import { PeerscopeError } from '../core/errors.ts';
import type { ByteInput } from './bytes.ts';
import type { Column, ColumnKind } from './column.ts';
import { linkColumnsOf, peerColumnsOf, statedLinks, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import { openParquet, type ParquetTable } from './parquet-table.ts';
import { chooseEnds, type ReadTopology, type TopologyFileOptions } from './topology-file.ts';

/**
 * Apache Parquet: a row a link, and `NAME.peers.parquet` beside `NAME.parquet` with a row a peer. Whether links have a direction
 * stands in the metadata, under the key `directed`.
 */
export const PARQUET: Format = {
  title: 'Parquet',
  namedEnds: true,
  holds: { direction: true, lonelyPeers: false, peerColumns: [], linkColumns: 'all' },
  read,
  write,
  writePeers,
};

/** Rows that are encoded at a time. */
const GROUP = 100_000;

async function* write(
  described: DescribedTopology,
  { ends, comments }: WriteOptions,
): AsyncGenerator<Uint8Array> {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  const { targets, offsets } = statedLinks(topology);
  let source = 0;
  const sourceOf = (place: number): string => {
    while ((offsets[source + 1] ?? Infinity) <= place) source += 1;
    return topology.idOf(source);
  };
  const columns: readonly Column[] = [
    { name: ends[0], kind: 'text', textOf: sourceOf },
    { name: ends[1], kind: 'text', textOf: (place) => topology.idOf(targets[place] ?? 0) },
    ...linkColumns,
  ];
  yield await encode(columns, targets.length, 2, {
    directed: String(topology.directed),
    ...(comments.length === 0 ? {} : { comments: comments.join('\n') }),
  });
}

async function* writePeers(described: DescribedTopology): AsyncGenerator<Uint8Array> {
  const { topology } = described;
  const ids: Column = { name: 'id', kind: 'text', textOf: (peer) => topology.idOf(peer) };
  yield await encode([ids, ...peerColumnsOf(described)], topology.size, 1, {});
}

const TYPES: Readonly<Record<ColumnKind, BasicType>> = {
  text: 'STRING',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** @param ids so many columns, the first ones, always have a text, and it may be empty; an empty text of another is no value. */
async function encode(
  columns: readonly Column[],
  rows: number,
  ids: number,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const named = columns.map(({ name, kind }, k) => ({ name, type: TYPES[kind], nullable: k >= ids }));
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: named.map((column) => ({ ...column, data: [] })) }),
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'peerscope',
  });
  for (let begin = 0; begin < rows; begin += GROUP) {
    const length = Math.min(GROUP, rows - begin);
    const columnData = columns.map((column, k) => ({
      name: column.name,
      data: Array.from({ length }, (_, row) => valueOf(column.kind, column.textOf(begin + row), k < ids)),
    }));
    await parquet.write({ columnData, rowGroupSize: GROUP });
  }
  await parquet.finish();
  return new Uint8Array(writer.getBuffer());
}

function valueOf(kind: ColumnKind, text: string, isId: boolean): string | number | boolean | undefined {
  if (text === '' && !isId) return undefined;
  return kind === 'text' ? text : kind === 'number' ? Number(text) : text === 'true';
}

async function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  const { name } = source;
  const graph = new GraphReading();
  const peers = source.peers();
  if (peers !== undefined) await readPeers(peers, graph);
  const table = await openParquet(source);
  try {
    return await readLinks(table, graph, name, peers?.name, options);
  } finally {
    table.close();
  }
}

async function readLinks(
  table: ParquetTable,
  graph: GraphReading,
  name: string,
  peers: string | undefined,
  options: TopologyFileOptions,
): Promise<ReadTopology> {
  const ends = chooseEnds(table.columns, name, options);
  const rest = table.columns.filter((column) => !ends.includes(column));
  const said = table.metadata.get('directed');
  const declared = said === 'true' ? true : said === 'false' ? false : undefined;
  let nested = 0;
  await table.rows([...ends, ...rest], (cells, row) => {
    const [source, target] = ends.map((end, k) => {
      const id = cells[k];
      if (id === undefined || id === null) {
        throw new PeerscopeError('bad-input', `${name} row ${row + 1} has no "${end}"`);
      }
      return graph.peer(id);
    });
    const link = graph.link(source ?? 0, target ?? 0, declared ?? options.directed);
    rest.forEach((column, k) => {
      const text = cells[k + 2];
      if (text === undefined) nested += 1;
      else graph.describeLink(link, column, text ?? '');
    });
  });
  return graph.finish(name, options, {
    declared,
    notes: [
      `Links are the columns "${ends[0]}" and "${ends[1]}".`,
      ...(peers === undefined ? [] : [`Peers are those of ${peers}.`]),
      ...(nested > 0 ? [`${nested} values were bytes, lists or objects, and were left out.`] : []),
    ],
  });
}

async function readPeers(peers: ByteInput, graph: GraphReading): Promise<void> {
  const table = await openParquet(peers);
  try {
    await readPeerRows(table, graph, peers.name);
  } finally {
    table.close();
  }
}

async function readPeerRows(table: ParquetTable, graph: GraphReading, name: string): Promise<void> {
  const rest = table.columns.filter((column) => column !== 'id');
  if (rest.length === table.columns.length)
    throw new PeerscopeError('bad-input', `${name} has no column "id"`);
  await table.rows(['id', ...rest], (cells, row) => {
    const id = cells[0];
    if (id === undefined || id === null || graph.has(id)) {
      throw new PeerscopeError('bad-input', `${name} row ${row + 1} has no id of its own`);
    }
    const peer = graph.peer(id);
    rest.forEach((column, k) => {
      graph.describePeer(peer, column, cells[k + 1] ?? '');
    });
  });
}
