import type { Role } from '../core/claims.ts';
import type { Random } from '../core/random.ts';
import { byEnds } from '../topology/link-relations.ts';
import { LinkSet } from './link-set.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireShare, requireWhole } from './parameters.ts';
import { regularGraph } from './regular-graph.ts';

/**
 * Skype while it was peer-to-peer (Guha et al. 2006): a login server that everybody knows and that comes on top of the peers, as number 0; superpeers,
 * numbers 1..S, joined at random; ordinary peers, each at one superpeer. Each ordinary peer calls one other, directly where
 * their address translators allow it and else by way of a superpeer that relays. Translators map ports by destination
 * (symmetric) or not (cone); a hole can be punched between two cones. O(links).
 */
export const skype: Model = {
  name: 'skype',
  title: 'Skype: a login server on top, superpeers, ordinary peers, and calls, relayed where NATs demand it',
  options: ['superpeerShare', 'superpeerDegree', 'symmetricShare'],
  tiers: true,
  generate: (options, random) => {
    const { superpeers, degree, size } = shapeOf(options);
    const core = regularGraph(superpeers, degree, random.fork('superpeers'));
    const links = new LinkSet(size, size - 1 + core.sources.length + 3 * (size - 1 - superpeers));
    for (let peer = 1; peer < size; peer++) links.add(peer, 0);
    core.sources.forEach((source, k) => links.add(1 + source, 1 + core.targets[k]!));
    const homes = random.fork('homes');
    const homeOf = new Uint32Array(size);
    for (let peer = superpeers + 1; peer < size; peer++) {
      const home = (homeOf[peer] = 1 + homes.int(superpeers));
      links.add(peer, home);
    }
    const { direct, relayed } = placeCalls(links, superpeers, options.symmetricShare, random);
    const roles = Array.from({ length: size }, (_, peer): Role =>
      peer <= superpeers ? 'superpeer' : 'leaf',
    );
    // A relayed call by way of the superpeer where one is registered anyway has no link of its own.
    const relations = byEnds((a, b) => {
      if (b <= superpeers) return a === 0 ? 'registration' : 'connection';
      return a === 0 || homeOf[b] === a ? 'registration' : 'transfer';
    });
    const notes = [
      'Peer 0 is the login server.',
      `${direct + relayed} calls, of which ${relayed} are relayed by superpeers.`,
    ];
    return { topology: numberedGraph(size, links.list(), { roles }, relations), notes };
  },
  expected: (options) => {
    const { superpeers, degree, size } = shapeOf(options);
    const callers = size - 1 - superpeers;
    const calls = callers < 2 ? 0 : callers;
    const relayed = relayedShare(options.symmetricShare);
    const fixed = size - 1 + Math.floor((superpeers * degree) / 2) + callers;
    // A call is one link, a relayed one two; those to a relay that is there already are none.
    const value = fixed + calls * (1 - relayed + 2 * relayed * (1 - 1 / superpeers));
    const source = 'logins, core, homes; 1 link a direct call, 2 (1 - 1/S) a relayed one';
    return [
      { metric: 'components', value: 1, tolerance: 0, source: 'everybody logs in' },
      { metric: 'giantShare', value: 1, tolerance: 0, source: 'everybody logs in' },
      ...(superpeers >= 20
        ? [{ metric: 'links', value, tolerance: 3 * Math.sqrt(calls) + 0.05 * calls, source } as const]
        : []),
    ];
  },
};

/** A call needs a relay unless both peers are behind cones: 1 - (1 - s)^2 for a share s of symmetric translators. */
export function relayedShare(symmetricShare: number): number {
  return 1 - (1 - symmetricShare) ** 2;
}

function shapeOf({ peers, superpeerShare, superpeerDegree, symmetricShare }: ModelOptions) {
  requireWhole('peers', peers, 1);
  requireShare('share of superpeers', superpeerShare);
  requireShare('share of symmetric translators', symmetricShare);
  requireWhole('links of a superpeer to others', superpeerDegree, 2);
  const superpeers = Math.max(1, Math.round(peers * superpeerShare));
  return { superpeers, degree: Math.min(superpeerDegree, superpeers - 1), size: peers + 1 };
}

function placeCalls(links: LinkSet, superpeers: number, symmetricShare: number, random: Random) {
  const first = superpeers + 1;
  const callers = links.size - first;
  const draws = random.fork('calls');
  const translators = random.fork('translators');
  const isSymmetric = Uint8Array.from({ length: callers }, () =>
    Number(translators.uniform() < symmetricShare),
  );
  let [direct, relayed] = [0, 0];
  for (let caller = 0; caller < callers && callers > 1; caller++) {
    const callee = (caller + 1 + draws.int(callers - 1)) % callers;
    if (isSymmetric[caller] === 0 && isSymmetric[callee] === 0) {
      links.add(first + caller, first + callee);
      direct += 1;
      continue;
    }
    const relay = 1 + draws.int(superpeers);
    links.add(first + caller, relay);
    links.add(first + callee, relay);
    relayed += 1;
  }
  return { direct, relayed };
}
