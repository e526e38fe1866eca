import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { louvainCommunities } from '../../src/topology/graphology.ts';
import { communityLinks, modularityOf } from '../../src/topology/modularity.ts';
import { neighbourSets } from './plain.ts';
import { linkLists, topologyOf } from './support.ts';

/** A graph and a division of its peers into at most four communities. */
const divided = linkLists.chain((list) =>
  fc.record({
    list: fc.constant(list),
    community: fc.array(fc.nat(3), { minLength: list.size, maxLength: list.size }),
  }),
);

describe('the modularity', () => {
  it('is the definition over all pairs of peers', () => {
    fc.assert(
      fc.property(divided, ({ list, community }) => {
        const sets = neighbourSets(list);
        const ends = sets.reduce((sum, set) => sum + set.size, 0);
        let sum = 0;
        for (let i = 0; i < list.size; i++)
          for (let j = 0; j < list.size; j++) {
            if (community[i] !== community[j]) continue;
            sum += (sets[i]!.has(j) ? 1 : 0) - (sets[i]!.size * sets[j]!.size) / ends;
          }
        const links = communityLinks(topologyOf(list, true).simple, Uint32Array.from(community));
        const modularity = modularityOf(links);
        if (ends === 0) expect(modularity).toBe(null);
        else expect(modularity).toBeCloseTo(sum / ends, 12);
      }),
    );
  });

  it('counts every link once, inside a community or from both of its ends outside', () => {
    fc.assert(
      fc.property(divided, ({ list, community }) => {
        const { simple } = topologyOf(list, true);
        const { peers, inner, outer } = communityLinks(simple, Uint32Array.from(community));
        const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
        expect(total(peers)).toBe(list.size);
        expect(2 * total(inner) + total(outer)).toBe(simple.targets.length);
      }),
    );
  });

  it('is what Louvain says of its own communities, and no less than that of no division', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const { simple } = topologyOf(list, true);
        if (simple.targets.length === 0) return;
        const { community, modularity } = louvainCommunities(simple, createRandom(seed));
        const own = modularityOf(communityLinks(simple, community));
        expect(own).toBeCloseTo(modularity, 12);
        expect(own).toBeGreaterThan(-1e-12);
      }),
    );
  });
});
