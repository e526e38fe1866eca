import { describe, expect, it } from 'vitest';
import { degreesOf } from '../../src/analyses/degrees.ts';
import { grid } from '../../src/models/grid.ts';
import type { Model, ModelOptions } from '../../src/models/model.ts';
import { ring } from '../../src/models/ring.ts';
import { star } from '../../src/models/star.ts';
import { expected, generate, measure, usageError } from './support.ts';

describe('models without chance meet their expectations exactly', () => {
  it.each<[Model, Partial<ModelOptions>[]]>([
    [star, [1, 2, 3, 10, 222, 1000].map((peers) => ({ peers }))],
    [ring, [3, 4, 5, 10, 222].map((peers) => ({ peers }))],
    [ring, [2, 3, 5].map((successors) => ({ peers: 11, successors }))],
    [grid, [1, 2, 3, 4, 5, 9, 12, 16, 17, 222, 1000].map((peers) => ({ peers }))],
    [grid, [1, 2, 3, 5, 6, 10, 15, 29, 30].map((columns) => ({ peers: 30, columns }))],
  ])('$name', (model, sizes) => {
    for (const options of sizes) {
      const generated = generate(model, options);
      expect(generated.topology).toMatchObject({ selfLoops: 0, duplicates: 0 });
      const measured = measure(generated);
      for (const { metric, value, tolerance } of expected(model, options))
        expect(
          Math.abs(measured[metric] - value),
          `${metric} of ${JSON.stringify(options)}`,
        ).toBeLessThanOrEqual(tolerance);
    }
  });
});

describe('a star', () => {
  it('of 222 peers has the mean 1.9910 and the variance 218.036 of the lecture', () => {
    // Lecture, centralized P2P: p(1) = N/(N+1), p(N) = 1/(N+1), mean 2N/(N+1), variance N - 4N^2/(N+1)^2.
    const measured = measure(generate(star, { peers: 222 }));
    expect(measured.meanDegree).toBeCloseTo(1.991, 4);
    expect(measured.standardDeviationDegree ** 2).toBeCloseTo(218.036, 3);
    expect(measured.shareOfLeastDegree).toBe(222 / 223);
  });

  it('has one server more than peers, peer 0, which is the only superpeer', () => {
    const { topology } = generate(star, { peers: 5 });
    expect(topology.columns.roles).toEqual(['superpeer', 'leaf', 'leaf', 'leaf', 'leaf', 'leaf']);
    expect([...degreesOf(topology.simple)]).toEqual([5, 1, 1, 1, 1, 1]);
  });
});

describe('a grid', () => {
  it('of 100 by 100 has 19,800 links, mean degree 3.96 and standard deviation .198', () => {
    // By hand: 2 x 100 x 99 links; 4 corners, 392 on the edges, 9,604 inside.
    const measured = measure(generate(grid, { peers: 10_000 }));
    expect(measured).toMatchObject({ links: 19_800, meanDegree: 3.96, components: 1 });
    expect(measured.standardDeviationDegree).toBeCloseTo(0.198, 3);
  });

  it('of 5 peers in rows of 3 links 0-1-2 and 3-4 beside, 0-3 and 1-4 above each other', () => {
    const { topology, notes } = generate(grid, { peers: 5 });
    expect([...topology.links.offsets]).toEqual([0, 2, 5, 6, 8, 10]);
    expect([...topology.links.targets]).toEqual([1, 3, 0, 2, 4, 1, 0, 4, 1, 3]);
    expect(notes).toEqual(['2 rows of 3 peers, the last of them with 2.']);
  });

  it('of one column is a line', () => {
    expect([...degreesOf(generate(grid, { peers: 4, columns: 1 }).topology.simple)]).toEqual([1, 2, 2, 1]);
  });
});

describe('a ring', () => {
  it('of 5 peers with 2 successors on either side is complete', () => {
    expect(generate(ring, { peers: 5, successors: 2 }).topology.linkCount).toBe(10);
  });

  it('of 6 peers links each to the next and the one before', () => {
    const { targets } = generate(ring, { peers: 6 }).topology.links;
    expect([...targets]).toEqual([1, 5, 0, 2, 1, 3, 2, 4, 3, 5, 0, 4]);
  });
});

describe('options that cannot be met', () => {
  it.each<[Model, Partial<ModelOptions>, RegExp]>([
    [star, { peers: 0 }, /^the number of peers has to be at least 1, and is 0$/],
    [ring, { peers: 2 }, /^the number of peers has to be at least 3, and is 2$/],
    [ring, { peers: 6, successors: 3 }, /^6 peers on a ring cannot have 3 successors each$/],
    [ring, { successors: 0 }, /^the number of successors has to be at least 1, and is 0$/],
    [grid, { peers: 0 }, /^the number of peers has to be at least 1, and is 0$/],
    [grid, { columns: 0 }, /^the number of columns has to be at least 1, and is 0$/],
    [grid, { peers: 5, columns: 6 }, /^5 peers do not fill 6 columns$/],
  ])('of %o with %o are an error of usage', (model, options, message) => {
    expect(usageError(model, options).message).toMatch(message);
  });
});
