import { PeerscopeError } from '../core/errors.ts';
import type { Column } from './column.ts';
import { readCsvTable } from './csv-table.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import { idLines } from './id-lines.ts';
import { chooseEnds, type ReadTopology, type TopologyFileOptions } from './topology-file.ts';
import { linkLines, peerLines } from './written-lines.ts';

/**
 * CSV with a header: a row a link, two columns of which hold its ends. `NAME.peers.csv` beside `NAME.csv` has a row a peer, with its
 * `id` first: peers without a link, and what is known of peers.
 */
export const CSV: Format = {
  title: 'CSV',
  namedEnds: true,
  holds: {
    direction: false,
    lonelyPeers: false,
    peerColumns: [],
    linkColumns: 'all',
    badId: { pattern: /^\s*$|\0/, why: 'an empty cell is no id' },
    badText: /\0/g,
  },
  read,
  write,
  writePeers,
};

function* write(described: DescribedTopology, { ends }: WriteOptions): Generator<string | Uint8Array> {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  yield `${[...ends, ...linkColumns.map(({ name }) => name)].map(cell).join(',')}\n`;
  const ids = topology.ids.map(cell);
  if (linkColumns.length === 0) yield* idLines(topology, ids, ',');
  else {
    yield* linkLines(
      topology,
      (source, target, place) => `${ids[source] ?? ''},${ids[target] ?? ''}${cells(linkColumns, place)}\n`,
    );
  }
}

function* writePeers(described: DescribedTopology): Generator<string> {
  const { topology } = described;
  const columns = peerColumnsOf(described);
  yield `${['id', ...columns.map(({ name }) => name)].map(cell).join(',')}\n`;
  yield* peerLines(topology, (peer) => `${cell(topology.idOf(peer))}${cells(columns, peer)}\n`);
}

function cells(columns: readonly Column[], row: number): string {
  let text = '';
  for (const column of columns) text += `,${cell(column.textOf(row))}`;
  return text;
}

/** Quoted where it has to be: signs of CSV in it, blanks at its ends, or what a line of comments begins with. */
function cell(text: string): string {
  const harmful = text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
  return /[",\r\n]|^[\s#%\ufeff]|\s$/.test(harmful) ? `"${harmful.replaceAll('"', '""')}"` : harmful;
}

async function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  const { name } = source;
  const graph = new GraphReading();
  const peers = source.peers();
  if (peers !== undefined) await readPeers(peers, graph);
  let header: readonly string[] = [];
  let ends: readonly [string, string] | undefined;
  let [from, to] = [0, 0];
  let rest: readonly (readonly [place: number, column: string])[] = [];
  await readCsvTable(source, delimiterOf(source), {
    header: (names) => {
      header = names;
    },
    row: (cells, line) => {
      if (ends === undefined) {
        ends = chooseEnds(header, name, options);
        [from, to] = [header.indexOf(ends[0]), header.indexOf(ends[1])];
        rest = header.flatMap((column, k) => (k === from || k === to ? [] : [[k, column] as const]));
      }
      const [begin = '', end = ''] = [cells[from], cells[to]];
      if (begin === '' || end === '') {
        throw new PeerscopeError(
          'bad-input',
          `${name} line ${line} has an empty "${begin === '' ? ends[0] : ends[1]}"`,
        );
      }
      const link = graph.link(graph.peer(begin), graph.peer(end), options.directed);
      for (const [place, column] of rest) graph.describeLink(link, column, cells[place] ?? '');
    },
  });
  if (ends === undefined && graph.size === 0) throw new PeerscopeError('bad-input', `${name} holds no links`);
  return graph.finish(name, options, {
    notes: [
      ...(ends === undefined ? [] : [`Links are the columns "${ends[0]}" and "${ends[1]}".`]),
      ...(peers === undefined ? [] : [`Peers are those of ${peers.name}.`]),
    ],
  });
}

async function readPeers(
  peers: ReturnType<FormatSource['peers']> & object,
  graph: GraphReading,
): Promise<void> {
  const { name } = peers;
  let columns: readonly string[] = [];
  let id = -1;
  await readCsvTable(peers, ',', {
    header: (names) => {
      columns = names;
      id = names.indexOf('id');
      if (id < 0) throw new PeerscopeError('bad-input', `${name} has no column "id"`);
    },
    row: (cells, line) => {
      const text = cells[id] ?? '';
      if (text === '') throw new PeerscopeError('bad-input', `${name} line ${line} has an empty "id"`);
      if (graph.has(text))
        throw new PeerscopeError('bad-input', `${name} line ${line} has the id "${text}" once more`);
      const peer = graph.peer(text);
      columns.forEach((column, k) => {
        if (k !== id) graph.describePeer(peer, column, cells[k] ?? '');
      });
    },
  });
}

/** What divides the cells, by the first line. */
function delimiterOf({ firstLine }: FormatSource): string {
  return [',', ';', '\t'].find((sign) => firstLine.includes(sign)) ?? ',';
}
