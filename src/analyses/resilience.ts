import { runPieces } from '../core/pieces.ts';
import { createRandom } from '../core/random.ts';
import { randomFailureThreshold } from '../statistics/percolation-threshold.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { removeInOrder } from '../topology/percolation.ts';
import { degreeOrder, markedFirst, recomputedDegreeOrder } from '../topology/removal-orders.ts';
import { shareRows } from '../topology/shared-rows.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, RemovalStrategy as Strategy, Work } from './analysis.ts';
import { degreeMoments, degreesOf } from './degrees.ts';
import { randomRemoval, removalOutcome, type RemovalOutcome } from './random-removal.ts';
import { evenPoints, pointsAlong } from './removal-points.ts';
import type { RemovalPoint, ResilienceResult, StrategySummary } from './resilience-result.ts';
import { resilienceCharts, resilienceTables } from './resilience-tables.ts';

/** Does the overlay hold together while peers leave it? O(runs x (n + links) α(n)). */
export const resilience = {
  name: 'resilience',
  question:
    'How much of the overlay stays connected while peers are removed, at random or the important ones first?',
  definition:
    'Of the undirected simple graph below the links. giantShare: peers of the largest component after so many removals, as a share of all peers that there were at first. Strategies: random (mean and 5-95 % band of the runs); degree (by the degree in the whole overlay, largest first); degree-recomputed (always a peer of the largest degree among those left); superpeers (declared superpeers first, then the others, in random order); ties are broken at random. threshold: the removed share at which the mean size of the other components, over the peers left, is largest; beside it what the degrees let expect for random removal of an uncorrelated graph, 1 - 1 / (kappa - 1) with kappa = mean squared degree / mean degree. robustness: mean of giantShare over all removals.',
  sources: [
    'R. Albert, H. Jeong, A.-L. Barabási: Error and attack tolerance of complex networks, 2000',
    'M. E. J. Newman, R. M. Ziff: Efficient Monte Carlo algorithm and high-precision results for percolation, 2000',
    'R. Cohen, K. Erez, D. ben-Avraham, S. Havlin: Resilience of the Internet to random breakdowns, 2000',
    'C. M. Schneider et al.: Mitigation of malicious attacks on networks, 2011',
  ],
  cost: (topology, { runs }) => ({
    seconds: (runs + STEADY_RUNS) * (topology.size + topology.simple.targets.length) * SECONDS_PER_LINK_END,
    bytes: BYTES_PER_PEER * topology.size,
  }),
  run: async (topology, options, work) => {
    if (topology.size === 0) return NOTHING;
    const found = [
      ...(options.strategies.includes('random') ? [await removeAtRandom(topology, options, work)] : []),
      ...removeByPlan(topology, options),
    ];
    work.progress(1);
    const linked = topology.linkCount > 0;
    const strategies = found.map(({ summary }) => (linked ? summary : { ...summary, ...NO_THRESHOLD }));
    const { mean, variance } = degreeMoments(degreesOf(topology.simple));
    const kappa = linked ? (variance + mean ** 2) / mean : null;
    return {
      curve: found.flatMap(({ curve }) => curve),
      threshold: strategies.find(({ strategy }) => strategy === 'random')?.threshold ?? null,
      predictedThreshold: kappa === null ? null : randomFailureThreshold(kappa),
      kappa,
      strategies,
    };
  },
  tables: resilienceTables,
  charts: resilienceCharts,
  methods: ({ strategies }, { seed, runs }) => [
    `Peers were removed one by one (${strategies.map(({ strategy }) => strategy).join(', ')}; ${runs} random orders, seed ${seed}), and the largest component was followed through every step (Newman & Ziff 2000).`,
    'The threshold is the removed share at which the mean size of the other components is largest.',
  ],
} satisfies Analysis<ResilienceResult>;

/** Measured at a million peers: one order takes about .2 s, and planned ones as long as so many random ones. */
const SECONDS_PER_LINK_END = 2e-8;
const STEADY_RUNS = 4;
const BYTES_PER_PEER = 32;

const NOTHING: ResilienceResult = {
  curve: [],
  threshold: null,
  predictedThreshold: null,
  kappa: null,
  strategies: [],
};
const NO_THRESHOLD = { threshold: null, thresholdDeviation: null };

interface StrategyFinding {
  readonly curve: readonly RemovalPoint[];
  readonly summary: StrategySummary;
}

async function removeAtRandom(
  { simple, size }: Topology,
  { seed, runs }: AnalysisOptions,
  work: Work,
): Promise<StrategyFinding> {
  const { crew, progress } = work;
  const rows = shareRows(crew, simple);
  const points = evenPoints(size);
  const outcomes: RemovalOutcome[] = [];
  await runPieces(
    crew,
    randomRemoval,
    { count: Math.max(1, runs), at: (run) => ({ rows, seed, run, points }) },
    (outcome) => outcomes.push(outcome),
    (share) => {
      progress((share * runs) / (runs + STEADY_RUNS));
    },
  );
  return finding('random', size, points, outcomes);
}

function removeByPlan(
  { simple, size, columns }: Topology,
  { seed, strategies }: AnalysisOptions,
): StrategyFinding[] {
  const random = createRandom(seed).fork('resilience:plans');
  const { roles } = columns;
  const orders: Readonly<Record<Exclude<Strategy, 'random'>, () => Uint32Array | undefined>> = {
    degree: () => degreeOrder(simple, random.fork('degree')),
    'degree-recomputed': () => recomputedDegreeOrder(simple, random.fork('degree-recomputed')),
    superpeers: () => {
      if (roles?.includes('superpeer') !== true) return undefined;
      const marked = Uint8Array.from(roles, (role) => (role === 'superpeer' ? 1 : 0));
      return markedFirst(marked, random.fork('superpeers'));
    },
  };
  return strategies.flatMap((strategy) => {
    const order = strategy === 'random' ? undefined : orders[strategy]();
    return order === undefined ? [] : [followed(simple, size, strategy, order)];
  });
}

function followed(rows: Adjacency, size: number, strategy: Strategy, order: Uint32Array): StrategyFinding {
  const removal = removeInOrder(rows, order);
  const points = pointsAlong(removal.giant);
  return finding(strategy, size, points, [removalOutcome(removal, points)]);
}

function finding(
  strategy: Strategy,
  size: number,
  points: Uint32Array,
  outcomes: readonly RemovalOutcome[],
): StrategyFinding {
  const runs = outcomes.length;
  const curve = Array.from(points, (removed, i) => {
    const giants = outcomes.map(({ giant }) => giant[i]!).sort((a, b) => a - b);
    const mean = giants.reduce((sum, giant) => sum + giant, 0) / runs;
    return {
      strategy,
      removed,
      removedShare: removed / size,
      giantShare: mean / size,
      giantShareOfRemaining: removed === size ? null : mean / (size - removed),
      low: runs === 1 ? null : quantile(giants, 0.05) / size,
      high: runs === 1 ? null : quantile(giants, 0.95) / size,
    };
  });
  const thresholds = outcomes.flatMap(({ peak }) => (peak === null ? [] : [peak / size]));
  const { mean: threshold, variance } = moments(thresholds);
  const count = thresholds.length;
  const summary = {
    strategy,
    runs,
    threshold: count === 0 ? null : threshold,
    thresholdDeviation: count < 2 ? null : Math.sqrt((variance * count) / (count - 1)),
    robustness: moments(outcomes.map(({ robustness }) => robustness)).mean,
  };
  return { curve, summary };
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

/** Between the two nearest of the sorted values, linearly. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (place - Math.floor(place)) * (above - below);
}
