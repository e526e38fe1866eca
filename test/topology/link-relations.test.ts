import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RELATIONS } from '../../src/core/claims.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { countsOf } from '../../src/topology/link-relations.ts';

describe('what the links of a list mean', () => {
  it('stays with them, whatever their order and direction; repeated links mean what the first one said (property)', () => {
    const peer = fc.nat(7);
    const link = fc.tuple(peer, peer, fc.nat(RELATIONS.length - 1));
    fc.assert(
      fc.property(
        fc.array(link, { maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        (list, directed, inOrder) => {
          if (inOrder) list.sort(([a, b], [c, d]) => a - c || b - d);
          const sources = Uint32Array.from(list, ([a]) => a);
          const targets = Uint32Array.from(list, ([, b]) => b);
          const given = Uint8Array.from(list, ([, , relation]) => relation);
          const topology = fromLinks({ directed, ids: 8, sources, targets, relations: given });
          const { offsets, targets: ends } = directed ? topology.links : topology.pairs;
          expect(topology.relations?.length).toBe(topology.linkCount);
          for (let a = 0; a < 8; a++)
            for (let k = offsets[a]!; k < offsets[a + 1]!; k++) {
              const b = ends[k]!;
              const first = list.find(([c, d]) => (c === a && d === b) || (!directed && c === b && d === a));
              expect(topology.relations?.[k]).toBe(first?.[2]);
            }
        },
      ),
    );
  });

  it('is counted by its name', () => {
    expect(countsOf(Uint8Array.of(1, 0, 1))).toEqual({ connection: 1, registration: 2 });
    expect(countsOf(new Uint8Array())).toEqual({});
  });
});
