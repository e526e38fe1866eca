import { coreOf, secondsPerSource } from '../topology/search-cost.ts';
import type { Topology } from '../topology/topology.ts';
import type { AnalysisOptions } from './analysis.ts';
import { SECONDS_OF_EFFORT } from './betweenness-sample.ts';

/** What centrality will take, and which parts of it are to be exact. */
export interface CentralityPlan {
  /** None for a measure that is not taken. */
  readonly betweenness: Part | undefined;
  readonly closeness: Part | undefined;
  readonly pageRankSeconds: number;
  readonly bytes: number;
}

/** Whether a measure is to be exact, and about how long that takes. */
export interface Part {
  readonly exact: boolean;
  readonly seconds: number;
}

/** Longer than this, on one core, and a part is sampled unless exact figures are asked for. */
const MOST_EXACT_SECONDS = 30;

/** Measured: seconds for one link, seen from one of its ends. */
const SECONDS_OF_DEPENDENCIES = 6e-9;
const SECONDS_OF_RANK_STEP = 3e-9;
const RANK_STEPS = 170;

/** An estimate from the degrees and the depth; a small epsilon may ask for more than it says. O(n + links). */
export function planCentrality(topology: Topology, options: AnalysisOptions): CentralityPlan {
  const { simple, size } = topology;
  const { measures } = options;
  const part = (exactSeconds: number, sampledSeconds: number): Part => {
    const exact = options.exact || exactSeconds <= MOST_EXACT_SECONDS;
    return { exact, seconds: exact ? exactSeconds : sampledSeconds };
  };
  const through = measures.includes('betweenness');
  const near = measures.includes('closeness');
  const { peers, ends } = through || near ? coreOf(simple) : { peers: 0, ends: 0 };
  const search = near ? secondsPerSource(simple) : 0;
  return {
    betweenness: through ? part(peers * ends * SECONDS_OF_DEPENDENCIES, SECONDS_OF_EFFORT) : undefined,
    closeness: near ? part(peers * search, options.sources * search) : undefined,
    pageRankSeconds: measures.includes('page-rank')
      ? RANK_STEPS * (topology.links.targets.length + size) * SECONDS_OF_RANK_STEP
      : 0,
    // Two orders of the rows, four words a peer twice, and sums for each peer.
    bytes: 8 * simple.targets.length + 200 * size,
  };
}
