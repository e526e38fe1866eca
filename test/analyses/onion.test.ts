import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../src/analyses/analysis.ts';
import { rewiredGraphs } from '../../src/analyses/onion-null.ts';
import { onionTest } from '../../src/analyses/onion-test.ts';
import { onion, superpeerLinks } from '../../src/analyses/onion.ts';
import { createRandom } from '../../src/core/random.ts';
import { drawUptimes } from '../../src/models/like-uptimes.ts';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { createChurn } from '../../src/simulate/churn.ts';
import { parseSessionLaw } from '../../src/simulate/session-law.ts';
import { Topology } from '../../src/topology/topology.ts';

const topologyOf = (options: Partial<ModelOptions>, seed = 1) =>
  twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, superpeerDegree: 12, ...options }, createRandom(seed))
    .topology;

const links = (size: number, pairs: readonly (readonly [number, number])[]) => ({
  size,
  sources: Uint32Array.from(pairs, ([a]) => a),
  targets: Uint32Array.from(pairs, ([, b]) => b),
});

describe('the onion test', () => {
  it('has the coefficient of Newman: a path of four, by hand', () => {
    // Ranks 1/4..4/4 on the path 1-2-3-4: in quarters the links are (1,2) (2,3) (3,4); means 2.5, products 2 + 6 + 12 = 20,
    // squares (5 + 13 + 25) / 2 = 21.5; r = (20/3 - 6.25) / (21.5/3 - 6.25) = 0.41667 / 0.91667.
    const path = links(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const result = onionTest(path, Float64Array.of(5, 7, 100, 1e6), createRandom(1), 19);
    expect(result.assortativity).toBeCloseTo(5 / 11, 12);
    // The youngest has one link, to an elder; the eldest has one, to a younger.
    expect(result.byDecile[2]).toMatchObject({ peers: 1, ends: 1, elderShare: 1 });
    expect(result.byDecile[9]).toMatchObject({ peers: 1, ends: 1, elderShare: 0 });
  });

  it('leaves out links to peers of whom no uptime is known', () => {
    const star = links(4, [
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    const result = onionTest(star, Float64Array.of(1, NaN, 3, 4), createRandom(1), 19);
    expect(result).toMatchObject({ peers: 3, links: 2, linksLeftOut: 1 });
  });

  it('tells nothing where nothing can be told: equal uptimes, no links, one possible graph', () => {
    const complete = links(
      4,
      [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => [a, b] as const)),
    );
    const random = createRandom(1);
    expect(onionTest(complete, Float64Array.of(1, 1, 1, 1), random).verdict).toBe('undetermined');
    expect(onionTest(complete, Float64Array.of(1, 2, 3, 4), random).verdict).toBe('undetermined');
    expect(onionTest(links(3, []), Float64Array.of(1, 2, 3), random).verdict).toBe('undetermined');
    expect(onionTest(links(0, []), new Float64Array(), random).verdict).toBe('undetermined');
  });

  it.each([0.05, 0.2, 0.5, 1])(
    'finds an onion where links are biased by %f towards like uptimes',
    (uptimeBias) => {
      const result = onion.run(topologyOf({ peers: 6000, uptimeBias }), DEFAULT_ANALYSIS_OPTIONS);
      if (result.verdict === 'no-uptimes') throw new Error(result.reason);
      expect(result.verdict).toBe('onion');
      // What the model expects of itself.
      const expected = twoTier
        .expected({ ...DEFAULT_MODEL_OPTIONS, superpeerDegree: 12, peers: 6000, uptimeBias })
        .find(({ metric }) => metric === 'uptimeCorrelation')!;
      expect(Math.abs(result.assortativity! - expected.value)).toBeLessThan(expected.tolerance + 0.01);
      expect(result.interval![0]).toBeGreaterThan(result.nullMean!);
      // The eldest tenth leads to elders more often than at random, and its end of the chart shows it.
      const top = result.byDecile[9]!;
      if (uptimeBias >= 0.2) expect(top.elderShare!).toBeGreaterThan(top.nullInterval![1]);
    },
  );

  it('finds none where links pay uptimes no heed, but by chance in 1 of 20', () => {
    const verdicts = Array.from({ length: 40 }, (_, seed) => {
      const topology = topologyOf({ peers: 1500 }, seed);
      const uptimes = drawUptimes(topology.size, createRandom(100 + seed));
      return onionTest(superpeerLinks(topology), uptimes, createRandom(seed), 39).verdict;
    });
    // Binomial with 0.05 of 40: more than 7 in 1 of 1,000 cases.
    expect(verdicts.filter((verdict) => verdict === 'onion').length).toBeLessThanOrEqual(7);
    expect(verdicts.filter((verdict) => verdict === 'reverse').length).toBeLessThanOrEqual(7);
  });

  it('is not misled by elder peers that have more links', () => {
    // Degrees of 2 to 40 that rise with uptime, links at random otherwise.
    const random = createRandom(3);
    const stubs: number[] = [];
    for (let peer = 0; peer < 400; peer++) for (let k = 0; k < 2 + peer / 10; k++) stubs.push(peer);
    const pairs = new Map<number, readonly [number, number]>();
    for (let k = 0; k < 6000; k++) {
      const [a, b] = [stubs[random.int(stubs.length)]!, stubs[random.int(stubs.length)]!];
      if (a !== b) pairs.set(Math.min(a, b) * 400 + Math.max(a, b), [a, b]);
    }
    const uptimes = Float64Array.from({ length: 400 }, (_, peer) => peer + 1);
    const result = onionTest(links(400, [...pairs.values()]), uptimes, createRandom(4), 99);
    expect(Math.abs(result.zScore!)).toBeLessThan(3.3);
    // Most links lead to elders, at random too: the share alone would have misled.
    expect(result.byDecile[4]!.elderShare!).toBeGreaterThan(0.6);
    expect(result.byDecile[4]!.nullShare!).toBeCloseTo(result.byDecile[4]!.elderShare!, 1);
  });

  it('finds it in the sessions of a churning overlay, as it begins', () => {
    const topology = topologyOf({ peers: 4000, uptimeBias: 0.5 });
    const start = Date.UTC(2005, 1, 2);
    const churn = createChurn({
      topology,
      tiers: true,
      law: parseSessionLaw('weibull:0.59:41.9'),
      repair: 10_000,
      start,
      random: createRandom(7),
      peerLimit: 1_000_000,
    });
    const uptimes = Float64Array.from({ length: churn.size }, (_, slot) =>
      churn.roleOfSlot(slot) === 'leaf' ? NaN : start - churn.startOf(slot),
    );
    const result = onionTest(superpeerLinks(topology), uptimes, createRandom(1), 39);
    expect(result.verdict).toBe('onion');
    expect(result.assortativity!).toBeGreaterThan(0.4);
  });

  it('tests links drawn at random where there are very many, and says how many: with a bias, and without one', () => {
    const topology = topologyOf({ peers: 24_000, uptimeBias: 0.1 });
    const links = superpeerLinks(topology);
    expect(links.sources.length).toBe((3600 * 12) / 2);
    const biased = onionTest(links, topology.columns.uptimes!, createRandom(1), 39);
    expect(biased).toMatchObject({ links: 21_600, linksTested: 20_000, verdict: 'onion' });
    const random = drawUptimes(topology.size, createRandom(2));
    const unbiased = onionTest(links, random, createRandom(1), 39);
    // The coefficient strays by 1 / sqrt(20,000) = 0.007.
    expect(Math.abs(unbiased.zScore!)).toBeLessThan(3.5);
  });

  it('says that a topology without uptimes has none', () => {
    const result = onion.run(topologyOf({ peers: 300 }), DEFAULT_ANALYSIS_OPTIONS);
    expect(result.verdict).toBe('no-uptimes');
    expect(onion.tables(result)).toEqual([]);
  });
});

describe('random graphs with the same degrees', () => {
  it('have them, no link twice and none with itself, and hardly any link of the given graph', () => {
    const topology = topologyOf({ peers: 3000, superpeerDegreeCap: 20 });
    const given = superpeerLinks(topology);
    const degreesOf = ({ size, sources, targets }: typeof given) => {
      const degrees = new Uint32Array(size);
      for (const ends of [sources, targets]) for (const peer of ends) degrees[peer]! += 1;
      return degrees;
    };
    const keys = ({ sources, targets }: typeof given) =>
      new Set(Array.from(sources, (a, k) => Math.min(a, targets[k]!) * 3000 + Math.max(a, targets[k]!)));
    const old = keys(given);
    for (const graph of rewiredGraphs(given, 3, createRandom(1))) {
      expect(degreesOf(graph)).toEqual(degreesOf(given));
      const present = keys(graph);
      expect(present.size).toBe(given.sources.length);
      expect(graph.sources.every((a, k) => a !== graph.targets[k])).toBe(true);
      // Of a random graph's links d² / S of those of another one: 12² / 450 of 2,700 links are 0.3 of a link in 10.
      const shared = [...present].filter((key) => old.has(key)).length / present.size;
      expect(shared).toBeLessThan(0.06);
    }
  });

  it('are every graph there can be, all alike: the three pairings of four peers', () => {
    const pairing = links(4, [
      [0, 1],
      [2, 3],
    ]);
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 300; seed++) {
      for (const { sources, targets } of rewiredGraphs(pairing, 1, createRandom(seed))) {
        const place = [...sources, ...targets].indexOf(0);
        const partner = place < 2 ? targets[place]! : sources[place - 2]!;
        counts.set(partner, (counts.get(partner) ?? 0) + 1);
      }
    }
    // 100 each; a standard deviation is 8.2.
    for (const partner of [1, 2, 3]) expect(Math.abs((counts.get(partner) ?? 0) - 100)).toBeLessThan(30);
  });
});

describe('the links between superpeers', () => {
  it('are those without a leaf, each once', () => {
    const topology = topologyOf({ peers: 200 });
    expect(topology).toBeInstanceOf(Topology);
    const { sources, targets } = superpeerLinks(topology);
    expect(sources.every((peer, k) => peer < targets[k]! && targets[k]! < 30)).toBe(true);
    expect(sources).toHaveLength((30 * 12) / 2);
  });
});
