import type { Cell, Table } from '../core/table.ts';
import type { DistributionEstimate, IntervalEstimate } from '../crawl/sampling/degree-estimates.ts';
import type { AgentShare, SampleEstimates } from '../crawl/sampling/estimates.ts';
import type { Sample } from '../crawl/sampling/sample-overlay.ts';
import type { TablesReport } from './format-tables.ts';
import { formatNumber, formatPercent } from './format-number.ts';

/** A sample and what it says. */
export interface SampleReport {
  readonly sample: Sample;
  readonly estimates: SampleEstimates;
  /** What else has to be known to read it right. */
  readonly notes?: readonly string[];
}

/** A walk that stood at one peer for more of its steps than this has not seen the overlay. */
const LONG_STAY = 0.2;

/** Walks whose means differ by more variance than this, relative to the correlation within them, have not seen the same. */
const MUCH_DISAGREEMENT = 2;

const METHOD_NAMES = {
  mrwb: 'Metropolised random walk with backtracking',
  rds: 'respondent-driven sampling',
} as const;

const ENDINGS = {
  contacts: 'its contacts were used up',
  steps: 'it had its steps',
  'effective-size': 'its effective size was reached',
  stopped: 'it was stopped',
  'no-start': 'no bootstrap peer led to a superpeer with neighbours',
} as const;

/** A sample as tables and as a document: estimates with intervals, what they rest on, and what cannot be known. */
export function sampleReport({ sample, estimates, notes = [] }: SampleReport): TablesReport {
  const all = [...notes, ...limitsOf(sample, estimates)];
  const agents = agentTable(estimates.agents);
  return {
    tables: [
      overview(sample, estimates, all),
      degreeTable(estimates.degrees),
      ...(agents.rows.length === 0 ? [] : [agents]),
      ...estimates.degrees.map(distributionTable),
    ],
    document: documentOf(sample, estimates, all),
  };
}

function overview(sample: Sample, estimates: SampleEstimates, notes: readonly string[]): Table {
  const rows: readonly (readonly Cell[])[] = [
    ['peers contacted', sample.contacts, null, null],
    ['of them without a listing', sample.unanswered, null, null],
    ['walks', sample.walks.length, null, null],
    ['steps recorded', estimates.steps, null, null],
    ['distinct superpeers in them', estimates.superpeersSeen, null, null],
    ['leaves drawn that answered', estimates.leavesDrawn, null, null],
    ...intervalRow('share of superpeers', estimates.superpeerShare),
    ...(estimates.superpeerShare === undefined
      ? intervalRow('share of superpeers, at least', estimates.leastSuperpeerShare)
      : []),
    ...intervalRow('share of listed neighbours that do not answer', estimates.unansweredShare),
    ...intervalRow('share of superpeers with a cut-off list', estimates.truncatedShare),
  ];
  return {
    name: 'sample',
    title: `A sample by ${METHOD_NAMES[sample.method]}, which ended because ${ENDINGS[sample.ending]}`,
    columns: [{ name: 'what' }, { name: 'value' }, { name: 'low_95' }, { name: 'high_95' }],
    rows,
    notes,
  };
}

function intervalRow(what: string, estimate: IntervalEstimate | undefined): Cell[][] {
  return estimate === undefined ? [] : [[what, estimate.value, ...estimate.interval]];
}

function degreeTable(degrees: readonly DistributionEstimate[]): Table {
  return {
    name: 'sample-degree',
    title: 'Degrees',
    columns: [
      { name: 'of' },
      { name: 'mean', digits: 3 },
      { name: 'low_95', digits: 3 },
      { name: 'high_95', digits: 3 },
      { name: 'effective_size', digits: 0 },
      { name: 'expected_ks', digits: 4 },
      { name: 'ks_95', digits: 4 },
      { name: 'observations', detail: true },
      { name: 'kish_size', digits: 0, detail: true },
      { name: 'autocorrelation_time', digits: 2, detail: true },
      { name: 'disagreement_of_walks', digits: 2, detail: true },
    ],
    rows: degrees.map((estimate) => [
      estimate.population,
      estimate.mean.value,
      ...estimate.mean.interval,
      estimate.effectiveSize,
      estimate.expectedDistance.mean,
      estimate.expectedDistance.at95,
      estimate.observations,
      estimate.kishSize,
      estimate.mean.autocorrelationTime,
      estimate.mean.disagreement,
    ]),
    notes: [
      'effective_size: as many independent draws would serve as well. expected_ks: the distance of the distribution to the truth that it lets expect; ks_95: 95 of 100 samples stay below.',
    ],
  };
}

