import type { Column } from './column.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import type { GraphReading } from './graph-reading.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';
import { linkLines, peerLines } from './written-lines.ts';
import { readXmlGraph, type XmlGraphHandler } from './xml-graph.ts';
import type { XmlReading } from './xml-reading.ts';
import { escapeXml, XML_HOLDS, xmlComments } from './xml-text.ts';

/** GraphML (http://graphml.graphdrawing.org/specification.html): nodes, edges, and typed data of both. */
export const GRAPHML: Format = {
  title: 'GraphML',
  holds: XML_HOLDS,
  read,
  write,
};

function* write(described: DescribedTopology, { comments }: WriteOptions): Generator<string> {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  const peerColumns = peerColumnsOf(described);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield xmlComments(comments);
  yield (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns' +
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
  );
  yield keys('node', 'p', peerColumns);
  yield keys('edge', 'l', linkColumns);
  yield `<graph edgedefault="${topology.directed ? 'directed' : 'undirected'}">\n`;
  const ids = topology.ids.map(escapeXml);
  yield* peerLines(topology, (peer) => element(`node id="${ids[peer] ?? ''}"`, data('p', peerColumns, peer)));
  yield* linkLines(topology, (source, target, place) =>
    element(
      `edge source="${ids[source] ?? ''}" target="${ids[target] ?? ''}"`,
      data('l', linkColumns, place),
    ),
  );
  yield '</graph>\n</graphml>\n';
}

function element(tag: string, content: string): string {
  return content === '' ? `<${tag}/>\n` : `<${tag}>${content}</${tag.slice(0, 4)}>\n`;
}

const TYPES = { text: 'string', number: 'double', boolean: 'boolean' } as const;

function keys(domain: string, prefix: string, columns: readonly Column[]): string {
  return columns
    .map(({ name, kind }, k) => {
      const attributes = `id="${prefix}${k}" for="${domain}" attr.name="${escapeXml(name)}"`;
      return `<key ${attributes} attr.type="${TYPES[kind]}"/>\n`;
    })
    .join('');
}

function data(prefix: string, columns: readonly Column[], row: number): string {
  let text = '';
  for (let k = 0; k < columns.length; k++) {
    const value = columns[k]?.textOf(row) ?? '';
    if (value !== '') text += `<data key="${prefix}${k}">${escapeXml(value)}</data>`;
  }
  return text;
}

function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  return readXmlGraph(source, options, 'graphml', (reading, xml) => new Handler(reading, xml));
}

/** What a `<key>` says of the `<data>` that name it. */
interface Key {
  readonly name: string;
  /** node, edge, all, or what has no part in a topology. */
  readonly domain: string;
  readonly isBoolean: boolean;
  default: string;
}

class Handler implements XmlGraphHandler {
  declared: boolean | undefined;
  #graphs = 0;
  readonly #leftOut = { graphs: 0, hyperedges: 0 };
  #undeclared = 0;
  /** Undefined where no peer and no link is open: other elements have data too. */
  #open: { readonly what: 'peer' | 'link'; readonly row: number; readonly depth: number } | undefined;
  #data: Key | undefined;
  #depth = 0;
  #skipping = 0;
  readonly #keys = new Map<string, Key>();
  readonly #reading: GraphReading;
  readonly #bad: XmlReading['bad'];
  #key: Key | undefined;

  constructor(reading: GraphReading, { bad }: XmlReading) {
    this.#reading = reading;
    this.#bad = bad;
  }

