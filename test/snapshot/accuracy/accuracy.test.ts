import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../../src/core/address-book.ts';
import type { Address } from '../../../src/core/address.ts';
import { createRandom } from '../../../src/core/random.ts';
import { Agenda } from '../../../src/crawl/agenda.ts';
import { fixedConcurrency } from '../../../src/crawl/concurrency.ts';
import { crawl } from '../../../src/crawl/crawl.ts';
import { MemoryFrontier } from '../../../src/crawl/memory-frontier.ts';
import { lookAgain } from '../../../src/crawl/second-look.ts';
import { gnutella } from '../../../src/overlays/gnutella/gnutella.ts';
import type { VirtualSimulation } from '../../../src/simulate/virtual-simulation.ts';
import { estimateAccuracy } from '../../../src/snapshot/accuracy/accuracy.ts';
import { accuracySchema } from '../../../src/snapshot/accuracy/accuracy-schema.ts';
import { Attendance } from '../../../src/snapshot/accuracy/attendance.ts';
import { compareSnapshots } from '../../../src/snapshot/compare.ts';
import { Fold } from '../../../src/snapshot/fold.ts';
import { virtually } from '../../simulate/support.ts';

const SHAPE = {
  model: 'two-tier',
  peers: 4000,
  superpeerDegree: 20,
  superpeersPerLeaf: { least: 1, most: 3 },
};

/** A crawl with its estimate of its own error, and the truth at its end. */
async function crawlAndEstimate(simulation: VirtualSimulation, { concurrency = 50, sample = 300 } = {}) {
  const { network, bootstrap: begin } = simulation;
  const { signal } = new AbortController();
  const { question } = gnutella;
  const bootstrap = [begin];
  const book = new AddressBook();
  const fold = new Fold(bootstrap, book);
  const attendance = new Attendance(book, createRandom(1), sample);
  const agenda = new Agenda({
    bootstrap,
    question,
    contactLeaves: false,
    frontier: new MemoryFrontier(book),
  });
  const options = { agenda, transport: network, concurrency: fixedConcurrency(concurrency), signal };
  for await (const visits of crawl(options)) {
    for (const visit of visits) {
      fold.add(visit);
      attendance.add(visit);
    }
  }
  const endedAt = network.now();
  const tables = fold.tables();
  simulation.population.membership.advance(endedAt);
  const truth = compareSnapshots(tables, simulation.truth());
  const looks = await lookAgain({
    sample: attendance.sample,
    question,
    transport: network,
    concurrency: 256,
    signal,
  });
  const rows = new Map<Address, readonly [number, number]>();
  for (const { address, firstSeen, lastSeen } of tables.peers) {
    rows.set(address, [firstSeen ?? Infinity, lastSeen ?? -Infinity]);
  }
  const common = {
    attendance,
    book,
    links: tables.ranked ?? expect.unreachable(),
    bootstrap,
    seen: {
      firstSeen: (peer: number) => rows.get(book.at(peer))?.[0] ?? Infinity,
      lastSeen: (peer: number) => rows.get(book.at(peer))?.[1] ?? -Infinity,
    },
    endedAt,
    random: createRandom(2),
  };
  const secondLook = { looks, seconds: (network.now() - endedAt) / 1000 };
  return { truth, accuracy: estimateAccuracy({ ...common, secondLook }), common };
}

describe('the error of a crawl, estimated from the crawl alone', () => {
  it('is none where nothing changes: the estimate is that all is there', async () => {
    const { truth, accuracy } = await crawlAndEstimate(virtually({}, SHAPE));
    expect(truth.peers.distortion).toBe(0);
    for (const part of [accuracy.peers, accuracy.asked, accuracy.learned, accuracy.links]) {
      expect(part).toMatchObject({
        gone: 0,
        missing: 0,
        completeness: { value: 1 },
        distortion: { value: 0 },
      });
    }
    expect(accuracy.peers.captured).toBe(4000);
    expect(accuracy.peers.size.value).toBe(4000);
    expect(accuracy.peers.distortion.high).toBeGreaterThan(0);
    expect(accuracySchema.parse(accuracy)).toEqual(accuracy);
  });

  it('is what the truth says under churn, exactly as many captured and within a fifth of the distortion', async () => {
    const simulation = virtually({ churn: 'weibull:0.59:20' }, SHAPE, {
      latency: { name: 'slow', draw: () => 2000 },
      connectTimeout: 60_000,
      answerTimeout: 60_000,
    });
    const { truth, accuracy } = await crawlAndEstimate(simulation, { concurrency: 8 });
    expect(accuracy.peers.captured).toBe(truth.peers.found);
    expect(truth.peers.distortion).toBeGreaterThan(0.03);
    expect(accuracy.peers.distortion.value / truth.peers.distortion).toBeGreaterThan(0.8);
    expect(accuracy.peers.distortion.value / truth.peers.distortion).toBeLessThan(1.2);
    expect(accuracy.links?.distortion.value ?? 0).toBeGreaterThan(0.8 * truth.links.distortion);
    expect(accuracy.links?.distortion.value ?? 1).toBeLessThan(1.2 * truth.links.distortion);
  });

  it('tells unreachable superpeers from departed ones, and counts the leaves that hide behind them', async () => {
    const { truth, accuracy } = await crawlAndEstimate(virtually({ firewalled: 0.3 }, SHAPE));
    expect(accuracy.unreachable).toBeGreaterThan(0.25);
    expect(accuracy.unreachable).toBeLessThan(0.35);
    expect(accuracy.asked?.gone).toBe(0);
    // Leaves at one superpeer have a chance of 0.3 to be missing, those at two or three of 0.09 and 0.027.
    expect(truth.peers.missing).toBeGreaterThan(300);
    expect(accuracy.peers.missing / truth.peers.missing).toBeGreaterThan(0.8);
    expect(accuracy.peers.missing / truth.peers.missing).toBeLessThan(1.2);
  });

  it('sees that servents list their own vendor first, and nothing where they do not', async () => {
    const trouble = { vendors: 3 };
    const { accuracy } = await crawlAndEstimate(virtually(trouble, SHAPE));
    expect(accuracy.vendorBias?.z).toBeGreaterThan(10);
    const fair = await crawlAndEstimate(virtually({}, SHAPE));
    expect(fair.accuracy.vendorBias).toBeNull();
  });

  it('falls back on listings of one end where nobody was asked again', async () => {
    const { common } = await crawlAndEstimate(virtually({}, SHAPE));
    const accuracy = estimateAccuracy(common);
    expect(accuracy).toMatchObject({ method: 'one-ended', secondLook: null, links: null });
    expect(accuracy.peers.distortion).toEqual({ value: 0, low: null, high: null });
  });
});
