// The top of a log-likelihood in a few dimensions, by Newton's method from numeric derivatives.

/** A log-likelihood; anything that is not finite is as bad as can be. */
export type Surface = (at: readonly number[]) => number;

export type Range = readonly [low: number, high: number];

/** Where a climb ended. */
export interface Summit {
  readonly at: readonly number[];
  readonly value: number;
  /** Minus the second derivatives there. */
  readonly information: readonly (readonly number[])[];
}

export interface AscentOptions {
  /** Parameters that stay where they are. */
  readonly held?: readonly number[];
  readonly mostSteps?: number;
  /** The climb ends where so little of the log-likelihood is left to gain, as nearly as it can be known by default. */
  readonly tolerance?: number;
  /** How far one step may go in each dimension: a likelihood is far from a parabola where it starts. */
  readonly longestStep?: number;
}

/** Coordinates are logarithms or of their size: a move that is smaller is far below any standard error. */
const ENOUGH = 1e-9;
const STEP = 1e-3;
const MOST_HALVINGS = 25;

/**
 * Climbs from `start` to the next top inside the box. Each step is halved until it goes up, and goes along the slope where
 * the surface is not curved like a hill; a parameter that is pushed against its bound stays there. Derivatives are taken over a
 * twentieth of a standard error, once that is known, so that rounding does not show. About k² + k evaluations a step.
 */
export function ascend(
  surface: Surface,
  start: readonly number[],
  box: readonly Range[],
  { held = [], mostSteps = 100, tolerance = 0, longestStep = 1 }: AscentOptions = {},
): Summit {
  const value: Surface = (at) => {
    const found = surface(at);
    return Number.isFinite(found) ? found : -Number.MAX_VALUE;
  };
  const free = box.map((_, k) => k).filter((k) => !held.includes(k));
  let at = start.map((x, k) => clamp(x, box[k]!));
  let here = value(at);
  if (free.length === 0) return { at, value: here, information: at.map(() => at.map(() => 0)) };
  let steps = at.map(() => STEP);
  let shape = shapeAt(value, at, here, steps, box, free);
  for (let round = 0; round < mostSteps; round++) {
    const direction = directionFrom(shape, at, box, free, longestStep);
    const gain = direction.reduce((sum, step, k) => sum + (step * shape.gradient[k]!) / 2, 0);
    // Less than rounding would show.
    if (gain >= 0 && gain < 1e-15 * Math.abs(here)) break;
    let moved = 0;
    for (let halving = 0; halving < MOST_HALVINGS && moved === 0; halving++) {
      const next = at.map((x, k) => clamp(x + direction[k]! / 2 ** halving, box[k]!));
      const there = value(next);
      if (!(there > here)) continue;
      moved = Math.max(...next.map((x, k) => Math.abs(x - at[k]!)));
      at = next;
      here = there;
    }
    if (moved < ENOUGH || gain < tolerance) break;
    const last = shape.information;
    steps = at.map((_, k) =>
      last[k]![k]! > 0 ? Math.min(Math.max(0.05 / Math.sqrt(last[k]![k]!), 1e-6), 0.02) : STEP,
    );
    shape = shapeAt(value, at, here, steps, box, free);
    // Newton's error falls with the square of its steps: after a small one nothing is left to gain.
    if (moved < 1e-6) break;
  }
  if (tolerance === 0) {
    const gradient = slopeAt(
      value,
      at,
      steps.map((h) => FINER * h),
      free,
    );
    const direction = directionFrom({ gradient, information: shape.information }, at, box, free, 1e-3);
    const next = at.map((x, k) => clamp(x + direction[k]!, box[k]!));
    const there = value(next);
    // The difference may be below what a sum of this size can show.
    if (there >= here - 1e-14 * Math.abs(here)) {
      at = next;
      here = Math.max(here, there);
    }
  }
  return { at, value: here, information: shape.information };
}

/** A central difference is wrong by the square of its step; rounding allows this much less than for second derivatives. */
const FINER = 0.05;

