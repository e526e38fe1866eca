// An overlay in virtual time and the same one on loopback sockets, crawled by the same crawler.
import { expect, onTestFinished } from 'vitest';
import { ipOf, portOf, type Address } from '../../src/core/address.ts';
import type { Visit } from '../../src/core/visit.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { FIRST_SYBIL } from '../../src/simulate/loopback-addresses.ts';
import { simulate, type Simulation } from '../../src/simulate/loopback-simulation.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import type { VirtualSimulation } from '../../src/simulate/virtual-simulation.ts';
import type { Trouble } from '../../src/simulate/trouble.ts';
import {
  listedIn,
  neighboursOf,
  overlayOptions,
  peerAt,
  START,
  virtually,
  visitsOf,
} from '../simulate/support.ts';

export type Shape = Parameters<typeof overlayOptions>[1];

export interface Worlds {
  readonly sockets: Simulation;
  readonly virtual: VirtualSimulation;
  /** The clock of the overlay on sockets; it stands still unless somebody sets it. */
  readonly clock: { milliseconds: number };
}

/** In virtual time everybody has the port that the sockets got, so that the addresses are the same too. */
export async function bothWorlds(trouble: Partial<Trouble>, shape: Shape = {}): Promise<Worlds> {
  const clock = { milliseconds: 0 };
  const sockets = await simulate({
    ...overlayOptions(trouble, shape),
    port: 0,
    scheme: 'one-port',
    monotonic: () => clock.milliseconds,
  });
  onTestFinished(() => sockets.close());
  const overlay = { ...gnutella, defaultPort: portOf(sockets.bootstrap) };
  return { sockets, virtual: virtually(trouble, shape, { overlay, answerTimeout: 600_000 }), clock };
}

/** Patient by default, so that a busy machine makes nobody silent. */
export const transport = (answerTimeout = 30_000) =>
  createSocketTransport({
    connectTimeout: 30_000,
    answerTimeout,
    now: () => START,
    monotonic: () => performance.now(),
  });

export interface Crawled {
  readonly world: string;
  readonly simulation: SimulatedOverlay;
  readonly visits: readonly Visit[];
}

export async function crawlBoth(
  { sockets, virtual }: Worlds,
  answerTimeout?: number,
): Promise<readonly Crawled[]> {
  return [
    { world: 'sockets', simulation: sockets, visits: await visitsOf(sockets, transport(answerTimeout)) },
    { world: 'virtual', simulation: virtual, visits: await visitsOf(virtual, virtual.network) },
  ];
}

/** The visits to peers of one behaviour. */
export function visitsTo({ simulation, visits }: Crawled, behaviour: string): readonly Visit[] {
  return visits.filter(({ endpoint }) => isPeer(simulation, endpoint, behaviour));
}

export function isPeer({ population }: SimulatedOverlay, endpoint: Address, behaviour: string): boolean {
  const peer = peerAt(endpoint);
  const exists = population.membership.slotOf(peer) !== undefined || peer >= FIRST_SYBIL;
  return exists && population.behaviourOf(peer) === behaviour;
}

export const sorted = (addresses: Iterable<string>): string[] => [...addresses].sort();
const ipsOf = (addresses: readonly Address[]): string[] => sorted(new Set(addresses.map(ipOf)));

/** What a visit says, but for times and ports, and who is at which end of a link in which order. */
function saying({ outcome, status, claims }: Visit) {
  return {
    outcome,
    status,
    peers: claims.peers.map(({ address, ...rest }) => ({ ...rest, ip: ipOf(address) })),
    links: claims.links.map(({ relation, sources, targets }) => ({
      relation,
      sources: ipsOf(sources),
      targets: ipsOf(targets),
    })),
    mentions: ipsOf(claims.mentions),
    rejected: claims.rejected,
  };
}

/** By IP address; who stands at 127.0.0.1, which liars name, is this machine's business. */
function sayings({ visits }: Crawled, differs: (visit: Visit) => boolean): Map<string, unknown> {
  const own = visits.filter(({ endpoint }) => ipOf(endpoint) !== '127.0.0.1');
  return new Map(
    own
      .map((visit): [string, unknown] => [
        ipOf(visit.endpoint),
        differs(visit) ? 'not comparable' : saying(visit),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export function expectAgreement(both: readonly Crawled[], differing: readonly string[] = []): void {
  const [sockets, virtual] = both.map((crawled) =>
    sayings(crawled, ({ endpoint }) =>
      differing.some((behaviour) => isPeer(crawled.simulation, endpoint, behaviour)),
    ),
  );
  expect(sockets).toEqual(virtual);
}

/** Whoever is healthy answers with all its neighbours but those who are hidden. */
export function expectHealthyUnaffected({ simulation, visits }: Crawled): void {
  const { addressOf, behaviourOf } = simulation.population;
  const healthy = visits.filter(({ endpoint }) => isPeer(simulation, endpoint, 'healthy'));
  expect(healthy.length).toBeGreaterThan(10);
  for (const visit of healthy) {
    expect(visit).toMatchObject({ outcome: 'ok', status: { code: 200 }, claims: { rejected: 0 } });
    const shown = neighboursOf(simulation, peerAt(visit.endpoint)).filter(
      (peer) => behaviourOf(peer) !== 'hidden',
    );
    const listed = listedIn(visit).filter((address) => peerAt(address) < FIRST_SYBIL);
    expect(sorted(listed)).toEqual(sorted(shown.map(addressOf)));
  }
}

/** Its true neighbours, as its answer would list them. */
export const shownBy = (simulation: SimulatedOverlay, { endpoint }: Visit): string[] =>
  neighboursOf(simulation, peerAt(endpoint)).map((peer) => simulation.population.addressOf(peer));
