import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowLength, sortRows, transpose, type Adjacency } from '../../src/topology/adjacency.ts';
import { fromLinks, TopologyBuilder } from '../../src/topology/builder.ts';
import { bothWays, pairsOfRows } from '../../src/topology/pairs.ts';
import { linkLists, rowsOf, topologyOf, type LinkList } from './support.ts';

/** The naive model: one set of neighbours per peer. */
function neighbourSets(size: number, links: LinkList['links']): number[][] {
  const sets = Array.from({ length: size }, () => new Set<number>());
  for (const [source, target] of links) sets[source]!.add(target);
  return sets.map((set) => [...set].sort((a, b) => a - b));
}

const symmetrise = (rows: Adjacency): Adjacency => bothWays(pairsOfRows(rows, transpose(rows)));
const both = (links: LinkList['links']) => links.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
const proper = (links: LinkList['links']) => links.filter(([a, b]) => a !== b);
const sortedRows = ({ size, links }: LinkList) =>
  sortRows(size, {
    sources: Uint32Array.from(links, ([source]) => source),
    targets: Uint32Array.from(links, ([, target]) => target),
  });

describe('compressed sparse rows', () => {
  it('hold the distinct neighbours of each peer, ascending, and count the repetitions', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const { rows, duplicates } = sortedRows(list);
        const model = neighbourSets(list.size, list.links);
        expect(rowsOf(rows)).toEqual(model);
        expect(duplicates).toBe(list.links.length - model.flat().length);
        model.forEach((row, peer) => {
          expect(rowLength(rows, peer)).toBe(row.length);
        });
      }),
    );
  });

  it('transpose to the same links from their other end, and back', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const { rows } = sortedRows(list);
        const turned = list.links.map(([source, target]) => [target, source] as const);
        expect(rowsOf(transpose(rows))).toEqual(neighbourSets(list.size, turned));
        expect(transpose(transpose(rows))).toEqual(rows);
      }),
    );
  });

  it('symmetrise to each pair once from both ends, without self-loops', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const simple = symmetrise(sortedRows(list).rows);
        expect(rowsOf(simple)).toEqual(neighbourSets(list.size, both(proper(list.links))));
        expect(transpose(simple)).toEqual(simple);
        expect(symmetrise(simple)).toEqual(simple);
      }),
    );
  });

  it('may be empty', () => {
    const { rows, duplicates } = sortedRows({ size: 0, links: [] });
    expect([rowsOf(rows), rowsOf(transpose(rows)), rowsOf(symmetrise(rows)), duplicates]).toEqual([
      [],
      [],
      [],
      0,
    ]);
  });
});

describe('a topology', () => {
  it.each([true, false])('accounts for every link read (directed: %s)', (directed) => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const topology = topologyOf(list, directed);
        const kept = proper(list.links);
        const model = neighbourSets(list.size, directed ? kept : both(kept));
        expect(rowsOf(topology.links)).toEqual(model);
        expect(topology.selfLoops).toBe(list.links.length - kept.length);
        expect(topology.linkCount).toBe(model.flat().length / (directed ? 1 : 2));
        expect(topology.linkCount + topology.selfLoops + topology.duplicates).toBe(list.links.length);
      }),
    );
  });

  it.each([true, false])('shows its links reversed and without direction (directed: %s)', (directed) => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const topology = topologyOf(list, directed);
        const kept = proper(list.links);
        const turned = kept.map(([source, target]) => [target, source] as const);
        expect(rowsOf(topology.reverse)).toEqual(neighbourSets(list.size, directed ? turned : both(kept)));
        expect(rowsOf(topology.simple)).toEqual(neighbourSets(list.size, both(kept)));
      }),
    );
  });

  it('of directed links takes both directions of a pair for two links, of undirected for one and a repetition', () => {
    const list = {
      size: 2,
      links: [
        [0, 1],
        [1, 0],
      ],
    } as const;
    expect(topologyOf(list, true)).toMatchObject({ linkCount: 2, duplicates: 0 });
    expect(topologyOf(list, false)).toMatchObject({ linkCount: 1, duplicates: 1 });
  });

  it.each([true, false])('may have no peer, or a single one (directed: %s)', (directed) => {
    const none = topologyOf({ size: 0, links: [] }, directed);
    expect(none).toMatchObject({ size: 0, linkCount: 0, selfLoops: 0, duplicates: 0 });
    expect(rowsOf(none.simple)).toEqual([]);
    const one = topologyOf({ size: 1, links: [[0, 0]] }, directed);
    expect(one).toMatchObject({ size: 1, linkCount: 0, selfLoops: 1, ids: ['0'] });
    expect(rowsOf(one.reverse)).toEqual([[]]);
  });

  it('does not depend on the order of its links', () => {
    const shuffled = linkLists.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list.links], { minLength: list.links.length, maxLength: list.links.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([list, links], directed) => {
        expect(topologyOf({ ...list, links }, directed).links).toEqual(topologyOf(list, directed).links);
      }),
    );
  });
});

describe('a builder of topologies', () => {
  it('numbers peers in the order in which they come, each id once', () => {
    const builder = new TopologyBuilder(true);
    expect(['b', 'a', 'b', '', 'constructor', 'a'].map((id) => builder.peer(id))).toEqual([0, 1, 0, 2, 3, 1]);
    expect(builder.size).toBe(4);
    expect(builder.build().ids).toEqual(['b', 'a', '', 'constructor']);
  });

  it('can go on after a topology was built, which stays as it is', () => {
    const builder = new TopologyBuilder(false);
    builder.link(builder.peer('a'), builder.peer('b'));
    const first = builder.build({ roles: ['leaf', 'superpeer'] });
    builder.link(builder.peer('b'), builder.peer('c'));
    const second = builder.build();
    expect([first.size, first.linkCount, second.size, second.linkCount]).toEqual([2, 1, 3, 2]);
    expect(rowsOf(first.links)).toEqual([[1], [0]]);
    expect(first.columns.roles).toEqual(['leaf', 'superpeer']);
    expect(second.columns).toEqual({});
  });

  it('takes more links than it first has room for', () => {
    const builder = new TopologyBuilder(true);
    for (let peer = 0; peer < 5000; peer++) builder.peer(String(peer));
    for (let peer = 1; peer < 5000; peer++) builder.link(peer - 1, peer);
    const topology = builder.build();
    expect(topology.linkCount).toBe(4999);
    expect(
      rowsOf(topology.links).every((row, peer) => peer === 4999 || (row.length === 1 && row[0] === peer + 1)),
    ).toBe(true);
  });

  it('has a short cut for links between numbered peers', () => {
    const topology = fromLinks({
      ...{ directed: false, ids: ['a', 'b', 'c'], selfLoops: 3 },
      ...{ sources: Uint32Array.of(0, 1, 2), targets: Uint32Array.of(1, 0, 1) },
    });
    expect(topology).toMatchObject({ linkCount: 2, duplicates: 1, selfLoops: 3 });
    expect(rowsOf(topology.links)).toEqual([[1], [0, 2], [1]]);
  });
});
