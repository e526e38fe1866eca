import type { Topology } from '../topology/topology.ts';

/** What a user can say about a topology file. */
export interface TopologyFileOptions {
  /** Whether links have a direction; by default what the file itself says, else no. */
  readonly directed?: boolean;
  /** The names of the two columns of a CSV file that hold the ends of a link. */
  readonly source?: string;
  readonly target?: string;
}

/** A topology with what its reader has to be told about how it was read, one sentence each. */
export interface ReadTopology {
  readonly topology: Topology;
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
