// Which law describes a column of whole numbers? The order of the steps: which values are looked at (and where a tail begins); every law
// by maximum likelihood; how far each lies from the data; the best against the others; what a sample of this size could have shown.
import type { Random } from '../core/random.ts';
import { meanOf, within, type Counted } from '../statistics/counted.ts';
import { bootstrapFit, PIECES } from '../statistics/family-bootstrap.ts';
import type { Family, Support } from '../statistics/family.ts';
import { familyChiSquare, familyKs } from '../statistics/family-goodness.ts';
import { fitFamily, type FamilyFit } from '../statistics/fit-family.ts';
import { NORMAL_95 } from '../statistics/interval.ts';
import type { Law } from '../statistics/law.ts';
import type { Tally } from '../statistics/sample.ts';
import { bootstrapRatio } from '../statistics/ratio-bootstrap.ts';
import { chiSquareSurvival } from '../statistics/special.ts';
import { powerToTell } from '../statistics/tell-apart.ts';
import type { Work } from './analysis.ts';
import { compareFits } from './column-fit-comparisons.ts';
import type { ColumnFit, FitResult, PowerResult, SampleFacts, TailResult } from './column-fit-result.ts';
import { judgeClaims, judgeColumn } from './column-fit-verdict.ts';
import { testTally } from './degree-model-law.ts';
import { NOTICED } from './degree-model-verdict.ts';
import { tailOf } from './tail.ts';

/** What to fit, and on which values. */
export interface ColumnFitOptions {
  readonly families: readonly Family[];
  /** Laws with a support of their own, that somebody claims. */
  readonly claims: readonly Law[];
  /** Values below are left out; `scan`: from where a power law describes the values best. */
  readonly xmin: number | 'scan';
  /** Values above are left out, and no law goes on beyond; none by default. */
  readonly xmax: number | undefined;
  readonly replicates: number;
  readonly seed: number;
  readonly random: Random;
}

/** With fewer replicates the smallest p-value of a bootstrap is too coarse, and chi-square speaks alone. */
const FEWEST_REPLICATES = 99;

/** A column of whole numbers of 0 or more, of any size. O(different values) for each law and step, and for each replicate. */
export async function fitColumn(all: Counted, options: ColumnFitOptions, work: Work): Promise<ColumnFit> {
  const { xmax = Infinity, replicates, seed } = options;
  const track = progressOf(options, work);
  const tail =
    options.xmin === 'scan'
      ? await tailOf(within(all, 1, xmax), { crew: work.crew, replicates, seed, advance: track.advance })
      : null;
  const from = options.xmin === 'scan' ? (tail?.xmin ?? 1) : options.xmin;
  const support: Support = { from, to: xmax };
  const sample = within(all, from, xmax);
  const shared = {
    sample: factsOf(all),
    support: shown(support),
    leftOut: {
      below: within(all, -Infinity, from - 1).n,
      above: xmax === Infinity ? 0 : within(all, xmax + 1).n,
    },
    n: sample.n,
    tail,
    claims: options.claims.map((law) => {
      const bootstrap = { replicates, random: options.random.fork(law.name) };
      const result = testTally(law, tallyOf(all, law.support), all.n, bootstrap);
      return { ...result, reason: ofValues(result.reason) };
    }),
    replicates,
    seed,
  };
  const { fits, notFitted } = fitEach(sample, support, options.families);
  const rated: FitResult[] = [];
  for (const fit of fits)
    rated.push(await rate(fit, sample, fits, { ...options, tail, work, advance: track.advance }));
  const cutOff = await cutOffPValue(fits, sample.n, options, work);
  const compare = (one: FamilyFit, other: FamilyFit) => compareFits(sample, one, other, cutOff);
  const isAboutClaims = options.families.length === 0 && shared.claims.length > 0;
  const { verdict, sentence, best } = isAboutClaims
    ? judgeClaims(shared.claims)
    : judgeColumn(sample, shared.sample, rated, (one, other) =>
        compare(named(fits, one), named(fits, other)),
      );
  const chosen = fits.find(({ family }) => family.name === best);
  const others = chosen === undefined ? [] : fits.filter((fit) => fit !== chosen);
  return {
    verdict,
    sentence,
    ...shared,
    fits: rated,
    comparisons: chosen === undefined ? [] : others.map((other) => compare(chosen, other)),
    power: chosen === undefined ? [] : powersOf(chosen, others, sample.n),
    notFitted,
  };
}

/** The reason as of a column that may hold anything. */
function ofValues(reason: string): string {
  return reason.replace(/\b(peer|degree)(s?)\b(?! law)/g, 'value$2');
}

function named(fits: readonly FamilyFit[], name: string): FamilyFit {
  return fits.find(({ family }) => family.name === name)!;
}

/** Undefined where one of the two was not fitted, or where the limit holds or must do. */
async function cutOffPValue(
  fits: readonly FamilyFit[],
  n: number,
  { replicates, seed }: ColumnFitOptions,
  { crew }: Work,
): Promise<number | undefined> {
  const [smaller, larger] = ['zeta', 'power-law-with-cut-off'].map((name) =>
    fits.find(({ family }) => family.name === name),
  );
  if (smaller === undefined || larger === undefined || smaller.support.to !== Infinity) return undefined;
  // A ratio that no chance explains needs no simulation.
  const statistic = 2 * (larger.logLikelihood - smaller.logLikelihood);
  if (replicates < FEWEST_REPLICATES || statistic > HOPELESS) return undefined;
  return bootstrapRatio(smaller, larger, n, { crew, replicates, seed });
}

