import { PeerscopeError } from '../core/errors.ts';
import type { Topology } from '../topology/topology.ts';
import type { DescribedTopology } from './described.ts';

/** What a user can say about a topology file. */
export interface TopologyFileOptions {
  /** Whether links have a direction; by default what the file itself says, else no. */
  readonly directed?: boolean;
  /** Whether what else a snapshot says of its peers and links is wanted, beside its topology. */
  readonly describe?: boolean;
  /** The names of the two columns of a CSV or Parquet file that hold the ends of a link. */
  readonly source?: string;
  readonly target?: string;
}

/** A topology with what its reader has to be told about how it was read, one sentence each. */
export interface ReadTopology extends DescribedTopology {
  readonly notes: readonly string[];
}

export interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/** Names under which tools write the two ends of a link. */
export const USUAL_ENDS = [
  ['source', 'target'],
  ['from', 'to'],
  ['fromnodeid', 'tonodeid'],
  ['src', 'dst'],
] as const;

/**
 * The columns with the ends of a link: those that the user names, else of a usual pair of names.
 * @throws {PeerscopeError} (bad-input, usage) where there are none such.
 */
export function chooseEnds(
  header: readonly string[],
  name: string,
  options: TopologyFileOptions,
): readonly [source: string, target: string] {
  if (options.source !== undefined && options.source === options.target) {
    throw new PeerscopeError('usage', `--source and --target both name the column "${options.source}"`);
  }
  const ends = USUAL_ENDS.map(
    ([source, target]) => [options.source ?? source, options.target ?? target] as const,
  ).find((pair) => pair.every((column) => header.includes(column)));
  if (ends !== undefined) return ends;
  const wrong = [options.source, options.target].find((column) => column && !header.includes(column));
  const missing = wrong === undefined ? 'columns "source" and "target"' : `column "${wrong}"`;
  throw new PeerscopeError(
    'bad-input',
    `${name} has no ${missing}; it has ${header.map((cell) => JSON.stringify(cell)).join(', ')}`,
    { hint: 'Name the two columns with --source and --target.' },
  );
}

/** What has to be told of every file of links: how its direction was taken, and what was counted and left out. */
export function readingNotes(topology: Topology, declared: boolean | undefined): string[] {
  const notes: string[] = [];
  if (declared === undefined) {
    notes.push(
      'The file does not say whether its links are directed: read as undirected (--directed changes that).',
    );
  }
  if (topology.selfLoops > 0) notes.push(`${topology.selfLoops} self-loops were counted and left out.`);
  if (topology.duplicates > 0) notes.push(`${topology.duplicates} repeated links were counted and left out.`);
  return notes;
}
