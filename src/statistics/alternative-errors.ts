import { ascend, type Surface } from './ascend.ts';
import { countedOf } from './counted.ts';
import { familyNamed } from './families.ts';
import type { Family, IntegerLaw, Support } from './family.ts';
import { logLikelihoodOf } from './fit-family.ts';
import { boxOf, fromWorking, parameterErrors, toWorking, type FittedParameter } from './parameter-errors.ts';

/** A family on a support that may have gaps, as the hybrid law's: its probabilities there, divided by what they add up to. */
export interface ListedFamily {
  /** ln p at every value of the support. O(values). */
  logProbabilities(point: readonly number[]): Float64Array;
  /** The likeliest point from these starts, or from the family's own. */
  fit(counts: Float64Array, starts: readonly (readonly number[])[]): readonly number[];
  /** Standard errors at the likeliest point, and profile intervals unless one of the parameters lies at its bound: there another law is meant. */
  errors(counts: Float64Array, point: readonly number[]): readonly FittedParameter[];
}

/** @param support ascending, at least one value. */
export function listedFamily(name: string, support: Uint32Array): ListedFamily {
  const family = familyNamed(name);
  if (family === undefined) throw new RangeError(`no family is called ${name}`);
  const hull = { from: support[0]!, to: support.at(-1)! };
  const moved = family.parameters(hull);
  const logProbabilities = (point: readonly number[]): Float64Array =>
    normalised(family, point, hull, support);
  const hasGaps = hull.to - hull.from + 1 > support.length;
  const surfaceOn = (
    counts: Float64Array,
    pointOf: (at: readonly number[]) => readonly number[],
  ): Surface => {
    const present = countedOf(Array.from(support, (value, i) => [value, counts[i]!]));
    return (at) => {
      const point = pointOf(at);
      // Without gaps the family knows what its probabilities add up to, and values that do not occur cost nothing.
      const law = family.at(point, hull);
      const likelihood = logLikelihoodOf(law, present);
      return hasGaps ? likelihood - present.n * logSumOver(law, support) : likelihood;
    };
  };
  const natural = (parameters: typeof moved) => (at: readonly number[]) =>
    parameters.map(({ scale }, k) => fromWorking[scale](at[k]!));
  const working = (parameters: typeof moved, point: readonly number[]) =>
    parameters.map(({ scale, range: [low, high] }, k) =>
      toWorking[scale](Math.min(Math.max(point[k]!, low), high)),
    );
  return {
    logProbabilities,
    fit: (counts, starts) => {
      const surface = surfaceOn(counts, natural(moved));
      const tops = starts.map((start) => ascend(surface, working(moved, start), boxOf(moved)));
      return natural(moved)(tops.reduce((best, top) => (top.value > best.value ? top : best)).at);
    },
    errors: (counts, point) => {
      const told = family.told;
      const parameters = told?.parameters ?? moved;
      const surface = surfaceOn(counts, (at) => {
        const values = natural(parameters)(at);
        return told === undefined ? values : told.fromTold(values);
      });
      const start = working(parameters, told === undefined ? point : told.toTold(point));
      const top = ascend(surface, start, boxOf(parameters), { mostSteps: 5 });
      const errors = parameterErrors(surface, top, parameters, false);
      return errors.some(({ atBound }) => atBound) ? errors : parameterErrors(surface, top, parameters);
    },
  };
}

function normalised(
  family: Family,
  point: readonly number[],
  hull: Support,
  support: Uint32Array,
): Float64Array {
  const law = family.at(point, hull);
  const total = logSumOver(law, support);
  return Float64Array.from(support, (value) => law.logProbability(value) - total);
}

/** ln of what the probabilities at these values add up to. O(values). */
function logSumOver({ logProbability }: IntegerLaw, support: Uint32Array): number {
  let sum = 0;
  for (const value of support) sum += Math.exp(logProbability(value));
  return Math.log(sum);
}
