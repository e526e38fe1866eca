import { PeerscopeError } from '../core/errors.ts';
import type { Format } from './format.ts';

/** A format by which it is known without loading it. */
export interface RegisteredFormat {
  readonly name: string;
  /** Ends of names; each also with `.gz`. */
  readonly extensions: readonly string[];
  /** How its files begin, after comments and blanks; for files whose name does not tell. */
  readonly begins?: RegExp;
  readonly load: () => Promise<Format>;
}

/** Every format of a topology file. A new one is a file and an entry here. */
export const FORMATS = [
  {
    name: 'edge-list',
    extensions: ['.txt', '.tsv', '.edges', '.edgelist', '.el'],
    load: async () => (await import('./snap.ts')).EDGE_LIST,
  },
  { name: 'csv', extensions: ['.csv'], load: async () => (await import('./csv.ts')).CSV },
  {
    name: 'graphml',
    extensions: ['.graphml'],
    begins: /^(?:<[^]{0,2000}?)??<(?:\w+:)?graphml[\s>]/,
    load: async () => (await import('./graphml.ts')).GRAPHML,
  },
  {
    name: 'gexf',
    extensions: ['.gexf'],
    begins: /^(?:<[^]{0,2000}?)??<(?:\w+:)?gexf[\s>]/,
    load: async () => (await import('./gexf.ts')).GEXF,
  },
  {
    name: 'pajek',
    extensions: ['.net', '.paj'],
    begins: /^\*(?:vertices +\d|network )/i,
    load: async () => (await import('./pajek.ts')).PAJEK,
  },
  {
    name: 'dot',
    extensions: ['.dot', '.gv'],
    begins: /^(?:\/\/[^\n]*\n\s*)*(?:strict\s+)?(?:di)?graph\b[^{\n\t]*\{/i,
    load: async () => (await import('./dot.ts')).DOT,
  },
  {
    name: 'json',
    extensions: ['.json'],
    begins: /^\{\s*["}]/,
    load: async () => (await import('./json-graph.ts')).JSON_GRAPH,
  },
  {
    name: 'parquet',
    extensions: ['.parquet'],
    begins: /^PAR1[^\s\w]/,
    load: async () => (await import('./parquet.ts')).PARQUET,
  },
] as const satisfies readonly RegisteredFormat[];

export type FormatName = (typeof FORMATS)[number]['name'];

export const FORMAT_NAMES: readonly FormatName[] = FORMATS.map(({ name }) => name);

export function formatNamed(name: FormatName): RegisteredFormat {
  return FORMATS.find((format) => format.name === name) ?? FORMATS[0];
}

/** The format that the end of a path says. */
export function formatOfPath(path: string): RegisteredFormat | undefined {
  const plain = path.toLowerCase().replace(/\.gz$/, '');
  return FORMATS.find(({ extensions }) => extensions.some((extension) => plain.endsWith(extension)));
}

/** The format of a file that is called so and begins so: by the end of its name, else by what stands in it. */
export function recognise(path: string, begin: string): RegisteredFormat {
  const byName = formatOfPath(path);
  // All kinds of things are called .txt.
  if (byName !== undefined && byName.name !== 'edge-list') return byName;
  const byContent = FORMATS.find((format: RegisteredFormat) => format.begins?.test(begin));
  if (byContent !== undefined) return byContent;
  // Ids of an edge list that has tabs may have any other sign.
  return formatNamed(/^[^\n\t]*[,;][^\n\t]*(\n|$)/.test(begin) ? 'csv' : 'edge-list');
}

/** @throws {PeerscopeError} (usage) for a path that does not say in which format to write. */
export function writtenFormat(path: string, asked: FormatName | undefined): RegisteredFormat {
  const format = asked === undefined ? formatOfPath(path) : formatNamed(asked);
  if (format !== undefined) return format;
  const extensions = FORMATS.map((each) => each.extensions[0]);
  throw new PeerscopeError('usage', `"${path}" does not say in which format to write`, {
    hint: `Its name has to end with one of ${extensions.join(', ')}, also with .gz; or name the format with --to.`,
  });
}
