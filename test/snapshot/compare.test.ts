import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSnapshots, pairKey, type Comparable } from '../../src/snapshot/compare.ts';

const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The definition, with sets of texts: slow and plain. */
function bySets(snapshot: Comparable, reference: Comparable) {
  const ids = ({ peers }: Comparable): Set<string> => new Set([...peers].map(({ id }) => id));
  const pairs = ({ links }: Comparable): Set<string> => new Set([...links].map(pairKey));
  const only = (a: Set<string>, b: Set<string>): string[] => [...a].filter((key) => !b.has(key)).sort(byId);
  const overlap = (found: Set<string>, all: Set<string>) => ({
    found: found.size,
    reference: all.size,
    both: [...found].filter((key) => all.has(key)).length,
    missing: only(all, found).length,
    extra: only(found, all).length,
  });
  return {
    peers: overlap(ids(snapshot), ids(reference)),
    links: overlap(pairs(snapshot), pairs(reference)),
    peersMissing: only(ids(reference), ids(snapshot)),
    peersExtra: only(ids(snapshot), ids(reference)),
    linksMissing: only(pairs(reference), pairs(snapshot)),
    linksExtra: only(pairs(snapshot), pairs(reference)),
  };
}

const names = Array.from({ length: 12 }, (_, k) => `127.0.0.${k + 1}:6346`).concat('a', '[::1]:6346', 'a1');
const id = fc.constantFrom(...names);
const peers = fc.array(
  fc.record({ id, role: fc.constantFrom('superpeer' as const, 'leaf' as const, undefined) }),
);
const links = fc.array(
  fc.record({ source: id, target: id }).filter(({ source, target }) => source !== target),
);

/** As a snapshot has it: in order, each peer once, each pair once in either direction. */
function inOrder({ peers, links }: Comparable): Comparable {
  return {
    peers: [...new Map([...peers].map((peer) => [peer.id, peer])).values()].sort((a, b) => byId(a.id, b.id)),
    links: [...new Map([...links].map((link) => [pairKey(link), link])).values()].sort(
      (a, b) => byId(a.source, b.source) || byId(a.target, b.target),
    ),
  };
}

const snapshot = fc.record({ peers, links });

describe('comparing two snapshots', () => {
  it('gives what the sets of ids and of unordered pairs give', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (one, other) => {
        const [found, reference] = [inOrder(one), inOrder(other)];
        expect(compareSnapshots(found, reference)).toMatchObject(bySets(found, reference));
      }),
    );
  });

  it('gives the same for tables in any order, with repeated rows', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (one, other) => {
        // A row out of order at the end: the walk along the tables has to be given up when nearly done.
        const last = { source: '0', target: '1' };
        const [found, reference] = [one, other].map(({ peers, links }) => ({
          peers: [...peers, { id: '0', role: undefined }],
          links: [{ source: '9', target: '8' }, ...links, last],
        }));
        if (found === undefined || reference === undefined) return;
        expect(compareSnapshots(found, reference)).toMatchObject(bySets(found, reference));
      }),
    );
  });

  it('goes through rows that are made on the way', () => {
    const made = { [Symbol.iterator]: () => ['a', 'b'].map((name) => ({ id: name })).values() };
    const difference = compareSnapshots({ peers: made, links: [] }, { peers: [{ id: 'b' }], links: [] });
    expect(difference).toMatchObject({ peersExtra: ['a'], peers: { both: 1, completeness: 1 } });
  });

  it('does not count a role as differing where the reference gives none', () => {
    const { rolesDiffering, peersByRole } = compareSnapshots(
      { peers: [{ id: 'a', role: 'leaf' }, { id: 'b' }], links: [] },
      { peers: [{ id: 'a' }, { id: 'b', role: 'leaf' }], links: [] },
    );
    expect(rolesDiffering).toEqual(['b']);
    expect(peersByRole.leaf).toMatchObject({ both: 1, missing: 0, extra: 0 });
  });

  it('counts a peer under the role that the reference gives it', () => {
    const difference = compareSnapshots(
      {
        peers: [
          { id: 'a', role: 'leaf' },
          { id: 'b', role: 'leaf' },
        ],
        links: [],
      },
      { peers: [{ id: 'a', role: 'superpeer' }], links: [] },
    );
    expect(difference).toMatchObject({
      rolesDiffering: ['a'],
      peersByRole: { superpeer: { both: 1, extra: 0 }, leaf: { found: 1, reference: 0, extra: 1 } },
    });
  });
});
