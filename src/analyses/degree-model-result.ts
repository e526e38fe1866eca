import type { ChiSquareTest } from '../statistics/goodness.ts';
import type { LikelihoodRatioTest, VuongTest } from '../statistics/likelihood-tests.ts';
import type { Respondents } from './respondents.ts';

/** What `degree-model` answers: plain data, no NaN; null where a number is not defined. */
export interface DegreeModelResult {
  /** How it is known which peers answered; null where the data do not tell. */
  readonly respondentRule: Respondents['rule'] | null;
  /** Why respondents and mentioned peers are tested apart, in a sentence. */
  readonly why: string;
  /** What the audit found that bends degrees, in a sentence or two each; empty where it found nothing. */
  readonly warnings: readonly string[];
  /** The models of the population `all` once more, so that a script finds `models.pure.alpha` at once. */
  readonly models: Readonly<Record<string, ModelResult>>;
  /** `all`; `respondents` and `mentioned` where they are known; `superpeer` and `leaf` where roles are declared. */
  readonly populations: Readonly<Record<string, PopulationResult>>;
  readonly moments: DegreeMoments;
}

/** How likely a degree is, in a sample or under a law. */
export interface DegreeProbability {
  readonly degree: number;
  readonly probability: number;
}

export interface PopulationResult {
  readonly n: number;
  /** The degrees that occur, ascending. */
  readonly distribution: readonly DegreeProbability[];
  /** By the law's name. */
  readonly models: Readonly<Record<string, ModelResult>>;
}

/**
 * `consistent`: the law fits and the plain alternatives do not. `cannot tell`: it fits, but so does another.
 * `rejected`: the degrees contradict it. `outside the support`: no degree is one that the law allows.
 * `too few peers`: fewer than thirty are left to test.
 */
export type Verdict = 'consistent' | 'rejected' | 'cannot tell' | 'outside the support' | 'too few peers';

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** One law against the degrees of one population. All fits are conditional on the law's support. */
export interface ModelResult extends Judgement {
  readonly law: string;
  readonly title: string;
  readonly n: number;
  readonly nInSupport: number;
  /** The share of degrees that the law does not allow; null for no peers. */
  readonly supportViolations: number | null;
  /** The verdict on those degrees alone that the law allows. */
  readonly withinSupport: Judgement;

  /** The exponent of maximum likelihood, and what goes with it; null where the degrees pin none. */
  readonly alpha: number | null;
  readonly standardError: number | null;
  /** 95 %, Wald. */
  readonly interval: readonly [number, number] | null;
  /** 95 %, profile likelihood. */
  readonly profileInterval: readonly [number, number] | null;
  readonly logLikelihood: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly ks: number | null;
  /** Of `ks`, by a bootstrap that fits anew; small means that no exponent fits. */
  readonly pValue: number | null;
  readonly chiSquare: ChiSquareTest | null;
  /** The fewest peers that the fitted law expects at any degree of its support. */
  readonly leastExpected: number | null;
  /** Why there is no alpha. */
  readonly unfitted: string | null;
  /** Another exponent this far off would have been noticed in four of five samples of this size (Wald, 5 %). */
  readonly detectableDifference: number | null;

  /** The law with the exponent that it claims; null where it claims none, or no peer is left. */
  readonly fixed: FixedTest | null;
  readonly alternatives: readonly AlternativeResult[];
}

export interface FixedTest {
  readonly alpha: number;
  readonly logLikelihood: number;
  readonly ks: number;
  /** Of `ks`, simulated under exactly this law. */
  readonly pValue: number | null;
  readonly chiSquare: ChiSquareTest;
  /** Against the fitted exponent. */
  readonly likelihoodRatio: LikelihoodRatioTest | null;
  readonly wald: { readonly z: number; readonly pValue: number } | null;
}

export interface AlternativeResult {
  readonly name: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** Null at the end of a range, or where the likelihood is flat. */
  readonly standardErrors: Readonly<Record<string, number | null>>;
  /** 95 %, profile likelihood; they end at the range that is searched, and are null where a parameter lies at its end. */
  readonly profileIntervals: Readonly<Record<string, readonly [number, number] | null>>;
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** A parameter ran to the end of the range that is searched. */
  readonly atBound: boolean;
  /** Where neither contains the other; z > 0 speaks for the law. Both tests are null where BIC decides: for a mixture with the law in it. */
  readonly vuong: VuongTest | null;
  /** Where the alternative contains the law. */
  readonly likelihoodRatio: LikelihoodRatioTest | null;
  /** Which of the two is better at 5 %. */
  readonly better: 'law' | 'alternative' | 'cannot tell';
}

/** Mean and spread of a sample; the variance is that of the population (divided by n). */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly standardDeviation: number;
}

/** Means and spreads: of the degrees, of the laws' formulas, and as the lecture states them. */
export interface DegreeMoments {
  readonly populations: Readonly<Record<string, Moments | null>>;
  readonly laws: Readonly<Record<string, LawMoments>>;
  readonly note: string;
}

export interface LawMoments {
  /** The claimed exponent; without one, the one fitted to the population `all`. */
  readonly alpha: number | null;
  readonly mean: number | null;
  readonly variance: number | null;
  readonly standardDeviation: number | null;
  /** The law with that exponent; empty where there is none. */
  readonly distribution: readonly DegreeProbability[];
  /** What the slide says; its "var" is under `variance` as it stands there. */
  readonly stated: { readonly mean: number; readonly variance: number } | null;
}
