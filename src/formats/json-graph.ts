import { PeerscopeError } from '../core/errors.ts';
import type { Column } from './column.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import { lineAt, readText } from './texts.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';
import { linkLines, peerLines } from './written-lines.ts';

/**
 * JSON in the node-link form of networkx: `{directed, multigraph, graph, nodes: [{id, …}], links: [{source, target, …}]}`. `edges`
 * instead of `links`, as its newer versions write it, is read too.
 */
export const JSON_GRAPH: Format = {
  title: 'JSON',
  holds: { direction: true, lonelyPeers: true, peerColumns: 'all', linkColumns: 'all' },
  read,
  write,
};

function* write(described: DescribedTopology, { comments }: WriteOptions): Generator<string> {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  const peerColumns = peerColumnsOf(described);
  const kinds = [peerColumns, linkColumns].map((columns) =>
    columns.map(({ kind, name }) => ({ kind, name })),
  );
  const graph = comments.length === 0 ? {} : { comments };
  yield `{"directed": ${topology.directed}, "multigraph": false, "graph": ${JSON.stringify(graph)},\n"nodes": [`;
  const ids = topology.ids.map((id) => JSON.stringify(id));
  yield* peerLines(
    topology,
    (peer) =>
      `${peer === 0 ? '' : ','}\n{"id": ${ids[peer] ?? ''}${members(peerColumns, kinds[0] ?? [], peer)}}`,
  );
  yield '\n],\n"links": [';
  yield* linkLines(
    topology,
    (source, target, place) =>
      `${place === 0 ? '' : ','}\n{"source": ${ids[source] ?? ''}, "target": ${ids[target] ?? ''}${members(linkColumns, kinds[1] ?? [], place)}}`,
  );
  yield '\n]}\n';
}

function members(
  columns: readonly Column[],
  kinds: readonly Pick<Column, 'kind' | 'name'>[],
  row: number,
): string {
  let text = '';
  for (let k = 0; k < columns.length; k++) {
    const value = columns[k]?.textOf(row) ?? '';
    if (value === '') continue;
    const { kind = 'text', name = '' } = kinds[k] ?? {};
    text += `, ${JSON.stringify(name)}: ${kind === 'text' ? JSON.stringify(value) : value}`;
  }
  return text;
}

async function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  const { name } = source;
  const document = objectOf(parse(await readText(source), name));
  const nodes = document?.['nodes'];
  const links = document?.['links'] ?? document?.['edges'];
  if (!Array.isArray(nodes) || !Array.isArray(links)) {
    throw new PeerscopeError(
      'bad-input',
      `${name} has no lists "nodes" and "links": it is no node-link JSON`,
      {
        hint: 'networkx writes such a file: json.dump(networkx.node_link_data(graph), file).',
      },
    );
  }
  const { directed } = document ?? {};
  if (directed !== undefined && typeof directed !== 'boolean') {
    throw new PeerscopeError('bad-input', `${name}: "directed" is neither true nor false`);
  }
  const reading = new NodeLink(name, directed);
  nodes.forEach((node, k) => {
    reading.node(node, k);
  });
  links.forEach((link, k) => {
    reading.link(link, k);
  });
  return reading.finish(options);
}

type Members = Readonly<Record<string, unknown>>;

class NodeLink {
  readonly #graph = new GraphReading();
  readonly #name: string;
  readonly #directed: boolean | undefined;
  #undeclared = 0;
  #nested = 0;

  constructor(name: string, directed: boolean | undefined) {
    this.#name = name;
    this.#directed = directed;
  }

  node(value: unknown, k: number): void {
    const members = this.#members(value, `nodes[${k}]`);
    const id = this.#id(members, 'id', `nodes[${k}]`);
    if (this.#graph.has(id)) throw this.#bad(`nodes[${k}] has the id ${JSON.stringify(id)} once more`);
    const peer = this.#graph.peer(id);
    for (const [column, text] of this.#texts(members, ['id'])) this.#graph.describePeer(peer, column, text);
  }

  link(value: unknown, k: number): void {
    const members = this.#members(value, `links[${k}]`);
    const [source = 0, target = 0] = ['source', 'target'].map((end) => {
      const id = this.#id(members, end, `links[${k}]`);
      if (!this.#graph.has(id)) this.#undeclared += 1;
      return this.#graph.peer(id);
    });
    const link = this.#graph.link(source, target, this.#directed);
    for (const [column, text] of this.#texts(members, ['source', 'target'])) {
      this.#graph.describeLink(link, column, text);
    }
  }

  finish(options: TopologyFileOptions): ReadTopology {
    return this.#graph.finish(this.#name, options, {
      declared: this.#directed,
      notes: [
        ...(this.#nested > 0 ? [`${this.#nested} values were lists or objects, and were left out.`] : []),
        ...(this.#undeclared > 0 ? [`${this.#undeclared} peers are named by links only.`] : []),
      ],
    });
  }

  *#texts(members: Members, except: readonly string[]): Generator<readonly [column: string, text: string]> {
    for (const column of Object.keys(members)) {
      if (except.includes(column)) continue;
      const value = members[column];
      if (typeof value === 'string') yield [column, value];
      else if (typeof value === 'number' || typeof value === 'boolean') yield [column, String(value)];
      else if (value !== null) this.#nested += 1;
    }
  }

  #members(value: unknown, place: string): Members {
    const members = objectOf(value);
    if (members === undefined) throw this.#bad(`${place} is no object`);
    return members;
  }

  #id(members: Members, name: string, place: string): string {
    const value = members[name];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    if (value === undefined) throw this.#bad(`${place} has no "${name}"`);
    throw this.#bad(`"${name}" of ${place} is neither a text nor a number`);
  }

  #bad(what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#name}: ${what}`);
  }
}

function objectOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : undefined;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = placeOf(error instanceof Error ? error.message : '', text);
    const what =
      text.trim() === ''
        ? 'is empty'
        : place >= text.trimEnd().length
          ? `line ${lineAt(text, text.length)}: the JSON ends in the middle: it is cut off`
          : `line ${lineAt(text, place)}: this is no JSON`;
    throw new PeerscopeError('bad-input', `${name} ${what}`, { cause: error });
  }
}

/** Where the engine found it wrong: it says either the place, or what stands ten characters around it, or that the text ends. */
function placeOf(said: string, text: string): number {
  const position = /at position (\d+)/.exec(said)?.[1];
  if (position !== undefined && !said.startsWith('Unterminated')) return Number(position);
  const [, token = '', dots = '', around = ''] =
    /^Unexpected token '(.)', (\.{3})?"([^]*)"(?:\.{3})? is not valid JSON$/s.exec(said) ?? [];
  if (token === '') return text.length;
  return Math.max(0, text.indexOf(around)) + (dots === '' ? around.indexOf(token) : 10);
}
