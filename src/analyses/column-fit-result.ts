import type { ChiSquareTest } from '../statistics/goodness.ts';
import type { DegreeProbability, ModelResult } from './degree-model-result.ts';

/** What `fit` answers on a column of whole numbers: plain data, no NaN; null where a number is not defined. */
export interface ColumnFit {
  readonly verdict: ColumnVerdict;
  /** The best description and how sure it is, in one or two sentences. */
  readonly sentence: string;
  readonly sample: SampleFacts;
  /** What the laws are fitted on; `to` is null where there is no upper end. */
  readonly support: { readonly from: number; readonly to: number | null };
  /** Values outside of it. */
  readonly leftOut: { readonly below: number; readonly above: number };
  /** Values on it. */
  readonly n: number;
  /** Where a power law without an upper end may begin; null unless that was asked for, or where it begins nowhere. */
  readonly tail: TailResult | null;
  /** The best by BIC first. */
  readonly fits: readonly FitResult[];
  /** The law that the sentence names, against all others. */
  readonly comparisons: readonly Comparison[];
  readonly power: readonly PowerResult[];
  /** Laws with a support of their own, as in `degree-model`. */
  readonly claims: readonly ModelResult[];
  /** Laws that could not be fitted, and why. */
  readonly notFitted: readonly { readonly name: string; readonly reason: string }[];
  readonly replicates: number;
  readonly seed: number;
}

/**
 * `consistent`: one law fits, and the plain ones that fit are worse. `cannot tell`: several fit as well. `rejected`: none of the laws
 * fits. `all values equal`, `too few values`: nothing can be told.
 */
export type ColumnVerdict = 'consistent' | 'cannot tell' | 'rejected' | 'all values equal' | 'too few values';

export interface SampleFacts {
  readonly n: number;
  readonly distinct: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Divided by n. */
  readonly variance: number | null;
  readonly standardDeviation: number | null;
}

export interface TailResult {
  readonly xmin: number;
  readonly alpha: number;
  readonly standardError: number;
  readonly ks: number;
  /** Values from xmin on, and their share. */
  readonly n: number;
  readonly share: number;
  /** By the semi-parametric bootstrap, which scans every replicate; small speaks against a power law. */
  readonly pValue: number | null;
  /** It begins where only a few values are left: almost anything looks like a power law there. */
  readonly isSmall: boolean;
}

export interface FitResult {
  readonly name: string;
  readonly title: string;
  readonly support: { readonly from: number; readonly to: number | null };
  /** The upper end is the largest value of the sample; it counts as a parameter. */
  readonly endsAtLargest: boolean;
  readonly parameters: readonly ParameterResult[];
  readonly freeParameters: number;
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** Above the best. */
  readonly deltaBic: number;
  readonly ks: number;
  /** Of `ks`, by a bootstrap that fits every replicate anew; small speaks against the law. */
  readonly pValue: number | null;
  readonly chiSquare: ChiSquareTest;
  /** At 5 % for both together, by `pValue` or by `chiSquare` with a degree of freedom for every cell but one; by the latter alone where there are too few replicates. */
  readonly rejected: boolean;
  /** P(X >= x) of the fitted law at some values, for a chart. */
  readonly curve: readonly { readonly x: number; readonly ccdf: number }[];
}

export interface ParameterResult {
  readonly name: string;
  readonly value: number;
  readonly standardError: number | null;
  /** 95 %, Wald: value ± 1.96 standard errors. */
  readonly interval: readonly [number, number] | null;
  /** 95 %, profile likelihood; ends at the range that is searched. */
  readonly profileInterval: readonly [number, number] | null;
  readonly atBound: boolean;
}

export interface Comparison {
  readonly law: string;
  readonly other: string;
  /** `bic` where one is a mixture that contains the other: no ratio has a known law there. */
  readonly test: 'vuong' | 'likelihood-ratio' | 'bic';
  /** z, above 0 for `law`; the ratio; or BIC of `other` minus that of `law`. */
  readonly statistic: number;
  readonly pValue: number | null;
  readonly better: 'law' | 'other' | 'cannot tell';
}

/** If the values came from `truth`, would a sample of this size have shown that they do not come from `other`? */
export interface PowerResult {
  readonly truth: string;
  readonly other: string;
  readonly power: number;
  /** The size at which four of five samples would; null where none would. */
  readonly needed: number | null;
}

export type { DegreeProbability };
