/** Points and weights that integrate over -1..1. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Points and weights of Gauss and Legendre on -1..1, by Newton's method from Tricomi's guess. O(order²). */
export function gaussLegendre(order: number): Quadrature {
  const points = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    let slope = 1;
    for (let round = 0; round < 20; round++) {
      const { value, derivative } = legendre(order, x);
      slope = derivative;
      x -= value / derivative;
    }
    points[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

function legendre(order: number, x: number): { value: number; derivative: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= order; k++) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return { value, derivative: (order * (x * value - before)) / (x * x - 1) };
}
