import { createRandom } from '../../../src/core/random.ts';
import {
  sampleOverlay,
  type Sample,
  type SampleOptions,
} from '../../../src/crawl/sampling/sample-overlay.ts';
import { topologyOracle } from '../../../src/crawl/sampling/topology-oracle.ts';
import type { PeerOracle } from '../../../src/crawl/sampling/oracle.ts';
import type { Topology } from '../../../src/topology/topology.ts';
import { fromLinks } from '../../../src/topology/builder.ts';

/** A flat topology of the pairs given. */
export function graph(size: number, pairs: readonly (readonly [number, number])[]): Topology {
  const sources = Uint32Array.from(pairs, ([source]) => source);
  const targets = Uint32Array.from(pairs, ([, target]) => target);
  return fromLinks({ directed: false, ids: size, sources, targets });
}

export const star = (leaves: number): Topology =>
  graph(
    leaves + 1,
    Array.from({ length: leaves }, (_, i) => [0, i + 1] as const),
  );
export const path = (size: number): Topology =>
  graph(
    size,
    Array.from({ length: size - 1 }, (_, i) => [i, i + 1] as const),
  );
export const complete = (size: number): Topology =>
  graph(
    size,
    Array.from({ length: size }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const)).flat(),
  );

export function sampleOf(
  source: Topology | PeerOracle,
  options: Partial<SampleOptions> = {},
): Promise<Sample> {
  return sampleOverlay({
    method: 'rds',
    oracle: 'ask' in source ? source : topologyOracle(source),
    bootstrap: [0],
    contacts: 100_000,
    walks: 4,
    random: createRandom(1),
    ...options,
  });
}

/** The share of the steps that stood at each peer. */
export function occupation({ walks }: Sample, size: number): number[] {
  const steps = Array.from({ length: size }, () => 0);
  let all = 0;
  for (const { runs } of walks)
    for (const run of runs) {
      steps[run.peer]! += run.steps;
      all += run.steps;
    }
  return steps.map((count) => count / all);
}

export function expectClose(
  measured: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void {
  const worst = Math.max(...measured.map((value, i) => Math.abs(value - (expected[i] ?? 0))));
  if (!(worst <= tolerance)) throw new Error(`${measured.join(' ')} is not ${expected.join(' ')}`);
}
