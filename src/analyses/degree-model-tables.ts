import type { Cell, Column, Table } from '../core/table.ts';
import type { AlternativeResult, DegreeModelResult, ModelResult } from './degree-model-result.ts';

/** The verdicts, the moments, and the alternatives. */
export function degreeModelTables(result: DegreeModelResult): readonly Table[] {
  return [verdicts(result), moments(result), alternatives(result)];
}

function verdicts(result: DegreeModelResult): Table {
  return {
    name: 'degree-model',
    title: 'Degrees against degree laws',
    columns: [
      ...names('population', 'law', 'n'),
      ...detail(names('in_support')),
      ...numbers(3, 'support_violations', 'alpha'),
      ...detail(numbers(3, 'standard_error', 'interval_low', 'interval_high')),
      ...detail(numbers(2, 'log_likelihood')),
      ...detail(numbers(4, 'ks')),
      ...numbers(3, 'p_value'),
      ...detail(numbers(2, 'chi_square')),
      ...detail(names('chi_square_df')),
      ...detail(numbers(4, 'chi_square_p')),
      ...numbers(3, 'p_value_fixed'),
      ...names('verdict'),
      ...detail(names('reason')),
    ],
    rows: everyModel(result, (population, model) => [
      [
        population,
        model.law,
        model.n,
        model.nInSupport,
        model.supportViolations,
        model.alpha,
        model.standardError,
        model.interval?.[0] ?? null,
        model.interval?.[1] ?? null,
        model.logLikelihood,
        model.ks,
        model.pValue,
        model.chiSquare?.statistic ?? null,
        model.chiSquare?.df ?? null,
        model.chiSquare?.pValue ?? null,
        model.fixed?.pValue ?? null,
        model.verdict,
        model.reason,
      ],
    ]),
    notes: [
      ...Object.values(result.models).map(({ title, reason }) => `All peers, ${title}: ${reason}`),
      ...(result.populations['mentioned']?.n === 0 ? [] : [result.why]),
      ...result.warnings.map((warning) => `Audit: ${warning}`),
      "Fits are conditional on the law's support: support_violations is the share of peers with a degree outside of it.",
      'A small p-value speaks against the law: p_value against its form with any exponent, p_value_fixed against the exponent that it claims.',
    ],
  };
}

function moments({ moments: { populations, laws, note } }: DegreeModelResult): Table {
  const samples = Object.entries(populations).filter(([population, sample]) => {
    return sample !== null && (population !== 'respondents' || populations['mentioned'] !== null);
  });
  const rows: Cell[][] = samples.map(([population, sample]) => [
    'sample',
    population,
    null,
    sample?.mean ?? null,
    sample?.variance ?? null,
    sample?.standardDeviation ?? null,
  ]);
  for (const [law, { alpha, mean, variance, standardDeviation, stated }] of Object.entries(laws)) {
    rows.push(['law', law, alpha, mean, variance, standardDeviation]);
    if (stated) rows.push(['lecture', law, alpha, stated.mean, stated.variance, null]);
  }
  return {
    name: 'degree-model-moments',
    title: 'Mean and spread of the degrees, of the laws, and as the lecture states them',
    columns: [
      ...names('source', 'name'),
      ...numbers(2, 'alpha'),
      ...numbers(4, 'mean', 'variance', 'standard_deviation'),
    ],
    rows,
    notes: [note, 'Variances of samples are those of the population (divided by n).'],
  };
}

function alternatives(result: DegreeModelResult): Table {
  return {
    name: 'degree-model-alternatives',
    title: 'Other laws on the same support',
    detail: true,
    columns: [
      ...names('population', 'law', 'alternative', 'parameters'),
      ...numbers(2, 'log_likelihood', 'log_likelihood_law', 'aic', 'bic'),
      ...names('test'),
      ...numbers(3, 'statistic'),
      ...numbers(4, 'p_value'),
      ...names('better'),
    ],
    rows: everyModel(result, (population, model) =>
      model.alternatives.map((alternative) => [
        population,
        model.law,
        alternative.name,
        parameterText(alternative),
        alternative.logLikelihood,
        model.logLikelihood,
        alternative.aic,
        alternative.bic,
        ...testCells(alternative),
        alternative.better,
      ]),
    ),
    notes: [
      'Vuong: z above 0 speaks for the law, and a small p-value means that the two can be told apart. Likelihood ratio: ' +
        'a small p-value means that the alternative, which contains the law, fits better.',
      'A graph that drops repeated links and self-loops has hubs a little below their drawn degree, and peers of degree 0: ' +
        'these are violations of the support.',
      'A population that mixes superpeers and leaves follows no single law: read their rows where roles are declared.',
      'Each row is a test of its own: of many, some come out small by chance.',
      'A lognormal law and one with cut-off come near to any power law, so that "cannot tell" is usual for them.',
    ],
  };
}

function testCells({ vuong, likelihoodRatio }: AlternativeResult): readonly Cell[] {
  if (vuong) return ['vuong', vuong.z, vuong.pValue];
  if (likelihoodRatio) return ['likelihood-ratio', likelihoodRatio.statistic, likelihoodRatio.pValue];
  return [null, null, null];
}

function parameterText({ parameters, standardErrors, atBound }: AlternativeResult): string {
  const text = Object.entries(parameters).map(([name, value]) => {
    const error = standardErrors[name] ?? null;
    return `${name} ${value.toPrecision(6)}${error === null ? '' : ` ± ${error.toPrecision(2)}`}`;
  });
  return text.join(', ') + (atBound ? ' (end of the range)' : '');
}

function everyModel(
  { populations }: DegreeModelResult,
  rowsOf: (population: string, model: ModelResult) => readonly (readonly Cell[])[],
): readonly (readonly Cell[])[] {
  return Object.entries(populations).flatMap(([population, { n, models }]) =>
    n === 0 || repeatsAll(population, populations)
      ? []
      : Object.values(models).flatMap((model) => rowsOf(population, model)),
  );
}

function names(...columns: string[]): readonly Column[] {
  return columns.map((name) => ({ name }));
}

/** Where everybody answered, the respondents are all peers: their rows would only stand there twice. */
function repeatsAll(population: string, populations: DegreeModelResult['populations']): boolean {
  return population === 'respondents' && populations['mentioned']?.n === 0;
}

function detail(columns: readonly Column[]): readonly Column[] {
  return columns.map((column) => ({ ...column, detail: true }));
}

function numbers(digits: number, ...columns: string[]): readonly Column[] {
  return columns.map((name) => ({ name, digits }));
}
