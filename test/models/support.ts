import { degreeMoments, degreesOf } from '../../src/analyses/degrees.ts';
import { PeerscopeError } from '../../src/core/errors.ts';
import { createRandom } from '../../src/core/random.ts';
import {
  DEFAULT_MODEL_OPTIONS,
  type Expectation,
  type Generated,
  type Metric,
  type Model,
  type ModelOptions,
} from '../../src/models/model.ts';
import { chordLookup } from '../../src/models/chord.ts';
import { trustedBase } from '../../src/models/dns.ts';
import { routeBetween } from '../../src/models/greedy-routing.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { distancesFrom, UNREACHED } from '../../src/topology/shortest-path.ts';
import type { Topology } from '../../src/topology/topology.ts';

export const generate = (model: Model, options: Partial<ModelOptions>, seed = 1): Generated =>
  model.generate({ ...DEFAULT_MODEL_OPTIONS, ...options }, createRandom(seed));

export const expected = (model: Model, options: Partial<ModelOptions>): readonly Expectation[] =>
  model.expected({ ...DEFAULT_MODEL_OPTIONS, ...options });

/** The figures of `expected`, measured. */
export function measure({ topology, drawnDegrees }: Generated): Record<Metric, number> {
  const degrees = degreesOf(topology.simple);
  const { mean, variance } = degreeMoments(degrees);
  const { sizes } = weakComponents(topology);
  const least = degrees.reduce((smallest, degree) => Math.min(smallest, degree), Infinity);
  return {
    links: topology.linkCount,
    meanDegree: mean,
    drawnMeanDegree: drawnDegrees === undefined ? NaN : degreeMoments(drawnDegrees).mean,
    standardDeviationDegree: Math.sqrt(variance),
    shareOfLeastDegree: degrees.filter((degree) => degree === least).length / degrees.length,
    components: sizes.length,
    giantShare: sizes.reduce((most, size) => Math.max(most, size), 0) / topology.size,
    transitivity: transitivity(topology),
    uptimeCorrelation: uptimeCorrelation(topology),
    meanOutDegree: topology.links.targets.length / topology.size,
    ...greedy(topology),
    hopsToPredecessor: hopsToPredecessor(topology),
    meanDistance: meanDistance(topology),
    ...depths(topology),
    trustedBase: meanTrustedBase(topology),
  };
}

/** Peers that are looked at in a larger topology, evenly by number. */
const MOST_SOURCES = 300;
const everySoMany = (size: number, k: number): number =>
  Math.floor((k * size) / Math.min(size, MOST_SOURCES));

/** Only where links are dependencies: elsewhere one's links lead everywhere in the end, which takes long to find. */
function meanTrustedBase(topology: Topology): number {
  if (!topology.directed || topology.columns.positions !== undefined) return NaN;
  return average(Array.from({ length: topology.size }, (_, peer) => trustedBase(topology, peer)));
}

function meanDistance({ simple, size, columns }: Topology): number {
  if (columns.positions !== undefined) return NaN;
  let [sum, count] = [0, 0];
  for (let k = 0; k < Math.min(size, MOST_SOURCES); k++)
    for (const distance of distancesFrom(simple, everySoMany(size, k))) {
      if (distance === 0 || distance === UNREACHED) continue;
      sum += distance;
      count += 1;
    }
  return sum / count;
}

function depths({ links }: Topology): { depth: number; meanDepth: number } {
  const reached = distancesFrom(links, 0).filter((distance) => distance > 0 && distance !== UNREACHED);
  return { depth: reached.reduce((most, one) => Math.max(most, one), 0), meanDepth: average([...reached]) };
}

/** Pairs of peers, all of them in a small topology, and random ones in a large one. */
const DRAWN_PAIRS = 6_000;

