// Whole crawls over real loopback sockets, against the truth of the overlay that was crawled.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from '../../src/models/model.ts';
import { MODELS } from '../../src/models/index.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { readJournal } from '../../src/snapshot/journal.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import { scoreOf } from '../../src/snapshot/score.ts';
import { writeTruth } from '../../src/snapshot/write-truth.ts';
import { simulate, type Simulation, type SimulationOptions } from '../../src/simulate/loopback-simulation.ts';
import { takeSnapshot, type TakeSnapshotOptions, type TakenSnapshot } from '../../src/crawl/take-snapshot.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { NO_TROUBLE } from '../../src/simulate/trouble.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function overlay(
  name: string,
  options: Partial<ModelOptions> = {},
  more: Partial<SimulationOptions> = {},
): Promise<Simulation> {
  const model = MODELS.find((candidate) => candidate.name === name);
  if (model === undefined) throw new RangeError(name);
  const modelOptions = { ...DEFAULT_MODEL_OPTIONS, ...options };
  const simulation = await simulate({
    model,
    modelOptions,
    seed: 1,
    overlay: gnutella,
    port: 0,
    startedAt: 0,
    trouble: NO_TROUBLE,
    monotonic: () => performance.now(),
    ...more,
  });
  onTestFinished(() => simulation.close());
  return simulation;
}

function crawlOf(simulation: Simulation, options: Partial<TakeSnapshotOptions> = {}): Promise<TakenSnapshot> {
  const clocks = { now: Date.now, monotonic: () => performance.now() };
  return takeSnapshot({
    bootstrap: [simulation.bootstrap],
    question: gnutella.question,
    transport: createSocketTransport({ connectTimeout: 5_000, answerTimeout: 5_000, ...clocks }),
    concurrency: 64,
    contactLeaves: false,
    signal: new AbortController().signal,
    directory: join(temporaryFolder(), 'snapshot'),
    overlay: gnutella.name,
    recordedOptions: {},
    seed: null,
    ...clocks,
    ...options,
  });
}

function score(simulation: Simulation, { tables }: TakenSnapshot) {
  return scoreOf(compareSnapshots(tables, simulation.truth()), simulation.reach());
}

const EXACT = { peersMissing: 0, peersExtra: 0, linksMissing: 0, linksExtra: 0, rolesDiffering: 0 };

describe('a crawl of a quiet overlay', () => {
  it.each<[string, Partial<ModelOptions>, boolean]>([
    ['pure', {}, false],
    ['pure', { peers: 1000 }, false],
    ['hybrid', {}, false],
    ['hybrid', { reading: 'A', variant: 'reject' }, false],
    ['configuration', { peers: 300, law: 'power-law:2-20:1.5' }, false],
    ['two-tier', { peers: 2000 }, true],
    ['two-tier', { peers: 7 }, true],
  ])(
    'of %s %o finds every peer and link that can be reached, and nothing else',
    async (name, options, connected) => {
      const simulation = await overlay(name, options);
      const result = score(simulation, await crawlOf(simulation));
      expect(result).toMatchObject({ ...EXACT, found: result.reachable, linksFound: result.linksReachable });
      if (connected) expect(result.reachable).toBe(result.total);
      else expect(result.reachable).toBeLessThanOrEqual(result.total);
    },
  );

  it('finds the same with a port per peer', async () => {
    const simulation = await overlay('two-tier', { peers: 200 }, { scheme: 'port-per-peer' });
    expect(score(simulation, await crawlOf(simulation))).toMatchObject({ ...EXACT, found: 200 });
  });

  it('contacts only superpeers of a two-tier overlay, and everybody when leaves are asked for', async () => {
    const simulation = await overlay('two-tier', { peers: 400 });
    const without = await crawlOf(simulation);
    const withLeaves = await crawlOf(simulation, { contactLeaves: true });
    expect(without.manifest.counts).toMatchObject({ peers: 400, visits: 60, respondents: 60 });
    expect(withLeaves.manifest.counts).toMatchObject({ peers: 400, visits: 400, respondents: 400 });
    const pairs = (taken: TakenSnapshot): string[] =>
      [...taken.tables.links].map(({ source, target, relation }) => `${source} ${target} ${relation}`);
    expect(pairs(withLeaves)).toEqual(pairs(without));
  });

  it('gives the same links.csv bytes twice', async () => {
    const simulation = await overlay('hybrid');
    const [first, second] = [await crawlOf(simulation), await crawlOf(simulation)];
    expect(first.manifest.digests['links.csv']).toBe(second.manifest.digests['links.csv']);
  });
});

