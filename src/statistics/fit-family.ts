import { ascend, type Summit, type Surface } from './ascend.ts';
import type { Counted } from './counted.ts';
import type { Family, IntegerLaw, Parameter, Support } from './family.ts';
import { boxOf, fromWorking, parameterErrors, toWorking, type FittedParameter } from './parameter-errors.ts';

/** A family with its likeliest parameters. */
export interface FamilyFit {
  readonly family: Family;
  readonly support: Support;
  /** What the climb moved, in natural units; `parameters` may tell them otherwise. */
  readonly point: readonly number[];
  readonly parameters: readonly FittedParameter[];
  /** Of the likelihood: one more where the upper end is the largest value. */
  readonly freeParameters: number;
  readonly logLikelihood: number;
  /** 2k - 2 ln L, and k ln n - 2 ln L. */
  readonly aic: number;
  readonly bic: number;
  readonly law: IntegerLaw;
}

/** Climbs from so poor a start that it may be on the wrong side of a valley are given up after so many steps. */
const SCOUTING_STEPS = 15;

/**
 * Maximum likelihood with standard errors and profile intervals of every parameter. From every start a few steps are made, and the
 * best goes on to the top. O(different values) an evaluation, some tens of evaluations a parameter.
 *
 * @param sample values of the support only, two different ones at least.
 * @param profiles false: without profile intervals, which take most of the time.
 */
export function fitFamily(family: Family, sample: Counted, within: Support, profiles = true): FamilyFit {
  const support = supportOf(family, sample, within);
  const surface = surfaceOf(family, sample, support);
  const parameters = family.parameters(support);
  const point = topOf(surface, parameters, family.starts(sample, support)).at.map((x, k) =>
    fromWorking[parameters[k]!.scale](x),
  );
  return fitAt(family, sample, support, point, profiles);
}

/** The fit whose likeliest parameters are known, to within what one more climb mends. */
function fitAt(
  family: Family,
  sample: Counted,
  support: Support,
  point: readonly number[],
  profiles = true,
): FamilyFit {
  const { toTold, fromTold, parameters } = family.told ?? {
    toTold: (at: readonly number[]) => at,
    fromTold: (at: readonly number[]) => at,
    parameters: family.parameters(support),
  };
  const surface = surfaceOf(family, sample, support);
  const moved = family.parameters(support);
  const top = ascend(surface, workingOf(moved, point), boxOf(moved));
  const best = naturalOf(moved, top.at);
  const toldSurface: Surface = (at) => surface(workingOf(moved, fromTold(naturalOf(parameters, at))));
  const told =
    family.told === undefined
      ? top
      : ascend(toldSurface, workingOf(parameters, toTold(best)), boxOf(parameters), { mostSteps: 2 });
  const free = parameters.length + (support.endsAtLargest === true ? 1 : 0);
  return {
    family,
    support,
    point: best,
    parameters: parameterErrors(
      toldSurface,
      { ...told, value: Math.max(told.value, top.value) },
      parameters,
      profiles,
    ),
    freeParameters: free,
    logLikelihood: top.value,
    aic: 2 * free - 2 * top.value,
    bic: free * Math.log(sample.n) - 2 * top.value,
    law: family.at(best, support),
  };
}

/** Of the log-likelihood: about a hundredth of a standard error, which no distance shows. */
const REFIT_TOLERANCE = 1e-4;

/** The likeliest parameters alone, from a start that is near: what a bootstrap repeats. */
export function refit(
  family: Family,
  sample: Counted,
  within: Support,
  start: readonly number[],
): { readonly law: IntegerLaw; readonly logLikelihood: number; readonly point: readonly number[] } {
  const support = supportOf(family, sample, within);
  const parameters = family.parameters(support);
  const surface = surfaceOf(family, sample, support);
  const top = ascend(surface, workingOf(parameters, start), boxOf(parameters), {
    mostSteps: 30,
    tolerance: REFIT_TOLERANCE,
  });
  const point = naturalOf(parameters, top.at);
  return { law: family.at(point, support), logLikelihood: top.value, point };
}

/** A bounded law without a given end has it at the largest value. */
export function supportOf(family: Family, sample: Counted, support: Support): Support {
  if (!family.isBounded || (support.to !== Infinity && support.endsAtLargest !== true)) return support;
  return { from: support.from, to: sample.values.at(-1) ?? support.from, endsAtLargest: true };
}

/** ln of the probability of the sample, in the order in which it came. O(different values). */
export function logLikelihoodOf({ logProbability }: IntegerLaw, { values, counts }: Counted): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += counts[i]! * logProbability(values[i]!);
  return sum;
}

function surfaceOf(family: Family, sample: Counted, support: Support): Surface {
  const parameters = family.parameters(support);
  return (at) => logLikelihoodOf(family.at(naturalOf(parameters, at), support), sample);
}

function topOf(
  surface: Surface,
  parameters: readonly Parameter[],
  starts: readonly (readonly number[])[],
): Summit {
  const box = boxOf(parameters);
  const scouts = starts.map((start) =>
    ascend(surface, workingOf(parameters, start), box, {
      mostSteps: starts.length > 1 ? SCOUTING_STEPS : 100,
    }),
  );
  const best = scouts.reduce((a, b) => (b.value > a.value ? b : a));
  return starts.length > 1 ? ascend(surface, best.at, box) : best;
}

function workingOf(parameters: readonly Parameter[], point: readonly number[]): number[] {
  return parameters.map(({ scale, range: [low, high] }, k) =>
    toWorking[scale](Math.min(Math.max(point[k]!, low), high)),
  );
}

function naturalOf(parameters: readonly Parameter[], at: readonly number[]): number[] {
  return parameters.map(({ scale }, k) => fromWorking[scale](at[k]!));
}
