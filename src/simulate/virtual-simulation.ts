import { ipOf, portOf } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import type { Latency } from './latency.ts';
import { loopbackAddresses, MAX_LOOPBACK_PEERS, nobodysAddress, peerOfIp } from './loopback-addresses.ts';
import { makeOverlay, overlayOn, type OverlayOptions, type SimulatedOverlay } from './simulated-overlay.ts';
import { listensToDatagrams } from './trouble.ts';
import { createVirtualNetwork, type NoConnection, type VirtualNetwork } from './virtual-network.ts';

export interface VirtualSimulationOptions extends OverlayOptions {
  readonly latency: Latency;
  /** Milliseconds that a crawler waits for a connection, and for the end of an answer. */
  readonly connectTimeout: number;
  readonly answerTimeout: number;
}

/** An overlay of servents in virtual time. */
export interface VirtualSimulation extends SimulatedOverlay {
  readonly network: VirtualNetwork;
}

/** Generates a topology and puts its peers into a network without sockets, whose time begins at `startedAt`. */
export function simulateVirtually(options: VirtualSimulationOptions): VirtualSimulation {
  const { overlay, seed } = options;
  const made = makeOverlay(options);
  const { size } = made.generated.topology;
  if (size > MAX_LOOPBACK_PEERS) {
    throw new PeerscopeError(
      'usage',
      `${size} peers are more than there are addresses (${MAX_LOOPBACK_PEERS})`,
    );
  }
  const port = overlay.defaultPort;
  const listens = listensToDatagrams(options.trouble);
  const network: VirtualNetwork = createVirtualNetwork({
    latency: options.latency,
    connectTimeout: options.connectTimeout,
    answerTimeout: options.answerTimeout,
    random: createRandom(seed).fork('latency'),
    start: options.startedAt,
    servent: (endpoint, carrier) => {
      const peer = portOf(endpoint) === port ? peerOfIp(ipOf(endpoint)) : undefined;
      const servent = peer === undefined ? undefined : simulated.population.servent(peer);
      if (peer === undefined || servent === undefined) return 'connect-refused';
      if (carrier === 'udp' && !(listens && made.listensToDatagrams(peer))) return 'connect-refused';
      return (carrier === 'udp' ? NO_DATAGRAM : NO_CONNECTION)[made.behaviourOf(peer)] ?? servent;
    },
  });
  const simulated: SimulatedOverlay = overlayOn(options, made, {
    addressOf: loopbackAddresses(port),
    nobody: (number) => nobodysAddress(number, port),
    now: () => network.now(),
    notes: [],
  });
  return { ...simulated, network };
}

const NO_DATAGRAM: Readonly<Partial<Record<string, NoConnection>>> = {
  firewalled: 'connect-timeout',
  unreachable: 'unreachable',
};
const NO_CONNECTION: typeof NO_DATAGRAM = { ...NO_DATAGRAM, 'udp-only': 'connect-timeout' };
