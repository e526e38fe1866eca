import { PeerscopeError } from '../core/errors.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import type { Topology } from '../topology/topology.ts';
import type { NumberedLine, ReadTopology, TopologyFileOptions } from './topology-file.ts';

/**
 * An edge list as SNAP publishes them: one link a line, two ids separated by blanks or tabs, `#` for comments. Ids are
 * any text without blanks; only ids that occur are peers. Further columns (a weight) are ignored, but every line must
 * have as many columns as the first. `# Directed graph` or `# Undirected graph` in a comment tells the direction;
 * without it links have none.
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
    builder ??= builderFor(declared);
    builder.link(builder.peer(source), builder.peer(target));
  }
  if (builder === undefined) throw new PeerscopeError('bad-input', `${name} holds no links`);
  const topology = builder.build();
  return { topology, notes: notesOf(topology, declared, options, columns) };
}

function declaredDirection(comment: string): boolean | undefined {
  if (/\bundirected\b/i.test(comment)) return false;
  return /\bdirected\b/i.test(comment) ? true : undefined;
}

function notesOf(
  topology: Topology,
  declared: boolean | undefined,
  options: TopologyFileOptions,
  columns: number,
): string[] {
  const notes: string[] = [];
  if (declared === undefined && options.directed === undefined) {
    notes.push(
      'The file does not say whether its links are directed: read as undirected (--directed changes that).',
    );
  }
  if (columns > 2) notes.push(`Only the first two of ${columns} columns were read.`);
  if (topology.selfLoops > 0) notes.push(`${topology.selfLoops} self-loops were counted and left out.`);
  if (topology.duplicates > 0) notes.push(`${topology.duplicates} repeated links were counted and left out.`);
  return notes;
}

function excerpt(line: string): string {
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
