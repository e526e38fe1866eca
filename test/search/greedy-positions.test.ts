import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { can } from '../../src/models/can.ts';
import { chord } from '../../src/models/chord.ts';
import { freenet } from '../../src/models/freenet.ts';
import { kademlia } from '../../src/models/kademlia.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../../src/models/model.ts';
import { greedy } from '../../src/search/greedy.ts';
import { searchOverlay } from '../../src/search/search.ts';
import { DEFAULT_STRATEGY_OPTIONS, type SearchOptions } from '../../src/search/strategy.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import type { Topology } from '../../src/topology/topology.ts';

function searched(topology: Topology, options: Partial<SearchOptions>) {
  const defaults = { ...DEFAULT_STRATEGY_OPTIONS, ttl: greedy.defaultTtl, queries: 1, seed: 1 };
  return searchOverlay(topology, greedy, { ...defaults, ...options });
}

function hopsOf(model: Model, options: Partial<ModelOptions>, seed = 1): number {
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, ...options }, createRandom(seed));
  const { result } = searched(topology, { queries: 4_000 });
  expect(result).toMatchObject({ success: 1, duplicates: 0 });
  return result.hops ?? NaN;
}

/** On a plane: 0 has a neighbour 1 that is nearer to 4 and a dead end; the way is 0, 2, 3, 4. Peers are no numbers. */
const DEAD_END = fromLinks({
  directed: false,
  ids: ['source', 'dead end', 'above', 'beyond', 'target'],
  sources: Uint32Array.of(0, 0, 2, 3),
  targets: Uint32Array.of(1, 2, 3, 4),
  columns: {
    positions: {
      geometry: 'plane',
      dimension: 2,
      coordinates: Float64Array.of(0.1, 0.5, 0.4, 0.5, 0.1, 0.8, 0.5, 0.8, 0.7, 0.5),
    },
  },
});

describe('greedy routing by positions', () => {
  it.each([
    // Of another program that looks up random keys by 40-bit identifiers, its hops up to the predecessor of the key. A query here
    // goes to the identifier of a peer, and its hops are those to that peer.
    [256, 3.93],
    [1024, 4.86],
    [4096, 5.86],
  ])(
    'takes about as many hops on a Chord ring of %i random identifiers as another program',
    (peers, hops) => {
      expect(Math.abs(hopsOf(chord, { peers }) - hops)).toBeLessThan(0.25);
    },
  );

  it.each([
    // Of another program that halves zones dimension by dimension: .80 to .92 of (d/4) n^(1/d).
    [1024, 2, 12.8],
    [4096, 2, 25.9],
    [4096, 3, 9.9],
  ])(
    'takes as many hops in CAN of %i zones in %i dimensions as another program',
    (peers, dimensions, hops) => {
      expect(Math.abs(hopsOf(can, { peers, dimensions }) / hops - 1)).toBeLessThan(0.03);
    },
  );

  it('takes half of log2 n hops in Kademlia with buckets of one, and fewer with larger ones', () => {
    expect(Math.abs(hopsOf(kademlia, { peers: 1024, bucketSize: 1 }) - 5)).toBeLessThan(0.15);
    // 2.372 by the recursion of docs/models.md, for identifiers at equal distances.
    expect(Math.abs(hopsOf(kademlia, { peers: 1024, bucketSize: 8 }) - 2.372)).toBeLessThan(0.05);
  });

  it('arrives in Freenet, wherever its peers are', () => {
    // 7.74 by the recursion of docs/models.md.
    expect(Math.abs(hopsOf(freenet, { peers: 1000, linksPerPeer: 3 }) - 7.74)).toBeLessThan(0.78);
    expect(hopsOf(freenet, { peers: 200, linksPerPeer: 3, placement: 'even' })).toBeGreaterThan(3);
  });

  it('is lost in a dead end, and says how often', () => {
    const { result, notes } = searched(DEAD_END, { source: 0, target: 4 });
    expect(result).toMatchObject({ messages: 1, reached: 1, hits: 0, hops: null, success: false });
    expect(notes).toContain('Of 1 queries 1 came to where nobody is nearer, and were lost.');
  });

  it('comes back from a dead end with backtracking, and counts the way back', () => {
    // By hand: source, dead end, source, above, beyond, target; the answer takes the straight way.
    const { result, notes } = searched(DEAD_END, { source: 0, target: 4, backtrack: true });
    expect(result).toMatchObject({
      messages: 5,
      duplicates: 1,
      reached: 4,
      hops: 5,
      success: true,
      messagesByType: { query: { count: 5 }, queryHit: { count: 3 } },
    });
    expect(notes.join(' ')).not.toContain('lost');
  });

  it('ends at its TTL, which is no dead end', () => {
    const { result, notes } = searched(DEAD_END, { source: 0, target: 4, backtrack: true, ttl: 4 });
    expect(result).toMatchObject({ messages: 4, success: false });
    expect(notes.join(' ')).not.toContain('no way');
  });
});
