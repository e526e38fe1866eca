import type { Column, Table } from '../core/table.ts';
import type { ColumnFit, FitResult, ParameterResult } from './column-fit-result.ts';

/** Laws, their parameters, the tail, comparisons, power, and claims; those that have rows. */
export function columnFitTables(result: ColumnFit): readonly Table[] {
  return [
    tail(result),
    laws(result),
    parameters(result),
    comparisons(result),
    power(result),
    claims(result),
    notFitted(result),
  ].filter(({ rows }) => rows.length > 0);
}

function laws({ fits, n, leftOut, support, replicates }: ColumnFit): Table {
  const below = leftOut.below > 0 ? [`${leftOut.below} values below ${support.from} are left out.`] : [];
  const above = leftOut.above > 0 ? [`${leftOut.above} values above ${support.to ?? ''} are left out.`] : [];
  return {
    name: 'fit',
    title: `Laws on the ${n.toLocaleString('en-US')} values from ${support.from} on, the best by BIC first`,
    columns: [
      { name: 'law' },
      ...numbers(2, 'log_likelihood'),
      ...numbers(1, 'aic', 'bic'),
      ...numbers(4, 'ks'),
      ...numbers(3, 'p_value'),
    ],
    rows: fits.map((fit) => [fit.name, fit.logLikelihood, fit.aic, fit.bic, fit.ks, fit.pValue]),
    notes: [
      ...below,
      ...above,
      `A small p_value (of KS, by ${replicates} samples of the law that were each fitted anew) speaks against a law.`,
    ],
  };
}

function parameters({ fits }: ColumnFit): Table {
  return {
    name: 'fit-parameters',
    title: 'Their parameters of maximum likelihood',
    columns: [
      { name: 'law' },
      { name: 'parameter' },
      ...numbers(4, 'value', 'standard_error', 'profile_low', 'profile_high'),
      { name: 'at_bound', detail: true },
    ],
    rows: fits.flatMap((fit) =>
      parametersOf(fit).map(({ name, value, standardError, profileInterval, atBound }) => [
        fit.name,
        snakeCase(name),
        value,
        standardError,
        profileInterval?.[0] ?? null,
        profileInterval?.[1] ?? null,
        atBound,
      ]),
    ),
    notes: [
      'Intervals are 95 %, by profile likelihood. Without a standard error a parameter lies at the end of its range, or the data do not pin it.',
    ],
  };
}

/** An upper end that was taken from the sample is shown with the others. */
function parametersOf({ parameters: fitted, endsAtLargest, support }: FitResult): readonly ParameterResult[] {
  if (!endsAtLargest || support.to === null) return fitted;
  const end = { standardError: null, interval: null, profileInterval: null, atBound: false };
  return [...fitted, { name: 'upperEnd', value: support.to, ...end }];
}

function comparisons({ comparisons: rows }: ColumnFit): Table {
  return {
    name: 'fit-comparisons',
    title: `${rows[0]?.law ?? 'The named law'} against the others`,
    columns: [{ name: 'other' }, { name: 'test' }, ...numbers(3, 'statistic', 'p_value'), { name: 'better' }],
    rows: rows.map(({ law, other, test, statistic, pValue, better }) => [
      other,
      test,
      Number.isFinite(statistic) ? statistic : null,
      pValue,
      better === 'cannot tell' ? better : better === 'law' ? law : other,
    ]),
    notes: [
      'Vuong: z above 0 speaks against the other; likelihood ratio: where one contains the other; BIC (10 or more decide): where one is a mixture with the other in it.',
    ],
  };
}

function power({ power: rows, n }: ColumnFit): Table {
  return {
    name: 'fit-power',
    title: `If the values came from ${rows[0]?.truth ?? 'it'}, how often would ${n.toLocaleString('en-US')} of them tell it from the other`,
    columns: [{ name: 'other' }, ...numbers(3, 'power'), { name: 'needed_n', digits: 0 }],
    rows: rows.map(({ other, power: share, needed }) => [other, share, needed]),
    notes: [
      'needed_n: values with which four of five samples would; from the laws as they were fitted here.',
    ],
  };
}

function tail({ tail: found }: ColumnFit): Table {
  return {
    name: 'fit-tail',
    title: 'Where a power law without an upper end may begin',
    columns: [
      { name: 'xmin', digits: 0 },
      ...numbers(4, 'alpha', 'standard_error', 'ks'),
      { name: 'n', digits: 0 },
      ...numbers(3, 'share', 'p_value'),
    ],
    rows:
      found === null
        ? []
        : [[found.xmin, found.alpha, found.standardError, found.ks, found.n, found.share, found.pValue]],
    notes:
      found?.isSmall === true
        ? ['So few values are left that almost any law would pass.']
        : ['xmin is the one of least KS distance; p_value scans every replicate for its own.'],
  };
}

function claims({ claims: models }: ColumnFit): Table {
  return {
    name: 'fit-claims',
    title: 'Laws with a support of their own',
    columns: [
      { name: 'law' },
      ...numbers(3, 'support_violations', 'alpha', 'standard_error', 'p_value'),
      { name: 'verdict' },
    ],
    rows: models.map(({ law, supportViolations, alpha, standardError, pValue, verdict }) => [
      law,
      supportViolations,
      alpha,
      standardError,
      pValue,
      verdict,
    ]),
    notes: models.map(({ law, reason }) => `${law}: ${reason}`),
  };
}

function notFitted({ notFitted: reasons, fits }: ColumnFit): Table {
  return {
    name: 'fit-not-fitted',
    title: 'Laws that were not fitted',
    columns: [{ name: 'law' }, { name: 'reason' }],
    // Where nothing could be fitted, the verdict says why.
    rows: fits.length === 0 ? [] : reasons.map(({ name, reason }) => [name, reason]),
  };
}

/** All of it for a spreadsheet: a row per law and parameter, with what belongs to the law in each. */
export function fitRows({ fits }: ColumnFit): Table {
  return {
    name: 'fit',
    title: 'Laws and their parameters',
    columns: names(
      ...['law', 'support_from', 'support_to', 'parameter', 'value', 'standard_error'],
      ...['interval_low', 'interval_high', 'profile_low', 'profile_high', 'at_bound'],
      ...['free_parameters', 'log_likelihood', 'aic', 'bic', 'delta_bic', 'ks', 'p_value'],
      ...['chi_square', 'chi_square_df', 'chi_square_p', 'rejected'],
    ),
    rows: fits.flatMap((fit) =>
      parametersOf(fit).map(({ name, value, standardError, interval, profileInterval, atBound }) => [
        ...[fit.name, fit.support.from, fit.support.to, snakeCase(name), value, standardError],
        ...[interval?.[0] ?? null, interval?.[1] ?? null],
        ...[profileInterval?.[0] ?? null, profileInterval?.[1] ?? null, atBound],
        ...[fit.freeParameters, fit.logLikelihood, fit.aic, fit.bic, fit.deltaBic, fit.ks, fit.pValue],
        ...[fit.chiSquare.statistic, fit.chiSquare.df, fit.chiSquare.pValue, fit.rejected],
      ]),
    ),
  };
}

function names(...columns: string[]): readonly Column[] {
  return columns.map((name) => ({ name }));
}

function numbers(digits: number, ...columns: string[]): readonly Column[] {
  return columns.map((name) => ({ name, digits }));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
