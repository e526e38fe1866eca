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
