import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/charts/style.ts';
import { seriesComparisonReport } from '../../src/cli/compare-series.ts';
import { runSeries } from '../../src/cli/series.ts';
import { createRandom } from '../../src/core/random.ts';
import { fixedPatience } from '../../src/crawl/adaptive-patience.ts';
import { takeSnapshot } from '../../src/crawl/take-snapshot.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { formatSeries } from '../../src/reports/series-report.ts';
import { createChurn } from '../../src/simulate/churn.ts';
import { parseLatency } from '../../src/simulate/latency.ts';
import { parseSessionLaw } from '../../src/simulate/session-law.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { virtually } from '../simulate/support.ts';
import { writeTestSeries, type TestSnapshot, START } from '../snapshot/series-support.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** What a crawler without errors writes down of a churning overlay, every five minutes. */
function churningSeries(count: number, peers: number): TestSnapshot[] {
  const { topology } = twoTier.generate(
    { ...DEFAULT_MODEL_OPTIONS, peers, superpeerDegree: 10, uptimeBias: 0.6 },
    createRandom(1),
  );
  const churn = createChurn({
    topology,
    tiers: true,
    law: parseSessionLaw('exponential:30'),
    repair: 10_000,
    start: START,
    random: createRandom(5),
    peerLimit: 1_000_000,
  });
  return Array.from({ length: count }, (_, k): TestSnapshot => {
    const at = 300 * k;
    churn.advance(START + 1000 * at);
    const id = (slot: number) => `p${churn.occupant(slot)}`;
    const links: [string, string][] = [];
    const slots = Array.from({ length: churn.size }, (__, slot) => slot);
    for (const slot of slots)
      for (const other of churn.links.neighbours(slot)) if (other > slot) links.push([id(slot), id(other)]);
    return {
      at,
      peers: slots.map((slot) => ({
        id: id(slot),
        role: churn.roleOfSlot(slot),
        liveSince: churn.startOf(slot),
      })),
      links,
    };
  });
}

describe('the report of a series', () => {
  it('tells turnover, sessions and the onion in every format', async () => {
    const directory = join(temporaryFolder(), 'series');
    writeTestSeries(directory, churningSeries(25, 400));
    const report = await seriesComparisonReport(directory);
    const text = [...formatSeries(report, 'table', { width: 80, style: PLAIN })].join('');
    expect(text).toContain('Session lengths of all, by the create-based method');
    expect(text).toContain('Links to peers of at least the same uptime');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    const json = JSON.parse([...formatSeries(report, 'json', { width: 80, style: PLAIN })].join('')) as {
      schema: string;
      snapshots: { change: null | { peers: { all: { gone: number; before: number } } } }[];
      sessions: { all: { fits: { law: string; parameters: { value: number; standardError: number }[] }[] } };
    };
    expect(json.schema).toBe('peerscope/series-comparison/1');
    const exponential = json.sessions.all.fits.find(({ law }) => law === 'exponential')!.parameters[0]!;
    // Snapshots here are of one instant, and say that they took two seconds of five minutes: next to nothing.
    expect(Math.abs(exponential.value - 30)).toBeLessThan(4 * exponential.standardError);
    // 1 - exp(-5 / 30) of the peers go in five minutes: 15.4 %, of 24 x 400, with a standard error of 0.37 %.
    const changes = json.snapshots.flatMap(({ change }) => (change === null ? [] : [change.peers.all]));
    const sum = (of: (one: (typeof changes)[number]) => number) =>
      changes.reduce((all, one) => all + of(one), 0);
    expect(Math.abs(sum(({ gone }) => gone) / sum(({ before }) => before) - 0.1535)).toBeLessThan(0.015);
    const csv = [...formatSeries(report, 'csv', { width: 80, style: PLAIN })].join('');
    expect(csv).toContain('series-peers');
    const stability = report.tables.find(({ name }) => name === 'superpeer-stability')!;
    expect(stability.rows).toHaveLength(24 * 2);
    // Nobody of this overlay changes its role while it is up; links alone err for a few, here and there.
    for (const [, toldBy, , , , , jaccard] of stability.rows) {
      if (toldBy === 'declared') expect(jaccard).toBe(1);
      else expect(jaccard).toBeGreaterThan(0.9);
    }
  });

  it('says that a short series tells nothing of sessions', async () => {
    const directory = join(temporaryFolder(), 'series');
    writeTestSeries(directory, churningSeries(2, 100));
    const report = await seriesComparisonReport(directory);
    const text = [...formatSeries(report, 'table', { width: 80, style: PLAIN })].join('');
    expect(text).toContain('too short for the create-based method');
    expect(report.document['sessions']).toEqual({ all: null, superpeer: null });
  });
});

describe('crawls back to back of a churning overlay in virtual time', () => {
  it('give back the sessions of its churn, although a crawl takes a tenth of a session', async () => {
    const timeouts = { connectTimeout: 5_000, answerTimeout: 8_000 };
    const simulation = virtually(
      { churn: 'exponential:20' },
      { model: 'two-tier', peers: 1000, superpeerDegree: 10 },
      { latency: parseLatency('constant:150'), ...timeouts, seed: 3 },
    );
    const { network } = simulation;
    const clock = {
      now: () => Math.round(network.now()),
      monotonic: () => network.now(),
      wait: () => Promise.reject(new Error('nothing waits here')),
    };
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: 60, everySeconds: 0, until: null };
    await runSeries(
      { directory, begin: { overlay: 'gnutella', bootstrap: [], plan, options: {} }, resume: false },
      async (snapshotDir, signal) => {
        const { ending } = await takeSnapshot({
          bootstrap: [simulation.bootstrap],
          question: gnutella.question,
          followUp: gnutella.followUp,
          transport: network,
          concurrency: 1,
          patience: fixedPatience({ connect: 5_000, answer: 8_000 }),
          contactLeaves: false,
          signal,
          directory: snapshotDir,
          overlay: 'gnutella',
          recordedOptions: {},
          seed: 3,
          ...clock,
          onProgress: () => undefined,
        });
        return ending;
      },
      clock,
      new AbortController().signal,
    );
    const report = await seriesComparisonReport(directory);
    const json = JSON.parse(JSON.stringify(report.document)) as {
      sessions: {
        all: {
          fits: { law: string; parameters: { value: number; standardError: number }[] }[];
          fittedFrom: number;
        };
      };
    };
    expect(json.sessions.all.fittedFrom).toBe(3);
    const fit = json.sessions.all.fits.find(({ law }) => law === 'exponential')!.parameters[0]!;
    expect(Math.abs(fit.value - 20)).toBeLessThan(3 * fit.standardError);
    expect(fit.standardError).toBeLessThan(0.6);
  });
});
