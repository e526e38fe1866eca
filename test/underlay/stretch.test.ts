import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { erdosRenyi } from '../../src/models/erdos-renyi.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { generatePlaces } from '../../src/underlay/generate-places.ts';
import { locate } from '../../src/underlay/located-overlay.ts';
import { measureUnderlay } from '../../src/underlay/measure-underlay.ts';
import { placesOf } from '../../src/underlay/places.ts';
import { topologyOf } from '../search/support.ts';
import { onEquator, QUARTER_KM, threeRouters } from './support.ts';

const OPTIONS = { pairs: 1_000, shuffles: 99, ttl: 7, floods: 2, seed: 1 };

/** Four peers around the equator, a quarter apart, of whom the first and the last are neighbours on Earth only. */
const ROW = topologyOf(4, [
  [0, 1],
  [1, 2],
  [2, 3],
]);
const SQUARE = onEquator([0, 90, 180, -90], ['GA', 'ID', 'KI', 'EC']);

describe('stretch and detour of four peers around the equator, by hand', () => {
  const located = locate(ROW, { places: SQUARE });
  const { result } = measureUnderlay(located, { ...OPTIONS, chosen: { from: 0, to: 3 } });
  const quarterMs = 10 + QUARTER_KM * 1.5 * 0.005;
  const halfMs = 10 + 2 * QUARTER_KM * 1.5 * 0.005;

  it('measures all twelve ordered pairs', () => {
    expect(result.pairs).toEqual({ measured: 12, isAll: true, sources: 4, unjoined: 0 });
    expect(result.stretch.byHops?.interval).toBeNull();
  });

  it('has a detour of half the Earth for the two ends of the row', () => {
    const { chosen } = result;
    expect(chosen).toMatchObject({ from: '0', to: '3', hops: 3, countries: ['GA', 'ID', 'KI', 'EC'] });
    expect(chosen?.pathKm).toBeCloseTo(3 * QUARTER_KM, 6);
    expect(chosen?.directKm).toBeCloseTo(QUARTER_KM, 6);
    expect(chosen?.detourFactor).toBeCloseTo(3, 9);
    expect(chosen?.stretch).toBeCloseTo(3, 9);
    expect(chosen?.continents).toEqual(['AF', 'AS', 'OC', 'SA']);
    expect(chosen?.stops.map(({ kmSoFar }) => Math.round((kmSoFar ?? NaN) / QUARTER_KM))).toEqual([
      0, 1, 2, 3,
    ]);
  });

  it('has the means that its pairs have: three neighbours, two at two hops, one at three', () => {
    const stretches = [1, 1, 1, (2 * quarterMs) / halfMs, (2 * quarterMs) / halfMs, 3];
    expect(result.stretch.byHops?.mean).toBeCloseTo(stretches.reduce((a, b) => a + b, 0) / 6, 9);
    expect(result.linkMs).toBeCloseTo(quarterMs, 9);
    expect(result.detour?.factor).toBeCloseTo((3 + 2 * 2 + 3) / (3 + 2 * 2 + 1), 9);
    expect(result.worst).toMatchObject({ hops: 3 });
    expect(result.nearness?.linkKm.observed).toBeCloseTo(QUARTER_KM, 6);
  });
});

describe('measures on routers', () => {
  it('has the delays of shortest ways, and no kilometres', () => {
    const chain = topologyOf(3, [
      [0, 2],
      [2, 1],
    ]);
    const { result } = measureUnderlay(locate(chain, { network: threeRouters() }), {
      ...OPTIONS,
      chosen: { from: 0, to: 1 },
    });
    // 0 to 1 directly 10 ms; over 2 it takes 30 + 20 ms.
    expect(result.chosen).toMatchObject({
      routers: ['a', 'b', 'c', 'b'],
      directMs: 10,
      pathMs: 50,
      stretch: 5,
      pathKm: null,
      detourFactor: null,
    });
    expect([result.detour, result.nearness]).toEqual([null, null]);
    expect(result.worst).toMatchObject({ stretch: 5 });
  });

  it('counts the answer that passes the router of a peer twice as mismatched', () => {
    const chain = topologyOf(3, [
      [0, 2],
      [2, 1],
    ]);
    const { result } = measureUnderlay(locate(chain, { network: threeRouters() }), OPTIONS);
    // Of 0-2, 2-1 and 0-2-1 only the last one: it goes a b c, and back to b.
    expect(result.mismatched).toEqual({ paths: 6, mismatched: 2 });
  });

  it('leaves out pairs between which the network has no way', () => {
    const network = threeRouters();
    const cut = {
      ...network,
      graph: {
        ...network.graph,
        delays: network.graph.delays.map((delay) => (delay === 20 ? Infinity : delay)),
      },
    };
    const { result } = measureUnderlay(
      locate(
        topologyOf(3, [
          [0, 1],
          [1, 2],
        ]),
        { network: cut },
      ),
      OPTIONS,
    );
    expect(result.stretch.leftOut).toBe(4);
    expect(result.stretch.byHops?.mean).toBe(1);
  });
});

