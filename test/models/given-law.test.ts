import { describe, expect, it } from 'vitest';
import { degreesOf } from '../../src/analyses/degrees.ts';
import { configuration } from '../../src/models/degree-law-model.ts';
import type { DegreeLaw } from '../../src/models/model.ts';
import { average, expected, generate, measure, usageError } from './support.ts';

const law = (degrees: number[], probabilities: number[]): DegreeLaw => ({
  name: 'law.csv',
  degrees,
  probabilities,
});

describe('the configuration model with a law as data', () => {
  it('has its degrees in its proportions: 1, 4 and 9 with .5, .3 and .2', () => {
    const options = { peers: 50_000, law: law([1, 4, 9], [0.5, 0.3, 0.2]), variant: 'reject' } as const;
    const { topology, drawnDegrees, notes } = generate(configuration, options);
    const degrees = degreesOf(topology.simple);
    expect(degrees).toEqual(drawnDegrees);
    // Standard error at most .0022.
    for (const [degree, probability] of [
      [1, 0.5],
      [4, 0.3],
      [9, 0.2],
    ] as const) {
      const share = degrees.filter((one) => one === degree).length / degrees.length;
      expect(Math.abs(share - probability)).toBeLessThan(0.011);
    }
    expect(notes[0]).toBe('Degrees from the law of law.csv.');
  });

  it('has the mean of the law where every degree is met: .5 + 1.2 + 1.8 = 3.5', () => {
    const options = { peers: 500, law: law([1, 4, 9], [0.5, 0.3, 0.2]), variant: 'reject' } as const;
    const [figure] = expected(configuration, options);
    expect(figure).toMatchObject({ metric: 'meanDegree' });
    expect(figure!.value).toBeCloseTo(3.5, 12);
    const measured = Array.from({ length: 30 }, (_, seed) => measure(generate(configuration, options, seed)));
    expect(Math.abs(average(measured.map((one) => one.meanDegree)) - 3.5)).toBeLessThanOrEqual(
      figure!.tolerance,
    );
  });

  it('may have peers without links', () => {
    const { topology } = generate(configuration, { peers: 100, law: law([0], [1]) });
    expect(topology).toMatchObject({ size: 100, linkCount: 0 });
  });

  it.each([
    [7, law([3], [1]), /^degrees of this law do not add up to an even number for 7 peers$/],
    [7, law([1, 2, 3], [0.5, 0, 0.5]), /do not add up to an even number for 7 peers$/],
    [5, law([5], [1]), /^5 peers cannot have degrees up to 5$/],
  ])('of %i peers refuses %o', (peers, given, message) => {
    expect(() => generate(configuration, { peers, law: given })).toThrow(message);
  });

  it('heeds no degree of probability 0', () => {
    const { topology } = generate(configuration, { peers: 8, law: law([1, 100], [1, 0]) });
    expect([...degreesOf(topology.simple)].every((degree) => degree <= 1)).toBe(true);
  });

  it.each([
    [
      [2, 1],
      [0.5, 0.5],
    ],
    [[1, 2], [1]],
    [
      [1, 2],
      [1.5, -0.5],
    ],
    [[1], [NaN]],
    [[], []],
  ])('refuses data that are no law: degrees %j with %j', (degrees, probabilities) => {
    const options = { law: law(degrees, probabilities), variant: 'reject' } as const;
    expect(usageError(configuration, options).message).toMatch(/^law\.csv is no degree law: /);
  });
});
