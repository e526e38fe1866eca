import type { Random } from '../core/random.ts';

/** A standard normal draw (Box and Muller 1958). */
export function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}

/**
 * A draw of the gamma distribution of scale 1 (Marsaglia and Tsang 2000): the cube of a normal draw, accepted in more
 * than 95 % of cases.
 *
 * @param shape 1 or more.
 */
export function drawGamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random.uniform()) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}
