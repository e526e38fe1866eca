import { ipOf, type Address } from '../../src/core/address.ts';
import type { Transport, Visit } from '../../src/core/visit.ts';
import { crawlOverlay } from '../support/crawl-overlay.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../../src/models/model.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { parseLatency } from '../../src/simulate/latency.ts';
import { peerOfIp } from '../../src/simulate/loopback-addresses.ts';
import {
  simulateVirtually,
  type VirtualSimulation,
  type VirtualSimulationOptions,
} from '../../src/simulate/virtual-simulation.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import { NO_TROUBLE, type Trouble } from '../../src/simulate/trouble.ts';

/** The start of the simulations, a whole second, so that the times on the wire are exact. */
export const START = Date.UTC(2005, 1, 2);

export function modelNamed(name: string): Model {
  const model = MODELS.find((candidate) => candidate.name === name);
  if (model === undefined) throw new RangeError(name);
  return model;
}

/** What every simulation of the tests has in common; a flat overlay, so that crawls contact everybody. */
export function overlayOptions(
  trouble: Partial<Trouble> = {},
  shape: Partial<ModelOptions> & { readonly model?: string } = {},
) {
  const { model = 'erdos-renyi', ...modelOptions } = shape;
  return {
    model: modelNamed(model),
    modelOptions: { ...DEFAULT_MODEL_OPTIONS, meanDegree: 8, peers: 120, ...modelOptions },
    trouble: { ...NO_TROUBLE, ...trouble },
    seed: 1,
    overlay: gnutella,
    startedAt: START,
  };
}

/** An overlay in virtual time, ten milliseconds away. */
export function virtually(
  trouble: Partial<Trouble> = {},
  shape: Parameters<typeof overlayOptions>[1] = {},
  more: Partial<VirtualSimulationOptions> = {},
): VirtualSimulation {
  return simulateVirtually({
    ...overlayOptions(trouble, shape),
    latency: parseLatency('constant:10'),
    connectTimeout: 5_000,
    answerTimeout: 8_000,
    ...more,
  });
}

/** A crawl of everybody, leaves too, from the bootstrap peer. */
export async function visitsOf(
  simulation: SimulatedOverlay,
  transport: Transport,
  concurrency = 256,
): Promise<Visit[]> {
  const visits: Visit[] = [];
  const crawling = crawlOverlay({
    bootstrap: [simulation.bootstrap],
    question: gnutella.question,
    transport,
    concurrency,
    contactLeaves: true,
    signal: new AbortController().signal,
  });
  for await (const batch of crawling) visits.push(...batch);
  return visits;
}

/** Asks one peer. */
export async function ask(transport: Transport, endpoint: Address): Promise<Visit> {
  const visit = await transport.converse(endpoint, gnutella.question.ask(endpoint));
  if (visit === 'exhausted') throw new Error('this machine has no means for a connection');
  return visit;
}

/** The number of the peer at an address; NaN where none can be. */
export function peerAt(address: Address): number {
  return peerOfIp(ipOf(address)) ?? NaN;
}

/** All neighbours that an answer lists. */
export function listedIn({ claims, endpoint }: Visit): Address[] {
  return claims.links.flatMap(({ sources, targets }) =>
    [...sources, ...targets].filter((address) => address !== endpoint),
  );
}

/** The true neighbours of a peer that is up, by number. */
export function neighboursOf({ population }: SimulatedOverlay, peer: number): number[] {
  const { membership } = population;
  const slot = membership.slotOf(peer);
  if (slot === undefined) throw new RangeError(`peer ${peer} is not up`);
  return Array.from(membership.neighbours(slot), (other) => membership.occupant(other));
}

/** The peers that are up and behave like this. */
export function peersThatAre({ population }: SimulatedOverlay, behaviour: string): number[] {
  const { membership, behaviourOf } = population;
  return Array.from({ length: membership.size }, (_, slot) => membership.occupant(slot)).filter(
    (peer) => behaviourOf(peer) === behaviour,
  );
}
