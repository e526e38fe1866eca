import { describe, expect, it } from 'vitest';
import type { Known } from '../../../src/snapshot/accuracy/look-sums.ts';
import { vendorBias } from '../../../src/snapshot/accuracy/vendor-order.ts';
import { address, listing, visit } from '../../support/visits.ts';

/** Peers 1..9 by their number; those up to 5 are of vendor 1, the others of vendor 2. */
const known: Known = {
  peerAt: (at) => Number(/\.(\d+):/.exec(at)?.[1]),
  stateOf: () => 3,
  degreeOf: () => 1,
  vendorOf: (peer) => (peer <= 5 ? 1 : 2),
  neighboursOf: () => [2, 3, 6, 7, 8, 9],
};

const says = (order: readonly number[], truncated = false) => {
  const claims = listing(address(1), order.map(address));
  return visit(address(1), {
    claims: { ...claims, peers: [{ address: address(1), ...(truncated ? { truncated } : {}) }] },
  });
};

describe('the test of vendor order', () => {
  it('is the rank sum test (by hand: ranks 1 and 2 of 4, expected 5, variance 5 / 3)', () => {
    const bias = vendorBias([says([2, 3, 6, 7])], known);
    expect(bias).toMatchObject({ listings: 1, truncationPValue: null });
    expect(bias?.z).toBeCloseTo(2 / Math.sqrt(5 / 3), 12);
    expect(vendorBias([says([6, 7, 2, 3])], known)?.z).toBeCloseTo(-2 / Math.sqrt(5 / 3), 12);
  });

  it('compares a cut listing with what the other ends report', () => {
    const bias = vendorBias([says([2, 3, 6], true)], known);
    expect(bias).toMatchObject({ listed: 3, ownListed: 2, unlisted: 3, ownUnlisted: 0 });
    // Pooled share 1 / 3: z = (2 / 3) / sqrt(2 / 9 x 2 / 3) = 1.732, two-sided p 0.0833.
    expect(bias?.truncationPValue).toBeCloseTo(0.0833, 4);
  });

  it('says nothing where all are of one vendor', () => {
    expect(vendorBias([says([2, 3])], known)).toBeNull();
  });
});
