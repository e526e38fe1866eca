import { PeerscopeError } from '../core/errors.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import {
  readingNotes,
  USUAL_ENDS,
  type NumberedLine,
  type ReadTopology,
  type TopologyFileOptions,
} from './topology-file.ts';

/**
 * An edge list as SNAP publishes them: one link a line, two ids separated by blanks or tabs, `#` for comments. Ids are
 * any text without blanks; only ids that occur are peers. Further columns (a weight) are ignored, but every line must
 * have as many columns as the first. `# Directed graph` or `# Undirected graph` in a comment tells the direction;
 * without it links have none. A first line `source target` (or `from to`, `src dst`) is a header, and no link.
 */
export async function readEdgeList(
  lines: AsyncIterable<NumberedLine>,
  name: string,
  options: TopologyFileOptions,
): Promise<ReadTopology> {
  const builderFor = (declared: boolean | undefined): TopologyBuilder =>
    new TopologyBuilder(options.directed ?? declared ?? false);
  let declared: boolean | undefined;
  let builder: TopologyBuilder | undefined;
  let columns = 0;
  let header: string | undefined;
  for await (const { text, number } of lines) {
    const line = text.trim();
    if (line === '') continue;
    if (line.startsWith('#') || line.startsWith('%')) {
      // Links before it have been read by then, so that a later word would come too late.
      if (builder === undefined) declared ??= declaredDirection(line);
      continue;
    }
    const cells = line.split(/\s+/);
    const [source, target] = cells;
    if (source === undefined || target === undefined) {
      throw new PeerscopeError(
        'bad-input',
        `${name} line ${number} has one column, and a link needs two ids: "${excerpt(line)}"`,
      );
    }
    columns ||= cells.length;
    if (cells.length !== columns) {
      throw new PeerscopeError(
        'bad-input',
        `${name} line ${number} has ${cells.length} columns, the lines before it ${columns}`,
      );
    }
    if (builder === undefined && header === undefined && isHeader(source, target)) {
      header = `"${source}" and "${target}"`;
      continue;
    }
    builder ??= builderFor(declared);
    builder.link(builder.peer(source), builder.peer(target));
  }
  if (builder === undefined) throw new PeerscopeError('bad-input', `${name} holds no links`);
  const topology = builder.build();
  return {
    topology,
    notes: [
      ...(header === undefined ? [] : [`The first line is a header: ${header}.`]),
      ...(columns > 2 ? [`Only the first two of ${columns} columns were read.`] : []),
      ...readingNotes(topology, options.directed ?? declared),
    ],
  };
}

function declaredDirection(comment: string): boolean | undefined {
  if (/\bundirected\b/i.test(comment)) return false;
  return /\bdirected\b/i.test(comment) ? true : undefined;
}

function isHeader(source: string, target: string): boolean {
  return USUAL_ENDS.some(([from, to]) => source.toLowerCase() === from && target.toLowerCase() === to);
}

function excerpt(line: string): string {
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
