import { TOOL } from '../core/version.ts';
import type { Column } from './column.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import type { GraphReading } from './graph-reading.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';
import { linkLines, peerLines } from './written-lines.ts';
import { readXmlGraph, type XmlGraphHandler } from './xml-graph.ts';
import type { XmlReading } from './xml-reading.ts';
import { escapeXml, XML_HOLDS } from './xml-text.ts';

/**
 * GEXF (https://gexf.net), the format of Gephi: written in version 1.2, which networkx reads too, as it does not read 1.3; read in any
 * version. `x`, `y` and `z` are the position of a peer in a drawing, `weight` that of a link.
 */
export const GEXF: Format = {
  title: 'GEXF',
  holds: XML_HOLDS,
  read,
  write,
};

function* write(described: DescribedTopology, { comments }: WriteOptions): Generator<string> {
  const { topology } = described;
  const peers = layOut(peerColumnsOf(described));
  const links = weigh(linkColumnsOf(described));
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">\n';
  const description =
    comments.length === 0 ? '' : `<description>${escapeXml(comments.join('; '))}</description>`;
  yield `<meta><creator>${escapeXml(TOOL)}</creator>${description}</meta>\n`;
  yield `<graph mode="static" defaultedgetype="${topology.directed ? 'directed' : 'undirected'}">\n`;
  yield attributes('node', peers.columns) + attributes('edge', links.columns);
  const ids = topology.ids.map(escapeXml);
  yield '<nodes>\n';
  yield* peerLines(topology, (peer) => {
    const id = ids[peer] ?? '';
    return element(`node id="${id}" label="${id}"`, values(peers.columns, peer) + position(peers.axes, peer));
  });
  yield '</nodes>\n<edges>\n';
  yield* linkLines(topology, (source, target, place) => {
    const weight = links.weight?.textOf(place) ?? '';
    const tag = `edge id="${place}" source="${ids[source] ?? ''}" target="${ids[target] ?? ''}"`;
    return element(weight === '' ? tag : `${tag} weight="${weight}"`, values(links.columns, place));
  });
  yield '</edges>\n</graph>\n</gexf>\n';
}

function element(tag: string, content: string): string {
  return content === '' ? `<${tag}/>\n` : `<${tag}>${content}</${tag.slice(0, 4)}>\n`;
}

/** Coordinates in two or three dimensions have a place of their own; other numbers called x are a value like others. */
function layOut(columns: readonly Column[]): {
  readonly columns: readonly Column[];
  readonly axes: readonly Column[];
} {
  const axes = ['x', 'y', 'z'].flatMap((axis) => {
    return columns.filter(({ name, kind }) => name === axis && kind === 'number');
  });
  if (axes[0]?.name !== 'x' || axes[1]?.name !== 'y') return { columns, axes: [] };
  return { columns: columns.filter((column) => !axes.includes(column)), axes };
}

function weigh(columns: readonly Column[]): {
  readonly columns: readonly Column[];
  readonly weight?: Column;
} {
  const weight = columns.find(({ name, kind }) => name === 'weight' && kind === 'number');
  if (weight === undefined) return { columns };
  return { columns: columns.filter((column) => column !== weight), weight };
}

const TYPES = { text: 'string', number: 'double', boolean: 'boolean' } as const;

function attributes(of: 'node' | 'edge', columns: readonly Column[]): string {
  if (columns.length === 0) return '';
  const lines = columns.map(
    ({ name, kind }, k) => `<attribute id="${k}" title="${escapeXml(name)}" type="${TYPES[kind]}"/>\n`,
  );
  return `<attributes class="${of}">\n${lines.join('')}</attributes>\n`;
}

function values(columns: readonly Column[], row: number): string {
  let text = '';
  for (let k = 0; k < columns.length; k++) {
    const value = columns[k]?.textOf(row) ?? '';
    if (value !== '') text += `<attvalue for="${k}" value="${escapeXml(value)}"/>`;
  }
  return text === '' ? '' : `<attvalues>${text}</attvalues>`;
}

function position(axes: readonly Column[], peer: number): string {
  const at = axes.map((axis) => [axis.name, axis.textOf(peer)] as const).filter(([, value]) => value !== '');
  if (at.length === 0) return '';
  return `<viz:position ${at.map(([axis, value]) => `${axis}="${value}"`).join(' ')}/>`;
}

function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  return readXmlGraph(source, options, 'gexf', (reading, xml) => new Handler(reading, xml));
}

interface Attribute {
  readonly name: string;
  readonly of: 'node' | 'edge';
  default: string;
}

