import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import type { Content } from '../../src/search/content.ts';
import { placeContent } from '../../src/search/place-content.ts';
import { stateOf } from '../../src/simulate/live-overlay.ts';
import { givenNodes } from '../../src/simulate/live-population.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { addressOf, liveOverlay, MINUTE } from '../simulate/live-support.ts';
import { modelNamed } from '../simulate/support.ts';
import { searchIn, SIX } from './support.ts';

/** The names of the items that a peer holds. */
function namesAt(content: Content, peer: number): string[] {
  return [...content.popularity.keys()]
    .filter((item) => holdersOf(content, item).includes(peer))
    .map(content.nameOf);
}

function holdersOf({ holders }: Content, item: number): Uint32Array {
  return holders.targets.subarray(holders.offsets[item], holders.offsets[item + 1]);
}

/** Servents that hold these links and these items, after their handshakes. */
function servents(topology: Topology, tiers: boolean, content: Content, queryTtl: number) {
  const nodes = givenNodes(topology, tiers, {
    addressOf,
    random: createRandom(1),
    files: { perPeer: 0, catalogue: 1 },
  }).map((node, peer) => ({ ...node, queryTtl, files: namesAt(content, peer) }));
  const live = liveOverlay(nodes, 0);
  live.overlay.run(MINUTE);
  return live;
}

/** What a search costs the servents. */
function liveSearch(live: ReturnType<typeof servents>, from: number, text: string) {
  const { overlay, reports } = live;
  const before = stateOf(overlay).sent;
  const bytesBefore = bytesSent(overlay);
  const duplicatesBefore = duplicatesIn(overlay);
  reports.length = 0;
  overlay.search(addressOf(from), text);
  overlay.run(5_000);
  const after = stateOf(overlay).sent;
  const bytes = bytesSent(overlay);
  return {
    messages: after.query - before.query,
    duplicates: duplicatesIn(overlay) - duplicatesBefore,
    reached: reports.filter(({ kind }) => kind === 'query').length,
    hits: reports.filter(({ kind }) => kind === 'hit').length,
    answers: after['query-hit'] - before['query-hit'],
    bytes: bytes - bytesBefore,
  };
}

function bytesSent(overlay: ReturnType<typeof servents>['overlay']): number {
  const sent = overlay.nodes().map(({ counts }) => counts.sent.query.bytes + counts.sent['query-hit'].bytes);
  return sent.reduce((sum, bytes) => sum + bytes, 0);
}

function sparedIn(overlay: ReturnType<typeof servents>['overlay']): number {
  return overlay.nodes().reduce((sum, { counts }) => sum + counts.spared, 0);
}

function duplicatesIn(overlay: ReturnType<typeof servents>['overlay']): number {
  return overlay.nodes().reduce((sum, { counts }) => sum + counts.duplicates, 0);
}

function fastSearch(topology: Topology, strategy: string, more: Parameters<typeof searchIn>[2]) {
  const { messages, duplicates, reached, hits, messagesByType, bytes } = searchIn(topology, strategy, more);
  return { messages, duplicates, reached, hits, answers: messagesByType.queryHit?.count ?? 0, bytes };
}

describe('the fast path and the servents themselves in virtual time', () => {
  it.each([1, 2, 3, 4])('count the same on the six peers with TTL %i, from everybody', (ttl) => {
    const content = placeContent(
      { peers: 6, items: 3, zipf: 1, replication: 'uniform', capacity: 1 },
      createRandom(3),
    );
    const live = servents(SIX, false, content, ttl);
    for (let source = 0; source < 6; source++) {
      for (let item = 0; item < 3; item++) {
        expect(liveSearch(live, source, content.nameOf(item))).toEqual(
          fastSearch(SIX, 'flood', { source, item, ttl, content }),
        );
      }
    }
  });

  it('count the same in a flat random overlay', () => {
    const { topology } = modelNamed('erdos-renyi').generate(
      { ...DEFAULT_MODEL_OPTIONS, peers: 60 },
      createRandom(2),
    );
    const content = placeContent(
      { peers: 60, items: 10, zipf: 1, replication: 'square-root', capacity: 1 },
      createRandom(4),
    );
    const live = servents(topology, false, content, 4);
    for (let source = 0; source < 20; source++) {
      const item = source % 10;
      expect(liveSearch(live, source, content.nameOf(item))).toEqual(
        fastSearch(topology, 'flood', { source, item, ttl: 4, content }),
      );
    }
  });

  it('count the same with superpeers, leaves and their query routing tables, whoever asks', () => {
    const options = { ...DEFAULT_MODEL_OPTIONS, peers: 80, superpeerDegree: 6, superpeerShare: 0.25 };
    const { topology } = modelNamed('two-tier').generate(options, createRandom(5));
    // Many items a peer, so that tables of 512 slots hold words that they were not asked for.
    const content = placeContent(
      { peers: 80, items: 200, zipf: 1, replication: 'uniform', capacity: 25 },
      createRandom(6),
    );
    const live = servents(topology, true, content, 3);
    // Whoever asks, the tables of all leaves have been sent.
    const { registration } = searchIn(topology, 'superpeer', { source: 0, item: 0, content });
    const sent = live.overlay.nodes().map(({ counts }) => counts.sent.qrp);
    expect(registration).toMatchObject({
      leaves: 60,
      registrations: 180,
      messages: sent.reduce((sum, { messages }) => sum + messages, 0),
      bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
    });
    const sparedBefore = sparedIn(live.overlay);
    let [spared, mistaken] = [0, 0];
    for (let query = 0; query < 40; query++) {
      const [source, item] = [2 * query, 5 * query];
      const { leaves } = searchIn(topology, 'superpeer', { source, item, ttl: 3, content });
      spared += leaves?.spared ?? 0;
      mistaken += leaves?.falsePositives ?? 0;
      expect(liveSearch(live, source, content.nameOf(item))).toEqual(
        fastSearch(topology, 'superpeer', { source, item, ttl: 3, content }),
      );
    }
    expect(sparedIn(live.overlay) - sparedBefore).toBe(spared);
    expect(mistaken).toBeGreaterThan(0);
  });
});
