/** The top of a log-likelihood in one or two dimensions. */
export interface Top {
  readonly at: readonly number[];
  readonly value: number;
  /** From the observed information; null where it says nothing, as at a bound or on a ridge. */
  readonly standardErrors: readonly (number | null)[];
}

/** Steps in which derivatives are taken: their error is about the square of it, and 1e-3 is far below a standard error. */
const STEP = 1e-3;
/** Parameters are logarithms: a move that is smaller than this is far below any standard error. */
const ENOUGH = 1e-7;
const MOST_STEPS = 100;
const MOST_HALVINGS = 30;
/** One step of a logarithm at most: a likelihood is far from a parabola where it starts. */
const LONGEST_STEP = 1;

/**
 * Newton's method from numeric derivatives, for a likelihood that has no closed ones; each step is halved until it climbs,
 * and goes along the slope where the surface is not curved like a hill. `maximise2` is for those with exact derivatives.
 */
export function climb(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  box: readonly (readonly [number, number])[],
): Top {
  let at = box.map(([low, high], k) => Math.min(Math.max(start[k] ?? 0, low), high));
  let here = value(at);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = directionFrom(value, at, here);
    let moved = 0;
    for (let halving = 0; halving < MOST_HALVINGS && moved === 0; halving++) {
      const next = at.map((x, k) => {
        const [low, high] = box[k] ?? [x, x];
        return Math.min(Math.max(x + (direction[k] ?? 0) / 2 ** halving, low), high);
      });
      const there = value(next);
      if (!(there > here)) continue;
      moved = Math.max(...next.map((x, k) => Math.abs(x - (at[k] ?? 0))));
      at = next;
      here = there;
    }
    if (moved < ENOUGH) break;
  }
  return { at, value: here, standardErrors: standardErrors(shapeAt(value, at, here).information) };
}

interface Shape {
  readonly gradient: readonly number[];
  /** Minus the second derivatives: xx, xy, yy; xx alone in one dimension. */
  readonly information: readonly number[];
}

function shapeAt(value: (at: readonly number[]) => number, at: readonly number[], here: number): Shape {
  const moved = (dx: number, dy: number): number => value(at.map((x, k) => x + STEP * (k === 0 ? dx : dy)));
  const [left, right] = [moved(-1, 0), moved(1, 0)];
  const gx = (right - left) / (2 * STEP);
  const xx = (2 * here - left - right) / STEP ** 2;
  if (at.length === 1) return { gradient: [gx], information: [xx] };
  const [below, above] = [moved(0, -1), moved(0, 1)];
  const mixed = (moved(1, 1) - moved(1, -1) - moved(-1, 1) + moved(-1, -1)) / (4 * STEP ** 2);
  return {
    gradient: [gx, (above - below) / (2 * STEP)],
    information: [xx, -mixed, (2 * here - below - above) / STEP ** 2],
  };
}

function directionFrom(
  value: (at: readonly number[]) => number,
  at: readonly number[],
  here: number,
): number[] {
  const { gradient, information } = shapeAt(value, at, here);
  const [gx = 0, gy = 0] = gradient;
  const [a = 0, b = 0, d = 0] = information;
  const determinant = a * d - b * b;
  const steps =
    gradient.length === 1
      ? [gx / Math.max(Math.abs(a), Number.MIN_VALUE)]
      : a > 0 && determinant > 1e-10 * a * d
        ? [(d * gx - b * gy) / determinant, (a * gy - b * gx) / determinant]
        : [gx / (Math.abs(a) + Number.MIN_VALUE), gy / (Math.abs(d) + Number.MIN_VALUE)];
  const longest = Math.max(...steps.map(Math.abs));
  return longest > LONGEST_STEP ? steps.map((step) => (step * LONGEST_STEP) / longest) : steps;
}

function standardErrors([a = 0, b = 0, d]: readonly number[]): (number | null)[] {
  if (d === undefined) return [a > 0 ? 1 / Math.sqrt(a) : null];
  const determinant = a * d - b * b;
  if (!(a > 0 && determinant > 0)) return [null, null];
  return [Math.sqrt(d / determinant), Math.sqrt(a / determinant)];
}
