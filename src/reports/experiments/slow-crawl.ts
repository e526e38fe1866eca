// What a crawl makes of an overlay's degrees when it is slow beside the peers' sessions: results to tables, charts, words.
import { testLaw } from '../../analyses/degree-model-law.ts';
import type { ModelResult } from '../../analyses/degree-model-result.ts';
import { createRandom } from '../../core/random.ts';
import type { Overlap } from '../../snapshot/compare.ts';
import { parseLaw } from '../../statistics/laws.ts';
import { logLogLine, type LogLogLine } from '../../statistics/log-log-line.ts';
import { DEGREE_DEFINITIONS, type DegreeDefinition } from './superpeer-tier.ts';

/** What was crawled, and how. */
export interface SlowCrawlSetting {
  readonly peers: number;
  readonly superpeers: number;
  /** The law of the sessions, and their mean. */
  readonly churn: string;
  readonly meanSessionMinutes: number;
  /** Minutes in which the fastest crawl asks as many peers as there are superpeers. */
  readonly passMinutes: number;
  /** Passes after which a crawl is broken off. */
  readonly mostPasses: number;
  readonly seed: number;
}

/** One crawl of the overlay, with the truth of its end. */
export interface PacedResult {
  /** How many times slower than the first pace. */
  readonly slower: number;
  readonly ending: 'complete' | 'limit';
  readonly minutes: number;
  readonly contacts: number;
  readonly answers: number;
  /** Superpeers and the links among them, against the truth of the end of the crawl. */
  readonly peers: Overlap;
  readonly links: Overlap;
  readonly degrees: Readonly<Record<DegreeDefinition, Uint32Array>>;
  readonly trueDegrees: Uint32Array;
  /** What `neighboursSeen` says of a crawl of this length that asks each place once. */
  readonly onePassNeighbours: number;
}

/** The true degrees, or those that a crawl gives by one definition. */
export type Population = DegreeDefinition | 'truth';
export const POPULATIONS: readonly Population[] = ['truth', ...DEGREE_DEFINITIONS];

export interface JudgedDegrees {
  readonly slower: number;
  readonly population: Population;
  readonly n: number;
  readonly mean: number | null;
  readonly most: number | null;
  readonly line: LogLogLine | null;
  /** By the law: the lecture's two, and a power law on 1 to the largest degree. Empty for fewer than two degrees. */
  readonly models: Readonly<Record<'pure' | 'hybrid' | 'powerLaw', ModelResult>> | null;
  /** The law of least AIC among the power law and the alternatives on 1 to the largest degree. */
  readonly best: string | null;
}

/** Enough for a smallest p-value of 0.5 %; a test of all the degrees takes a second. */
const REPLICATES = 199;

/** Judges the degrees of each crawl and its truth by each definition. O(peers + replicates x largest degree) each. */
export function judgeDegrees(results: readonly PacedResult[], seed: number): readonly JudgedDegrees[] {
  const random = createRandom(seed);
  return results.flatMap(({ slower, degrees, trueDegrees }) =>
    POPULATIONS.map((population): JudgedDegrees => {
      const values = population === 'truth' ? trueDegrees : degrees[population];
      const n = values.length;
      const most = n === 0 ? null : values.reduce((top, value) => Math.max(top, value), 0);
      const models =
        most === null || most < 2
          ? null
          : modelsOf(values, most, (law) => random.fork(`${slower} ${population} ${law}`));
      return {
        slower,
        population,
        n,
        mean: n === 0 ? null : values.reduce((sum, value) => sum + value, 0) / n,
        most,
        line: logLogLine(values),
        models,
        best: models === null ? null : bestLaw(models.powerLaw),
      };
    }),
  );
}

function modelsOf(
  values: Uint32Array,
  most: number,
  fork: (law: string) => ReturnType<typeof createRandom>,
): NonNullable<JudgedDegrees['models']> {
  const judged = (law: string): ModelResult =>
    testLaw(parseLaw(law), values, { replicates: REPLICATES, random: fork(law) });
  return { pure: judged('pure'), hybrid: judged('hybrid'), powerLaw: judged(`power-law:1-${most}`) };
}

function bestLaw({ aic, alternatives }: ModelResult): string | null {
  if (aic === null) return null;
  const all = [{ name: 'power-law', aic }, ...alternatives];
  return all.reduce((best, one) => (one.aic < best.aic ? one : best)).name;
}
