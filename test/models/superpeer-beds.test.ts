import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { loseLinks, silenceSuperpeers, SUPERPEER_BEDS } from '../../src/models/superpeer-beds.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { rowLength } from '../../src/topology/adjacency.ts';
import type { Topology } from '../../src/topology/topology.ts';

const overlay = (seed: number): Topology =>
  twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 1000, superpeerDegree: 10 }, createRandom(seed))
    .topology;

/** Links between two superpeers, and between a superpeer and a leaf, of each peer. */
function linksOf({ ids, simple, columns }: Topology): Map<string, { core: number; leaves: number }> {
  return new Map(
    ids.map((id, peer) => {
      const others = [...simple.targets.subarray(simple.offsets[peer], simple.offsets[peer + 1])];
      const core = others.filter((other) => columns.roles![other] === 'superpeer').length;
      return [id, { core, leaves: others.length - core }];
    }),
  );
}

describe('the beds on which the rules for superpeers are measured', () => {
  it('lose the share of the links that they say, and whoever has none left', () => {
    const whole = overlay(1);
    const seen = loseLinks(whole, 0.4, createRandom(2));
    expect(Math.abs(seen.linkCount / whole.linkCount - 0.6)).toBeLessThan(0.03);
    expect(seen.ids.every((_, peer) => rowLength(seen.simple, peer) > 0)).toBe(true);
    const roles = new Map(whole.ids.map((id, peer) => [id, whole.columns.roles![peer]]));
    seen.ids.forEach((id, peer) => {
      expect(seen.columns.roles![peer]).toBe(roles.get(id));
    });
  });

  it('see no leaf of a silent superpeer and no link between two of them, and every other link', () => {
    const whole = overlay(3);
    const seen = silenceSuperpeers(whole, 0.3, createRandom(4));
    const before = linksOf(whole);
    const after = linksOf(seen);
    const superpeers = [...after].filter(([id]) => Number(id) < 150);
    const silent = superpeers.filter(([, { leaves }]) => leaves === 0).map(([id]) => id);
    expect(silent).toHaveLength(45);
    for (const [id, { core, leaves }] of superpeers) {
      if (silent.includes(id)) {
        expect(core).toBeLessThan(before.get(id)!.core);
        continue;
      }
      // It lists all that it has.
      expect({ core, leaves }).toEqual(before.get(id));
    }
    // 0.3^3 of the leaves have silent superpeers only.
    const lost = 850 - (seen.size - superpeers.length);
    expect(Math.abs(lost - 850 * 0.027)).toBeLessThan(15);
  });

  it.each(SUPERPEER_BEDS.map((bed) => [bed.name, bed] as const))(
    '%s: the same seed makes the same overlay',
    (_, bed) => {
      const [first, second] = [bed.make(createRandom(7)), bed.make(createRandom(7))];
      expect(second.simple).toEqual(first.simple);
      expect(second.columns.roles).toEqual(first.columns.roles);
      expect(first.columns.roles).toContain('superpeer');
      expect(first.columns.roles).toContain('leaf');
    },
  );
});
