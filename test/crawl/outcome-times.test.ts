import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutcomeTimes } from '../../src/crawl/outcome-times.ts';

describe('outcomes over time', () => {
  it('are counted by the span in which visits ended', () => {
    const times = new OutcomeTimes();
    times.add('ok', 0.4);
    times.add('ok', 1.2);
    times.add('reset', 1.9);
    expect(times.counts()).toEqual({ seconds: 0.001, spans: [{ ok: 1 }, { ok: 1, reset: 1 }] });
  });

  it('lose nothing when the spans grow, and stay few', () => {
    const visit = fc.record({
      outcome: fc.constantFrom('ok' as const, 'silent' as const),
      at: fc.oneof(
        fc.double({ min: -10, max: 1e13, noNaN: true }),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
      ),
    });
    fc.assert(
      fc.property(fc.array(visit), (visits) => {
        const times = new OutcomeTimes();
        for (const { outcome, at } of visits) times.add(outcome, at);
        const { seconds, spans } = times.counts();
        expect(spans.length).toBeLessThanOrEqual(200);
        spans.forEach((span, k) => {
          const inside = visits.filter(({ at }) => Math.max(0, Math.floor(at / (1000 * seconds))) === k);
          expect(span.ok ?? 0).toBe(inside.filter(({ outcome }) => outcome === 'ok').length);
          expect(span.silent ?? 0).toBe(inside.filter(({ outcome }) => outcome === 'silent').length);
        });
      }),
    );
  });
});
