import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/analyses/classify/measures.ts';
import { ruleSigns } from '../../../src/analyses/classify/rule.ts';
import { serversOf } from '../../../src/analyses/classify/servers.ts';
import { shortLoops } from '../../../src/analyses/classify/short-loops.ts';
import { atLeast, atMost } from '../../../src/analyses/classify/strength.ts';
import { waysOf } from '../../../src/analyses/classify/ways.ts';
import type { Topology } from '../../../src/topology/topology.ts';
import { overlay } from './overlays.ts';

const loopsOf = ({ simple, degrees }: Topology) => shortLoops(simple, degrees, 1);
const serversIn = ({ simple, degrees }: Topology) => serversOf(simple, degrees);

describe('serversOf', () => {
  it('finds a farm of servers, each peer at one of them', () => {
    const found = serversIn(overlay('napster', { peers: 400, servers: 4, transfers: 2 }));
    expect([...(found?.peers ?? [])].sort()).toEqual([0, 1, 2, 3]);
    expect(found?.covered).toBe(1);
    expect(found?.perPeer).toBe(1);
  });

  it('finds none where peers are at several, or where there are too many', () => {
    expect(serversIn(overlay('two-tier', { peers: 400 }))).toBeNull();
    expect(serversIn(overlay('grid-computing', { peers: 400, clusters: 7 }))).toBeNull();
    expect(serversIn(overlay('conferencing', { peers: 30 }))).toBeNull();
  });
});

describe('shortLoops', () => {
  it('counts the triangles of a ring lattice: 3 (k - 2) / (4 (k - 1)), Barrat and Weigt 2000', () => {
    const { triangles } = loopsOf(overlay('watts-strogatz', { peers: 500, neighbours: 6, rewiring: 0 }));
    expect(triangles).toBeCloseTo(0.6, 1);
  });

  it('counts the squares of a grid: of six pairs of neighbours four have another in common, by hand', () => {
    const { triangles, squares } = loopsOf(overlay('grid', { peers: 10_000 }));
    expect(triangles).toBe(0);
    expect(squares).toBeCloseTo(4 / 6, 1);
  });

  it('finds in random graphs what chance has there', () => {
    const { triangles, trianglesByChance, squares, squaresByChance } = loopsOf(
      overlay('erdos-renyi', { peers: 500, meanDegree: 12 }),
    );
    expect(trianglesByChance).toBeCloseTo(12 / 500, 2);
    expect(triangles).toBeCloseTo(trianglesByChance, 1);
    expect(squares).toBeCloseTo(squaresByChance, 1);
  });

  it('finds nothing where nobody has two neighbours', () => {
    expect(loopsOf(overlay('star', { peers: 1 })).squares).toBe(0);
  });
});

describe('waysOf', () => {
  it('measures a ring: n^2 / 4 (n - 1) hops for even n, and no chance that would hold it together', () => {
    const { simple, size } = overlay('ring', { peers: 100 });
    const everybody = Uint32Array.from({ length: size }, (_, peer) => peer);
    expect(waysOf(simple, everybody, 1)).toEqual({ mean: 2500 / 99, byChance: null });
  });

  it('is about as long as by chance in a random graph', () => {
    const { simple, size } = overlay('multicast-mesh', { peers: 1000, fanOut: 6 });
    const everybody = Uint32Array.from({ length: size }, (_, peer) => peer);
    const { mean, byChance } = waysOf(simple, everybody, 1);
    expect(mean / (byChance ?? 0)).toBeCloseTo(1, 1);
  });
});

describe('measure', () => {
  it('knows the figures of a star by hand', () => {
    const star = measure(overlay('star', { peers: 222 }), 1);
    // B.5 of the lecture's maths: mean 2N / (N + 1), variance N - 4 N^2 / (N + 1)^2.
    expect(star.meanDegree).toBeCloseTo(1.991, 3);
    expect(star.dispersion).toBeCloseTo(218.036 / 1.991, 1);
    expect([star.loops, star.linksBeside, star.leastDegree]).toEqual([0, 0, 1]);
  });

  it('knows those of a ring: one loop', () => {
    const ring = measure(overlay('ring', { peers: 50 }), 1);
    expect([ring.loops, ring.dispersion, ring.leastDegree, ring.largest]).toEqual([1 / 50, 0, 2, 1]);
  });

  it('leaves peers without links out', () => {
    const sparse = measure(overlay('erdos-renyi', { peers: 500, meanDegree: 1 }), 1);
    expect(sparse.peers).toBeLessThan(500);
    expect(sparse.leastDegree).toBe(1);
  });

  it('sees by which rule links are made', () => {
    const signs = (model: string) => ruleSigns(measure(overlay(model, { peers: 500 }), 1));
    expect(signs('can').lattice).toBeGreaterThan(0.5);
    expect(signs('kademlia').halvings).toBeGreaterThan(0.5);
    expect(signs('chord').unevenHalvings).toBeGreaterThan(0.5);
    expect(signs('ring').ring).toBe(1);
    expect(Math.max(...Object.values(signs('multicast-mesh')).map(Number))).toBe(0);
  });
});

describe('strengths', () => {
  it('are 1/2 on the threshold, and 0 or 1 where the factor is reached', () => {
    expect([atLeast(10, 10), atLeast(20, 10), atLeast(5, 10), atLeast(0, 10)]).toEqual([0.5, 1, 0, 0]);
    expect([atMost(10, 10), atMost(20, 10), atMost(5, 10), atMost(0, 10)]).toEqual([0.5, 0, 1, 1]);
    expect(atLeast(13, 10, 1.3)).toBe(1);
  });
});
