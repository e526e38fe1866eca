import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import type { Visit } from '../../src/core/visit.ts';
import { crawlOverlay } from '../support/crawl-overlay.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from '../../src/models/model.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { EventQueue } from '../../src/simulate/event-queue.ts';
import { LATENCY_NAMES, parseLatency } from '../../src/simulate/latency.ts';
import { loopbackAddress } from '../../src/simulate/loopback-addresses.ts';
import { simulateVirtually, type VirtualSimulation } from '../../src/simulate/virtual-simulation.ts';
import { NO_TROUBLE, type Trouble } from '../../src/simulate/trouble.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { scoreOf } from '../../src/snapshot/score.ts';

function overlay(
  name: string,
  options: Partial<ModelOptions>,
  seed = 1,
  latency = 'constant:50',
  trouble: Partial<Trouble> = {},
): VirtualSimulation {
  const model = MODELS.find((candidate) => candidate.name === name);
  if (model === undefined) throw new RangeError(name);
  const modelOptions = { ...DEFAULT_MODEL_OPTIONS, ...options };
  return simulateVirtually({
    model,
    modelOptions,
    seed,
    overlay: gnutella,
    startedAt: 0,
    latency: parseLatency(latency),
    trouble: { ...NO_TROUBLE, ...trouble },
    // The log-normal law has a long tail, and nobody shall time out by chance.
    connectTimeout: 600_000,
    answerTimeout: 600_000,
  });
}

async function visitsOf(simulation: VirtualSimulation, concurrency = 64): Promise<Visit[]> {
  const visits: Visit[] = [];
  const crawling = crawlOverlay({
    bootstrap: [simulation.bootstrap],
    question: gnutella.question,
    transport: simulation.network,
    concurrency,
    contactLeaves: false,
    signal: new AbortController().signal,
  });
  for await (const batch of crawling) visits.push(...batch);
  return visits;
}

describe('an overlay in virtual time', () => {
  it('gives the same visits for the same seed, and others for another', async () => {
    const of = (seed: number) => visitsOf(overlay('two-tier', { peers: 300 }, seed, 'log-normal:80:1000'));
    const first = await of(1);
    expect(await of(1)).toEqual(first);
    expect(await of(2)).not.toEqual(first);
  });

  it(
    'is crawled completely, whatever its seed, size, and latency (property)',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 1000 }),
          fc.integer({ min: 30, max: 300 }),
          fc.constantFrom('constant:10', 'uniform:1-500', 'log-normal:80:1000'),
          fc.constantFrom('pure', 'two-tier'),
          async (seed, peers, latency, name) => {
            const simulation = overlay(name, { peers }, seed, latency);
            const fold = new Fold([simulation.bootstrap]);
            for (const visit of await visitsOf(simulation)) fold.add(visit);
            const score = scoreOf(compareSnapshots(fold.tables(), simulation.truth()), simulation.reach());
            expect(score).toMatchObject({
              peersMissing: 0,
              peersExtra: 0,
              linksMissing: 0,
              linksExtra: 0,
              rolesDiffering: 0,
            });
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  it('takes four one-way delays for a contact: two for the connection, one each for question and answer', async () => {
    const [first] = await visitsOf(overlay('pure', { peers: 30 }, 1, 'constant:25'));
    expect(first).toMatchObject({ startedAt: 0, duration: 100, outcome: 'ok' });
  });

  it('has time pass as if everybody were asked at once, one after the other where concurrency is 1', async () => {
    const simulation = overlay('star', { peers: 9 }, 1, 'constant:25');
    const visits = await visitsOf(simulation, 1);
    expect(visits).toHaveLength(1);
    expect(simulation.network.now()).toBe(100);
    const pure = overlay('pure', { peers: 60 }, 1, 'constant:25');
    const all = await visitsOf(pure, 1);
    expect(pure.network.now()).toBe(100 * all.length);
  });

  it('refuses connections where nobody listens, after two delays', async () => {
    const { network } = overlay('pure', { peers: 30 }, 1, 'constant:25');
    const nobody = '127.200.0.1:6346' as Visit['endpoint'];
    const visit = await network.converse(nobody, gnutella.question.ask(nobody));
    expect(visit).toMatchObject({ outcome: 'connect-refused', duration: 50, bytesSent: 0 });
  });
});

describe('the event queue', () => {
  it('lets events happen in the order of their time, then of their scheduling (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (delays) => {
        const queue = new EventQueue(1_000);
        const happened: { at: number; number: number }[] = [];
        delays.forEach((delay, number) => {
          queue.after(delay, () => happened.push({ at: queue.now, number }));
        });
        while (queue.step());
        const expected = delays
          .map((delay, number) => ({ at: 1_000 + delay, number }))
          .sort((a, b) => a.at - b.at || a.number - b.number);
        expect(happened).toEqual(expected);
      }),
    );
  });

  it('takes events that other events schedule', () => {
    const queue = new EventQueue(0);
    const times: number[] = [];
    const tick = (): void => {
      times.push(queue.now);
      if (times.length < 4) queue.after(5, tick);
    };
    queue.after(5, tick);
    while (queue.step());
    expect(times).toEqual([5, 10, 15, 20]);
  });
});

describe('latency', () => {
  const quantile = (name: string, share: number): number => {
    const random = createRandom(1).fork('latency test');
    const latency = parseLatency(name);
    const draws = Float64Array.from({ length: 20_000 }, (_, peer) =>
      latency.draw(random, loopbackAddress(peer, 6346)),
    ).sort();
    return draws[Math.floor(share * draws.length)]!;
  };

  it('follows its name: the median and the 99th percentile of 20,000 draws', () => {
    expect(quantile('constant:50', 0.5)).toBe(50);
    // Uniform on 10..210: median 110; the standard error of the sample median is 0.7.
    expect(quantile('uniform:10-210', 0.5)).toBeGreaterThan(107);
    expect(quantile('uniform:10-210', 0.5)).toBeLessThan(113);
    expect(quantile('log-normal:80:1000', 0.5) / 80).toBeCloseTo(1, 1);
    expect(quantile('log-normal:80:1000', 0.99) / 1000).toBeGreaterThan(0.9);
    expect(quantile('log-normal:80:1000', 0.99) / 1000).toBeLessThan(1.1);
  });

  it('by coordinates is the same for a peer every time, and differs among peers as the square has it', () => {
    const latency = parseLatency('coordinates:10-110');
    const draw = (peer: number) => latency.draw(createRandom(peer), loopbackAddress(peer, 6346));
    expect([1, 2, 3].map(draw)).toEqual([1, 2, 3].map(draw));
    // The mean distance of a random point of a square of side 2 from its middle is (sqrt(2) + ln(1 + sqrt(2))) / 3 = 0.7652
    // (by integration), and the corners are sqrt(2) away.
    const draws = Array.from({ length: 20_000 }, (_, peer) => draw(peer));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    expect(mean).toBeCloseTo(10 + (100 * 0.7652) / Math.SQRT2, 0);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...draws)).toBeLessThanOrEqual(110);
  });

  it.each([
    '',
    'constant',
    'constant:0',
    'constant:-5',
    'constant:1e9',
    'uniform:5-2',
    'log-normal:80',
    'log-normal:100:50',
    'nothing:3',
  ])('%j is none, and the error names those that are', (name) => {
    expect(() => parseLatency(name)).toThrow(`unknown latency "${name}"`);
    expect(LATENCY_NAMES).toHaveLength(4);
  });
});