function slopeAt(
  value: Surface,
  at: readonly number[],
  steps: readonly number[],
  free: readonly number[],
): number[] {
  return at.map((_, i) => {
    if (!free.includes(i)) return 0;
    const [up, down] = [1, -1].map((sign) => value(at.map((x, k) => (k === i ? x + sign * steps[k]! : x))));
    return (up! - down!) / (2 * steps[i]!);
  });
}

interface Shape {
  readonly gradient: readonly number[];
  readonly information: readonly (readonly number[])[];
}

function shapeAt(
  value: Surface,
  at: readonly number[],
  here: number,
  steps: readonly number[],
  box: readonly Range[],
  free: readonly number[],
): Shape {
  const k = at.length;
  const gradient = new Array<number>(k).fill(0);
  const information = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  // At a bound the derivatives are those of a point a step inside of it.
  const centre = at.map((x, i) => {
    const [low, high] = box[i]!;
    return free.includes(i) ? Math.min(Math.max(x, low + steps[i]!), high - steps[i]!) : x;
  });
  const middle = centre.every((x, i) => x === at[i]) ? here : value(centre);
  const moved = (i: number, dx: number, j = -1, dy = 0) =>
    value(centre.map((x, m) => (m === i ? x + dx : m === j ? x + dy : x)));
  const ups = new Array<number>(k).fill(0);
  const downs = new Array<number>(k).fill(0);
  for (const i of free) {
    const h = steps[i]!;
    ups[i] = moved(i, h);
    downs[i] = moved(i, -h);
    gradient[i] = (ups[i] - downs[i]) / (2 * h);
    information[i]![i] = (2 * middle - ups[i] - downs[i]) / (h * h);
  }
  for (const i of free) {
    for (const j of free) {
      if (j <= i) continue;
      const [h, g] = [steps[i]!, steps[j]!];
      // Three of the four corners follow from the axes: two evaluations give the mixed derivative to second order.
      const corners = moved(i, h, j, g) + moved(i, -h, j, -g);
      const mixed = (corners + 2 * middle - ups[i]! - downs[i]! - ups[j]! - downs[j]!) / (2 * h * g);
      information[i]![j] = -mixed;
      information[j]![i] = -mixed;
    }
  }
  return { gradient, information };
}

function directionFrom(
  { gradient, information }: Shape,
  at: readonly number[],
  box: readonly Range[],
  free: readonly number[],
  longestStep: number,
): number[] {
  const moving = free.filter((k) => {
    const [low, high] = box[k]!;
    return !((at[k]! <= low && gradient[k]! < 0) || (at[k]! >= high && gradient[k]! > 0));
  });
  const direction = at.map(() => 0);
  const solved = solve(
    moving.map((i) => moving.map((j) => information[i]![j]!)),
    moving.map((i) => gradient[i]!),
  );
  moving.forEach((k, i) => {
    // No hill: by the slope, as far as the curvature of this axis alone says.
    direction[k] =
      solved?.[i] ??
      gradient[k]! / (Math.abs(information[k]![k]!) + 1e-8 * Math.abs(gradient[k]!) + Number.MIN_VALUE);
  });
  const longest = Math.max(...direction.map(Math.abs));
  return longest > longestStep ? direction.map((step) => (step * longestStep) / longest) : direction;
}

/** x of A x = b by Cholesky's decomposition; undefined unless A is positive definite, by more than rounding. */
export function solve(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | undefined {
  const n = right.length;
  const root = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let m = 0; m < j; m++) sum -= root[i]![m]! * root[j]![m]!;
      if (i === j) {
        if (!(sum > 1e-10 * matrix[i]![i]!)) return undefined;
        root[i]![i] = Math.sqrt(sum);
      } else root[i]![j] = sum / root[j]![j]!;
    }
  }
  const x = [...right];
  for (let i = 0; i < n; i++) {
    for (let m = 0; m < i; m++) x[i]! -= root[i]![m]! * x[m]!;
    x[i]! /= root[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let m = i + 1; m < n; m++) x[i]! -= root[m]![i]! * x[m]!;
    x[i]! /= root[i]![i]!;
  }
  return x;
}

function clamp(x: number, [low, high]: Range): number {
  return Math.min(Math.max(x, low), high);
}
