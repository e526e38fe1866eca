import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteringOf } from '../../src/topology/clustering.ts';
import { linkLists, topologyOf } from './support.ts';
import { neighbourSets, relabelled } from './plain.ts';

describe('triangles', () => {
  it('are as many at every peer as trying all triples finds', () => {
    fc.assert(
      fc.property(linkLists, fc.boolean(), (list, directed) => {
        const { trianglesOf, triangles, wedges } = clusteringOf(topologyOf(list, directed).simple);
        const sets = neighbourSets(list);
        const wanted = new Array<number>(list.size).fill(0);
        let open = 0;
        for (let a = 0; a < list.size; a++)
          for (let b = 0; b < list.size; b++)
            for (let c = b + 1; c < list.size; c++) {
              if (!sets[a]!.has(b) || !sets[a]!.has(c)) continue;
              if (sets[b]!.has(c)) wanted[a]! += 1;
              else open += 1;
            }
        expect([...trianglesOf]).toEqual(wanted);
        expect(triangles).toBe(wanted.reduce((sum, count) => sum + count, 0) / 3);
        expect(wedges).toBe(open + 3 * triangles);
      }),
    );
  });

  it('of a peer do not depend on the numbers of the peers', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const other = relabelled(list, seed);
        const before = clusteringOf(topologyOf(list, false).simple);
        const after = clusteringOf(topologyOf(other.list, false).simple);
        expect(other.numbers.map((number) => after.trianglesOf[number]!)).toEqual([...before.trianglesOf]);
      }),
    );
  });

  it('of a complete graph of 7 are 35, 15 at every peer', () => {
    const links = Array.from({ length: 7 }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const));
    const { triangles, trianglesOf, wedges } = clusteringOf(
      topologyOf({ size: 7, links: links.flat() }, false).simple,
    );
    expect({ triangles, wedges }).toEqual({ triangles: 35, wedges: 105 });
    expect(new Set(trianglesOf)).toEqual(new Set([15]));
  });

  it('of nothing are none', () => {
    expect(clusteringOf(topologyOf({ size: 0, links: [] }, false).simple)).toMatchObject({
      triangles: 0,
      wedges: 0,
    });
  });
});