function greedy(topology: Topology): Pick<Record<Metric, number>, 'greedyHops' | 'greedySuccess'> {
  const { size, columns, links } = topology;
  const { positions } = columns;
  if (positions === undefined || positions.geometry === 'plane')
    return { greedyHops: NaN, greedySuccess: NaN };
  let [reached, hops] = [0, 0];
  const pairs = pairsOf(size);
  for (const [source, target] of pairs) {
    const route = routeBetween(links, positions, source, target);
    if (!route.reached) continue;
    reached += 1;
    hops += route.hops;
  }
  return { greedyHops: hops / reached, greedySuccess: reached / pairs.length };
}

function pairsOf(size: number): [number, number][] {
  if (size <= 128)
    return Array.from({ length: size * size }, (_, k): [number, number] => [
      Math.floor(k / size),
      k % size,
    ]).filter(([source, target]) => source !== target);
  const random = createRandom(1).fork('pairs');
  return Array.from({ length: DRAWN_PAIRS }, (): [number, number] => {
    const source = random.int(size);
    return [source, (source + 1 + random.int(size - 1)) % size];
  });
}

function hopsToPredecessor(topology: Topology): number {
  if (topology.columns.positions?.geometry !== 'clockwise') return NaN;
  const random = createRandom(1).fork('keys');
  return average(
    Array.from(
      { length: DRAWN_PAIRS },
      () => chordLookup(topology, random.int(topology.size), random.uniform()).hops - 1,
    ),
  );
}

/** Pearson's correlation of the uptimes at both ends, over the links between superpeers in both directions. */
function uptimeCorrelation({ simple: { offsets, targets }, size, columns }: Topology): number {
  const { roles, uptimes } = columns;
  if (roles === undefined || uptimes === undefined) return NaN;
  let [links, sum, squares, products] = [0, 0, 0, 0];
  for (let a = 0; a < size; a++) {
    if (roles[a] !== 'superpeer') continue;
    for (const b of targets.subarray(offsets[a], offsets[a + 1])) {
      if (roles[b] !== 'superpeer') continue;
      links += 1;
      sum += uptimes[a]!;
      squares += uptimes[a]! ** 2;
      products += uptimes[a]! * uptimes[b]!;
    }
  }
  const squaredMean = (sum / links) ** 2;
  return (products / links - squaredMean) / (squares / links - squaredMean);
}

/** 3 x triangles / pairs of links that share a peer, by comparing all rows: for small graphs. */
function transitivity({ simple: { offsets, targets }, size }: Topology): number {
  let closed = 0;
  let pairs = 0;
  const near = new Uint8Array(size);
  for (let a = 0; a < size; a++) {
    const row = targets.subarray(offsets[a], offsets[a + 1]);
    pairs += (row.length * (row.length - 1)) / 2;
    row.forEach((b) => (near[b] = 1));
    // Every triangle has three corners and is seen twice from each, once by either of the other two.
    for (const b of row) for (let k = offsets[b]!; k < offsets[b + 1]!; k++) closed += near[targets[k]!]!;
    row.forEach((b) => (near[b] = 0));
  }
  return pairs === 0 ? 0 : closed / 2 / pairs;
}

export const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Fails unless each expected figure that is measured on one graph lies within its tolerance. */
export function holdToExpected(model: Model, options: Partial<ModelOptions>, seed = 1): void {
  const measured = measure(generate(model, options, seed));
  for (const { metric, value, tolerance } of expected(model, options))
    if (!(Math.abs(measured[metric] - value) <= tolerance))
      throw new Error(
        `${model.name} ${JSON.stringify(options)}: ${metric} is ${measured[metric]}, not ${value} within ${tolerance}`,
      );
}

/** The error of usage that these options are, or a failing test. */
export function usageError(model: Model, options: Partial<ModelOptions>): PeerscopeError {
  const errors = [() => generate(model, options), () => expected(model, options)].map((attempt) => {
    try {
      attempt();
    } catch (error) {
      if (error instanceof PeerscopeError && error.kind === 'usage') return error;
      throw error;
    }
    throw new Error(`${model.name} accepts ${JSON.stringify(options)}`);
  });
  return errors[0]!;
}
