import type { Address } from '../core/address.ts';
import type { Behaviour } from '../core/behaviour.ts';
import type { Role } from '../core/claims.ts';
import type { Random } from '../core/random.ts';
import type { Manner, Overlay, Servent, ServentState } from '../overlays/overlay.ts';
import type { Characters } from './character.ts';
import { onLine } from './disturbed-session.ts';
import { parseLatency, type Latency } from './latency.ts';
import { liesOf } from './lies.ts';
import { FIRST_SYBIL } from './loopback-addresses.ts';
import type { Membership } from './membership.ts';
import { isQuiet, type Trouble } from './trouble.ts';
import { sybilNetwork } from './sybils.ts';

export interface PopulationOptions {
  readonly overlay: Overlay;
  readonly membership: Membership;
  /** Whether a link between a leaf and a superpeer is a registration (two tiers), or all links are connections. */
  readonly tiers: boolean;
  readonly trouble: Trouble;
  readonly characters: Characters;
  readonly addressOf: (peer: number) => Address;
  /** An address where nobody is; the same for the same number. */
  readonly nobody: (number: number) => Address;
  /** The name of a servent, by vendor and by the program that it is. */
  readonly agentOf: (vendor: number, personality: string | undefined) => string;
  /** Start and present time of the simulation, milliseconds since 1970. */
  readonly startedAt: number;
  readonly now: () => number;
  readonly random: Random;
}

/** Peers with addresses and servents, at the present instant of the simulation. */
export interface Population {
  readonly membership: Membership;
  readonly tiers: boolean;
  /** Start of the simulation, milliseconds since 1970; and how many invented peers there are. */
  readonly startedAt: number;
  readonly sybils: number;
  readonly addressOf: (peer: number) => Address;
  readonly behaviourOf: (peer: number) => Behaviour;
  readonly agentOf: (peer: number) => string;
  /** When the peer in a slot was started, as its own clock says; milliseconds since 1970. */
  claimedStart(slot: number): number;
  /** How many contacts met with which kind of peer so far; `gone` is a peer that is not up. */
  readonly contacts: ReadonlyMap<Behaviour | 'gone', number>;
  /** The servent of a peer, or undefined where it is not up now. */
  servent(peer: number): Servent | undefined;
}

/**
 * Puts servents behind a membership. They are made when somebody asks, so that a million peers cost nothing until then;
 * only those that remember who asked are kept.
 */