  get notes(): string[] {
    const { graphs, hyperedges } = this.#leftOut;
    return [
      ...(graphs > 0 ? [`Only the first of ${graphs + 1} graphs was read.`] : []),
      ...(hyperedges > 0 ? [`${hyperedges} hyperedges were left out.`] : []),
      ...(this.#undeclared > 0 ? [`${this.#undeclared} peers are named by links only.`] : []),
    ];
  }

  open(element: string, attributes: Readonly<Record<string, string>>, depth: number): void {
    this.#depth = depth;
    if (depth === 1 && element !== 'graphml')
      throw this.#bad(`this is no GraphML: it begins with <${element}>`);
    if (this.#skipping > 0) return;
    switch (element) {
      case 'graph':
        this.#graph(attributes['edgedefault']);
        break;
      case 'key':
        this.#declare(attributes);
        break;
      case 'node':
        this.#open = { what: 'peer', row: this.#reading.peer(this.#attribute(attributes, 'id')), depth };
        break;
      case 'edge':
        this.#link(attributes);
        break;
      case 'hyperedge':
        this.#leftOut.hyperedges += 1;
        this.#open = undefined;
        break;
      case 'data':
        this.#data = this.#keys.get(this.#attribute(attributes, 'key'));
        break;
    }
  }

  close(element: string, text: string): void {
    if (this.#skipping > 0) {
      if (this.#depth === this.#skipping) this.#skipping = 0;
    } else if (element === 'data') {
      this.#take(text);
    } else if (element === 'default' && this.#key !== undefined) {
      this.#key.default = text.trim();
    } else if (element === 'key') {
      this.#key = undefined;
    } else if (element === 'node' || element === 'edge') {
      this.#open = undefined;
    }
    this.#depth -= 1;
  }

  fillDefaults(): void {
    for (const { name, domain, default: text } of this.#keys.values()) {
      if (text === '') continue;
      if (domain === 'node' || domain === 'all') this.#reading.fill('peers', name, text);
      if (domain === 'edge' || domain === 'all') this.#reading.fill('links', name, text);
    }
  }

  #graph(edgedefault: string | undefined): void {
    // A graph inside of a node is part of the same graph; one beside the first is another.
    if (this.#graphs > 0 && this.#depth === 2) {
      this.#leftOut.graphs += 1;
      this.#skipping = this.#depth;
      return;
    }
    if (edgedefault !== 'directed' && edgedefault !== 'undirected' && edgedefault !== undefined) {
      throw this.#bad(`edgedefault is "${edgedefault}", and has to be directed or undirected`);
    }
    if (this.#graphs++ === 0) this.declared = edgedefault === 'directed';
    this.#open = undefined;
  }

  #declare(attributes: Readonly<Record<string, string>>): void {
    const id = this.#attribute(attributes, 'id');
    const isBoolean = attributes['attr.type'] === 'boolean';
    const domain = attributes['for'] ?? 'all';
    this.#key = { name: attributes['attr.name'] ?? id, domain, isBoolean, default: '' };
    this.#keys.set(id, this.#key);
    if (domain === 'node') this.#reading.declare('peers', this.#key.name);
    if (domain === 'edge') this.#reading.declare('links', this.#key.name);
  }

  #link(attributes: Readonly<Record<string, string>>): void {
    const ends = ['source', 'target'].map((end) => {
      const id = this.#attribute(attributes, end);
      if (!this.#reading.has(id)) this.#undeclared += 1;
      return this.#reading.peer(id);
    });
    const directed = attributes['directed'] === undefined ? this.declared : attributes['directed'] === 'true';
    const row = this.#reading.link(ends[0] ?? 0, ends[1] ?? 0, directed);
    this.#open = { what: 'link', row, depth: this.#depth };
  }

  #take(text: string): void {
    const key = this.#data;
    this.#data = undefined;
    if (key === undefined || this.#open?.depth !== this.#depth - 1) return;
    const { what, row } = this.#open;
    const value = key.isBoolean ? text.trim().toLowerCase() : text;
    if (what === 'peer') this.#reading.describePeer(row, key.name, value);
    else this.#reading.describeLink(row, key.name, value);
  }

  #attribute(attributes: Readonly<Record<string, string>>, name: string): string {
    const value = attributes[name];
    if (value === undefined) throw this.#bad(`an element lacks its attribute ${name}`);
    return value;
  }
}
