import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet';
import type { BasicType } from 'hyparquet-writer';
import { PeerscopeError } from '../core/errors.ts';
import type { ByteInput } from './bytes.ts';
import type { Column, ColumnKind } from './column.ts';
import { linkColumnsOf, peerColumnsOf, statedLinks, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import { checkPages } from './parquet-pages.ts';
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
  const table = await openTable(source);
  const ends = chooseEnds(table.columns, name, options);
  const rest = table.columns.filter((column) => !ends.includes(column));
  const said = new Map(table.metadata.key_value_metadata?.map(({ key, value }) => [key, value])).get(
    'directed',
  );
  const declared = said === 'true' ? true : said === 'false' ? false : undefined;
  let nested = 0;
  await table.rows([...ends, ...rest], (cells, row) => {
    const [source, target] = ends.map((end, k) => {
      const id = textOf(cells[k]);
      if (id === undefined || cells[k] === null) {
        throw new PeerscopeError('bad-input', `${name} row ${row + 1} has no "${end}"`);
      }
      return graph.peer(id);
    });
    const link = graph.link(source ?? 0, target ?? 0, declared ?? options.directed);
    rest.forEach((column, k) => {
      const text = textOf(cells[k + 2]);
      if (text === undefined) nested += 1;
      else graph.describeLink(link, column, text);
    });
  });
  return graph.finish(name, options, {
    declared,
    notes: [
      `Links are the columns "${ends[0]}" and "${ends[1]}".`,
      ...(peers === undefined ? [] : [`Peers are those of ${peers.name}.`]),
      ...(nested > 0 ? [`${nested} values were bytes, lists or objects, and were left out.`] : []),
    ],
  });
}

async function readPeers(peers: ByteInput, graph: GraphReading): Promise<void> {
  const table = await openTable(peers);
  const rest = table.columns.filter((column) => column !== 'id');
  if (rest.length === table.columns.length)
    throw new PeerscopeError('bad-input', `${peers.name} has no column "id"`);
  await table.rows(['id', ...rest], (cells, row) => {
    const id = textOf(cells[0]);
    if (id === undefined || cells[0] === null || graph.has(id)) {
      throw new PeerscopeError('bad-input', `${peers.name} row ${row + 1} has no id of its own`);
    }
    const peer = graph.peer(id);
    rest.forEach((column, k) => {
      graph.describePeer(peer, column, textOf(cells[k + 1]) ?? '');
    });
  });
}

/** The text of a cell, empty for none; undefined for what is no single value. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  return value instanceof Date ? value.toISOString() : undefined;
}

interface ParquetTable {
  readonly columns: readonly string[];
  readonly metadata: FileMetaData;
  /** Goes through some columns of all rows. */
  rows(columns: readonly string[], take: (cells: readonly unknown[], row: number) => void): Promise<void>;
}

const COMPRESSORS: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
};

/** A text may begin with what would be a byte order mark at the beginning of a file. */
function stringFromBytes(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

async function openTable(input: ByteInput): Promise<ParquetTable> {
  const { parquetMetadata, parquetSchema, parquetRead } = await import('hyparquet');
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.chunks) chunks.push(Uint8Array.from(chunk));
  const bytes = Uint8Array.from(Buffer.concat(chunks));
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (begin, end) => bytes.buffer.slice(begin, end),
  };
  const tried = async <Value>(action: () => Value | Promise<Value>): Promise<Value> => {
    try {
      return await action();
    } catch (error) {
      throw error instanceof PeerscopeError ? error : explained(error, bytes, input.name);
    }
  };
  const metadata = await tried(() => parquetMetadata(bytes.buffer));
  await tried(() => checkPages(bytes, metadata));
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  return {
    columns,
    metadata,
    rows: async (wanted, take) => {
      let rowStart = 0;
      for (const { num_rows: count } of metadata.row_groups) {
        const rowEnd = rowStart + Number(count);
        let rows: unknown[][] = [];
        const onComplete = (all: unknown[][]): void => {
          rows = all;
        };
        await tried(() =>
          parquetRead({
            ...{ file, metadata, columns: [...wanted], rowStart, rowEnd },
            ...{ compressors: COMPRESSORS, parsers: { stringFromBytes }, onComplete },
          }),
        );
        rows.forEach((cells, k) => {
          take(cells, rowStart + k);
        });
        rowStart = rowEnd;
      }
    },
  };
}

const MAGIC = Buffer.from('PAR1');

function explained(error: unknown, bytes: Uint8Array, name: string): PeerscopeError {
  const said = error instanceof Error ? error.message : String(error);
  const codec = /unsupported compression codec: (\w+)/.exec(said)?.[1];
  if (codec !== undefined) {
    return new PeerscopeError('bad-input', `${name} is compressed with ${codec}, which is not read`, {
      hint: 'Write it with the compression snappy, gzip, brotli or none.',
    });
  }
  const [begins, ends] = [bytes.subarray(0, 4), bytes.subarray(-4)].map((part) => MAGIC.equals(part));
  const what =
    begins !== true
      ? 'is no Parquet file: it does not begin with PAR1'
      : ends !== true
        ? 'is cut off: a Parquet file ends with PAR1'
        : `is damaged: ${said}`;
  return new PeerscopeError('bad-input', `${name} ${what}`, { cause: error });
}
