// Crawls of an overlay whose servents are of four kinds: what each question can learn is all that a crawl may find.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Transport } from '../../src/core/visit.ts';
import { crawlOverlay } from '../support/crawl-overlay.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import { causesOf } from '../../src/snapshot/causes.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import type { SnapshotTables } from '../../src/snapshot/rows.ts';
import { overlayOptions, START, virtually } from '../simulate/support.ts';

const TROUBLE = {
  personalities: ['gtk-gnutella', 'limewire', 'shareaza', 'legacy-0.4'].map((name) => ({ name, weight: 1 })),
  udpOnly: 1 / 3,
};
const SHAPE = { model: 'two-tier', peers: 600 };

async function onSockets(): Promise<{ simulation: SimulatedOverlay; transport: Transport }> {
  const simulation = await simulate({
    ...overlayOptions(TROUBLE, SHAPE),
    port: 0,
    monotonic: () => performance.now(),
  });
  onTestFinished(() => simulation.close());
  const clocks = { now: () => START, monotonic: () => performance.now() };
  const transport = createSocketTransport({ connectTimeout: 2_000, answerTimeout: 20_000, ...clocks });
  onTestFinished(() => {
    transport.close();
  });
  return { simulation, transport };
}

const inVirtualTime = () => {
  const simulation = virtually(TROUBLE, SHAPE);
  return Promise.resolve({ simulation, transport: simulation.network });
};

async function tablesOf(simulation: SimulatedOverlay, transport: Transport): Promise<SnapshotTables> {
  const fold = new Fold([simulation.bootstrap]);
  const visits = crawlOverlay({
    bootstrap: [simulation.bootstrap],
    question: gnutella.question,
    followUp: gnutella.followUp,
    transport,
    concurrency: 64,
    contactLeaves: false,
    signal: new AbortController().signal,
  });
  for await (const batch of visits) for (const visit of batch) fold.add(visit);
  return fold.tables();
}

const names = (links: SnapshotTables['links']) =>
  Array.from(links, ({ source, target }) => `${source} ${target}`);

describe.each([
  ['on sockets', onSockets],
  ['in virtual time', inVirtualTime],
])('a crawl of an overlay of mixed servents %s', (_, made) => {
  it('finds every superpeer and every link, but for leaves that only those know who cannot be asked for theirs', async () => {
    const { simulation, transport } = await made();
    const found = await tablesOf(simulation, transport);
    const truth = simulation.truth();
    const peers = Array.from(truth.peers);
    const superpeers = peers.filter(({ role }) => role === 'superpeer').map(({ id }) => id);
    expect(superpeers).toHaveLength(90);
    // The agent says which program a servent is; by pings nothing is learned of leaves.
    const pingOnly = new Set(
      peers.filter(({ agent }) => /as (shareaza|legacy-0\.4)$/.test(agent ?? '')).map(({ id }) => id),
    );
    const visible = Array.from(truth.links).filter(
      ({ relation, target }) => relation === 'connection' || !pingOnly.has(target),
    );
    const known = new Set([...superpeers, ...visible.flatMap(({ source, target }) => [source, target])]);

    const rows = Array.from(found.peers);
    expect(rows.map(({ id }) => id)).toEqual(peers.map(({ id }) => id).filter((id) => known.has(id)));
    expect(names(found.links)).toEqual(names(visible));
    for (const { id, role, listing, respondent, outcome } of rows.filter(({ id }) =>
      superpeers.includes(id),
    )) {
      expect({ id, role, listing, respondent, outcome }).toEqual({
        id,
        role: 'superpeer',
        listing: pingOnly.has(id) ? 'connections' : 'full',
        respondent: true,
        outcome: 'ok',
      });
    }
  });

  it('has no difference from the truth but what could not be asked', async () => {
    const { simulation, transport } = await made();
    const found = await tablesOf(simulation, transport);
    const difference = compareSnapshots(found, simulation.truth());
    const at = simulation.now();
    const sessions = simulation.sessions();
    const causes = causesOf(difference, { startedAt: START, peers: found.peers }, { at, sessions });
    expect(difference.linksMissing.length).toBeGreaterThan(100);
    expect(causes.peersMissing.map(({ cause }) => cause)).toEqual(['behind not askable']);
    expect(causes.linksMissing.map(({ cause }) => cause)).toEqual(['not askable + not asked']);
    expect([...causes.peersExtra, ...causes.linksExtra]).toEqual([]);
  });
});
