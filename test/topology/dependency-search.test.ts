import { describe, expect, it } from 'vitest';
import { dependencySearch } from '../../src/topology/dependency-search.ts';
import { topologyOf } from './support.ts';

describe('the search for dependencies', () => {
  // Two ways from 0 to 3, and a peer behind it that stands for two.
  const links = [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
    [3, 4],
  ] as const;
  const { offsets, targets } = topologyOf({ size: 5, links }, false).simple;
  const input = { offsets, targets, weights: Float64Array.of(1, 1, 1, 1, 2), depth: 4 };

  it('counts for each peer the shares of paths through it, by hand', () => {
    // From 0: half of the paths to 3 and to 4 through 1 and 2 each, all paths to 4 through 3.
    expect([...dependencySearch.run({ ...input, from: 0, to: 1 })]).toEqual([0, 1.5, 1.5, 2, 0]);
    // From 4, which counts twice: 1 and 2 behind 3, and 0 behind those.
    expect([...dependencySearch.run({ ...input, from: 4, to: 5 })]).toEqual([0, 1, 1, 6, 0]);
  });

  it('is the same however deep the graph may be', () => {
    const range = { from: 0, to: 5 };
    expect(dependencySearch.run({ ...input, ...range, depth: 100_000 })).toEqual(
      dependencySearch.run({ ...input, ...range }),
    );
  });
});
