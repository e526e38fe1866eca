import { MAX_DOT_DEPTH, MAX_DOT_GROUP_LINKS } from '../core/limits.ts';
import type { Column } from './column.ts';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from './described.ts';
import { DotTokens } from './dot-tokens.ts';
import type { Format, FormatSource, WriteOptions } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import { readText } from './texts.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';
import { linkLines, peerLines } from './written-lines.ts';

/** A backslash that a quote, a line end or the end of the text would be taken into. */
const LONE_BACKSLASH = '(?<!\\\\)(?:\\\\\\\\)*\\\\(?=["\\r\\n]|$)|\\0';

/**
 * DOT of Graphviz (https://graphviz.org/doc/info/lang.html). Of the language, nodes, edges (also in chains, and between groups in
 * braces), and their attributes are read; groups are taken apart, and defaults of attributes (`node [...]`) left out.
 */
export const DOT: Format = {
  title: 'DOT',
  holds: {
    direction: true,
    lonelyPeers: true,
    peerColumns: 'all',
    linkColumns: 'all',
    badId: {
      pattern: new RegExp(LONE_BACKSLASH),
      why: 'a backslash at its end, or before a quote or a line end, would be taken for something else',
    },
    badText: new RegExp(LONE_BACKSLASH, 'g'),
  },
  read,
  write,
};

