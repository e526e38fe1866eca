import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../../src/overlays/gnutella/node/token-bucket.ts';

describe('an allowance', () => {
  it('gives its burst at once, then so many a second, and never saves up more than the burst', () => {
    const bucket = new TokenBucket({ burst: 3, perSecond: 2 });
    const taken = (now: number): number =>
      Array.from({ length: 9 }, () => bucket.take(now)).filter(Boolean).length;
    expect([0, 400, 500, 1_500, 60_000].map(taken)).toEqual([3, 0, 1, 2, 3]);
  });

  it('gives no more in any stretch of time than its burst and what the clock brings (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 200 }), (pauses) => {
        const bucket = new TokenBucket({ burst: 5, perSecond: 20 });
        let now = 1_000_000;
        const taken: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (bucket.take(now)) taken.push(now);
        }
        taken.forEach((since, first) => {
          taken.slice(first).forEach((until, others) => {
            expect(others + 1).toBeLessThanOrEqual(5 + ((until - since) * 20) / 1000 + 1e-6);
          });
        });
      }),
    );
  });
});
