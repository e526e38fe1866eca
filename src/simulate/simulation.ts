import { ipOf, portOf, type Address } from '../core/address.ts';
import { createRandom } from '../core/random.ts';
import { VERSION } from '../core/version.ts';
import type { Generated, Model, ModelOptions } from '../models/model.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { rowLength } from '../topology/adjacency.ts';
import { weakComponents } from '../topology/components.ts';
import type { Topology } from '../topology/topology.ts';
import type { Latency } from './latency.ts';
import { loopbackAddress, peerOfIp } from './loopback-addresses.ts';
import { hostOnLoopback, type AddressScheme, type LoopbackHost } from './loopback-host.ts';
import { populate, type Population } from './population.ts';
import { createVirtualNetwork, type VirtualNetwork } from './virtual-network.ts';

/** Which overlay to make. */
export interface OverlayOptions {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  readonly seed: number;
  readonly overlay: Overlay;
  /** Start of all servents, milliseconds since 1970. */
  readonly startedAt: number;
}

/** An overlay of servents, wherever they stand. */
export interface SimulatedOverlay {
  readonly generated: Generated;
  readonly population: Population;
  /** A well-connected peer of the largest component, to begin a crawl at. */
  readonly bootstrap: Address;
}

export interface SimulationOptions extends OverlayOptions {
  /** The port wished for; 0 for any free one. */
  readonly port: number;
  readonly scheme?: AddressScheme;
}

/** An overlay of servents that stand on loopback sockets and answer. */
export interface Simulation extends SimulatedOverlay {
  readonly host: LoopbackHost;
  close(): Promise<void>;
}

/** Generates a topology and lets its peers listen. Throws a PeerscopeError (usage) where that is impossible. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const generated = generate(options);
  const host: LoopbackHost = await hostOnLoopback({
    peers: generated.topology.size,
    port: options.port,
    ...(options.scheme === undefined ? {} : { scheme: options.scheme }),
    servent: (peer) => options.overlay.createServent(simulated.population.state(peer)),
  });
  const simulated = populated(options, generated, host.addresses);
  return { ...simulated, host, close: () => host.close() };
}

export interface VirtualSimulationOptions extends OverlayOptions {
  readonly latency: Latency;
}

/** An overlay of servents in virtual time. */
export interface VirtualSimulation extends SimulatedOverlay {
  readonly network: VirtualNetwork;
}

/** Generates a topology and puts its peers into a network without sockets, whose time begins at `startedAt`. */
export function simulateVirtually(options: VirtualSimulationOptions): VirtualSimulation {
  const { overlay, latency, seed, startedAt } = options;
  const generated = generate(options);
  const { size } = generated.topology;
  const addresses = Array.from({ length: size }, (_, peer) => loopbackAddress(peer, overlay.defaultPort));
  const simulated = populated(options, generated, addresses);
  const network = createVirtualNetwork({
    latency,
    random: createRandom(seed).fork('latency'),
    start: startedAt,
    servent: (endpoint) => {
      const peer = portOf(endpoint) === overlay.defaultPort ? peerOfIp(ipOf(endpoint)) : undefined;
      return peer === undefined || peer >= size
        ? undefined
        : overlay.createServent(simulated.population.state(peer));
    },
  });
  return { ...simulated, network };
}

function generate({ model, modelOptions, seed }: OverlayOptions): Generated {
  return model.generate(modelOptions, createRandom(seed).fork(model.name));
}

function populated(
  { model, startedAt }: OverlayOptions,
  generated: Generated,
  addresses: readonly Address[],
): SimulatedOverlay {
  const { topology } = generated;
  const agent = `peerscope-servent/${VERSION}`;
  const population = populate({ topology, tiers: model.tiers, addresses, agent, startedAt });
  const bootstrap = addresses[bootstrapPeer(topology)];
  if (bootstrap === undefined) throw new RangeError('an overlay without peers');
  return { generated, population, bootstrap };
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
