import type { Behaviour } from '../core/behaviour.ts';
import { PeerscopeError } from '../core/errors.ts';

/** What a lying peer lists besides its neighbours. */
export const LIES = ['fake', 'bogon', 'port-zero', 'crawler', 'self', 'garbage', 'flood'] as const;
export type Lie = (typeof LIES)[number];

/**
 * Everything that can go wrong in a simulated overlay, each a switch of its own, all off by default. Shares are of the
 * peers; a peer has one behaviour, so that the shares add up to 1 at most. Which peer behaves how depends on the seed and
 * on the peer alone.
 */
export interface Trouble {
  /** Session lengths (session-law.ts); without it everybody stays. */
  readonly churn?: string;
  /** Seconds after which a peer replaces a link that it has lost. */
  readonly repair: number;
  /** Share of peers that accept connections and say nothing. */
  readonly silent: number;
  /** Share of peers that refuse, and the status codes that they draw from. */
  readonly refusing: number;
  readonly refusalCodes: readonly number[];
  /** Share of peers whose slots are all taken, and who name others to try. */
  readonly busy: number;
  /** Share of the addresses that busy peers name behind which nobody is any more. */
  readonly stale: number;
  /** Share of peers that answer a source only so often. */
  readonly rateLimiting: number;
  /** Share of peers that send their answer byte by byte, and the milliseconds between two bytes. */
  readonly slow: number;
  readonly slowPace: number;
  /** Share of peers that reset the connection in the middle of their answer. */
  readonly resetting: number;
  /** Share of peers with room for few neighbours in their answer, and the characters of that room. */
  readonly truncating: number;
  readonly truncateAt: number;
  /** How many vendors of servents there are; each lists peers of its own first. */
  readonly vendors: number;
  /** Share of peers that announced no address: they have links, and nobody lists them. */
  readonly hidden: number;
  /** Share of peers that are listed and cannot be connected to. */
  readonly firewalled: number;
  /** Share of peers that are listed, cannot be connected to, and answer datagrams. */
  readonly udpOnly: number;
  /** Whether peers listen to datagrams, if the servent that they run does. */
  readonly udp: boolean;
  /** Which servents peers run, with the weight of each; without any all run the overlay's default one. */
  readonly personalities: readonly PersonalityWeight[];
  /** Share of peers behind no route. */
  readonly unreachable: number;
  /** Share of peers that lie, and the lies that they draw from. */
  readonly lying: number;
  readonly lies: readonly Lie[];
  /** How many addresses each of those invents whose lie is `fake`. */
  readonly fakes: number;
  /** How many /24 nets of invented peers there are. */
  readonly sybilNets: number;
  /** Share of peers, of any behaviour, whose clock is wrong by up to a year. */
  readonly wrongClocks: number;
  /** Seconds by which the crawler's own wall clock jumps, a second after its start. */
  readonly clockJump: number;
  /** How long a peer thinks before it answers, as a latency (latency.ts). */
  readonly delay?: string;
}

/** A servent's program by its name, and how frequent it is, relative to the other ones. */
export interface PersonalityWeight {
  readonly name: string;
  readonly weight: number;
}

export const NO_TROUBLE: Trouble = {
  repair: 30,
  silent: 0,
  refusing: 0,
  refusalCodes: [403, 503],
  busy: 0,
  stale: 0,
  rateLimiting: 0,
  slow: 0,
  slowPace: 20,
  resetting: 0,
  truncating: 0,
  // The buffer of old versions of gtk-gnutella: 1,536 bytes less 32.
  truncateAt: 1_504,
  vendors: 1,
  hidden: 0,
  firewalled: 0,
  udpOnly: 0,
  udp: false,
  personalities: [],
  unreachable: 0,
  lying: 0,
  lies: LIES,
  fakes: 50,
  sybilNets: 0,
  wrongClocks: 0,
  clockJump: 0,
};

/** The switches that are shares of peers, each with the behaviour that it gives them. */
const SHARES = [
  ['silent', 'silent'],
  ['refusing', 'refusing'],
  ['busy', 'busy'],
  ['rateLimiting', 'rate-limiting'],
  ['slow', 'slow'],
  ['resetting', 'resetting'],
  ['truncating', 'truncating'],
  ['hidden', 'hidden'],
  ['firewalled', 'firewalled'],
  ['udpOnly', 'udp-only'],
  ['unreachable', 'unreachable'],
  ['lying', 'lying'],
] as const satisfies readonly (readonly [keyof Trouble, Behaviour])[];

/** A share of peers with one behaviour. */
export interface BehaviourShare {
  readonly behaviour: Behaviour;
  readonly share: number;
}

/** @throws {PeerscopeError} (usage) where the shares add up to more than 1. */
export function behaviourShares(trouble: Trouble): readonly BehaviourShare[] {
  const shares = SHARES.map(([key, behaviour]) => ({ behaviour, share: trouble[key] })).filter(
    ({ share }) => share > 0,
  );
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (sum <= 1 + 1e-9) return shares;
  const named = shares.map(({ behaviour, share }) => `${behaviour} ${share}`).join(', ');
  throw new PeerscopeError('usage', `the shares of troubled peers add up to more than 1: ${named}`, {
    hint: 'A peer behaves in one way only: lower one of them.',
  });
}

/** Whether anything that a peer does can differ from what a healthy one does. */
export function isQuiet(trouble: Trouble): boolean {
  return (
    trouble.churn === undefined &&
    trouble.delay === undefined &&
    trouble.sybilNets === 0 &&
    trouble.wrongClocks === 0 &&
    trouble.vendors === 1 &&
    !listensToDatagrams(trouble) &&
    trouble.personalities.length === 0 &&
    behaviourShares(trouble).length === 0
  );
}

/** Whether any peer listens to datagrams. */
export function listensToDatagrams(trouble: Trouble): boolean {
  return trouble.udp || trouble.udpOnly > 0;
}
