import type { Random } from '../../core/random.ts';
import { functionOfMeans } from '../../statistics/function-of-means.ts';
import { shareInterval } from '../../statistics/interval.ts';
import { blockSeries } from './columns.ts';
import { degreeEstimate, type DistributionEstimate, type IntervalEstimate } from './degree-estimates.ts';
import {
  leastSuperpeerShareFormula,
  shareFormula,
  superpeerShareFormula,
  type PopulationName,
  type ShareFormula,
  type Trait,
} from './populations.ts';
import type { Sample } from './sample-overlay.ts';
import { stepWeight } from './weights.ts';

/** The share of a population that runs a program. */
export interface AgentShare {
  readonly population: PopulationName;
  /** As the peers name it, a stranger's text; null for all programs beyond the most frequent, and for those that name none. */
  readonly agent: string | null;
  readonly share: IntervalEstimate;
}

/** All that a sample says of an overlay: of the peers that answer, and that a walk can reach. */
export interface SampleEstimates {
  readonly steps: number;
  /** Distinct superpeers at which steps were recorded, and leaves that were drawn and answered. */
  readonly superpeersSeen: number;
  readonly leavesDrawn: number;
  /** Whether any superpeer listed leaves. */
  readonly hasLeaves: boolean;
  /** By population; without leaves, or without any that answered, that of the superpeers alone. */
  readonly degrees: readonly DistributionEstimate[];
  /** Undefined where leaves are listed and none was asked: then only `leastSuperpeerShare` is known. */
  readonly superpeerShare: IntervalEstimate | undefined;
  readonly leastSuperpeerShare: IntervalEstimate | undefined;
  readonly agents: readonly AgentShare[];
  /** The share of the entries in the superpeers' lists of neighbours behind which nobody answered. */
  readonly unansweredShare: IntervalEstimate | undefined;
  /**
   * The longest time that a walk stood at one peer, as a share of its steps. Where that is much, the walks were too short to
   * see the overlay, whatever the intervals say: beside a peer with D neighbours one with a single neighbour holds a corrected walk for D steps.
   */
  readonly longestStay: number;
  /** The share of the superpeers whose lists may have been cut off. */
  readonly truncatedShare: IntervalEstimate | undefined;
}

/** Programs that get a share of their own. */
const MOST_AGENTS = 10;

/** Estimates of degrees, roles, programs and silence, each with its interval. O(estimates x steps x lags). */
export function estimatesOf(sample: Sample, random: Random): SampleEstimates {
  const { method, walks } = sample;
  const runs = walks.flatMap((walk) => walk.runs);
  const leavesDrawn = walks.reduce((sum, walk) => sum + walk.draws.length, 0);
  const hasLeaves = runs.some(({ listed }) => listed.leaves.length > 0);
  const populations: readonly PopulationName[] =
    leavesDrawn === 0 ? ['superpeers'] : ['superpeers', 'leaves', 'all'];
  return {
    steps: walks.reduce((sum, walk) => sum + walk.steps, 0),
    superpeersSeen: new Set(runs.map(({ peer }) => peer)).size,
    leavesDrawn,
    hasLeaves,
    degrees: populations.flatMap(
      (population) => degreeEstimate(method, walks, population, random.fork(population)) ?? [],
    ),
    superpeerShare: shareOf(sample, superpeerShareFormula(method)),
    leastSuperpeerShare: shareOf(sample, leastSuperpeerShareFormula(method)),
    agents: populations.flatMap((population) => agentShares(sample, population)),
    unansweredShare: unansweredShare(sample),
    longestStay: longestStay(sample),
    truncatedShare: shareOf(
      sample,
      shareFormula(method, 'superpeers', { superpeer: (peer) => peer.truncated, leaf: nothingOf }),
    ),
  };
}

const nothingOf: Trait = () => undefined;

function shareOf({ walks }: Sample, { columns, share }: ShareFormula): IntervalEstimate | undefined {
  const series = blockSeries(walks, columns);
  const estimate = functionOfMeans(series, share);
  if (estimate === undefined) return undefined;
  const steps = walks.reduce((sum, walk) => sum + walk.steps, 0);
  return { ...estimate, interval: shareInterval(estimate, steps) };
}

function longestStay({ walks }: Sample): number {
  return walks.reduce(
    (most, walk) => walk.runs.reduce((longest, { steps }) => Math.max(longest, steps / walk.steps), most),
    0,
  );
}

/** A walk chooses an entry of a list with one over its length: so each of them counts for the length, times the step's weight. */
function unansweredShare(sample: Sample): IntervalEstimate | undefined {
  const entries = (at: Parameters<typeof stepWeight>[1]): number =>
    stepWeight(sample.method, at) * at.neighbours.length;
  return shareOf(sample, {
    columns: [{ ofStep: entries }, { ofStep: (at, unanswered) => entries(at) * unanswered }],
    share: ([all = 0, silent = 0]) => silent / all,
  });
}

function agentShares(sample: Sample, population: PopulationName): AgentShare[] {
  const names = frequentAgents(sample);
  const ofTrait = (agent: string | null, trait: Trait): AgentShare[] => {
    const formula = shareFormula(sample.method, population, { superpeer: trait, leaf: trait });
    const share = shareOf(sample, formula);
    return share === undefined ? [] : [{ population, agent, share }];
  };
  const others = ofTrait(null, ({ agent }) => agent === undefined || !names.includes(agent));
  return [
    ...names.flatMap((name) => ofTrait(name, ({ agent }) => agent === name)),
    ...others.filter(({ share }) => share.value > 0),
  ];
}

/** Those that most runs and draws have, so that all populations have the same ones. */
function frequentAgents({ walks }: Sample): string[] {
  const counts = new Map<string, number>();
  const count = (agent: string | undefined): void => {
    if (agent !== undefined) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  };
  for (const { runs, draws } of walks) {
    for (const { listed } of runs) count(listed.agent);
    for (const { leaf } of draws) count(leaf.agent);
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return byCount.slice(0, MOST_AGENTS).map(([agent]) => agent);
}
