import { describe, expect, it } from 'vitest';
import { SuperpeerLooks } from '../../src/analyses/superpeer-stability.ts';
import { pairNumber } from '../../src/snapshot/id-numbers.ts';
import { LEAF, SUPERPEER, type SnapshotColumns } from '../../src/snapshot/series-columns.ts';

/** A snapshot in which each of `hubs` is a superpeer with 15 leaves of its own, all hubs linked to each other. */
function snapshot(hubs: readonly number[], leavesAt = (hub: number) => 100 + 20 * hub): SnapshotColumns {
  const leaves = hubs.flatMap((hub) => Array.from({ length: 15 }, (_, k) => leavesAt(hub) + k));
  const links = [
    ...hubs.flatMap((hub) => Array.from({ length: 15 }, (_, k) => pairNumber(hub, leavesAt(hub) + k))),
    ...hubs.flatMap((hub) => hubs.filter((other) => other > hub).map((other) => pairNumber(hub, other))),
  ];
  const peers = Uint32Array.from([...hubs, ...leaves]);
  const none = new Float64Array(peers.length).fill(NaN);
  return {
    manifest: {} as SnapshotColumns['manifest'],
    peers,
    flags: Uint8Array.from(peers, (_, k) => (k < hubs.length ? SUPERPEER : LEAF)),
    liveSince: none,
    firstSeen: none,
    lastSeen: none,
    links: Float64Array.from(links).sort(),
  };
}

describe('the superpeers of a series', () => {
  it('by hand: of five superpeers one went, one is a leaf now, and one is new', () => {
    const looks = new SuperpeerLooks();
    const first = snapshot([1, 2, 3, 4, 5]);
    // 5 is gone; 4 is a leaf at 1 (in place of its first leaf); 220, a leaf of 6 before nobody knew it, is none of both.
    const second = snapshot([1, 2, 3, 6], (hub) => (hub === 6 ? 500 : 100 + 20 * hub));
    const peers = Uint32Array.from([...second.peers, 4]);
    const flags = Uint8Array.from([...second.flags, LEAF]);
    const links = Float64Array.from([...second.links, pairNumber(1, 4)]).sort();
    looks.look(first);
    looks.look({ ...second, peers, flags, links });
    // In both: 1, 2, 3, 4 and the 45 leaves of the first three.
    const row = { peers: 49, before: 4, after: 3, both: 3, jaccard: 0.75 };
    expect(looks.steps).toEqual([
      [
        { toldBy: 'declared', ...row },
        { toldBy: 'combined', ...row },
      ],
    ]);
  });

  it('are the same where nothing changed, and no number where there are none', () => {
    const looks = new SuperpeerLooks();
    for (let k = 0; k < 3; k++) looks.look(snapshot([1, 2, 3, 4]));
    expect(looks.steps.flat().map(({ jaccard }) => jaccard)).toEqual([1, 1, 1, 1]);
    const empty = new SuperpeerLooks();
    for (let k = 0; k < 2; k++) empty.look(snapshot([]));
    expect(empty.steps.flat().map(({ jaccard }) => jaccard)).toEqual([null, null]);
  });
});
