import { createRandom } from '../core/random.ts';
import { growthOf, type Growth } from '../statistics/growth.ts';
import { mean, standardError } from '../statistics/sample-mean.ts';
import { measure, type Measured } from './measure.ts';
import type { Paradigm } from './paradigm.ts';
import { workloadOf, type QueryRates } from './workload.ts';

export interface ComparisonOptions {
  /** Numbers of peers, ascending. */
  readonly sizes: readonly number[];
  readonly paradigms: readonly Paradigm[];
  readonly queries: number;
  readonly copies: number;
  readonly zipf: number;
  readonly rates: QueryRates;
  /** Overlays of each size; without it as many as have 10,000 peers together, at most ten. */
  readonly runs?: number;
  readonly seed: number;
}

/** One paradigm at one size, in the mean over some overlays. */
export interface Point extends Measured {
  readonly paradigm: Paradigm;
  readonly peers: number;
  readonly runs: number;
}

/** What is looked at as it grows. */
export const GROWING = [
  'hops',
  'messages',
  'bytes',
  'success',
  'stateMean',
  'stateMost',
  'joinMessages',
] as const;
export type GrowingMetric = (typeof GROWING)[number];

export interface ParadigmGrowth {
  readonly paradigm: Paradigm;
  readonly metric: GrowingMetric;
  readonly growth: Growth | null;
}

export interface ParadigmComparison {
  readonly points: readonly Point[];
  readonly growth: readonly ParadigmGrowth[];
}

/** Peers that the overlays of one size have together, and how many overlays that may be. */
const PEERS_OF_A_SIZE = 10_000;
const MOST_RUNS = 10;

/**
 * Puts the same queries for the same content to each paradigm, at each size. Every overlay, and what it is asked, depends on
 * the seed, the size, its number and its name only: leaving one paradigm out changes nothing in the others.
 * @param onStep called before each measurement with how many there are and how many are done.
 */
export function compareParadigms(
  options: ComparisonOptions,
  onStep: (done: number, all: number, what: string) => void,
): ParadigmComparison {
  const { sizes, paradigms } = options;
  const points: Point[] = [];
  for (const peers of sizes) {
    const runs = options.runs ?? Math.min(MOST_RUNS, Math.max(1, Math.floor(PEERS_OF_A_SIZE / peers)));
    const measured = paradigms.map((): Measured[] => []);
    for (let run = 0; run < runs; run++) {
      const random = createRandom(options.seed).fork(`${peers} peers, overlay ${run}`);
      const workload = workloadOf({ ...options, peers }, random.fork('workload'));
      paradigms.forEach((paradigm, k) => {
        onStep(points.length + k, sizes.length * paradigms.length, `${paradigm.name}, ${peers} peers`);
        measured[k]!.push(measure(paradigm, workload, random.fork(paradigm.name)));
      });
    }
    points.push(...paradigms.map((paradigm, k) => pointOf(paradigm, peers, measured[k]!)));
  }
  return { points, growth: paradigms.flatMap((paradigm) => growthIn(paradigm, points)) };
}

function growthIn(paradigm: Paradigm, points: readonly Point[]): ParadigmGrowth[] {
  const own = points.filter((point) => point.paradigm === paradigm);
  return GROWING.map((metric) => ({
    paradigm,
    metric,
    growth: growthOf(own.map((point) => ({ n: point.peers, y: point[metric] ?? 0 }))),
  }));
}

function pointOf(paradigm: Paradigm, peers: number, runs: readonly Measured[]): Point {
  const over = (of: (one: Measured) => number): number => mean(runs.map(of));
  const answered = runs.flatMap(({ hops }) => (hops === null ? [] : [hops]));
  return {
    paradigm,
    peers,
    runs: runs.length,
    hops: answered.length > 0 ? mean(answered) : null,
    messages: over((one) => one.messages),
    bytes: over((one) => one.bytes),
    success: over((one) => one.success),
    errors: errorsOf(runs),
    stateMean: over((one) => one.stateMean),
    stateMost: over((one) => one.stateMost),
    loadMedian: over((one) => one.loadMedian),
    loadMost: over((one) => one.loadMost),
    busiestShare: over((one) => one.busiestShare),
    loadGini: over((one) => one.loadGini),
    joinMessages: over((one) => one.joinMessages),
    withoutBusiest: over((one) => one.withoutBusiest),
    remains: runs[0]!.remains.map((first, k) => ({
      ...first,
      success: over((one) => one.remains[k]!.success),
      giantShare: over((one) => one.remains[k]!.giantShare),
    })),
  };
}

/** From how several overlays differ; of a single one from its queries, which do not know that another overlay would differ. */
function errorsOf(runs: readonly Measured[]): Measured['errors'] {
  if (runs.length < 2) return runs[0]!.errors;
  return {
    messages: standardError(runs.map((one) => one.messages)),
    success: standardError(runs.map((one) => one.success)),
  };
}

/** Without it next to nothing works: less than half of what worked before. */
export function hasSinglePoint({ success, withoutBusiest }: Measured): boolean {
  return success > 0 && withoutBusiest < success / 2;
}
