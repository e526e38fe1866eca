// Do the degrees follow the law that a lecture, or anybody, claims? The order of the steps is: who was asked; which
// degrees the law allows at all; the likeliest exponent; the claimed exponent; the fit; the alternatives; a verdict.
import { createRandom } from '../core/random.ts';
import type { Law } from '../statistics/law.ts';
import { parseLaw } from '../statistics/laws.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions } from './analysis.ts';
import { degreeWarnings } from './audit.ts';
import { populationsOf } from './degree-model-populations.ts';
import { degreeModelCharts } from './degree-model-charts.ts';
import type {
  DegreeModelResult,
  DegreeProbability,
  LawMoments,
  ModelResult,
  Moments,
} from './degree-model-result.ts';
import { degreeModelTables } from './degree-model-tables.ts';
import { degreeMoments } from './degrees.ts';
import { testLaw } from './degree-model-law.ts';

/**
 * Tests each law of `options.laws` on the undirected degrees of all peers, of respondents and mentioned peers apart,
 * and of each declared role. Any topology will do, also an empty one. O(n + links) and, per population and law,
 * O(bootstrap · values of the support).
 * @throws {PeerscopeError} `usage` for a law that does not exist.
 */
export const degreeModel = {
  name: 'degree-model',
  question: 'Do the degrees follow the claimed degree law, and could another law be told from it?',
  definition:
    'Degrees of the undirected simple graph. Each law is fitted by maximum likelihood to those degrees that it allows; p-values of the KS distance are of a parametric bootstrap that fits every replicate anew; alternatives are fitted on the same support.',
  sources: [
    'A. Clauset, C. R. Shalizi, M. E. J. Newman: Power-law distributions in empirical data, SIAM Review 51, 2009',
    'Q. H. Vuong: Likelihood ratio tests for model selection and non-nested hypotheses, Econometrica 57, 1989',
  ],
  run: runDegreeModel,
  tables: degreeModelTables,
  charts: degreeModelCharts,
  methods: ({ models }, { bootstrap, seed }) => [
    `Degree laws (${Object.keys(models).join(', ')}) were fitted by maximum likelihood on their own bounded support and tested with the Kolmogorov-Smirnov distance, whose p-value comes from ${bootstrap} parametric bootstrap replicates that were each fitted anew (Clauset, Shalizi and Newman 2009; seed ${seed}), and against alternatives by Vuong's test (1989) or a likelihood ratio where one law contains the other.`,
  ],
} satisfies Analysis<DegreeModelResult>;

function runDegreeModel(topology: Topology, options: AnalysisOptions): DegreeModelResult {
  const laws = [...new Set(options.laws)].map((name) => parseLaw(name));
  const { rule, why, degrees } = populationsOf(topology);
  const random = createRandom(options.seed);
  const populations = Object.fromEntries(
    Object.entries(degrees).map(([population, values]) => {
      const models = laws.map((law): [string, ModelResult] => {
        const own = random.fork(`degree-model ${population} ${law.name}`);
        return [law.name, testLaw(law, values, { replicates: options.bootstrap, random: own })];
      });
      return [
        population,
        { n: values.length, distribution: distributionOf(values), models: Object.fromEntries(models) },
      ];
    }),
  );
  const models = populations['all']?.models ?? {};
  return {
    respondentRule: rule,
    why,
    warnings: degreeWarnings(topology),
    models,
    populations,
    moments: {
      populations: Object.fromEntries(
        Object.entries(degrees).map(([population, values]) => [population, sampleMoments(values)]),
      ),
      laws: Object.fromEntries(
        laws.map((law) => [law.name, lawMoments(law, models[law.name]?.alpha ?? null)]),
      ),
      note: MOMENTS_NOTE,
    },
  };
}

const MOMENTS_NOTE =
  'The "var" that the lecture states (pure 1.63, hybrid 3.55) does not follow from its formulas, whose variances are ' +
  '2.80 and 10.64; it is close to a standard deviation (1.67 and 3.26), as a drawn sample graph would show it.';

function distributionOf(degrees: Uint32Array): DegreeProbability[] {
  const counts = new Map<number, number>();
  for (const degree of degrees) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([degree, count]) => ({ degree, probability: count / degrees.length }));
}

function sampleMoments(degrees: Uint32Array): Moments | null {
  if (degrees.length === 0) return null;
  const { mean, variance } = degreeMoments(degrees);
  return { mean, variance, standardDeviation: Math.sqrt(variance) };
}

function lawMoments(law: Law, fitted: number | null): LawMoments {
  const alpha = law.exponent ?? fitted;
  const stated = law.stated ?? null;
  if (alpha === null) {
    return { alpha, mean: null, variance: null, standardDeviation: null, distribution: [], stated };
  }
  const { mean, variance, standardDeviation, support, probabilities } = law.distribution(alpha);
  const distribution = Array.from(support, (degree, i) => ({ degree, probability: probabilities[i]! }));
  return { alpha, mean, variance, standardDeviation, distribution, stated };
}