describe('a located overlay', () => {
  it('leaves out peers without a place, and their links', () => {
    const places = onEquator([0, 90, NaN, -90]);
    const located = locate(ROW, { places });
    expect(located.leftOut).toEqual({ peers: 1, links: 2 });
    expect([...located.peers]).toEqual([0, 1, 3]);
    expect(located.topology.ids).toEqual(['0', '1', '3']);
  });

  it('is refused without links', () => {
    expect(() => locate(topologyOf(2, []), { places: onEquator([0, 1]) })).toThrow(
      'this overlay has no link',
    );
    expect(() => locate(topologyOf(2, [[0, 1]]), { places: onEquator([0, NaN]) })).toThrow(
      'no link of this overlay joins',
    );
  });

  it('tells of pairs that the overlay does not join', () => {
    const two = topologyOf(4, [
      [0, 1],
      [2, 3],
    ]);
    const { result, chosen } = measureUnderlay(locate(two, { places: SQUARE }), {
      ...OPTIONS,
      chosen: { from: 0, to: 2 },
    });
    expect(result.pairs).toMatchObject({ measured: 4, unjoined: 8 });
    expect([result.chosen, chosen]).toEqual([null, undefined]);
  });

  it('has no factor where all peers are at one place', () => {
    const { result } = measureUnderlay(locate(ROW, { places: onEquator([5, 5, 5, 5]) }), OPTIONS);
    expect(result.detour?.factor).toBeNull();
    expect(result.stretch.byHops?.max).toBeCloseTo(3, 9);
  });
});

describe('a sample of pairs', () => {
  const options = { ...DEFAULT_MODEL_OPTIONS, peers: 300, meanDegree: 5 };
  const { topology } = erdosRenyi.generate(options, createRandom(3));
  const located = locate(topology, { places: generatePlaces(300, createRandom(3)) });

  it('has the same result for the same seed', () => {
    const first = measureUnderlay(located, { ...OPTIONS, pairs: 640 }).result;
    expect(measureUnderlay(located, { ...OPTIONS, pairs: 640 }).result).toEqual(first);
    expect(measureUnderlay(located, { ...OPTIONS, pairs: 640, seed: 2 }).result).not.toEqual(first);
  });

  it('has intervals that hold the mean over all pairs in about 95 of 100 samples', () => {
    const all = measureUnderlay(located, { ...OPTIONS, pairs: 1e6 }).result;
    const truth = all.stretch.byHops?.mean ?? NaN;
    let held = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { stretch } = measureUnderlay(located, { ...OPTIONS, pairs: 640, seed }).result;
      const [low, high] = stretch.byHops?.interval ?? [NaN, NaN];
      if (low <= truth && truth <= high) held += 1;
    }
    // At least 33 of 40 in 99.5 of 100 cases, if it is 95 %.
    expect(held).toBeGreaterThanOrEqual(33);
  });

  it('has places of peers that need no more than latitude and longitude', () => {
    const bare = placesOf(
      Array.from({ length: 300 }, (_, k) => ({ latitude: k / 4, longitude: k / 2, country: '', asn: 0 })),
    );
    const { result } = measureUnderlay(locate(topology, { places: bare }), { ...OPTIONS, pairs: 100 });
    expect(result.nearness?.regions.map(({ links, regions }) => [links, regions])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});
