import type { Random } from '../core/random.ts';
import { ofLogWeights, type Distribution } from '../statistics/distribution.ts';

/** With less than two links each, a tier of superpeers falls apart. */
export const LEAST_CORE_DEGREE = 2;

/** The bisection below ends long before; a double has no more digits. */
const BISECTIONS = 200;

/**
 * The degree law on 2..cap with the given mean that assumes nothing else: of all such laws the one of largest entropy,
 * p(d) in proportion to exp(t d) (Jaynes 1957). With a mean near the cap most superpeers are full or nearly so.
 *
 * @param mean between 2 and the cap, both excluded. O(cap).
 */
export function cappedLaw(mean: number, cap: number): Distribution {
  const support = Uint32Array.from({ length: cap - LEAST_CORE_DEGREE + 1 }, (_, i) => LEAST_CORE_DEGREE + i);
  const tilted = (t: number): Distribution =>
    ofLogWeights(
      support,
      Float64Array.from(support, (degree) => t * degree),
    );
  let [low, high] = [-50, 50];
  for (let k = 0; k < BISECTIONS; k++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tilted(middle).mean < mean) low = middle;
    else high = middle;
  }
  return tilted((low + high) / 2);
}

/** Independent draws from it. O(size log cap). */
export function drawCappedDegrees(size: number, mean: number, cap: number, random: Random): Uint32Array {
  const law = cappedLaw(mean, cap);
  return Uint32Array.from({ length: size }, () => law.sample(random));
}
