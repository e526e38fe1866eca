import { PeerscopeError } from '../core/errors.ts';
import { hostOnLoopback, type LoopbackHost } from './loopback-host.ts';
import type { AddressScheme } from './loopback-listening.ts';
import { makeOverlay, overlayOn, type OverlayOptions, type SimulatedOverlay } from './simulated-overlay.ts';
import { listensToDatagrams, type Trouble } from './trouble.ts';

export interface SimulationOptions extends OverlayOptions {
  /** The port wished for; 0 for any free one. */
  readonly port: number;
  /** A clock that never jumps, milliseconds. */
  readonly monotonic: () => number;
  readonly scheme?: AddressScheme;
}

/** An overlay of servents that stand on loopback sockets and answer. */
export interface Simulation extends SimulatedOverlay {
  readonly host: LoopbackHost;
  close(): Promise<void>;
}

/** Generates a topology and lets its peers listen. Throws a PeerscopeError (usage) where that is impossible. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  // Before all else: what takes time to make shall not lag behind the clock of whoever crawls it.
  const begin = options.monotonic();
  const made = makeOverlay(options);
  const { behaviourOf } = made;
  refuseDatagramsFromNewcomers(options.trouble);
  const listens = listensToDatagrams(options.trouble) ? made.listensToDatagrams : () => false;
  const host: LoopbackHost = await hostOnLoopback({
    peers: made.generated.topology.size,
    port: options.port,
    ...(options.scheme === undefined ? {} : { scheme: options.scheme }),
    isDeaf: isDeafIn(options.trouble) ? (peer) => DEAF.has(behaviourOf(peer)) : () => false,
    listensToDatagrams: (peer) => listens(peer) && !NOBODY_AT_ALL.has(behaviourOf(peer)),
    servent: (peer) => simulated.population.servent(peer),
  });
  try {
    refusePortsForCrowds(options, host.scheme);
  } catch (error) {
    await host.close();
    throw error;
  }
  const simulated: SimulatedOverlay = overlayOn(options, made, {
    addressOf: (peer) => host.addressOf(peer),
    nobody: (number) => host.nobody(number),
    now: () => options.startedAt + options.monotonic() - begin,
    notes: loopbackNotes(options.trouble),
  });
  return { ...simulated, host, close: () => host.close() };
}

/** On sockets, a port that nobody listens on stands for all of these. */
const DEAF: ReadonlySet<string> = new Set(['firewalled', 'unreachable', 'udp-only']);
const NOBODY_AT_ALL: ReadonlySet<string> = new Set(['firewalled', 'unreachable']);

function isDeafIn(trouble: Trouble): boolean {
  return trouble.firewalled > 0 || trouble.unreachable > 0 || trouble.udpOnly > 0;
}

function refuseDatagramsFromNewcomers(trouble: Trouble): void {
  if (trouble.churn === undefined || !listensToDatagrams(trouble)) return;
  throw new PeerscopeError(
    'usage',
    'on loopback each peer that listens to datagrams has a socket from the start, so that nobody can come and go',
    { hint: 'Crawl in virtual time (--virtual), or leave --churn or --udp out.' },
  );
}

/** Arrivals and invented peers need addresses of their own. */
function refusePortsForCrowds({ trouble }: OverlayOptions, scheme: AddressScheme): void {
  const crowd = trouble.churn !== undefined ? 'churn' : trouble.sybilNets > 0 ? 'sybil nets' : undefined;
  if (crowd === undefined || scheme === 'one-port') return;
  throw new PeerscopeError(
    'usage',
    `${crowd} needs an address for every newcomer, and with ${scheme} there is none`,
    {
      hint: 'Use --addresses one-port where 127.0.0.0/8 is routed, or crawl in virtual time (--virtual).',
    },
  );
}

function loopbackNotes(trouble: Trouble): string[] {
  const notes: string[] = [];
  if (isDeafIn(trouble)) {
    notes.push(
      'On loopback, firewalled and unreachable peers refuse connections (nobody listens on their port): connect timeouts and missing routes exist in virtual time only.',
    );
  }
  if (trouble.churn !== undefined) {
    notes.push(
      'On loopback, a peer that has left resets connections: the port that all share stays open. In virtual time it refuses them.',
    );
  }
  return notes;
}
