import { ascend, solve, type Range, type Summit, type Surface } from './ascend.ts';
import type { Parameter } from './family.ts';
import { NORMAL_95 } from './interval.ts';

/** A parameter of maximum likelihood, as it is told to people. */
export interface FittedParameter {
  readonly name: string;
  readonly value: number;
  /** From the observed information; null at a bound, or where the likelihood is flat. */
  readonly standardError: number | null;
  /** 95 %: all values that, with the other parameters fitted anew, cost no more than 1.92 of the log-likelihood. Ends at the range. */
  readonly profileInterval: readonly [number, number] | null;
  /** It lies at the end of what is searched. */
  readonly atBound: boolean;
}

/** How a fit moves a parameter. */
export const toWorking: Readonly<Record<Parameter['scale'], (value: number) => number>> = {
  linear: (value) => value,
  log: Math.log,
  share: (value) => Math.log(value / (1 - value)),
};

export const fromWorking: Readonly<Record<Parameter['scale'], (value: number) => number>> = {
  linear: (value) => value,
  log: Math.exp,
  share: (value) => 1 / (1 + Math.exp(-value)),
};

/** d value / d working. */
const slope: Readonly<Record<Parameter['scale'], (value: number) => number>> = {
  linear: () => 1,
  log: (value) => value,
  share: (value) => value * (1 - value),
};

export function boxOf(parameters: readonly Parameter[]): Range[] {
  return parameters.map(({ scale, range: [low, high] }) => [toWorking[scale](low), toWorking[scale](high)]);
}

/** A parameter nearer than this to its bound, in working units, lies on it. */
const NEAR_BOUND = 1e-4;

/**
 * Standard errors and profile intervals at a top. The profile goes along one parameter and climbs in the others; the root of
 * twice the loss is nearly a straight line of the parameter, so that some five climbs a side find where it reaches 1.96.
 */
export function parameterErrors(
  surface: Surface,
  top: Summit,
  parameters: readonly Parameter[],
  profiles = true,
): FittedParameter[] {
  const box = boxOf(parameters);
  const bound = parameters.map((_, k) => {
    const [low, high] = box[k]!;
    return top.at[k]! - low < NEAR_BOUND || high - top.at[k]! < NEAR_BOUND;
  });
  const free = parameters.map((_, k) => k).filter((k) => !bound[k]);
  const matrix = free.map((i) => free.map((j) => top.information[i]![j]!));
  const errors = parameters.map((_, k) => {
    const place = free.indexOf(k);
    if (place < 0) return null;
    const unit = free.map((_, i) => (i === place ? 1 : 0));
    const variance = solve(matrix, unit)?.[place] ?? NaN;
    return variance > 0 ? Math.sqrt(variance) : null;
  });
  return parameters.map(({ name, scale }, k) => {
    const value = fromWorking[scale](top.at[k]!);
    const error = errors[k] ?? null;
    return {
      name,
      value,
      standardError: error === null ? null : error * slope[scale](value),
      profileInterval: profiles
        ? (profileInterval(surface, top, box, k, error ?? 0.3).map((x) => fromWorking[scale](x)) as [
            number,
            number,
          ])
        : null,
      atBound: bound[k]!,
    };
  });
}

const MOST_TRIES = 40;

function profileInterval(
  surface: Surface,
  top: Summit,
  box: readonly Range[],
  k: number,
  error: number,
): [number, number] {
  return [edge(surface, top, box, k, -error), edge(surface, top, box, k, error)];
}

/** Where the root of twice the loss is 1.96, on one side; the end of the range where it stays below. */
function edge(surface: Surface, top: Summit, box: readonly Range[], k: number, step: number): number {
  const limit = step < 0 ? box[k]![0] : box[k]![1];
  const centre = top.at[k]!;
  let others: readonly number[] = top.at;
  const lossAt = (x: number): number => {
    const start = others.map((value, i) => (i === k ? x : value));
    const best = ascend(surface, start, box, { held: [k], mostSteps: 30, tolerance: 1e-7 });
    others = best.at;
    return Math.sqrt(Math.max(0, 2 * (top.value - best.value)));
  };
  let [near, nearLoss] = [centre, 0];
  let far = clamp(centre + NORMAL_95 * step, box[k]!);
  let farLoss = lossAt(far);
  let tries = 1;
  for (; farLoss < NORMAL_95 && tries < MOST_TRIES; tries++) {
    if (far === limit) return limit;
    [near, nearLoss] = [far, farLoss];
    // On along the line, and a little further, at most to twice the distance.
    const slopeOfLoss = farLoss / Math.abs(far - centre);
    const reach = Math.min((1.1 * NORMAL_95) / slopeOfLoss, 2 * Math.abs(far - centre));
    far = clamp(centre + Math.sign(step) * reach, box[k]!);
    farLoss = lossAt(far);
  }
  // False position between the two, with the Illinois rule against a side that stays.
  let [low, high] = [nearLoss - NORMAL_95, farLoss - NORMAL_95];
  for (; tries < MOST_TRIES && Math.abs(far - near) > 1e-7 * (Math.abs(step) + Math.abs(far)); tries++) {
    const x = near + ((far - near) * low) / (low - high);
    const loss = lossAt(x) - NORMAL_95;
    if (Math.abs(loss) < 1e-5) return x;
    if (loss < 0) {
      [near, low] = [x, loss];
      high /= 2;
    } else {
      [far, high] = [x, loss];
      low /= 2;
    }
  }
  return Math.abs(low) < Math.abs(high) ? near : far;
}

function clamp(x: number, [low, high]: Range): number {
  return Math.min(Math.max(x, low), high);
}
