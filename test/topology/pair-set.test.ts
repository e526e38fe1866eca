import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairSet } from '../../src/topology/pair-set.ts';

describe('a set of pairs', () => {
  it('answers as the Set of JavaScript does, whatever is added and deleted (property)', () => {
    const step = fc.tuple(fc.constantFrom('add', 'delete', 'has' as const), fc.nat(11), fc.nat(11));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const pairs = new PairSet(12, 78);
        const model = new Set<string>();
        for (const [what, a, b] of steps) {
          const key = [Math.min(a, b), Math.max(a, b)].join();
          if (what === 'add') expect(pairs.add(a, b)).toBe(!model.has(key));
          if (what === 'add') model.add(key);
          if (what === 'delete') pairs.delete(a, b);
          if (what === 'delete') model.delete(key);
          expect(pairs.has(b, a)).toBe(model.has(key));
        }
        for (let a = 0; a < 12; a++)
          for (let b = a; b < 12; b++) expect(pairs.has(a, b)).toBe(model.has([a, b].join()));
      }),
      { numRuns: 300 },
    );
  });

  it('tells pairs of far more peers than 32 bits count apart', () => {
    const pairs = new PairSet(16_000_000, 4);
    expect(pairs.add(15_999_999, 15_999_998)).toBe(true);
    expect(pairs.has(15_999_998, 15_999_999)).toBe(true);
    expect(pairs.has(15_999_997, 15_999_999)).toBe(false);
  });
});
