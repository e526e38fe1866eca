import { PeerscopeError } from '../core/errors.ts';
import { MAX_UNLISTED_VERTICES } from '../core/limits.ts';
import type { Column } from './column.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import { readLines } from './lines.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';
import { linkLines, peerLines } from './written-lines.ts';

const AXES = ['x', 'y', 'z'] as const;

/**
 * A network of Pajek (http://mrvar.fdv.uni-lj.si/pajek/): numbered vertices with a label, perhaps coordinates; arcs and edges, perhaps
 * with a weight. Quotes and backslashes in labels have a backslash in front, as igraph writes them and networkx reads them.
 */
export const PAJEK: Format = {
  title: 'Pajek',
  holds: {
    direction: true,
    lonelyPeers: true,
    peerColumns: AXES,
    linkColumns: ['weight'],
    badId: { pattern: /[\r\n\0]/, why: 'a label cannot have a line end' },
  },
  read,
  write,
};

function* write(described: DescribedTopology, { comments }: WriteOptions): Generator<string> {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  const columns = peerColumnsOf(described);
  const places = AXES.map((axis) => columns.find(({ name, kind }) => name === axis && kind === 'number'));
  const [x, y] = places;
  const weight = linkColumns.find(({ name, kind }) => name === 'weight' && kind === 'number');
  yield comments.map((line) => `% ${line.replaceAll(/\s/g, ' ')}\n`).join('');
  yield `*Vertices ${topology.size}\n`;
  yield* peerLines(topology, (peer) => {
    const label = topology.idOf(peer).replace(/["\\]/g, '\\$&');
    // A vertex with one coordinate cannot be told from one with two.
    const place = x === undefined || y === undefined ? '' : coordinates(places, peer);
    return `${peer + 1} "${label}"${place}\n`;
  });
  yield topology.directed ? '*Arcs\n' : '*Edges\n';
  yield* linkLines(topology, (source, target, place) => {
    const text = weight?.textOf(place) ?? '';
    return `${source + 1} ${target + 1}${text === '' ? '' : ` ${text}`}\n`;
  });
}

function coordinates(places: readonly (Column | undefined)[], peer: number): string {
  let text = '';
  for (const axis of places) {
    const value = axis?.textOf(peer) ?? '';
    if (value === '') break;
    text += ` ${value}`;
  }
  return text;
}

async function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  const { name } = source;
  const pajek = new Reading(name);
  for await (const { text, number } of readLines(source.chunks, name)) pajek.take(text, number);
  return pajek.finish(options);
}

type Section = 'vertices' | 'arcs' | 'edges' | 'arcslist' | 'edgeslist' | 'skipped';

const SECTIONS: Readonly<Record<string, Section>> = {
  vertices: 'vertices',
  arcs: 'arcs',
  edges: 'edges',
  arcslist: 'arcslist',
  edgeslist: 'edgeslist',
  network: 'skipped',
  partition: 'skipped',
  vector: 'skipped',
  permutation: 'skipped',
  cluster: 'skipped',
};

class Reading {
  readonly #name: string;
  readonly #graph = new GraphReading();
  #section: Section | undefined;
  #vertices: number | undefined;
  /** The label of each vertex, by its number; undefined for one that was not listed. */
  readonly #labels = new Map<number, string>();
  #renamed = 0;
  #hasSkipped = false;
  /** Whether the section of links that came first, if one came, is of arcs. */
  #declared = false;
  #areVerticesDone = false;
  #line = 0;

  constructor(name: string) {
    this.#name = name;
  }

  take(line: string, number: number): void {
    this.#line = number;
    const text = (number === 1 ? line.replace(/^\ufeff/, '') : line).trim();
    if (text === '' || text.startsWith('%')) return;
    if (text.startsWith('*')) {
      this.#begin(text);
      return;
    }
    switch (this.#section) {
      case 'vertices':
        this.#vertex(text);
        break;
      case 'arcs':
      case 'edges':
        this.#link(text, this.#section === 'arcs');
        break;
      case 'arcslist':
      case 'edgeslist': {
        const [source = '', ...targets] = text.split(/\s+/);
        for (const target of targets) this.#add(source, target, this.#section === 'arcslist');
        break;
      }
      case 'skipped':
        break;
      case undefined:
        throw this.#bad('comes before *Vertices: this is no Pajek network');
    }
  }

  finish(options: TopologyFileOptions): ReadTopology {
    if (this.#vertices === undefined) {
      throw new PeerscopeError('bad-input', `${this.#name} has no *Vertices: it is no Pajek network`);
    }
    this.#nameVertices();
    const notes = [
      ...(this.#renamed > 0
        ? [`${this.#renamed} labels stood before or are another's number: their number was put behind them.`]
        : []),
      ...(this.#hasSkipped ? ['Only the network was read: what else is in the file was left out.'] : []),
    ];
    return this.#graph.finish(this.#name, options, { declared: this.#declared, notes });
  }

  #begin(text: string): void {
    const [word = '', count] = text.slice(1).split(/[\s:]+/);
    const section = SECTIONS[word.toLowerCase()];
    if (section === undefined) {
      throw this.#bad(`has "*${word}", which is not read`);
    }
    this.#section = section;
    if (section === 'skipped') this.#hasSkipped ||= word.toLowerCase() !== 'network';
    else if (section !== 'vertices') {
      if (!this.#areVerticesDone) this.#declared = section.startsWith('arcs');
      this.#nameVertices();
    } else if (this.#vertices !== undefined) {
      // A second network of a project file, or the vertices of a partition.
      this.#section = 'skipped';
      this.#hasSkipped = true;
    } else {
      this.#vertices = wholeNumber(count ?? '');
      if (this.#vertices === undefined) throw this.#bad('does not say how many vertices there are');
    }
  }

  #vertex(text: string): void {
    const parts = /^(\d+)(?:\s+(?:"((?:[^"\\]|\\.)*)"|([^"\s]\S*))(.*))?$/.exec(text);
    if (parts === null) throw this.#bad(`is no vertex, which is a number and a label: "${shorten(text)}"`);
    const [, digits = '', quoted, bare, rest = ''] = parts;
    const number = this.#number(digits);
    if (this.#labels.has(number)) throw this.#bad(`has the vertex ${number} once more`);
    const row = this.#graph.peer(
      this.#labelOf(number, quoted?.replace(/\\(["\\])/g, '$1') ?? bare ?? digits),
    );
    rest
      .trim()
      .split(/\s+/)
      .slice(0, AXES.length)
      .every((value, k) => {
        const axis = AXES[k];
        const isCoordinate = axis !== undefined && value !== '' && Number.isFinite(Number(value));
        if (isCoordinate) this.#graph.describePeer(row, axis, value);
        return isCoordinate;
      });
  }

  /** A label that no vertex before has: two vertices are not one because they are called the same. */
  #labelOf(number: number, label: string): string {
    let free = label;
    if (this.#graph.has(label)) {
      this.#renamed += 1;
      for (free = `${label} (${number})`; this.#graph.has(free); free += '*');
    }
    this.#labels.set(number, free);
    return free;
  }

  /** Vertices may be counted and not listed; then their number is what they are called. */
  #nameVertices(): void {
    const size = this.#vertices ?? 0;
    if (this.#areVerticesDone) return;
    this.#areVerticesDone = true;
    if (size - this.#labels.size > MAX_UNLISTED_VERTICES) {
      throw this.#bad(
        `comes after ${this.#labels.size} of ${size} vertices: more than ${MAX_UNLISTED_VERTICES} are missing`,
      );
    }
    for (let number = 1; number <= size; number++) {
      if (!this.#labels.has(number)) this.#graph.peer(this.#labelOf(number, String(number)));
    }
  }

  #link(text: string, directed: boolean): void {
    const [source = '', target, weight] = text.split(/\s+/);
    if (target === undefined) throw this.#bad(`has one number, and a link needs two: "${shorten(text)}"`);
    const link = this.#add(source, target, directed);
    if (weight !== undefined && Number.isFinite(Number(weight)))
      this.#graph.describeLink(link, 'weight', weight);
  }

  #add(source: string, target: string, directed: boolean): number {
    const [from, to] = [source, target].map((digits) =>
      this.#graph.peer(this.#labels.get(this.#number(digits)) ?? ''),
    );
    return this.#graph.link(from ?? 0, to ?? 0, directed);
  }

  #number(digits: string): number {
    const number = wholeNumber(digits);
    if (this.#vertices === undefined) throw this.#bad('comes before *Vertices');
    if (number === undefined || number < 1 || number > this.#vertices) {
      throw this.#bad(
        `has "${shorten(digits)}" for a vertex, and they are numbered from 1 to ${this.#vertices}`,
      );
    }
    return number;
  }

  #bad(what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#name} line ${this.#line} ${what}`);
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