/** Chi-square exceeds it once in 10^20. */
const HOPELESS = 90;

function fitEach(sample: Counted, support: Support, families: readonly Family[]) {
  const notFitted: { name: string; reason: string }[] = [];
  const fits: FamilyFit[] = [];
  if (sample.values.length < 2) return { fits, notFitted };
  for (const family of families) {
    const { name, least } = family;
    if (support.from < least) notFitted.push({ name, reason: `it has no value below ${least}` });
    else if (sample.values.length <= family.parameters(support).length + 1) {
      notFitted.push({ name, reason: `${sample.values.length} different values cannot pin its parameters` });
    } else fits.push(fitFamily(family, sample, support));
  }
  return { fits: fits.sort((a, b) => a.bic - b.bic), notFitted };
}

async function rate(
  fit: FamilyFit,
  sample: Counted,
  fits: readonly FamilyFit[],
  {
    replicates,
    seed,
    tail,
    work,
    advance,
  }: Pick<ColumnFitOptions, 'replicates' | 'seed'> & {
    readonly tail: TailResult | null;
    readonly work: Work;
    readonly advance: () => void;
  },
): Promise<FitResult> {
  const { family, support } = fit;
  const ks = familyKs(fit.law, sample, support);
  // A tail that was chosen for its distance is not as far from the law as one that was not: its own bootstrap knows that.
  const isScanned = tail !== null && family.name === 'zeta';
  const pValue = isScanned
    ? tail.pValue
    : await bootstrapFit(fit, sample.n, ks, { crew: work.crew, replicates, seed, progress: advance });
  const chiSquare = familyChiSquare(fit.law, sample, support, fit.freeParameters);
  // KS sees where the mass is, chi-square sees spikes: two tests, at 5 % together (Bonferroni). Parameters that were fitted to values rather
  // than cells do not take all of their degrees of freedom (Chernoff and Lehmann 1954), which shows where few are left: none is taken here.
  const spikes =
    chiSquare.df > 0 ? chiSquareSurvival(chiSquare.statistic, chiSquare.df + fit.freeParameters) : null;
  const tests = [replicates < FEWEST_REPLICATES ? null : pValue, spikes].filter((p) => p !== null);
  return {
    name: family.name,
    title: family.title,
    support: shown(support),
    endsAtLargest: support.endsAtLargest ?? false,
    parameters: fit.parameters.map((parameter) => ({
      ...parameter,
      interval:
        parameter.standardError === null
          ? null
          : [
              parameter.value - NORMAL_95 * parameter.standardError,
              parameter.value + NORMAL_95 * parameter.standardError,
            ],
    })),
    freeParameters: fit.freeParameters,
    logLikelihood: fit.logLikelihood,
    aic: fit.aic,
    bic: fit.bic,
    deltaBic: fit.bic - fits[0]!.bic,
    ks,
    pValue,
    chiSquare,
    rejected: tests.some((p) => p * tests.length <= NOTICED),
    curve: curveOf(fit, sample),
  };
}

/** Against which laws the power is told: the plain ones, and those that are near. */
const PLAIN = ['geometric', 'poisson', 'zeta', 'power-law', 'lognormal', 'negative-binomial'];

function powersOf(best: FamilyFit, others: readonly FamilyFit[], n: number): readonly PowerResult[] {
  return others
    .filter(({ family }) => PLAIN.includes(family.name))
    .map((other) => ({
      truth: best.family.name,
      other: other.family.name,
      ...powerToTell(best.law, other.law, best.support, n),
    }));
}

/** Points of a curve that a chart shows. */
const CURVE_POINTS = 120;

function curveOf({ law, support }: FamilyFit, { values }: Counted): FitResult['curve'] {
  const [from, to] = [Math.max(support.from, 1), values.at(-1) ?? support.from];
  const points = new Set<number>();
  for (let k = 0; k <= CURVE_POINTS; k++) points.add(Math.round(from * (to / from) ** (k / CURVE_POINTS)));
  return [...points].map((x) => ({ x, ccdf: Math.exp(law.logSurvival(x)) }));
}

function shown({ from, to }: Support): { from: number; to: number | null } {
  return { from, to: to === Infinity ? null : to };
}

function factsOf(all: Counted): SampleFacts {
  const { n, values } = all;
  if (n === 0)
    return { n, distinct: 0, min: null, max: null, mean: null, variance: null, standardDeviation: null };
  const mean = meanOf(all, (x) => x);
  const variance = meanOf(all, (x) => (x - mean) ** 2);
  return {
    n,
    distinct: values.length,
    min: values[0]!,
    max: values.at(-1)!,
    mean,
    variance,
    standardDeviation: Math.sqrt(variance),
  };
}

function tallyOf({ values, counts, n }: Counted, support: Uint32Array): Tally {
  const places = new Map(Array.from(support, (value, i) => [value, i]));
  const tally = new Float64Array(support.length);
  let inside = 0;
  values.forEach((value, i) => {
    const place = places.get(value);
    if (place === undefined) return;
    tally[place] = counts[i]!;
    inside += counts[i]!;
  });
  return { counts: tally, inside, outside: n - inside };
}

/** Shares of all pieces of all bootstraps. */
function progressOf(
  { families, xmin, replicates }: ColumnFitOptions,
  { progress }: Work,
): { advance: () => void } {
  const pieces = Math.max(1, Math.min(PIECES, replicates) * (families.length + (xmin === 'scan' ? 1 : 0)));
  let done = 0;
  return {
    advance: () => {
      done += 1;
      progress(Math.min(1, done / pieces));
    },
  };
}
