import type { Topology } from '../../topology/topology.ts';
import { criteriaOf, PARADIGMS, type Criteria, type Paradigm } from './criteria.ts';
import { measure, type Measures } from './measures.ts';

export const ANSWERS = [...PARADIGMS, 'none'] as const;
/** A column of the lecture's table, or none of them. */
export type Answer = (typeof ANSWERS)[number];

/** `sure`: no other answer comes near. `likely`: the best by far. `doubtful`: another one is close behind. */
export type Sureness = 'sure' | 'likely' | 'doubtful';

/** What an overlay is taken for. */
export interface Classification {
  readonly answer: Answer;
  readonly sureness: Sureness;
  /** The next best answer; null where no other has a score. */
  readonly runnerUp: Answer | null;
  /** Answers that these links cannot be told from: another column with the same links, or the runner-up of a doubtful answer. */
  readonly cannotTellFrom: readonly Answer[];
  /** 0 to 1: for each column the weakest of its criteria; for none the strongest reason. */
  readonly scores: Readonly<Record<Answer, number>>;
  readonly criteria: Criteria;
  readonly measures: Measures;
}

/**
 * Which column of the lecture's table does an overlay belong to? Judged by links alone: ids, roles and relations play no part, and nor
 * do peers without links. O(n + links).
 * @param seed of the samples in which short loops and ways are measured.
 */
export function classify(topology: Topology, seed: number): Classification {
  const measures = measure(topology, seed);
  const criteria = criteriaOf(measures);
  const scores = scoresOf(criteria);
  const answer = bestOf(scores, ANSWERS);
  const second = bestOf(
    scores,
    ANSWERS.filter((other) => other !== answer),
  );
  const runnerUp = scores[second] > 0 ? second : null;
  const sureness = surenessOf(scores[answer], scores[second]);
  const cannotTellFrom = new Set<Answer>();
  // An index whose transfers nobody recorded has the links of a server.
  if (answer === 'client-server') cannotTellFrom.add('centralized');
  if (sureness === 'doubtful' && runnerUp !== null) cannotTellFrom.add(runnerUp);
  return { answer, sureness, runnerUp, cannotTellFrom: [...cannotTellFrom], scores, criteria, measures };
}

function scoresOf({ columns, none }: Criteria): Record<Answer, number> {
  const weakest = (paradigm: Paradigm): number =>
    Math.min(...columns[paradigm].map(({ strength }) => strength));
  const scores = {
    'client-server': weakest('client-server'),
    centralized: weakest('centralized'),
    pure: weakest('pure'),
    hybrid: weakest('hybrid'),
    structured: weakest('structured'),
  };
  const best = Math.max(...Object.values(scores));
  return { ...scores, none: Math.max(1 - best, ...none.map(({ strength }) => strength)) };
}

/** Of equals the first. */
function bestOf(scores: Readonly<Record<Answer, number>>, answers: readonly Answer[]): Answer {
  return answers.reduce((best, answer) => (scores[answer] > scores[best] ? answer : best));
}

const SURE = 0.8;
const NEAR = 0.4;
const BY_FAR = 0.2;

function surenessOf(best: number, second: number): Sureness {
  if (best >= SURE && second <= NEAR) return 'sure';
  return best - second >= BY_FAR ? 'likely' : 'doubtful';
}
