// Maximum likelihood in one and two dimensions, from first derivatives and the information.

/** Slope of the log-likelihood at a point, and its information there (positive: how fast the slope falls). */
export interface Slope {
  readonly score: number;
  readonly information: number;
}

/**
 * Where the score crosses 0 from above: Newton steps (Fisher scoring) kept inside a bracket that every evaluation
 * narrows. Comes back with an end of the range where the score does not change sign. About 5 evaluations near the root.
 */
export function solveScore(
  at: (x: number) => Slope,
  range: readonly [number, number],
  start: number,
): number {
  let [low, high] = range;
  let x = Math.min(Math.max(start, low), high);
  for (let i = 0; i < 200; i++) {
    const { score, information } = at(x);
    if (score === 0) return x;
    if (score > 0) low = x;
    else high = x;
    const newton = x + score / information;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-13 * (1 + Math.abs(x))) return next;
    x = next;
  }
  return x;
}

/** A point of a log-likelihood with two parameters. */
export interface Surface {
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** Minus the second derivatives: xx, xy, yy. */
  readonly information: readonly [number, number, number];
}

type Pair = readonly [number, number];

/** A box: lowest and highest x, lowest and highest y. */
export interface Box {
  readonly x: Pair;
  readonly y: Pair;
}

/**
 * The top of a surface inside a box: Newton's method with Marquardt's damping, so that it never goes down; a
 * parameter that is pushed against its bound stays there. Finds the global maximum of a concave surface.
 */
export function maximise2(at: (x: number, y: number) => Surface, start: Pair, box: Box): [number, number] {
  let point: Pair = [clamp(start[0], box.x), clamp(start[1], box.y)];
  let here = at(...point);
  let damping = 0;
  for (let i = 0; i < 500; i++) {
    const [dx, dy] = step(here, damping, point, box);
    const next: Pair = [clamp(point[0] + dx, box.x), clamp(point[1] + dy, box.y)];
    const moved = Math.max(...[0, 1].map((k) => Math.abs(next[k]! - point[k]!) / (1 + Math.abs(point[k]!))));
    const there = at(...next);
    if (there.value >= here.value || moved < 1e-9) {
      point = next;
      here = there;
      damping = damping < 1e-6 ? 0 : damping / 10;
    } else {
      damping = damping === 0 ? 1e-3 : damping * 10;
    }
    if (moved < 1e-12) break;
  }
  return [point[0], point[1]];
}

function step({ gradient, information }: Surface, damping: number, point: Pair, box: Box): [number, number] {
  const [gx, gy] = gradient;
  const [ixx, ixy, iyy] = information;
  const stuckX = pushed(point[0], gx, box.x);
  const stuckY = pushed(point[1], gy, box.y);
  const a = Math.abs(ixx) * (1 + damping) + Number.MIN_VALUE;
  const d = Math.abs(iyy) * (1 + damping) + Number.MIN_VALUE;
  if (stuckX && stuckY) return [0, 0];
  if (stuckX) return [0, gy / d];
  if (stuckY) return [gx / a, 0];
  const determinant = a * d - ixy * ixy;
  // Not a hilltop here (or singular): climb along the axes instead.
  if (!(ixx > 0 && iyy > 0 && determinant > 1e-14 * a * d)) {
    const scale = 1 / (1 + damping);
    return [(scale * gx) / a, (scale * gy) / d];
  }
  return [(d * gx - ixy * gy) / determinant, (a * gy - ixy * gx) / determinant];
}

function pushed(value: number, gradient: number, [low, high]: Pair): boolean {
  return (value <= low && gradient < 0) || (value >= high && gradient > 0);
}

function clamp(value: number, [low, high]: Pair): number {
  return Math.min(Math.max(value, low), high);
}
