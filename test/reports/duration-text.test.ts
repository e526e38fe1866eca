import { describe, expect, it } from 'vitest';
import { durationText, wholeDurationText } from '../../src/reports/duration-text.ts';

describe('a length of time', () => {
  it.each([
    [0, '0.00 s'],
    [0.717, '0.72 s'],
    [9.994, '9.99 s'],
    [12.54, '12.5 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [7530, '2 h 6 min'],
    [3599.6, '1 h'],
    [86_399, '1 d'],
    [273_600, '3 d 4 h'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it('that is only roughly known has whole seconds, and is never nothing', () => {
    expect([0, 0.4, 1.5, 59.5].map(wholeDurationText)).toEqual(['1 s', '1 s', '2 s', '1 min']);
  });
});
