import { describe, expect, it } from 'vitest';
import { components } from '../../src/analyses/components.ts';
import { run, topologyOf } from './support.ts';

describe('the components', () => {
  it('of a directed triangle with a tail, a pair and a peer alone, by hand', () => {
    // Weak: {a b c d} with 4 links, {x y}, {z}. Strong: {a b c} with the 3 links of the ring, d, x, y, z.
    const result = run(components, topologyOf('a-b b-c c-a c-d x-y z', true));
    expect(result).toEqual({
      weak: {
        count: 3,
        largest: { nodes: 4, edges: 4, share: 4 / 7 },
        sizes: [
          { size: 4, count: 1 },
          { size: 2, count: 1 },
          { size: 1, count: 1 },
        ],
      },
      strong: {
        count: 5,
        largest: { nodes: 3, edges: 3, share: 3 / 7 },
        sizes: [
          { size: 3, count: 1 },
          { size: 1, count: 4 },
        ],
      },
    });
  });

  it('count both directions of a pair as edges where links are directed, and once where they are not', () => {
    expect(run(components, topologyOf('a-b b-a', true)).weak.largest.edges).toBe(2);
    expect(run(components, topologyOf('a-b b-a')).weak.largest.edges).toBe(1);
  });

  it('are the same, weak and strong, where links have no direction', () => {
    const result = run(components, topologyOf('a-b b-c d-e f'));
    expect(result.strong).toEqual(result.weak);
    expect(result.weak).toMatchObject({ count: 3, largest: { nodes: 3, edges: 2, share: 0.5 } });
  });

  it('of nothing are none', () => {
    const none = { count: 0, largest: { nodes: 0, edges: 0, share: 0 }, sizes: [] };
    expect(run(components, topologyOf('', true))).toEqual({ weak: none, strong: none });
  });

  it('stand in two tables: the largest, and how many there are of each size', () => {
    const tables = components.tables(run(components, topologyOf('a-b c', true)));
    expect(tables.map(({ name }) => name)).toEqual(['components', 'component-sizes']);
    expect(tables[0]!.rows).toEqual([
      ['weak', 2, 2, 1, 2 / 3],
      ['strong', 3, 1, 0, 1 / 3],
    ]);
    expect(tables[1]!.rows).toEqual([
      ['weak', 2, 1],
      ['weak', 1, 1],
      ['strong', 1, 3],
    ]);
  });
});
