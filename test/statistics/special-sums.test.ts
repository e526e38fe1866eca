import { describe, expect, it } from 'vitest';
import { hurwitzDerivatives, hurwitzZeta, tailFrom } from '../../src/statistics/hurwitz-zeta.ts';
import { logIncompleteBeta } from '../../src/statistics/incomplete-beta.ts';
import { logNormalBetween, logNormalTail } from '../../src/statistics/normal-tail.ts';
import { logCutOffSum, powerSum } from '../../src/statistics/power-sum.ts';
import { logLowerGamma } from '../../src/statistics/special.ts';

// All expected values: mpmath, 30 digits.
const close = (value: number, wanted: number, digits = 12) => {
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(10 ** -digits * (1 + Math.abs(wanted)));
};

describe('the Hurwitz zeta function and its derivatives by s', () => {
  it.each([
    [1.01, 1, 100.57794333849678, -9999.927281160435, 1999999.9902892093],
    [1.4, 1, 3.1055472779775809, -6.1812006663008667, 31.239665458842759],
    [2.5, 3, 0.1647105619542803, -0.26480968239264157, 0.49703603099629945],
    [4.74, 11, 4.0270818826539399e-5, -0.0001055871478967495, 0.00027969106183987751],
    [20, 1, 1.0000009539620339, -6.6135302073671077e-7, 4.5854362516394899e-7],
    [1.5, 100000, 0.006324571131764588, -0.085463426678555268, 1.1801587718977816],
    [3, 0.5, 8.41439832211716, 5.278735126182078, 4.1011929709135378],
  ])('at s = %s, a = %s', (s, a, value, first, second) => {
    const out = new Float64Array(3);
    hurwitzDerivatives(s, a, out);
    [value, first, second].forEach((wanted, k) => {
      expect(Math.abs(out[k]! / wanted - 1)).toBeLessThan(1e-13);
    });
    expect(Math.abs(hurwitzZeta(s, a) / value - 1)).toBeLessThan(1e-13);
  });

  it('falls by a^-s from a to a + 1, also where the rest is taken as a whole', () => {
    for (const a of [1, 7, 15, 40, 1000]) {
      expect(Math.abs((hurwitzZeta(2.3, a) - hurwitzZeta(2.3, a + 1)) / a ** -2.3 - 1)).toBeLessThan(1e-11);
    }
    expect(tailFrom(2.3, 40, 40 ** -2.3)).toBe(hurwitzZeta(2.3, 40));
  });
});

describe('sums of powers', () => {
  it.each([
    [1.4, 1, 7, 1.9893625696772433],
    [0.5, 3, 1e9, 63242.385757888979],
    [-2, 1, 1000, 333833500],
    [1.0000001, 5, 1e7, 14.611965156099745],
    [20, 2, 500, 9.5396203387279611e-7],
    [1, 1, 1e6, 14.392726722865724],
  ])('x^-%s over %s..%s', (alpha, from, to, wanted) => {
    expect(Math.abs(powerSum(alpha, from, to) / wanted - 1)).toBeLessThan(1e-13);
  });

  it('are the plain sum, for any exponent and any two ends', () => {
    for (const alpha of [-5, -0.5, 0, 0.99, 1.01, 3, 12]) {
      for (const [from, to] of [
        [1, 1],
        [1, 70],
        [3, 400],
        [50, 150],
      ] as const) {
        let sum = 0;
        for (let x = from; x <= to; x++) sum += x ** -alpha;
        expect(Math.abs(powerSum(alpha, from, to) / sum - 1)).toBeLessThan(1e-12);
      }
    }
  });

  it.each([
    [1.4, 0.01, 1, 0.93696708218344523],
    [0.5, 1e-6, 1, 7.4792969656160644],
    [2.5, 1e-9, 1, 0.29377889100994538],
    [-3, 0.02, 1, 17.45985149116284],
    [6, 0.05, 30, -18.804430288446],
    [1.2, 0.0001, 1000, -0.91010009831479784],
  ])('x^-%s e^-%s(x - %s) without an end', (alpha, lambda, from, wanted) => {
    close(logCutOffSum(alpha, lambda, from), wanted, 13);
  });
});

describe('tails in logarithms', () => {
  it.each([
    [-6, -9.8658764552437573e-10],
    [-1, -0.17275377902344989],
    [0, -0.69314718055994531],
    [1, -1.8410216450092635],
    [4.9, -14.551182689355313],
    [5.1, -15.588487091871466],
    [38, -726.55721601882013],
    [300, -45006.622732118663],
  ])('of the normal distribution, from %s on', (z, wanted) => {
    close(logNormalTail(z), wanted, 14);
  });

  it.each([
    [-1, 1, -0.38171514630212607],
    [5, 5.001, -20.329192936978384],
    [30, 31, -454.32124395634325],
    [-31, -30, -454.32124395634325],
    [10, 10.1, -53.681468191390948],
  ])('of the normal distribution, between %s and %s', (a, b, wanted) => {
    close(logNormalBetween(a, b), wanted, 13);
  });

  it.each([
    [0.3, 2, 3, -1.0546911016101816],
    [0.9, 2, 3, -0.0037068619313264728],
    [0.5, 100, 2, -65.382892423270205],
    [0.99, 1000, 5, -3.5773896578334988],
  ])('of the beta distribution, at %s (%s, %s)', (x, a, b, wanted) => {
    close(logIncompleteBeta(x, 1 - x, a, b), wanted, 11);
  });

  it.each([
    [1, 3, -0.051069180942701587],
    [5, 0.001, -39.327101461104878],
    [50, 40, -2.6544847900314759],
    [3, 300, 0],
  ])('of the gamma distribution, from below (%s, %s)', (a, x, wanted) => {
    close(logLowerGamma(a, x), wanted, 13);
  });

  it('of Poisson laws with millions of links, about as a normal law has them', () => {
    // P(X >= mean) of a Poisson law is 1/2 + 1/(6 sqrt(2 pi mean)) and a little.
    close(Math.exp(logLowerGamma(1e8, 1e8)), 0.5 + 1 / (6 * Math.sqrt(2e8 * Math.PI)), 4);
  });
});
