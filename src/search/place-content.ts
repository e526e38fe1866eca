import { PeerscopeError } from '../core/errors.ts';
import { Zipf } from '../models/zipf.ts';
import type { Random } from '../core/random.ts';
import type { Content } from './content.ts';

export const REPLICATIONS = ['uniform', 'proportional', 'square-root'] as const;
export type Replication = (typeof REPLICATIONS)[number];

export interface Placement {
  readonly peers: number;
  readonly items: number;
  /** The exponent of Zipf's law: item i is asked for in proportion to i to the power of minus this. */
  readonly zipf: number;
  readonly replication: Replication;
  /** Copies that a peer has room for, in the mean. */
  readonly capacity: number;
}

/**
 * Items by Zipf's law, and their copies at random peers, no two of an item at one peer. The copies of all items together are peers x
 * capacity; each item has its share of them, but at least one and at most one at each peer, rounded so that the sum stays.
 * Source: E. Cohen and S. Shenker, "Replication strategies in unstructured peer-to-peer networks", SIGCOMM 2002.
 * O(copies + items log items).
 *
 * @throws {PeerscopeError} (usage) where there is not room for a copy of each.
 */
export function placeContent(placement: Placement, random: Random): Content {
  const { peers, items, zipf, replication } = placement;
  const popularity = new Zipf(items, zipf).shares;
  const copies = copyCounts(placement, replicationShares(popularity, replication));
  const offsets = new Uint32Array(items + 1);
  for (let item = 0; item < items; item++) offsets[item + 1] = offsets[item]! + copies[item]!;
  const targets = new Uint32Array(offsets[items]!);
  const drawn = Uint32Array.from({ length: peers }, (_, peer) => peer);
  for (let item = 0; item < items; item++) {
    // The first steps of a shuffle; the next item goes on with what they have left.
    for (let k = 0; k < copies[item]!; k++) {
      const other = k + random.int(peers - k);
      const peer = drawn[other]!;
      drawn[other] = drawn[k]!;
      drawn[k] = peer;
      targets[offsets[item]! + k] = peer;
    }
    targets.subarray(offsets[item], offsets[item + 1]).sort();
  }
  return { nameOf: (item) => `item${item + 1}`, popularity, holders: { offsets, targets } };
}

/** Which share of all copies each item gets. */
export function replicationShares(popularity: Float64Array, replication: Replication): Float64Array {
  const weights = popularity.map((share) =>
    replication === 'uniform' ? 1 : replication === 'proportional' ? share : Math.sqrt(share),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** A gigabyte of them. */
const MOST_COPIES = 250_000_000;

/** Largest remainders, within 1 and the number of peers. */
function copyCounts({ peers, items, capacity }: Placement, shares: Float64Array): Uint32Array {
  const total = Math.round(peers * capacity);
  if (total < items) {
    throw new PeerscopeError(
      'usage',
      `${items} items do not fit into ${peers} peers with room for ${capacity} each`,
      { hint: 'Raise --capacity, or lower --items.' },
    );
  }
  if (Math.min(total, peers * items) > MOST_COPIES) {
    throw new PeerscopeError('usage', `${total} copies are more than the ${MOST_COPIES} that there may be`, {
      hint: 'Lower --capacity.',
    });
  }
  const copies = Uint32Array.from(shares, (share) => Math.min(peers, Math.max(1, Math.floor(share * total))));
  const remainders = Array.from(shares, (share, item) => ({ item, left: share * total - copies[item]! }));
  let missing = total - copies.reduce((sum, count) => sum + count, 0);
  remainders.sort((a, b) => b.left - a.left || a.item - b.item);
  // Items at their bounds pass on what they do not take: several rounds, each of at least one change.
  for (let changed = true; missing !== 0 && changed;) {
    changed = false;
    for (const { item } of missing > 0 ? remainders : remainders.toReversed()) {
      const step = Math.sign(missing);
      const next = copies[item]! + step;
      if (step === 0 || next < 1 || next > peers) continue;
      copies[item] = next;
      missing -= step;
      changed = true;
    }
  }
  return copies;
}
