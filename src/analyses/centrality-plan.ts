import { coreOf, secondsPerSource } from '../topology/search-cost.ts';
import type { Topology } from '../topology/topology.ts';
import type { AnalysisOptions } from './analysis.ts';
import { SECONDS_OF_EFFORT } from './betweenness-sample.ts';

/** What centrality will take, and which parts of it are to be exact. */
export interface CentralityPlan {
  readonly betweenness: Part;
  readonly closeness: Part;
  readonly pageRankSeconds: number;
  readonly bytes: number;
}

interface Part {
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
  const { peers, ends } = coreOf(simple);
  const search = secondsPerSource(simple);
  const part = (exactSeconds: number, sampledSeconds: number): Part => {
    const exact = options.exact || exactSeconds <= MOST_EXACT_SECONDS;
    return { exact, seconds: exact ? exactSeconds : sampledSeconds };
  };
  return {
    betweenness: part(peers * ends * SECONDS_OF_DEPENDENCIES, SECONDS_OF_EFFORT),
    closeness: part(peers * search, options.sources * search),
    pageRankSeconds: RANK_STEPS * topology.links.targets.length * SECONDS_OF_RANK_STEP,
    // Two orders of the rows, four words a peer twice, and sums for each peer.
    bytes: 8 * simple.targets.length + 200 * size,
  };
}
