import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { erdosRenyi } from '../../src/models/erdos-renyi.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { generatePlaces } from '../../src/underlay/generate-places.ts';
import { kmBetween, placesOf } from '../../src/underlay/places.ts';
import { nearness } from '../../src/underlay/same-region.ts';
import { topologyOf, type Link } from '../search/support.ts';
import { onEquator } from './support.ts';

describe('links within a country', () => {
  // Four peers in each of two countries; each country a ring of its own.
  const rings = topologyOf(8, [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [4, 5],
    [5, 6],
    [6, 7],
    [7, 4],
  ]);
  const countries = ['DE', 'DE', 'DE', 'DE', 'BR', 'BR', 'BR', 'BR'];
  const places = onEquator([0, 1, 2, 3, 90, 91, 92, 93], countries);

  it('are held against what shuffled places come to, exactly', () => {
    const [, country] = nearness(rings.pairs, places, 4_000, createRandom(1)).regions;
    // By hand: a link joins two of the same country in 2 x (4 x 3) of 8 x 7 cases.
    expect(country).toMatchObject({ kind: 'country', regions: 2, links: 8, within: 8, byFormula: 0.5 });
    expect(country?.null.mean).toBeCloseTo(24 / 56, 2);
    expect(country?.null.observed).toBe(1);
    expect(country?.null.ratio).toBeCloseTo(56 / 24, 1);
    // All eight links within: 2 x 4! x 4! of 8! shuffles, and both rings may change sides; two-sided.
    const chance = (2 * 24 * 24) / 40_320;
    expect(Math.abs((country?.null.p ?? NaN) - 2 * chance)).toBeLessThan(0.015);
  });

  it('leave out links whose ends are not known', () => {
    const some = onEquator([0, 1, 2, 3, 90, 91, 92, 93], ['DE', 'DE', 'DE', '', 'BR', 'BR', '', 'BR']);
    const [continent, country, as] = nearness(rings.pairs, some, 99, createRandom(1)).regions;
    expect(country).toMatchObject({ links: 4, within: 4 });
    expect(continent).toMatchObject({ links: 4, within: 4 });
    expect(as).toMatchObject({ regions: 0, links: 0, within: 0, byFormula: 0, null: { ratio: null } });
  });

  it('have the formula by their link ends: the sum of squares of shares', () => {
    // A star: its hub in Germany has half the link ends, its three leaves in Brazil the others.
    const star = topologyOf(4, [
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    const [, country] = nearness(
      star.pairs,
      onEquator([0, 1, 2, 3], ['DE', 'BR', 'BR', 'BR']),
      99,
      createRandom(1),
    ).regions;
    expect(country).toMatchObject({ within: 0, byFormula: 0.5 });
  });
});

describe('wiring', () => {
  const peers = 300;
  const places = generatePlaces(peers, createRandom(7));

  it('at random has links as long as chance makes them: a ratio of about 1, and p as often small as it says', () => {
    const options = { ...DEFAULT_MODEL_OPTIONS, peers, meanDegree: 6 };
    const runs = Array.from({ length: 20 }, (_, seed) => {
      const { topology } = erdosRenyi.generate(options, createRandom(seed));
      return nearness(topology.pairs, places, 99, createRandom(seed));
    });
    const statistics = [
      runs.map(({ regions }) => regions[0]!.null),
      runs.map(({ regions }) => regions[1]!.null),
      runs.map(({ linkKm }) => linkKm),
    ];
    for (const statistic of statistics) {
      const mean = statistic.reduce((sum, { ratio }) => sum + (ratio ?? NaN), 0) / runs.length;
      expect(mean).toBeGreaterThan(0.9);
      expect(mean).toBeLessThan(1.1);
      // Of 20 one is expected; more than 4 in 3 of 1,000 cases.
      expect(statistic.filter(({ p }) => p <= 0.05).length).toBeLessThanOrEqual(4);
    }
    const { regions } = runs[0]!;
    expect(regions[0]?.byFormula).toBeCloseTo(regions[0]?.null.mean ?? NaN, 1);
  });

  it('that prefers near peers has more links within regions than chance, and shorter ones', () => {
    const links = Array.from({ length: peers }, (_, peer) =>
      Array.from({ length: peers }, (_, other) => other)
        .filter((other) => other !== peer)
        .sort((a, b) => kmBetween(places, peer, a) - kmBetween(places, peer, b))
        .slice(0, 3)
        .map((other): Link => [peer, other]),
    ).flat();
    const { regions, linkKm } = nearness(topologyOf(peers, links).pairs, places, 199, createRandom(1));
    for (const { null: one } of regions) {
      expect(one.ratio).toBeGreaterThan(1.5);
      // The least that 199 shuffles can show: 2 x 1 of 200.
      expect(one.p).toBe(0.01);
    }
    expect(linkKm.ratio).toBeLessThan(0.2);
    expect(linkKm.p).toBe(0.01);
  });

  it('has the same null for the same seed', () => {
    const overlay = topologyOf(peers, [
      [0, 1],
      [1, 2],
    ]);
    const first = nearness(overlay.pairs, places, 99, createRandom(4));
    expect(nearness(overlay.pairs, places, 99, createRandom(4))).toEqual(first);
  });

  it('at one place is neither near nor far', () => {
    const same = placesOf(
      Array.from({ length: 3 }, () => ({ latitude: 1, longitude: 1, country: 'DE', asn: 1 })),
    );
    const overlay = topologyOf(3, [[0, 1]]);
    const { regions, linkKm } = nearness(overlay.pairs, same, 99, createRandom(1));
    expect(regions.map(({ null: one }) => [one.ratio, one.p])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(linkKm).toMatchObject({ observed: 0, ratio: null, p: 1 });
  });
});
