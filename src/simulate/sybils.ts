import type { Address } from '../core/address.ts';
import { createRandom } from '../core/random.ts';
import type { ServentState } from '../overlays/overlay.ts';
import { FIRST_SYBIL, SYBILS_PER_NET } from './loopback-addresses.ts';
import type { Membership } from './membership.ts';
import type { PopulationOptions } from './population.ts';

/** Invented peers of one operator: /24 nets full of servents that list each other. */
export interface SybilNetwork {
  /** What the servent of an invented peer pretends, or undefined where there is none with this number. */
  state(peer: number): ServentState | undefined;
  /** The invented peers that have got a connection to this true one. */
  listedBy(peer: number): readonly Address[];
  /** Their numbers. */
  readonly count: number;
}

/** How many others of its kind each one lists. */
const LISTED = 30;

/** True peers that each net has got a connection to. */
const VICTIMS_PER_NET = 10;

/**
 * The sybils of an overlay. Each net has connections to ten true superpeers, through which crawls find it; everybody in it
 * lists thirty others of all nets, drawn by its number, and its victims.
 */
export function sybilNetwork(
  options: Pick<
    PopulationOptions,
    'trouble' | 'membership' | 'characters' | 'addressOf' | 'agentOf' | 'startedAt'
  >,
): SybilNetwork {
  const { trouble, membership, characters, addressOf } = options;
  const count = trouble.sybilNets * SYBILS_PER_NET;
  const victimOf = new Map<number, number>();
  const sybilsOf = new Map<number, number[]>();
  spreadSuperpeers(membership, VICTIMS_PER_NET * trouble.sybilNets).forEach((slot, place) => {
    const net = Math.floor(place / VICTIMS_PER_NET);
    const sybil = FIRST_SYBIL + net * SYBILS_PER_NET + (place % VICTIMS_PER_NET);
    victimOf.set(sybil, slot);
    sybilsOf.set(slot, [...(sybilsOf.get(slot) ?? []), sybil]);
  });
  return {
    count,
    state: (peer) => {
      const number = peer - FIRST_SYBIL;
      if (number < 0 || number >= count) return undefined;
      const random = createRandom(Math.floor(2 ** 31 * characters.chance(peer, 'sybil')));
      const listed = new Set<Address>();
      while (listed.size < LISTED) {
        const other = random.int(count);
        if (other !== number) listed.add(addressOf(FIRST_SYBIL + other));
      }
      const victim = victimOf.get(peer);
      if (victim !== undefined) listed.add(addressOf(membership.occupant(victim)));
      return {
        role: 'superpeer',
        agent: options.agentOf(characters.vendorOf(peer), undefined),
        startedAt: options.startedAt,
        peers: [...listed],
        leaves: [],
      };
    },
    listedBy: (peer) => {
      const slot = membership.slotOf(peer);
      return (slot === undefined ? undefined : sybilsOf.get(slot)?.map(addressOf)) ?? [];
    },
  };
}

/** That many slots of superpeers, evenly spread; the same ones again where there are too few. */
function spreadSuperpeers(membership: Membership, wanted: number): readonly number[] {
  if (wanted === 0) return [];
  const all: number[] = [];
  for (let slot = 0; slot < membership.size; slot++)
    if (membership.roleOf(slot) === 'superpeer') all.push(slot);
  const step = Math.max(1, all.length / wanted);
  return Array.from({ length: wanted }, (_, place) => all[Math.floor(place * step) % all.length] ?? 0);
}
