import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cores } from '../../src/analyses/cores.ts';
import { linkLists, topologyOf as numbered } from '../topology/support.ts';
import { SNAP_PRESENT, snapGraph } from './snap-graphs.ts';
import { run, topologyOf } from './support.ts';

describe('the cores', () => {
  it('of a triangle with a tail and a peer alone, by hand', () => {
    expect(run(cores, topologyOf('a-b b-c c-a c-d e', true))).toEqual({
      maxCore: 2,
      sizes: [
        { k: 0, count: 1, coreSize: 5 },
        { k: 1, count: 1, coreSize: 4 },
        { k: 2, count: 3, coreSize: 3 },
      ],
    });
  });

  it('of nothing, and of peers without links, are no deeper than 0', () => {
    expect(run(cores, topologyOf(''))).toEqual({ maxCore: 0, sizes: [] });
    expect(run(cores, topologyOf('a b'))).toEqual({ maxCore: 0, sizes: [{ k: 0, count: 2, coreSize: 2 }] });
    expect(cores.charts(run(cores, topologyOf('a b')))).toEqual([]);
  });

  it('gain with a peer alone nothing but that peer', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const before = run(cores, numbered(list, false));
        const after = run(cores, numbered({ ...list, size: list.size + 1 }, false));
        const others = (result: typeof before) => result.sizes.filter(({ k }) => k > 0);
        expect(others(after)).toEqual(others(before));
        expect(after.sizes[0]).toMatchObject({ k: 0, coreSize: list.size + 1 });
      }),
    );
  });

  it.skipIf(!SNAP_PRESENT)('of p2p-Gnutella08 are those that igraph finds', async () => {
    const { maxCore, sizes } = run(cores, await snapGraph('p2p-Gnutella08'));
    expect(maxCore).toBe(10);
    // python-igraph 0.10.2: Counter(Graph.Read_Edgelist(file, directed=False).simplify().coreness()).
    const counts = [1766, 894, 590, 510, 2090, 13, 40, 26, 104, 268];
    expect(sizes.map(({ k, count }) => [k, count])).toEqual(counts.map((count, i) => [i + 1, count]));
    expect(sizes.at(-1)!.coreSize).toBe(268);
  });
});