class Handler implements XmlGraphHandler {
  declared: boolean | undefined;
  #undeclared = 0;
  #isDynamic = false;
  #class: 'node' | 'edge' = 'node';
  #attribute: Attribute | undefined;
  readonly #attributes = new Map<string, Attribute>();
  /** Peers and links that are open: peers may be inside of others. */
  readonly #open: { readonly what: 'peer' | 'link'; readonly row: number }[] = [];
  readonly #reading: GraphReading;
  readonly #bad: XmlReading['bad'];

  constructor(reading: GraphReading, { bad }: XmlReading) {
    this.#reading = reading;
    this.#bad = bad;
  }

  get notes(): string[] {
    return [
      ...(this.#isDynamic
        ? ['When peers and links were there was not read: they count as there all the time.']
        : []),
      ...(this.#undeclared > 0 ? [`${this.#undeclared} peers are named by links only.`] : []),
    ];
  }

  fillDefaults(): void {
    for (const { name, of, default: text } of this.#attributes.values()) {
      if (text !== '') this.#reading.fill(of === 'node' ? 'peers' : 'links', name, text);
    }
  }

  open(element: string, attributes: Readonly<Record<string, string>>, depth: number): void {
    if (depth === 1 && element !== 'gexf') throw this.#bad(`this is no GEXF: it begins with <${element}>`);
    switch (element) {
      case 'graph':
        this.declared = this.#isDirected(attributes['defaultedgetype'] ?? 'undirected');
        this.#isDynamic = attributes['mode'] === 'dynamic';
        break;
      case 'attributes':
        this.#class = attributes['class'] === 'edge' ? 'edge' : 'node';
        break;
      case 'attribute': {
        const id = this.#need(attributes, 'id');
        this.#attribute = { name: attributes['title'] ?? id, of: this.#class, default: '' };
        this.#attributes.set(`${this.#class} ${id}`, this.#attribute);
        this.#reading.declare(this.#class === 'node' ? 'peers' : 'links', this.#attribute.name);
        break;
      }
      case 'node':
        this.#peer(attributes);
        break;
      case 'edge':
        this.#link(attributes);
        break;
      case 'attvalue':
        this.#value(attributes);
        break;
      case 'position':
        for (const axis of ['x', 'y', 'z']) this.#describe(axis, attributes[axis] ?? '');
        break;
    }
  }

  close(element: string, text: string): void {
    if (element === 'node' || element === 'edge') this.#open.pop();
    else if (element === 'default' && this.#attribute !== undefined) this.#attribute.default = text.trim();
    else if (element === 'attribute') this.#attribute = undefined;
  }

  #peer(attributes: Readonly<Record<string, string>>): void {
    const id = this.#need(attributes, 'id');
    const row = this.#reading.peer(id);
    this.#open.push({ what: 'peer', row });
    const { label } = attributes;
    if (label !== undefined && label !== id) this.#describe('label', label);
  }

  #link(attributes: Readonly<Record<string, string>>): void {
    const ends = ['source', 'target'].map((end) => {
      const id = this.#need(attributes, end);
      if (!this.#reading.has(id)) this.#undeclared += 1;
      return this.#reading.peer(id);
    });
    const { type, weight, label } = attributes;
    const directed = type === undefined ? this.declared : this.#isDirected(type);
    this.#open.push({ what: 'link', row: this.#reading.link(ends[0] ?? 0, ends[1] ?? 0, directed) });
    if (weight !== undefined) this.#describe('weight', weight);
    if (label !== undefined) this.#describe('label', label);
  }

  #value(attributes: Readonly<Record<string, string>>): void {
    const open = this.#open.at(-1);
    // GEXF 1.1 says "id" instead of "for".
    const id = attributes['for'] ?? attributes['id'];
    const attribute = this.#attributes.get(`${open?.what === 'link' ? 'edge' : 'node'} ${id ?? ''}`);
    if (attribute !== undefined) this.#describe(attribute.name, attributes['value'] ?? '');
  }

  #describe(column: string, text: string): void {
    const open = this.#open.at(-1);
    if (open === undefined) return;
    if (open.what === 'peer') this.#reading.describePeer(open.row, column, text);
    else this.#reading.describeLink(open.row, column, text);
  }

  /** mutual is what an older version calls a link both ways. */
  #isDirected(type: string): boolean {
    if (type === 'directed') return true;
    if (type === 'undirected' || type === 'mutual') return false;
    throw this.#bad(`the type of edges is "${type}", and has to be directed, undirected or mutual`);
  }

  #need(attributes: Readonly<Record<string, string>>, name: string): string {
    const value = attributes[name];
    if (value === undefined) throw this.#bad(`an element lacks its attribute ${name}`);
    return value;
  }
}
