import { describe, expect, it } from 'vitest';
import { chiSquareSurvival, erfc, logGamma, twoSidedNormal } from '../../src/statistics/special.ts';

// Expected values: mpmath 1.3.0 with 25 digits (erfc, loggamma, gammainc regularised).
const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

describe('special functions', () => {
  it.each([
    [0.1, 0.8875370839817151078],
    [0.5, 0.47950012218695346232],
    [1, 0.15729920705028513066],
    [2, 0.0046777349810472658379],
    [3, 2.2090496998585441373e-5],
    [5, 1.5374597944280348502e-12],
    [8, 1.122429717298292708e-29],
  ])('erfc of %s has twelve right digits, also far out', (x, complement) => {
    expect(relative(erfc(x), complement)).toBeLessThan(1e-12);
    expect(relative(erfc(-x), 2 - complement)).toBeLessThan(1e-12);
  });

  it.each([
    [3.841, 1, 0.050013683763956699076],
    [11.0705, 5, 0.049999955428043651581],
    [52, 5, 5.3947790695877111404e-10],
    [110, 6, 2.0383934651242685709e-21],
    [0.0027295105, 6, 0.99999999957677768692],
    [100, 120, 0.9077349480410668897],
    [300, 200, 5.9245403354839158294e-6],
  ])('the chi-square tail beyond %s with %s degrees of freedom is right', (x, df, expected) => {
    expect(relative(chiSquareSurvival(x, df), expected)).toBeLessThan(1e-11);
  });

  it.each([
    [0.5, 0.57236494292470008707],
    [1.5, -0.12078223763524522235],
    [10, 12.801827480081469611],
    [100.5, 361.43554046777762156],
    [1e6, 12815504.56914761166],
  ])('ln Γ(%s) is right', (x, expected) => {
    expect(relative(logGamma(x), expected)).toBeLessThan(1e-13);
  });

  it('gives the textbook quantiles of the normal distribution', () => {
    expect(twoSidedNormal(-1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(chiSquareSurvival(0, 3)).toBe(1);
  });
});