function agentTable(agents: readonly AgentShare[]): Table {
  return {
    name: 'sample-agents',
    title: 'Programs',
    columns: [
      { name: 'of' },
      { name: 'agent' },
      { name: 'share', digits: 4 },
      { name: 'low_95', digits: 4 },
      { name: 'high_95', digits: 4 },
    ],
    rows: agents.map(({ population, agent, share }) => [
      population,
      agent ?? '(all others)',
      share.value,
      ...share.interval,
    ]),
  };
}

function distributionTable({ population, distribution }: DistributionEstimate): Table {
  const { support, probabilities, cumulative } = distribution;
  return {
    name: `sample-degree-${population}`,
    title: `Degrees of ${population}`,
    columns: [{ name: 'degree' }, { name: 'probability', digits: 4 }, { name: 'cumulative', digits: 4 }],
    rows: Array.from(support, (degree, i) => [degree, probabilities[i] ?? null, cumulative[i] ?? null]),
    detail: true,
  };
}

/** What this sample cannot tell, and signs that it should not be believed. */
function limitsOf(sample: Sample, estimates: SampleEstimates): string[] {
  const { unansweredShare, truncatedShare, longestStay, degrees } = estimates;
  const disagreement = Math.max(0, ...degrees.map(({ mean }) => mean.disagreement ?? 0));
  return [
    'Estimates are of the superpeers that answer and that links between such superpeers lead to, and of the leaves in their lists. Nothing is known of other parts of the overlay, nor of its size.',
    ...(unansweredShare !== undefined && unansweredShare.value > 0
      ? [
          `${formatPercent(unansweredShare.value)} of the listed neighbours do not answer: their degrees and programs are unknown, and may differ.`,
        ]
      : []),
    ...(truncatedShare !== undefined && truncatedShare.value > 0
      ? [
          `${formatPercent(truncatedShare.value)} of the superpeers may have cut their lists off: their degrees are lower bounds.`,
        ]
      : []),
    ...leafNotes(sample, estimates),
    ...(longestStay > LONG_STAY
      ? [
          `A walk stood at one peer for ${formatPercent(longestStay)} of its steps: the walks were too short for this overlay, and the intervals are too narrow. Use rds, or more contacts.`,
        ]
      : []),
    ...(disagreement > MUCH_DISAGREEMENT
      ? [
          `The walks differ from each other by ${formatNumber(disagreement, 1)} times the variance that the steps within them let expect: they have not all seen the same, and the intervals are too narrow.`,
        ]
      : []),
  ];
}

function leafNotes(sample: Sample, { hasLeaves, leavesDrawn }: SampleEstimates): string[] {
  if (!hasLeaves) return [];
  if (leavesDrawn === 0) {
    return [
      'No leaf was asked, or none answered: a leaf stands in the list of each of its superpeers, and how many these are only it can say. So the share of superpeers has a lower bound only.',
    ];
  }
  const { lostLeaves } = sample;
  return lostLeaves === 0
    ? []
    : [
        `${formatNumber(lostLeaves)} of ${formatNumber(lostLeaves + leavesDrawn)} leaves drawn did not answer as leaves: what is said of leaves is of those that do.`,
      ];
}

function documentOf(sample: Sample, estimates: SampleEstimates, notes: readonly string[]) {
  const { degrees, superpeerShare, leastSuperpeerShare, unansweredShare, truncatedShare, ...counts } =
    estimates;
  return {
    schema: 'peerscope/sample/1',
    method: sample.method,
    ending: sample.ending,
    burnIn: sample.burnIn,
    contacts: sample.contacts,
    unanswered: sample.unanswered,
    lostLeaves: sample.lostLeaves,
    walks: sample.walks.length,
    ...counts,
    superpeerShare: superpeerShare ?? null,
    leastSuperpeerShare: leastSuperpeerShare ?? null,
    unansweredShare: unansweredShare ?? null,
    truncatedShare: truncatedShare ?? null,
    degrees: degrees.map(({ distribution, ...estimate }) => ({
      ...estimate,
      distribution: Array.from(distribution.support, (degree, i) => ({
        degree,
        probability: distribution.probabilities[i],
      })),
    })),
    notes,
  };
}