export function populate(options: PopulationOptions): Population {
  const { membership, characters, trouble, addressOf, overlay } = options;
  const quiet = isQuiet(trouble);
  const delay: Latency | undefined = trouble.delay === undefined ? undefined : parseLatency(trouble.delay);
  const kept = new Map<number, Servent>();
  const contacts = new Map<Behaviour | 'gone', number>();
  const sybils = sybilNetwork(options);

  const { behaviourOf } = characters;
  const personalityOf = (peer: number): string | undefined => {
    const slot = membership.slotOf(peer);
    return characters.personalityOf(peer, slot === undefined ? 'superpeer' : membership.roleOf(slot));
  };
  const agentOf = (peer: number): string => options.agentOf(characters.vendorOf(peer), personalityOf(peer));
  const claimedStart = (slot: number): number =>
    membership.startOf(slot) + (quiet ? 0 : characters.clockErrorOf(membership.occupant(slot)));
  const isRegistration = (a: Role, b: Role): boolean => options.tiers && a !== b;

  const state = (peer: number, slot: number): ServentState => {
    const role = membership.roleOf(slot);
    const peers: Address[] = [];
    const leaves: Address[] = [];
    for (const other of membership.neighbours(slot)) {
      const neighbour = membership.occupant(other);
      if (!quiet && behaviourOf(neighbour) === 'hidden') continue;
      const registersHere = role === 'superpeer' && isRegistration(role, membership.roleOf(other));
      (registersHere ? leaves : peers).push(addressOf(neighbour));
    }
    const known = { role, agent: agentOf(peer), startedAt: claimedStart(slot), peers, leaves };
    if (quiet) return known;
    return troubledState(peer, slot, {
      ...known,
      address: addressOf(peer),
      acquaintance: acquaintanceOf(slot),
    });
  };

  /** A servent remembers what its neighbours called themselves; nobody asks for most of them. */
  const acquaintanceOf = (slot: number): NonNullable<ServentState['acquaintance']> => {
    let agents: Map<Address, string> | undefined;
    return (neighbour) => {
      agents ??= new Map(
        Array.from(membership.neighbours(slot), (other) => {
          const peer = membership.occupant(other);
          return [addressOf(peer), agentOf(peer)];
        }),
      );
      const agent = agents.get(neighbour);
      return agent === undefined ? {} : { agent };
    };
  };

  const troubledState = (peer: number, slot: number, known: ServentState): ServentState => {
    const manner = mannerOf(peer, known);
    const ownVendorFirst = trouble.vendors > 1 ? neighboursByVendor(peer, slot, known) : known;
    const invented = sybils.listedBy(peer);
    return {
      ...ownVendorFirst,
      ...personalityIn(peer),
      peers: invented.length === 0 ? ownVendorFirst.peers : [...ownVendorFirst.peers, ...invented],
      ...(manner === undefined ? {} : { manner }),
    };
  };

  const personalityIn = (peer: number): Pick<ServentState, 'personality'> => {
    const personality = personalityOf(peer);
    return personality === undefined ? {} : { personality };
  };

  /** A servent lists peers of its own vendor first: that tells where the room is short. */
  const neighboursByVendor = (peer: number, slot: number, known: ServentState): ServentState => {
    const own = new Set<Address>();
    for (const other of membership.neighbours(slot)) {
      const neighbour = membership.occupant(other);
      if (characters.vendorOf(neighbour) === characters.vendorOf(peer)) own.add(addressOf(neighbour));
    }
    const ownFirst = (list: readonly Address[]): Address[] => [
      ...list.filter((address) => own.has(address)),
      ...list.filter((address) => !own.has(address)),
    ];
    return { ...known, peers: ownFirst(known.peers), leaves: ownFirst(known.leaves) };
  };

  const mannerOf = (peer: number, known: ServentState): Manner | undefined => {
    switch (behaviourOf(peer)) {
      case 'refusing':
        return { kind: 'refusing', code: characters.codeOf(peer) };
      case 'busy':
        return { kind: 'busy', hints: hintsOf(peer, known.peers) };
      case 'rate-limiting':
        return { kind: 'rate-limiting' };
      case 'truncating':
        return { kind: 'truncating', characters: trouble.truncateAt };
      case 'lying': {
        const lie = characters.lieOf(peer);
        const { fakes } = trouble;
        const own = { self: addressOf(peer), fakes, firstFake: peer * fakes };
        const view = { ...own, port: overlay.defaultPort, nobody: options.nobody };
        return { kind: 'lying', entries: (remoteIp) => liesOf(lie, { ...view, remoteIp }) };
      }
      default:
        return undefined;
    }
  };

  /** Peers to try instead: its own neighbours, some of whom have long gone. */
  const hintsOf = (peer: number, peers: readonly Address[]): Address[] =>
    peers.slice(0, MOST_HINTS).map((address, place) => {
      const gone = characters.chance(peer, `hint ${place}`) < trouble.stale;
      return gone ? options.nobody(peer * MOST_HINTS + place) : address;
    });

  /** Those whose peer has left are forgotten now and then. */
  const keep = (peer: number, servent: Servent): void => {
    if (!kept.has(peer) && kept.size % FORGET_EVERY === FORGET_EVERY - 1) {
      for (const other of kept.keys()) if (membership.slotOf(other) === undefined) kept.delete(other);
    }
    kept.set(peer, servent);
  };

  const serventOf = (peer: number): Servent | undefined => {
    if (peer >= FIRST_SYBIL) {
      const invented = sybils.state(peer);
      return invented === undefined ? undefined : overlay.createServent(invented, options.now);
    }
    const slot = membership.slotOf(peer);
    if (slot === undefined) {
      kept.delete(peer);
      return undefined;
    }
    if (quiet) return overlay.createServent(state(peer, slot), options.now);
    const behaviour = behaviourOf(peer);
    if (behaviour === 'rate-limiting') {
      const known = kept.get(peer) ?? overlay.createServent(liveState(peer, slot), options.now);
      keep(peer, known);
      return onLine(known, lineOf(peer, behaviour));
    }
    return onLine(overlay.createServent(state(peer, slot), options.now), lineOf(peer, behaviour));
  };

  /** For a servent that outlives one connection: what it knows is read when it is needed. */
  const liveState = (peer: number, slot: number): ServentState => {
    const present = (): ServentState => state(peer, slot);
    return {
      role: membership.roleOf(slot),
      agent: agentOf(peer),
      startedAt: claimedStart(slot),
      address: addressOf(peer),
      manner: { kind: 'rate-limiting' },
      ...personalityIn(peer),
      get peers() {
        return present().peers;
      },
      get leaves() {
        return present().leaves;
      },
    };
  };

  const lineOf = (peer: number, behaviour: Behaviour) => ({
    behaviour,
    pace: trouble.slowPace,
    breaksOffAt: characters.chance(peer, 'reset'),
    delay,
    peer: addressOf(peer),
    random: options.random,
  });

  return {
    membership,
    tiers: options.tiers,
    startedAt: options.startedAt,
    sybils: sybils.count,
    addressOf,
    behaviourOf,
    agentOf,
    claimedStart,
    contacts,
    servent: (peer) => {
      membership.advance(options.now());
      const servent = serventOf(peer);
      const kind = servent === undefined ? 'gone' : behaviourOf(peer);
      contacts.set(kind, (contacts.get(kind) ?? 0) + 1);
      return servent;
    },
  };
}

/** Servents that remember, between two looks at whose peer has left. */
const FORGET_EVERY = 1_000;

/** As many as gtk-gnutella names. */
const MOST_HINTS = 10;
