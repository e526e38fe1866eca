import { describe, expect, it } from 'vitest';
import { effectiveDiameter, meanDistance } from '../../src/statistics/effective-diameter.ts';

describe('the effective diameter', () => {
  it('lies where the cumulative count of pairs crosses 90 %', () => {
    expect(effectiveDiameter([0, 5, 4, 1])).toBeCloseTo(2, 12);
    expect(effectiveDiameter([0, 5, 3, 2])).toBeCloseTo(2.5, 12);
    expect(effectiveDiameter([0, 10])).toBeCloseTo(0.9, 12);
    expect(effectiveDiameter([0])).toBeNull();
    expect(meanDistance([0, 5, 3, 2])).toBeCloseTo(1.7, 12);
    expect(meanDistance([0])).toBeNull();
  });
});
