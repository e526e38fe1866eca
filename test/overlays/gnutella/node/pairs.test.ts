import { describe, expect, it } from 'vitest';
import type { Role } from '../../../../src/core/claims.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { PERSONALITIES } from '../../../../src/overlays/gnutella/servent/personalities.ts';
import type { LiveNode } from '../../../../src/simulate/live-population.ts';
import { addressOf, liveOverlay, neighboursOf } from '../../../simulate/live-support.ts';

interface Kind {
  readonly personality: string;
  readonly role: Role;
}

const KINDS: readonly Kind[] = PERSONALITIES.flatMap(({ name, canBeLeaf }): Kind[] => [
  { personality: name, role: 'superpeer' },
  ...(canBeLeaf ? [{ personality: name, role: 'leaf' } as const] : []),
]);

const PAIRS = KINDS.flatMap((dialler) =>
  KINDS.map((other) => [name(dialler), name(other), dialler, other] as const),
);

function name({ personality, role }: Kind): string {
  return `${personality} ${role}`;
}

/** docs/gnutella.md: 0.6 closes on 0.4, 0.4 takes everybody but has no leaves, leaves take nobody. */
function connects(dialler: Kind, other: Kind): boolean {
  if (other.personality === 'legacy-0.4') return dialler.role === 'superpeer';
  return dialler.personality !== 'legacy-0.4' && other.role === 'superpeer';
}

function node(peer: number, kind: Kind, dials: readonly number[], deflates: boolean): LiveNode {
  return {
    address: addressOf(peer),
    agent: 'test',
    personality: kind.personality,
    random: createRandom(peer),
    plan: { kind: 'given', role: kind.role, dials: dials.map(addressOf) },
    deflates,
  };
}

describe.each([
  ['plain', false],
  ['deflated', true],
])('two live nodes, %s', (_, deflates) => {
  it.each(PAIRS)(
    '%s dials %s: they connect or not, as the table says',
    (_dialler, _other, dialler, other) => {
      const { overlay } = liveOverlay([node(0, other, [], deflates), node(1, dialler, [0], deflates)]);
      overlay.run(3_000);
      const [there, here] = [overlay.at(addressOf(0)), overlay.at(addressOf(1))];
      const stands = connects(dialler, other);
      expect(there?.neighbours().map(({ address, role }) => [address, role])).toEqual(
        stands ? [[addressOf(1), dialler.role]] : [],
      );
      expect(here?.neighbours().map(({ address, role }) => [address, role])).toEqual(
        stands ? [[addressOf(0), 'superpeer']] : [],
      );
    },
  );
});

describe('connections', () => {
  it.each(PERSONALITIES.map(({ name }) => name))(
    'stand once where two %s dial each other at the same time',
    (personality) => {
      const kind: Kind = { personality, role: 'superpeer' };
      const { overlay } = liveOverlay([node(0, kind, [1], false), node(1, kind, [0], false)], 0);
      overlay.run(60_000);
      expect(overlay.nodes().map(neighboursOf)).toEqual([[addressOf(1)], [addressOf(0)]]);
    },
  );

  it('are dialled again when they were lost', () => {
    const kind: Kind = { personality: 'gtk-gnutella', role: 'superpeer' };
    const { overlay } = liveOverlay([node(0, kind, [], false), node(1, kind, [0], false)]);
    overlay.run(3_000);
    overlay.remove(addressOf(0), 'abruptly');
    overlay.run(3_000);
    expect(overlay.nodes().map(neighboursOf)).toEqual([[]]);
    overlay.add(node(0, kind, [], false));
    overlay.run(20_000);
    expect(overlay.nodes().map(neighboursOf)).toEqual([[addressOf(0)], [addressOf(1)]]);
  });

  it('are refused where no slot is left, with others to try', () => {
    const gtk: Kind = { personality: 'gtk-gnutella', role: 'superpeer' };
    const full = { ...node(0, gtk, [], false), slots: { superpeers: 1, leaves: 0 } };
    const { overlay } = liveOverlay([full, node(1, gtk, [0], false), node(2, gtk, [0], false)]);
    overlay.run(30_000);
    expect(overlay.nodes().map((one) => neighboursOf(one).length)).toEqual([1, 1, 0]);
  });
});
