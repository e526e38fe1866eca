import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustering } from '../../src/analyses/clustering.ts';
import { relabelled } from '../topology/plain.ts';
import { linkLists, topologyOf as numbered } from '../topology/support.ts';
import { SNAP_PRESENT, snapGraph, snapPublished } from './snap-graphs.ts';
import { run, topologyOf } from './support.ts';

describe('clustering', () => {
  it('of a triangle with a tail, by hand', () => {
    // a and b: 1; c with three neighbours and one linked pair: 1/3; d: 0. Wedges 1 + 1 + 3, open ones 2.
    expect(run(clustering, topologyOf('a-b b-c c-a c-d', true))).toEqual({
      averageClustering: (1 + 1 + 1 / 3) / 4,
      averageClusteringOfDegree2AndMore: (1 + 1 + 1 / 3) / 3,
      transitivity: 3 / 5,
      triangles: 1,
      wedges: 5,
      closedTriadFraction: 1 / 3,
      byDegree: [
        { degree: 2, count: 2, meanClustering: 1 },
        { degree: 3, count: 1, meanClustering: 1 / 3 },
      ],
    });
  });

  it('is not defined where nobody has two links', () => {
    const nothing = { transitivity: null, closedTriadFraction: null, triangles: 0, wedges: 0, byDegree: [] };
    expect(run(clustering, topologyOf(''))).toMatchObject({ averageClustering: null, ...nothing });
    expect(run(clustering, topologyOf('a'))).toMatchObject({ averageClustering: 0, ...nothing });
    expect(run(clustering, topologyOf('a-b c'))).toMatchObject({
      averageClustering: 0,
      averageClusteringOfDegree2AndMore: null,
      ...nothing,
    });
  });

  it('is the same, to the last digit, whatever the numbers of the peers', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const other = relabelled(list, seed).list;
        expect(run(clustering, numbered(other, false))).toEqual(run(clustering, numbered(list, false)));
      }),
    );
  });

  it('changes with a peer alone only in the mean over all peers', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const before = run(clustering, numbered(list, false));
        const after = run(clustering, numbered({ ...list, size: list.size + 1 }, false));
        expect(after).toEqual({ ...before, averageClustering: after.averageClustering });
        expect(after.averageClustering! * (list.size + 1)).toBeCloseTo(
          before.averageClustering! * list.size,
          12,
        );
      }),
    );
  });

  it('stands in one line, and by degree in a second table', () => {
    const tables = clustering.tables(run(clustering, topologyOf('a-b b-c c-a')));
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['clustering', [[1, 1, 1, 1, 3, 1]]],
      ['clustering-by-degree', [[2, 3, 1]]],
    ]);
  });
});

describe.skipIf(!SNAP_PRESENT)('the Gnutella snapshots of SNAP (skipped where ../shared is absent)', () => {
  it.each(snapPublished())('$dataset has the clustering that SNAP publishes', async (published) => {
    const result = run(clustering, await snapGraph(published['dataset']!));
    expect(result.triangles).toBe(Number(published['triangles']));
    expect(result.averageClustering!.toFixed(4)).toBe(published['avg_clustering']);
    const digits = published['frac_closed_triangles']!.length - 2;
    expect(result.closedTriadFraction!.toFixed(digits)).toBe(published['frac_closed_triangles']);
  });

  it('p2p-Gnutella08 has the coefficients that igraph computes', async () => {
    const result = run(clustering, await snapGraph('p2p-Gnutella08'));
    // python-igraph 0.10.2: simplify, transitivity_avglocal_undirected(mode="zero"), transitivity_undirected().
    expect(result.averageClustering).toBeCloseTo(0.010867921935819955, 14);
    expect(result.transitivity).toBeCloseTo(0.020659879260070572, 14);
  });
});
