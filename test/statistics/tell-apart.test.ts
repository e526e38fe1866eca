import { describe, expect, it } from 'vitest';
import { countedOf } from '../../src/statistics/counted.ts';
import { familyNamed } from '../../src/statistics/families.ts';
import { fitFamily } from '../../src/statistics/fit-family.ts';
import { powerToTell } from '../../src/statistics/tell-apart.ts';

const seven = { from: 1, to: 7 };
const law = familyNamed('power-law')!.at([1.4], seven);
/** The law's own expectations: the other law at its nearest. */
const expected = countedOf([1, 2, 3, 4, 5, 6, 7].map((x) => [x, 1e6 * Math.exp(law.logProbability(x))]));
const nearest = (name: string) => fitFamily(familyNamed(name)!, expected, seven, false).law;

describe('the power to tell two laws apart', () => {
  // Lecture reference C.3: 1,000 simulations each, so that a share is known to about 0.03 (two standard errors).
  it.each([
    ['geometric', 50, 0.14],
    ['geometric', 100, 0.23],
    ['geometric', 222, 0.43],
    ['geometric', 1000, 0.97],
    ['poisson', 50, 0.45],
    ['poisson', 100, 0.75],
    ['poisson', 222, 0.99],
    ['poisson', 1000, 1],
  ])('of d^-1.4 on 1..7 from the %s law, n = %i, is what simulations give: %s', (other, n, power) => {
    expect(Math.abs(powerToTell(law, nearest(other), seven, n).power - power)).toBeLessThan(0.035);
  });

  it('says how many values would do', () => {
    const { needed } = powerToTell(law, nearest('geometric'), seven, 222);
    expect(powerToTell(law, nearest('geometric'), seven, needed!).power).toBeCloseTo(0.8, 2);
  });

  it('is none against itself', () => {
    expect(powerToTell(law, law, seven, 1000)).toEqual({ power: 0, needed: null });
  });

  it('is decided by a value that the other law does not allow', () => {
    const wide = { from: 1, to: Infinity };
    const zeta = familyNamed('zeta')!.at([2.5], wide);
    const { power, needed } = powerToTell(zeta, familyNamed('power-law')!.at([2.5], seven), wide, 1e6);
    expect(power).toBeCloseTo(1, 9);
    // P(X > 7) is about 3 %: 50 to 60 values have one with probability 0.8.
    expect(needed).toBeGreaterThan(20);
    expect(needed).toBeLessThan(80);
  });
});
