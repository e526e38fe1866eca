import type { Chart } from '../core/chart.ts';
import { ALONE, type Crew } from '../core/crew.ts';
import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';

/** One question to a topology. The registry is `index.ts`; a new analysis is one file and one line there. */
export interface Analysis<Result = unknown> {
  /** Kebab-case; the key in JSON and the name for `--only`. */
  readonly name: string;
  /** The question in one sentence, for `--list` and the docs. */
  readonly question: string;
  /** What exactly the numbers are, and on which projection of the links, for whoever reports them. */
  readonly definition: string;
  /** Where the definitions and algorithms come from: author, title, year. */
  readonly sources: readonly string[];
  /** What it will take, where that may be long; an analysis without it takes about as long as reading the input. */
  cost?(topology: Topology, options: AnalysisOptions): Cost;
  /** The result as it goes into JSON: plain data, camelCase keys. */
  run(topology: Topology, options: AnalysisOptions, work: Work): Result | Promise<Result>;
  /** The same numbers for people and spreadsheets; the first table is the one that `--only NAME --format csv` prints. */
  tables(result: Result): readonly Table[];
  /** What a person should see drawn. */
  charts?(result: Result): readonly Chart[];
  /** How it was measured, in sentences for the methods section of a paper, with the numbers of this run. */
  methods(result: Result, options: AnalysisOptions): readonly string[];
}

/** An estimate of what an analysis takes, on one core of the machines that it was measured on. */
export interface Cost {
  readonly seconds: number;
  /** Besides the topology. */
  readonly bytes: number;
}

/** What a run may use, and whom it tells how far it is. */
export interface Work {
  readonly crew: Crew;
  /** @param share how much is done, 0 to 1. Called as often as is convenient. */
  readonly progress: (share: number) => void;
}

/** This thread alone, and nobody watching. */
export const QUIET_WORK: Work = { crew: ALONE, progress: () => undefined };

/** What a user can set for a run of analyses. */
export interface AnalysisOptions {
  /** Seeds every random draw of an analysis. */
  readonly seed: number;
  /** Replicates of a parametric bootstrap. */
  readonly bootstrap: number;
  /** Degree laws to test, by name (`pure`, `hybrid`, `power-law:1-32` …). */
  readonly laws: readonly string[];
  /** Exact answers even where a sample is what the size suggests. */
  readonly exact: boolean;
  /** Peers from which distances are measured where they are sampled. */
  readonly sources: number;
  /** Approximate betweenness: every peer's value is within `epsilon` with probability 1 - `delta`. */
  readonly epsilon: number;
  readonly delta: number;
  /** Random orders of removal, and random graphs to compare with. */
  readonly runs: number;
  /** In which orders peers are removed, of those that `REMOVAL_STRATEGIES` has. */
  readonly strategies: readonly RemovalStrategy[];
  /** Which measures of centrality are taken. */
  readonly measures: readonly CentralityMeasure[];
}

export const CENTRALITY_MEASURES = ['betweenness', 'closeness', 'page-rank'] as const;
export type CentralityMeasure = (typeof CENTRALITY_MEASURES)[number];

/** At random; by the degree in the whole overlay; always a peer of the largest degree that is left; declared superpeers first. */
export const REMOVAL_STRATEGIES = ['random', 'degree', 'degree-recomputed', 'superpeers'] as const;
export type RemovalStrategy = (typeof REMOVAL_STRATEGIES)[number];

export const DEFAULT_ANALYSIS_OPTIONS: AnalysisOptions = {
  seed: 1,
  bootstrap: 999,
  laws: ['pure', 'hybrid'],
  exact: false,
  sources: 1024,
  epsilon: 0.01,
  delta: 0.01,
  runs: 10,
  strategies: REMOVAL_STRATEGIES,
  measures: CENTRALITY_MEASURES,
};
