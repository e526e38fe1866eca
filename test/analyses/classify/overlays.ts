import { createRandom, shuffle } from '../../../src/core/random.ts';
import { MODELS } from '../../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from '../../../src/models/model.ts';
import { fromLinks } from '../../../src/topology/builder.ts';
import type { Topology } from '../../../src/topology/topology.ts';

/** The overlay that a model makes. */
export function overlay(name: string, options: Partial<ModelOptions> = {}, seed = 1): Topology {
  const model = MODELS.find((one) => one.name === name);
  if (model === undefined) throw new RangeError(name);
  return model.generate({ ...DEFAULT_MODEL_OPTIONS, ...options }, createRandom(seed)).topology;
}

/** The undirected topology of links given as pairs of numbers below `size`. */
export function graphOf(size: number, links: readonly (readonly [number, number])[]): Topology {
  return fromLinks({
    directed: false,
    ids: size,
    sources: Uint32Array.from(links, ([source]) => source),
    targets: Uint32Array.from(links, ([, target]) => target),
  });
}

/** The same links between peers with other numbers and ids of no meaning, without directions, roles, and peers without links. */
export function scrambled({ size, pairs: { offsets, targets }, degrees }: Topology, seed: number): Topology {
  const random = createRandom(seed);
  const linked = Uint32Array.from({ length: size }, (_, peer) => peer).filter((peer) => degrees[peer]! > 0);
  shuffle(linked, random);
  const place = new Uint32Array(size);
  linked.forEach((peer, k) => (place[peer] = k));
  const sources = new Uint32Array(targets.length);
  for (let peer = 0; peer < size; peer++) sources.fill(place[peer]!, offsets[peer], offsets[peer + 1]);
  const ids = Array.from(linked, (_, k) => `peer-${(k * 7919) % 1_000_003}`);
  return fromLinks({ directed: false, ids, sources, targets: targets.map((peer) => place[peer]!) });
}
