import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { manhattanSteps } from '../../src/models/mobility.ts';
import { VehicularSeries } from '../../src/models/vehicular-series.ts';

/** One coordinate of each vehicle, all on one street. */
function at(time: number, places: Readonly<Record<string, number>>) {
  const coordinates = Float64Array.from(Object.values(places).flatMap((x) => [x, 0]));
  return { time, vehicles: Object.keys(places), coordinates };
}

describe('a vehicular network over time', () => {
  it('of three vehicles, by hand', () => {
    const series = new VehicularSeries(100);
    // a-b is there from the beginning and ends at 2; b-c is there from 1 to 3; a-c from 3 on.
    const steps = [
      at(0, { a: 0, b: 90, c: 500 }),
      at(1, { a: 0, b: 100, c: 180 }),
      at(2, { c: 300, b: 210, a: 0 }),
      at(3, { a: 900, c: 950, b: 0 }),
      at(4, {}),
    ].map((step) => series.add(step));
    expect(steps.map(({ links, components, alone }) => [links, components, alone])).toEqual([
      [1, 2, 1],
      [2, 1, 0],
      [1, 2, 1],
      [1, 2, 1],
      [0, 0, 0],
    ]);
    expect(steps[0]).toMatchObject({ time: 0, vehicles: 3, meanDegree: 2 / 3, giantShare: 2 / 3 });
    expect(steps[4]).toMatchObject({ meanDegree: null, giantShare: null });
    const summary = series.summary();
    expect(summary).toMatchObject({ steps: 5, vehicles: 3, meanVehicles: 3, meanComponents: 7 / 4 });
    expect(summary.meanGiantShare).toBeCloseTo(3 / 4, 12);
    // b-c lasted from 1 to 3, and a-c from 3 to 4; a-b was there before the trace.
    expect(summary.links).toEqual({ whole: 2, cutOff: 1, mean: 1.5, median: 1.5 });
  });

  it('counts links that are still there at the end as cut off', () => {
    const series = new VehicularSeries(10);
    series.add(at(0, { a: 0, b: 50 }));
    series.add(at(1, { a: 0, b: 5 }));
    expect(series.summary().links).toEqual({ whole: 0, cutOff: 1, mean: null, median: null });
  });

  it('refuses more links than it can keep', () => {
    const series = new VehicularSeries(10);
    const crowd = Array.from({ length: 3_500 }, (_, k) => `v${k}`);
    const coordinates = new Float64Array(2 * crowd.length);
    expect(() => series.add({ time: 0, vehicles: crowd, coordinates })).toThrow('more than 5000000 pairs');
  });
});

describe('the made-up town', () => {
  const options = { vehicles: 40, seconds: 60, blocks: 5 };
  const steps = [...manhattanSteps(options, createRandom(3))];

  it('has its vehicles on its streets, always', () => {
    expect(steps.map(({ time }) => time)).toEqual(Array.from({ length: 61 }, (_, k) => k));
    for (const { coordinates } of steps)
      for (let k = 0; k < 80; k += 2) {
        const [x, y] = [coordinates[k]!, coordinates[k + 1]!];
        // Streets are at multiples of 100 m; a place between crossings is a sum, and not exact.
        const isOnStreet = [x, y].some((place) => Math.abs(place - 100 * Math.round(place / 100)) < 1e-9);
        expect(isOnStreet).toBe(true);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x, y)).toBeLessThanOrEqual(500);
      }
  });

  it('moves each by 8 to 16 m a second along the streets', () => {
    for (let time = 1; time < steps.length; time++)
      for (let k = 0; k < 80; k += 2) {
        const [before, after] = [steps[time - 1]!.coordinates, steps[time]!.coordinates];
        // Round a corner the way is as long along both streets together.
        const metres = Math.abs(after[k]! - before[k]!) + Math.abs(after[k + 1]! - before[k + 1]!);
        expect(metres).toBeGreaterThan(8 - 1e-9);
        expect(metres).toBeLessThan(16 + 1e-9);
      }
  });

  it('is the same for the same seed', () => {
    expect([...manhattanSteps(options, createRandom(3))]).toEqual(steps);
    expect([...manhattanSteps(options, createRandom(4))]).not.toEqual(steps);
  });
});
