import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { flood } from '../../src/search/flood.ts';
import { Trace } from '../../src/search/trace.ts';
import { weakComponents } from '../../src/topology/components.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { modelNamed } from '../simulate/support.ts';
import { searchIn } from './support.ts';

const GRAPHS = 200;
const SOURCES = 60;
const TTLS = [1, 2, 3, 4, 5, 6, 7, 10];

/** Peers of the largest component. */
function majorComponent(topology: Topology): number[] {
  const { component, sizes } = weakComponents(topology);
  const largest = sizes.indexOf(Math.max(...sizes));
  return [...component.keys()].filter((peer) => component[peer] === largest);
}

interface Means {
  readonly reached: number;
  readonly messages: number;
}

/** By graph and TTL: means over random sources in the largest component. */
function floodsIn(model: string, peers: number): Means[][] {
  const trace = new Trace(peers);
  return Array.from({ length: GRAPHS }, (_, graph) => {
    const options = { ...DEFAULT_MODEL_OPTIONS, peers };
    const { topology } = modelNamed(model).generate(options, createRandom(graph + 1));
    const inside = majorComponent(topology);
    const random = createRandom(graph + 1).fork('sources');
    const sources = Array.from({ length: SOURCES }, () => inside[random.int(inside.length)] ?? 0);
    return TTLS.map((ttl) => {
      let [reached, messages] = [0, 0];
      for (const source of sources) {
        flood(topology.simple, trace, source, ttl);
        reached += trace.reached / SOURCES;
        messages += trace.messages / SOURCES;
      }
      return { reached, messages };
    });
  });
}

function meanAndDeviation(values: readonly number[]): [mean: number, deviation: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / (values.length - 1))];
}

// The figures are means of another program over other graphs (lecture.md F.3: so many graphs, 60 sources in each). Graphs differ, hybrid
// ones most, since the number of hubs is chance: by up to 32 % in one standard deviation. So the band is what both means together
// stray, three standard errors of their difference, and what rounding to one digit takes away.
describe("floods on the lecture's graphs", () => {
  it.each([
    {
      model: 'pure',
      peers: 222,
      graphs: 60,
      reached: [2.4, 8.4, 21.5, 45.3, 79.3, 115.9, 145.7, 179.4],
      messages: [2.4, 8.6, 22.8, 51.8, 99, 155.5, 203.9, 256.8],
    },
    {
      model: 'pure',
      peers: 1000,
      graphs: 20,
      reached: [2.3, 8.5, 23.5, 57.5, 127.2, 245.8, 404.8, 770.1],
      messages: [2.3, 8.5, 23.8, 59.8, 139.1, 290.2, 519.2, 1108],
    },
    {
      model: 'hybrid',
      peers: 222,
      graphs: 60,
      reached: [2.9, 16.1, 53.7, 108.9, 155.4, 180.9, 191.7, 197.3],
      messages: [2.9, 17.6, 72.3, 177.5, 278.6, 335.1, 357, 367.1],
    },
    {
      model: 'hybrid',
      peers: 1000,
      graphs: 20,
      reached: [2.9, 19.3, 90.3, 280.6, 541.2, 741.5, 842.1, 894.7],
      messages: [2.9, 19.9, 105.5, 405.2, 936, 1400.9, 1635.7, 1745.6],
    },
  ])(
    '$model, $peers peers: within three standard errors of the figures',
    ({ model, peers, graphs, ...figures }) => {
      const floods = floodsIn(model, peers);
      for (const key of ['reached', 'messages'] as const) {
        figures[key].forEach((figure, at) => {
          const [mean, deviation] = meanAndDeviation(floods.map((means) => means[at]?.[key] ?? NaN));
          const band = 3 * deviation * Math.sqrt(1 / graphs + 1 / GRAPHS) + 0.05;
          expect(Math.abs(mean - figure)).toBeLessThan(band);
          expect(band / figure).toBeLessThan(0.18);
        });
      }
    },
  );

  // Another program, 20 graphs: about 2,370 Pongs for 519 Pings.
  it('bring four and a half Pongs for each Ping at TTL 7 on the pure graph of 1000', () => {
    let [pings, pongs] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const options = { ...DEFAULT_MODEL_OPTIONS, peers: 1000 };
      const { topology } = modelNamed('pure').generate(options, createRandom(seed));
      const { messagesByType } = searchIn(topology, 'flood', { request: 'ping', queries: 30, seed });
      pings += messagesByType.ping?.count ?? 0;
      pongs += messagesByType.pong?.count ?? 0;
    }
    expect(Math.abs(pongs / pings / (2370 / 519) - 1)).toBeLessThan(0.05);
  });
});