describe('the snapshot of a crawl', () => {
  it('says on disk what the crawl found, and folds again from its journal to the same', async () => {
    const simulation = await overlay('hybrid');
    const directory = join(temporaryFolder(), 'snapshot');
    const { tables, manifest } = await crawlOf(simulation, { directory });
    const stored = await readSnapshot(directory);
    expect(stored.manifest).toEqual(manifest);
    expect(compareSnapshots(stored, tables)).toMatchObject({
      peers: { distortion: 0 },
      links: { distortion: 0 },
      rolesDiffering: [],
    });
    const fold = new Fold([simulation.bootstrap]);
    for await (const visit of readJournal(directory, () => expect.unreachable())) fold.add(visit);
    expect(fold.tables().peers).toEqual(tables.peers);
    expect([...fold.tables().links]).toEqual([...tables.links]);
  });

  it('equals the truth that the simulator writes', async () => {
    const simulation = await overlay('two-tier', { peers: 500 });
    const truthDir = join(temporaryFolder(), 'truth');
    writeTruth(truthDir, simulation.truth(), { overlay: 'gnutella', options: {}, seed: 1, at: 0 });
    const directory = join(temporaryFolder(), 'snapshot');
    await crawlOf(simulation, { directory, contactLeaves: true });
    const [found, truth] = [await readSnapshot(directory), await readSnapshot(truthDir)];
    expect(found.links.map((link) => ({ ...link, evidence: 'truth' }))).toEqual(truth.links);
    expect(found.peers.map(({ id, role }) => ({ id, role }))).toEqual(
      truth.peers.map(({ id, role }) => ({ id, role })),
    );
  });

  it('is whole and marked incomplete when the crawl is interrupted', async () => {
    const simulation = await overlay('pure', { peers: 1000 });
    const stop = new AbortController();
    const directory = join(temporaryFolder(), 'snapshot');
    const { manifest } = await crawlOf(simulation, {
      directory,
      concurrency: 4,
      signal: stop.signal,
      onProgress: ({ visited }) => {
        if (visited >= 50) stop.abort();
      },
    });
    expect(manifest.state).toBe('incomplete');
    expect(readManifest(directory).state).toBe('incomplete');
    const { peers } = await readSnapshot(directory);
    const { counts } = manifest;
    expect(counts?.visits).toBeGreaterThanOrEqual(50);
    expect(peers.filter(({ respondent }) => respondent)).toHaveLength(counts?.respondents ?? -1);
    // Those whose turn never came have no outcome; nobody is called silent who was only given up.
    expect(peers.some(({ outcome }) => outcome === undefined)).toBe(true);
    expect(counts?.byOutcome.silent).toBe(0);
  });

  it('is whole and marked incomplete when more addresses are known than it may hold', async () => {
    const simulation = await overlay('pure', { peers: 1000 });
    const { ending, manifest } = await crawlOf(simulation, { maxPeers: 100, concurrency: 4 });
    expect({ ending, state: manifest.state }).toEqual({ ending: 'limit', state: 'incomplete' });
    expect(manifest.counts?.peers).toBeGreaterThan(100);
    expect(manifest.counts?.peers).toBeLessThan(200);
  });

  it('says how many listings may have been cut off', async () => {
    const simulation = await overlay('two-tier', { peers: 1500, superpeerShare: 0.002, leafCap: 2000 });
    const { manifest } = await crawlOf(simulation);
    // By hand: 3 superpeers with 1,497 leaves each, and a servent lists some 440 addresses.
    expect(manifest.counts).toMatchObject({ respondents: 3, truncated: 3 });
    expect(manifest.counts?.peers).toBeLessThan(1500);
  });

  it('is never written over', async () => {
    const simulation = await overlay('pure', { peers: 30 });
    const directory = join(temporaryFolder(), 'snapshot');
    await crawlOf(simulation, { directory });
    await expect(crawlOf(simulation, { directory })).rejects.toThrow('is not empty');
  });
});
