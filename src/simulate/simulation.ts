import type { Address } from '../core/address.ts';
import { createRandom } from '../core/random.ts';
import { VERSION } from '../core/version.ts';
import type { Generated, Model, ModelOptions } from '../models/model.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { rowLength } from '../topology/adjacency.ts';
import { weakComponents } from '../topology/components.ts';
import type { Topology } from '../topology/topology.ts';
import { hostOnLoopback, type AddressScheme, type LoopbackHost } from './loopback-host.ts';
import { populate, type Population } from './population.ts';

export interface SimulationOptions {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  readonly seed: number;
  readonly overlay: Overlay;
  /** The port wished for; 0 for any free one. */
  readonly port: number;
  readonly scheme?: AddressScheme;
  /** Start of all servents, milliseconds since 1970. */
  readonly startedAt: number;
}

/** An overlay of servents that stand on loopback sockets and answer. */
export interface Simulation {
  readonly generated: Generated;
  readonly host: LoopbackHost;
  readonly population: Population;
  /** A well-connected peer of the largest component, to begin a crawl at. */
  readonly bootstrap: Address;
  close(): Promise<void>;
}

/** Generates a topology and lets its peers listen. Throws a PeerscopeError (usage) where that is impossible. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { model, modelOptions, overlay, startedAt } = options;
  const generated = model.generate(modelOptions, createRandom(options.seed).fork(model.name));
  const { topology } = generated;
  const host: LoopbackHost = await hostOnLoopback({
    peers: topology.size,
    port: options.port,
    ...(options.scheme === undefined ? {} : { scheme: options.scheme }),
    servent: (peer) => overlay.createServent(population.state(peer)),
  });
  const population = populate({
    topology,
    tiers: model.tiers,
    addresses: host.addresses,
    agent: `peerscope-servent/${VERSION}`,
    startedAt,
  });
  return {
    generated,
    host,
    population,
    bootstrap: population.addresses[bootstrapPeer(topology)] ?? ('' as Address),
    close: () => host.close(),
  };
}

/** The peer of highest degree in the largest component, no leaf if there is another; the first one of several. */
function bootstrapPeer(topology: Topology): number {
  const { component, sizes } = weakComponents(topology);
  const rank = (peer: number): readonly number[] => [
    sizes[component[peer] ?? 0] ?? 0,
    topology.columns.roles?.[peer] === 'leaf' ? 0 : 1,
    rowLength(topology.simple, peer),
  ];
  let best = 0;
  let bestRank = rank(0);
  for (let peer = 1; peer < topology.size; peer++) {
    const candidate = rank(peer);
    const first = candidate.findIndex((value, place) => value !== bestRank[place]);
    if (first < 0 || (candidate[first] ?? 0) < (bestRank[first] ?? 0)) continue;
    best = peer;
    bestRank = candidate;
  }
  return best;
}
