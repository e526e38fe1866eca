import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { compareParadigms, hasSinglePoint, type ComparisonOptions } from '../../src/paradigms/compare.ts';
import { PARADIGMS } from '../../src/paradigms/index.ts';
import type { Paradigm } from '../../src/paradigms/paradigm.ts';
import { workloadOf, type Workload } from '../../src/paradigms/workload.ts';
import { Tally } from '../../src/search/tally.ts';
import { reachOf } from './support.ts';

const RATES = { perMinute: 0.3, rememberedMinutes: 10 };

function named(name: string): Paradigm {
  const found = PARADIGMS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(name);
  return found;
}

function workload(peers: number, queries = 50): Workload {
  return workloadOf({ peers, queries, copies: 10, zipf: 1, rates: RATES }, createRandom(1));
}

function compared(options: Partial<ComparisonOptions>) {
  return compareParadigms(
    {
      sizes: [400],
      paradigms: PARADIGMS,
      queries: 50,
      copies: 10,
      zipf: 1,
      rates: RATES,
      runs: 1,
      seed: 1,
      ...options,
    },
    () => undefined,
  );
}

function point(name: string, options: Partial<ComparisonOptions> = {}) {
  const found = compared({ paradigms: [named(name)], ...options }).points.at(-1);
  if (found === undefined) throw new RangeError(name);
  return found;
}

describe('client-server and centralized P2P', () => {
  it.each(['client-server', 'centralized'])(
    '%s: two messages a query, one hop, all by the server',
    (name) => {
      expect(point(name)).toMatchObject({
        messages: 2,
        hops: 1,
        success: 1,
        busiestShare: 1,
        loadMost: 2,
        withoutBusiest: 0,
      });
    },
  );

  it('count entries: a link at each end, what the server holds, or who holds it', () => {
    const [peers, links] = [400, 2 * 400];
    expect(point('client-server').stateMean).toBeCloseTo((links + 400) / (peers + 1), 12);
    expect(point('client-server').stateMost).toBe(400 + 400);
    expect(point('centralized').stateMean).toBeCloseTo((links + 4_000) / (peers + 1), 12);
    expect(point('centralized').stateMost).toBe(400 + 4_000);
  });

  it.each(['client-server', 'centralized'])(
    '%s: by chance the server survives as often as anybody; by degree it is the first',
    (name) => {
      const { remains } = point(name);
      // Of 401 members 4, 40 and 120 fail; whoever is alive finds what it asks for as long as the server is.
      const failing = [4, 40, 120];
      failing.forEach((count, k) => {
        expect(remains[k]?.success).toBeCloseTo(1 - count / 401, 9);
        expect(remains[k + 3]).toMatchObject({ kind: 'degree', success: 0 });
      });
    },
  );
});

describe('flooding', () => {
  it('costs 2E - n + 1 requests in the piece of the source, and answers on the way back', () => {
    const load = workload(500, 20);
    const system = named('pure').build(load, createRandom(2));
    for (const query of load.queries) {
      const tally = new Tally(system.topology.size);
      const { messages, found, hops } = system.ask(query, tally);
      const reach = reachOf(system.topology, query.source);
      const holders = holdersOf(load, query.item).filter((peer) => peer !== query.source);
      const distances = holders.flatMap((peer) => reach.distance.get(peer) ?? []);
      expect(messages).toBe(2 * reach.links - reach.peers + 1 + sum(distances));
      expect([found, hops]).toEqual([
        distances.length > 0,
        distances.length > 0 ? Math.min(...distances) : null,
      ]);
    }
  });

  it('makes everybody remember the queries that come by: peers x rate x minutes', () => {
    const load = workload(300, 20);
    const system = named('pure').build(load, createRandom(3));
    const tally = new Tally(300);
    for (const query of load.queries) system.ask(query, tally);
    const state = system.state(tally, 20);
    const seen = tally.entries[7] ?? 0;
    expect(state[7]).toBeCloseTo((system.topology.degrees[7] ?? 0) + 300 * 3 * (seen / 20), 9);
  });

  it('reaches no farther than its TTL, so that a large overlay is found less and less', () => {
    const small = point('pure-ttl-7', { sizes: [300] });
    const large = point('pure-ttl-7', { sizes: [20_000] });
    expect(large.success).toBeLessThan(small.success / 2);
  });
});

describe('two tiers', () => {
  it('spare the leaves: the peer in the middle handles less than a tenth of what it does in the pure overlay', () => {
    const sizes = [3_000];
    expect(point('hybrid', { sizes }).loadMedian).toBeLessThan(point('pure', { sizes }).loadMedian / 10);
  });

  it('find everything while their superpeers hold together', () => {
    expect(point('hybrid').success).toBe(1);
  });
});

describe('the DHT', () => {
  it('takes 1/2 log2 n + 1 hops (Stoica et al. 2001), less those that a list of r successors spares, at most 1/2 log2 r', () => {
    const { hops, messages } = point('dht', { sizes: [2_000], queries: 400 });
    const [most, spared] = [Math.log2(2_000) / 2 + 1, Math.log2(11) / 2];
    expect(hops).toBeLessThan(most + 0.1);
    expect(hops).toBeGreaterThan(most - spared - 0.1);
    expect(messages).toBeCloseTo(2 * (hops ?? 0), 9);
  });

  it('keeps pointers, and three copies of who holds what', () => {
    const load = workload(400);
    const system = named('dht').build(load, createRandom(4));
    const state = system.state(new Tally(400), 1);
    const { links } = system.topology;
    expect(sum([...state])).toBe(links.targets.length + 3 * 4_000);
  });

  it('still finds most when three in ten fail, by chance or the best linked', () => {
    for (const { failed, success } of point('dht', { queries: 100 }).remains)
      expect(success).toBeGreaterThan(failed < 0.3 ? 0.97 : 0.85);
  });
});

describe('the comparison', () => {
  it('calls a single point of failure whatever stops without its busiest member', () => {
    const { points } = compared({});
    expect(points.filter(hasSinglePoint).map(({ paradigm }) => paradigm.name)).toEqual([
      'client-server',
      'centralized',
    ]);
  });

  it('is the same every time, and for each paradigm whoever else takes part', () => {
    const all = compared({ sizes: [200] }).points;
    expect(compared({ sizes: [200] }).points).toEqual(all);
    expect(point('dht', { sizes: [200] })).toEqual(all.at(-1));
  });

  it('fits how each grows', () => {
    const { growth } = compared({ sizes: [100, 300, 1_000, 3_000], runs: 2 });
    const of = (name: string, metric: string) =>
      growth.find((one) => one.paradigm.name === name && one.metric === metric)?.growth;
    expect(of('centralized', 'messages')?.form).toBe('constant');
    expect(of('centralized', 'stateMost')?.exponent).toBeCloseTo(1, 9);
    expect(of('pure', 'messages')?.exponent).toBeGreaterThan(0.8);
    expect(of('dht', 'messages')?.form).toBe('logarithmic');
  });

  it('survives the smallest overlays', () => {
    for (const one of compared({ sizes: [30], queries: 5 }).points) {
      expect(one.success).toBeGreaterThan(0);
      expect(Number.isFinite(one.joinMessages)).toBe(true);
    }
  });
});

function holdersOf({ content }: Workload, item: number): number[] {
  const { offsets, targets } = content.holders;
  return [...targets.subarray(offsets[item], offsets[item + 1])];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
