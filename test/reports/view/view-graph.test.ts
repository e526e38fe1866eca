import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/claims.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { drawnPart } from '../../../src/reports/view/drawn-part.ts';
import { firstPlaces, placesBesideNeighbours } from '../../../src/reports/view/first-places.ts';
import { makeView } from '../../../src/reports/view/make-view.ts';
import { joinLooks } from '../../../src/reports/view/series-view.ts';
import { OUTCOME_WORDS, ROLE_WORDS } from '../../../src/reports/view/view-graph.ts';
import { decodeGraph, encodeGraph } from '../../../src/reports/view/wire.ts';
import { sortRows } from '../../../src/topology/adjacency.ts';
import { fromLinks } from '../../../src/topology/builder.ts';

function topologyOf(size: number, links: readonly (readonly [number, number])[]) {
  return fromLinks({
    directed: false,
    ids: Array.from({ length: size }, (_, peer) => `p${peer}`),
    sources: Uint32Array.from(links, ([source]) => source),
    targets: Uint32Array.from(links, ([, target]) => target),
  });
}

const STAR_AND_PAIR = topologyOf(7, [
  [0, 5],
  [1, 5],
  [2, 5],
  [3, 5],
  [4, 6],
]);

describe('the graph of the viewer', () => {
  it('is the same after its way to the page, whatever peers call themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 7, maxLength: 7 }), (agents) => {
        const answers = new Map(
          agents.map((agent, k) => [`p${k}`, { agent, outcome: k % 2 === 0 ? ('ok' as const) : undefined }]),
        );
        const looks = [
          {
            name: '000001',
            startedAt: '2026-01-01T00:00:00Z',
            peers: new Uint8Array(7).fill(1),
            links: Uint8Array.of(1, 0, 1, 1, 0),
            roleOf: new Uint8Array(7).fill(2),
            outcomeOf: Uint8Array.of(0, 1, 2, 3, 4, 5, 6),
            degrees: Uint32Array.of(1, 0, 1, 1, 0, 3, 70_000),
          },
        ];
        const { graph } = makeView({ name: 'n', topology: STAR_AND_PAIR, notes: ['é'], answers, looks });
        expect(decodeGraph(new Uint8Array(encodeGraph(graph)).buffer)).toEqual(graph);
      }),
      { numRuns: 50 },
    );
  });

  it('numbers components by their size', () => {
    const { graph } = makeView({ name: 'n', topology: STAR_AND_PAIR, notes: [] });
    expect([...graph.componentOf]).toEqual([0, 0, 0, 0, 1, 0, 1]);
    expect([...graph.degrees]).toEqual([1, 1, 1, 1, 1, 4, 1]);
  });
});

