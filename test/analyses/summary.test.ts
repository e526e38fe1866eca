import fc from 'fast-check';
import { density } from 'graphology-metrics/graph/density.js';
import { describe, expect, it } from 'vitest';
import { summary } from '../../src/analyses/summary.ts';
import { toGraphology } from '../../src/topology/graphology.ts';
import { linkLists, topologyOf as topologyOfList } from '../topology/support.ts';
import { run, topologyOf } from './support.ts';

describe('the summary', () => {
  it('of a path of three and a peer alone, by hand', () => {
    // Degrees 1 2 1 0: mean 4/4, variance (0 + 1 + 0 + 1)/4; 2 of 6 pairs are linked.
    expect(run(summary, topologyOf('a-b b-c d'))).toEqual({
      ...{ nodes: 4, edges: 2, directed: false, density: 2 / 6, meanDegree: 1, varianceDegree: 0.5 },
      ...{
        standardDeviationDegree: Math.sqrt(0.5),
        maxDegree: 2,
        selfLoops: 0,
        duplicateEdges: 0,
        respondents: null,
        relations: null,
      },
    });
  });

  it('of directed links counts both directions as edges, and the pair once for degrees and density', () => {
    // Edges a-b b-a b-c; the projection is the path a-b-c. One self-loop, one repetition. a and b report links.
    expect(run(summary, topologyOf('a-b b-a b-c b-c c-c', true))).toMatchObject({
      ...{ nodes: 3, edges: 3, directed: true, density: 2 / 3, meanDegree: 4 / 3, maxDegree: 2 },
      ...{ selfLoops: 1, duplicateEdges: 1, respondents: 2 },
    });
  });

  it('counts the respondents that the crawl recorded', () => {
    const respondents = Uint8Array.of(1, 0, 1);
    expect(run(summary, topologyOf('a-b b-c', false, { respondents })).respondents).toBe(2);
  });

  it('of nothing, and of one peer, is zeros', () => {
    const zeros = {
      edges: 0,
      density: 0,
      meanDegree: 0,
      varianceDegree: 0,
      standardDeviationDegree: 0,
      maxDegree: 0,
    };
    expect(run(summary, topologyOf(''))).toMatchObject({ nodes: 0, ...zeros });
    expect(run(summary, topologyOf('a'))).toMatchObject({ nodes: 1, ...zeros });
  });

  it('of a star of 222 peers and a server has the variance N - 4N^2/(N+1)^2 (lecture, centralized P2P)', () => {
    const star = run(
      summary,
      topologyOf(Array.from({ length: 222 }, (_, peer) => `server-${peer}`).join(' ')),
    );
    expect(star.meanDegree).toBeCloseTo((2 * 222) / 223, 12);
    expect(star.varianceDegree).toBeCloseTo(222 - (4 * 222 ** 2) / 223 ** 2, 9);
    expect([star.meanDegree, star.varianceDegree].map((value) => value.toFixed(3))).toEqual([
      '1.991',
      '218.036',
    ]);
  });

  it('agrees with graphology-metrics about density, and accounts for all links (property)', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const undirected = topologyOfList(list, false);
        const result = run(summary, undirected);
        // graphology divides by zero pairs where there is one peer.
        if (list.size > 1) expect(result.density).toBeCloseTo(density(toGraphology(undirected)), 12);
        expect(result.meanDegree).toBeCloseTo((2 * result.edges) / result.nodes, 12);
        const directed = run(summary, topologyOfList(list, true));
        expect(directed.density).toBe(result.density);
        expect(directed.varianceDegree).toBe(result.varianceDegree);
        for (const { edges, selfLoops, duplicateEdges } of [result, directed])
          expect(edges + selfLoops + duplicateEdges).toBe(list.links.length);
      }),
    );
  });

  it('has one table of one row, with one cell for each column', () => {
    const [table] = summary.tables(run(summary, topologyOf('a-b', true)));
    expect(table!.columns.map(({ name }) => name)).toEqual([
      ...[
        'nodes',
        'edges',
        'directed',
        'density',
        'mean_degree',
        'variance_degree',
        'standard_deviation_degree',
      ],
      ...['max_degree', 'self_loops', 'duplicate_edges', 'respondents', 'relations'],
    ]);
    expect(table!.rows).toEqual([[2, 1, true, 1, 1, 0, 0, 1, 0, 0, 1, null]]);
    expect(table!.notes).toHaveLength(1);
  });
});