function* write(described: DescribedTopology, { comments }: WriteOptions): Generator<string> {
  const { topology } = described;
  const linkColumns = linkColumnsOf(described);
  const { directed } = topology;
  const peerColumns = peerColumnsOf(described);
  yield comments.map((line) => `// ${line.replaceAll(/\s/g, ' ')}\n`).join('');
  yield `${directed ? 'digraph' : 'graph'} {\n`;
  const ids = topology.ids.map(quoted);
  const [namesOfPeers, namesOfLinks] = [peerColumns, linkColumns].map((columns) =>
    columns.map(({ name }) => quotedText(name)),
  );
  yield* peerLines(
    topology,
    (peer) => `${ids[peer] ?? ''}${attributes(peerColumns, namesOfPeers ?? [], peer)};\n`,
  );
  const arrow = directed ? '->' : '--';
  yield* linkLines(
    topology,
    (source, target, place) =>
      `${ids[source] ?? ''} ${arrow} ${ids[target] ?? ''}${attributes(linkColumns, namesOfLinks ?? [], place)};\n`,
  );
  yield '}\n';
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

function quotedText(text: string): string {
  return quoted(text.replace(DOT.holds.badText ?? '', '\ufffd'));
}

function attributes(columns: readonly Column[], names: readonly string[], row: number): string {
  const set = columns.flatMap((column, k) => {
    const text = column.textOf(row);
    return text === '' ? [] : [`${names[k] ?? ''}=${quotedText(text)}`];
  });
  return set.length === 0 ? '' : ` [${set.join(', ')}]`;
}

async function read(source: FormatSource, options: TopologyFileOptions): Promise<ReadTopology> {
  const { name } = source;
  const parser = new Parser(new DotTokens(await readText(source), name));
  const declared = parser.graph();
  return parser.reading.finish(name, options, { declared, notes: parser.notes });
}

/** Words that begin something else than a peer. */
const DEFAULTS = ['graph', 'node', 'edge'];

class Parser {
  readonly reading = new GraphReading();
  readonly notes: string[] = [];
  readonly #tokens: DotTokens;
  #directed = false;
  #depth = 0;
  #groupLinks = 0;

  constructor(tokens: DotTokens) {
    this.#tokens = tokens;
  }

  /** The first graph of the text; whether it is directed. */
  graph(): boolean {
    const tokens = this.#tokens;
    if (tokens.isWord('strict')) tokens.take();
    this.#directed = tokens.isWord('digraph');
    if (!this.#directed && !tokens.isWord('graph')) throw tokens.unexpected('"graph" or "digraph"');
    tokens.take();
    if (!tokens.isSign('{')) tokens.takeId('a name, or {,');
    this.#group();
    if (tokens.next.kind !== 'end') this.notes.push('Only the first graph was read.');
    return this.#directed;
  }

  /** Statements in braces; the peers that they name. */
  #group(): Set<number> {
    const tokens = this.#tokens;
    if (!tokens.takeSign('{')) throw tokens.unexpected('{');
    if (++this.#depth > MAX_DOT_DEPTH) throw tokens.unexpected(`} of one of ${MAX_DOT_DEPTH} groups`);
    const peers = new Set<number>();
    while (!tokens.takeSign('}')) {
      if (tokens.takeSign(';')) continue;
      for (const peer of this.#statement()) peers.add(peer);
    }
    this.#depth -= 1;
    return peers;
  }

  #statement(): Iterable<number> {
    const tokens = this.#tokens;
    if (DEFAULTS.some((word) => tokens.isWord(word))) {
      tokens.take();
      this.#attributes();
      return [];
    }
    const first = this.#end();
    if (first === 'attribute') return [];
    const ends = [first];
    while (tokens.isSign('--') || tokens.isSign('->')) {
      const arrow = this.#directed ? '->' : '--';
      if (!tokens.takeSign(arrow))
        throw tokens.unexpected(`"${arrow}", in a ${this.#directed ? 'digraph' : 'graph'},`);
      const next = this.#end();
      if (next === 'attribute') throw tokens.unexpected('a peer');
      ends.push(next);
    }
    const described = this.#attributes();
    if (ends.length === 1 && first.isGroup) return first.peers;
    for (let k = 1; k < ends.length; k++)
      this.#join(ends[k - 1]?.peers ?? [], ends[k]?.peers ?? [], described);
    if (ends.length === 1) {
      for (const peer of first.peers)
        for (const [name, text] of described) this.reading.describePeer(peer, name, text);
    }
    return ends.length === 1 ? first.peers : ends.flatMap(({ peers }) => peers);
  }

  #join(
    sources: readonly number[],
    targets: readonly number[],
    described: ReadonlyMap<string, string>,
  ): void {
    const links = sources.length * targets.length;
    if (links > 1) this.#groupLinks += links;
    if (this.#groupLinks > MAX_DOT_GROUP_LINKS) {
      throw this.#tokens.unexpected(`an end of groups that make more than ${MAX_DOT_GROUP_LINKS} links`);
    }
    for (const source of sources) {
      for (const target of targets) {
        const link = this.reading.link(source, target, this.#directed);
        for (const [name, text] of described) this.reading.describeLink(link, name, text);
      }
    }
  }

  /** A peer or a group; or `name = value`, which says something of the drawing. */
  #end(): { readonly isGroup: boolean; readonly peers: readonly number[] } | 'attribute' {
    const tokens = this.#tokens;
    if (tokens.isWord('subgraph')) {
      tokens.take();
      if (!tokens.isSign('{')) tokens.takeId('a name, or {,');
    }
    if (tokens.isSign('{')) return { isGroup: true, peers: [...this.#group()] };
    const id = tokens.takeId('a peer or }');
    if (tokens.takeSign('=')) {
      tokens.takeId('a value');
      return 'attribute';
    }
    // A port is a place at the picture of a peer.
    for (let ports = 0; ports < 2 && tokens.takeSign(':'); ports++) tokens.takeId('a port');
    return { isGroup: false, peers: [this.reading.peer(id)] };
  }

  #attributes(): ReadonlyMap<string, string> {
    const tokens = this.#tokens;
    const found = new Map<string, string>();
    while (tokens.takeSign('[')) {
      while (!tokens.takeSign(']')) {
        const name = tokens.takeId('an attribute or ]');
        found.set(name, tokens.takeSign('=') ? tokens.takeId('a value') : 'true');
        if (!tokens.takeSign(',')) tokens.takeSign(';');
      }
    }
    return found;
  }
}