describe('what is drawn of an overlay that is too large', () => {
  it('is the peers of most links, of equals the first ones, and a sentence says so', () => {
    const part = drawnPart(STAR_AND_PAIR, { peers: 3, links: 10 });
    expect([...part.peers]).toEqual([0, 1, 5]);
    expect([...part.sources].map((source, k) => [source, part.targets[k]])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(part.notes).toEqual([
      'The 3 peers of most links are drawn, of 7; the others are left out, with their links.',
    ]);
  });

  it('has as many links as there is room for, from all of them', () => {
    const part = drawnPart(STAR_AND_PAIR, { peers: 7, links: 2 });
    expect([...part.places]).toEqual([2, 4]);
    expect(part.notes[0]).toContain('2 of 5 links between them are drawn');
  });

  it('is everything where there is room', () => {
    const part = drawnPart(STAR_AND_PAIR);
    expect(part.notes).toEqual([]);
    expect([...part.places]).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('the places before the layout', () => {
  it('are finite, and none is another one, for any links', () => {
    const links = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 });
    fc.assert(
      fc.property(links, (list) => {
        const { rows } = sortRows(
          20,
          {
            sources: Uint32Array.from(list, ([source]) => source),
            targets: Uint32Array.from(list, ([, target]) => target),
          },
          true,
        );
        const { x, y } = firstPlaces(rows);
        expect(x.every(Number.isFinite) && y.every(Number.isFinite)).toBe(true);
        expect(new Set(Array.from(x, (value, k) => `${value} ${y[k] ?? 0}`)).size).toBe(20);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the snapshots of a series together', () => {
  it('have the peers and links of all, and each its own', () => {
    const look = (name: string, topology: ReturnType<typeof topologyOf>) => ({
      name,
      startedAt: '2026-01-01T00:00:00Z',
      topology,
    });
    const { topology, looks } = joinLooks([
      look('000001', topologyOf(2, [[0, 1]])),
      look(
        '000002',
        topologyOf(3, [
          [2, 0],
          [1, 2],
        ]),
      ),
    ]);
    expect(topology.ids).toEqual(['p0', 'p1', 'p2']);
    // p0–p1, p0–p2, p1–p2, in this order.
    expect(topology.linkCount).toBe(3);
    expect(looks.map(({ peers, links }) => [[...peers], [...links]])).toEqual([
      [
        [1, 1, 0],
        [1, 0, 0],
      ],
      [
        [1, 1, 1],
        [0, 1, 1],
      ],
    ]);
  });

  it('knows roles, outcomes and degrees of each snapshot, and the links that all of them tell of', () => {
    const snapshot = (
      name: string,
      role: Role,
      outcome: Outcome,
      links: readonly (readonly [number, number])[],
    ) => ({
      name,
      startedAt: '2026-01-01T00:00:00Z',
      topology: fromLinks({
        directed: false,
        ids: ['p0', 'p1', 'p2'].slice(0, links.length + 1),
        sources: Uint32Array.from(links, ([source]) => source),
        targets: Uint32Array.from(links, ([, target]) => target),
        relations: new Uint8Array(links.length).fill(1),
        columns: { roles: [role] },
      }),
      answers: new Map([['p1', { agent: undefined, outcome }]]),
    });
    const { topology, looks } = joinLooks([
      snapshot('000001', 'leaf', 'ok', [[0, 1]]),
      snapshot('000002', 'superpeer', 'refused', [
        [0, 1],
        [0, 2],
      ]),
    ]);
    expect(looks.map(({ roleOf }) => ROLE_WORDS[roleOf[0]!])).toEqual(['leaf', 'superpeer']);
    expect(looks.map(({ outcomeOf }) => [...outcomeOf].map((code) => OUTCOME_WORDS[code]))).toEqual([
      ['not known', 'ok', 'not known'],
      ['not known', 'refused', 'not known'],
    ]);
    expect(looks.map(({ degrees }) => [...degrees])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
    ]);
    expect([...(topology.relations ?? [])]).toEqual([1, 1]);
  });
});

describe('places of peers that come later', () => {
  it('are beside a neighbour that has one; the others keep theirs, and who is gone has none', () => {
    const rows = sortRows(
      5,
      { sources: Uint32Array.of(0, 1, 3), targets: Uint32Array.of(2, 2, 2) },
      true,
    ).rows;
    const known = { x: Float64Array.of(0, 100), y: Float64Array.of(0, 0) };
    const { x, y } = placesBesideNeighbours(rows, known);
    expect([x[0], y[0], x[1], y[1]]).toEqual([0, 0, 100, 0]);
    const away = (a: number, b: number): number => Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
    expect(away(2, 0)).toBeLessThan(10);
    expect(away(3, 2)).toBeLessThan(10);
    // Nobody knows peer 4: outside of all others.
    expect(Math.hypot(x[4]!, y[4]!)).toBeGreaterThan(100);
    const fewer = placesBesideNeighbours(
      sortRows(1, { sources: new Uint32Array(0), targets: new Uint32Array(0) }, true).rows,
      known,
    );
    expect([...fewer.x]).toEqual([0]);
  });
});
