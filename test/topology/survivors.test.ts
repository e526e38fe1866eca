import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLinks } from '../../src/topology/builder.ts';
import { survivorsOf } from '../../src/topology/survivors.ts';

describe('a topology after failures', () => {
  it.each([true, false])('has the links between living peers, and all peers (directed: %s)', (directed) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 }),
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        (links, living) => {
          const topology = fromLinks({
            directed,
            ids: 10,
            sources: Uint32Array.from(links, ([source]) => source),
            targets: Uint32Array.from(links, ([, target]) => target),
          });
          const after = survivorsOf(topology, Uint8Array.from(living, Number));
          const kept = links.filter(([a, b]) => living[a] === true && living[b] === true);
          const expected = fromLinks({
            directed,
            ids: 10,
            sources: Uint32Array.from(kept, ([source]) => source),
            targets: Uint32Array.from(kept, ([, target]) => target),
          });
          expect(after.size).toBe(10);
          expect(after.links).toEqual(expected.links);
          expect(after.ids).toEqual(topology.ids);
        },
      ),
    );
  });
});
