import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLinks } from '../../src/topology/builder.ts';
import { distancesFrom, shortestPath, UNREACHED } from '../../src/topology/shortest-path.ts';

describe('a shortest path', () => {
  it('goes over links, from one peer to the other, in as many hops as they are apart', () => {
    const links = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 20 });
    fc.assert(
      fc.property(links, fc.nat(9), fc.nat(9), (pairs, from, to) => {
        const { simple } = fromLinks({
          directed: false,
          ids: 10,
          sources: Uint32Array.from(pairs, ([a]) => a),
          targets: Uint32Array.from(pairs, ([, b]) => b),
        });
        const path = shortestPath(simple, from, to);
        const distance = distancesFrom(simple, from)[to]!;
        if (distance === UNREACHED) {
          expect(path).toBeUndefined();
          return;
        }
        expect([path?.[0], path?.at(-1), path?.length]).toEqual([from, to, distance + 1]);
        path?.slice(1).forEach((peer, k) => {
          const before = path[k]!;
          const row = simple.targets.subarray(simple.offsets[before], simple.offsets[before + 1]);
          expect(row.includes(peer)).toBe(true);
        });
      }),
    );
  });
});
