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
const SECONDS_OF_BATCH = 25e-9;
const SECONDS_OF_RANK_STEP = 3e-9;
const RANK_STEPS = 170;
const SOURCES_PER_BATCH = 128;

/** An estimate without looking at more than degrees; a small epsilon may ask for more than it says. O(n). */
export function planCentrality(topology: Topology, options: AnalysisOptions): CentralityPlan {
  const { offsets, targets } = topology.simple;
  const { size } = topology;
  let core = 0;
  for (let peer = 0; peer < size; peer++) if (offsets[peer + 1]! - offsets[peer]! > 1) core++;
  const ends = targets.length - (size - core);
  const batches = (sources: number): number => Math.ceil(sources / SOURCES_PER_BATCH);
  const part = (exactSeconds: number, sampledSeconds: number): Part => {
    const exact = options.exact || exactSeconds <= MOST_EXACT_SECONDS;
    return { exact, seconds: exact ? exactSeconds : sampledSeconds };
  };
  return {
    betweenness: part(core * ends * SECONDS_OF_DEPENDENCIES, SECONDS_OF_EFFORT),
    closeness: part(
      batches(core) * ends * SECONDS_OF_BATCH,
      batches(options.sources) * targets.length * SECONDS_OF_BATCH,
    ),
    pageRankSeconds: RANK_STEPS * topology.links.targets.length * SECONDS_OF_RANK_STEP,
    // Two orders of the rows, four words a peer twice, and sums for each peer.
    bytes: 8 * targets.length + 200 * size,
  };
}
