import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { PERSONALITIES } from '../../src/overlays/gnutella/servent/personalities.ts';
import { givenNodes } from '../../src/simulate/live-population.ts';
import { liveTruth } from '../../src/simulate/live-truth.ts';
import type { VirtualLiveOverlay } from '../../src/simulate/live-virtual.ts';
import { causesOf } from '../../src/snapshot/causes.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import { addressOf, liveOverlay, MINUTE, organised, visited } from './live-support.ts';
import { modelNamed } from './support.ts';

/** What a crawl from the first node finds. */
async function crawled(overlay: VirtualLiveOverlay) {
  const fold = new Fold([addressOf(0)]);
  for (const visit of await visited(overlay)) fold.add(visit);
  return fold.tables();
}

describe('the truth of live nodes', () => {
  it('gives no role to a node that has not found its place, and no crawl differs from that', async () => {
    const [node] = organised(1, 1);
    const plan = { kind: 'self-organised', wellKnown: [], isCapable: false } as const;
    const { overlay } = liveOverlay(node === undefined ? [] : [{ ...node, plan }]);
    overlay.run(MINUTE);
    const truth = liveTruth(overlay);
    expect([...truth.peers].map(({ role }) => role)).toEqual([undefined]);
    const found = await crawled(overlay);
    expect([...found.peers].map(({ role }) => role)).toEqual(['leaf']);
    expect(compareSnapshots(found, truth).rolesDiffering).toEqual([]);
  });

  it('tells links with leaves that could not be asked for from those that are not explained', async () => {
    const twoTier = modelNamed('two-tier');
    const options = { ...DEFAULT_MODEL_OPTIONS, peers: 80, superpeerDegree: 6, superpeerShare: 0.25 };
    const { topology } = twoTier.generate(options, createRandom(1));
    const names = PERSONALITIES.map(({ name }) => name);
    const nodes = givenNodes(topology, twoTier.tiers, {
      addressOf,
      random: createRandom(1),
      files: { perPeer: 1, catalogue: 10 },
      // A servent of 0.4 takes no leaves.
      personalityOf: (peer, mustBeModern) => names[peer % (mustBeModern ? 3 : 4)],
    });
    const { overlay } = liveOverlay(nodes, 0);
    overlay.run(2 * MINUTE);
    const began = overlay.now();
    const found = await crawled(overlay);
    const truth = liveTruth(overlay);
    const difference = compareSnapshots(found, truth);
    const causes = causesOf(
      difference,
      { startedAt: began, peers: found.peers },
      { at: overlay.now(), peers: truth.peers },
    );
    expect(difference.linksMissing.length).toBeGreaterThan(10);
    expect(causes.linksMissing.map(({ cause }) => cause)).toEqual(['not askable + not asked']);
    for (const { cause } of causes.peersMissing) expect(cause).toBe('behind not askable');
    expect([...causes.peersExtra, ...causes.linksExtra]).toEqual([]);
  });
});
