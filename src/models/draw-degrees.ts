import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Distribution } from '../statistics/distribution.ts';

/** Redraws until a law whose degrees are nearly all odd is given up. */
const MAX_REDRAWS = 1000;

/**
 * Independent draws; one is drawn anew until their sum is even, since every link needs two stubs. O(peers).
 * @throws {PeerscopeError} (usage) where a degree exceeds the other peers, or no sum of the degrees is even.
 */
export function drawDegrees(law: Distribution, peers: number, random: Random): Uint32Array {
  requireRealisable(law, peers);
  const degrees = Uint32Array.from({ length: peers }, () => law.sample(random));
  let sum = degrees.reduce((total, degree) => total + degree, 0);
  for (let redraw = 0; sum % 2 === 1; redraw++) {
    if (redraw > MAX_REDRAWS) throw neverEven(peers);
    const peer = random.int(peers);
    sum -= degrees[peer]!;
    sum += degrees[peer] = law.sample(random);
  }
  return degrees;
}

function requireRealisable(law: Distribution, peers: number): void {
  const possible = law.support.filter((_, i) => law.probabilities[i]! > 0);
  const largest = possible.at(-1) ?? 0;
  if (largest >= peers) {
    throw new PeerscopeError('usage', `${peers} peers cannot have degrees up to ${largest}`, {
      hint: `Ask for at least ${largest + 1} peers (--peers).`,
    });
  }
  // An odd number of odd degrees has an odd sum, however often they are drawn.
  if (peers % 2 === 1 && possible.every((degree) => degree % 2 === 1)) throw neverEven(peers);
}

function neverEven(peers: number): PeerscopeError {
  return new PeerscopeError(
    'usage',
    `degrees of this law do not add up to an even number for ${peers} peers`,
    { hint: 'Ask for one peer more.' },
  );
}
