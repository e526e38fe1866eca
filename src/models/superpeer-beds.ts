import type { Role } from '../core/claims.ts';
import { shuffle, type Random } from '../core/random.ts';
import { fromLinks } from '../topology/builder.ts';
import type { Topology } from '../topology/topology.ts';
import { hybrid } from './degree-law-model.ts';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from './model.ts';
import { twoTier } from './two-tier.ts';

/** An overlay whose superpeers are known, as a crawl would have seen it: on these the rules for superpeers are measured. */
export interface SuperpeerBed {
  readonly name: string;
  readonly title: string;
  /** The roles of the peers stand in `columns.roles`. */
  make(random: Random): Topology;
}

const PEERS = 2000;
const LOST = 0.4;
const SILENT = 0.3;

/**
 * The overlay of the lecture's toy comparison, as far as its figures tell: a tenth of the peers are superpeers with 8
 * links to each other, and leaves register at 1 to 3 of them, 16 leaves or so at each.
 */
const LECTURE: Partial<ModelOptions> = {
  superpeerShare: 0.11,
  superpeerDegree: 8,
  superpeerDegreeCap: 12,
  superpeersPerLeaf: { least: 1, most: 3 },
};

/** The four beds twice, with this program's two-tier defaults and in the lecture's shape; and two of other shapes. */
export const SUPERPEER_BEDS: readonly SuperpeerBed[] = [
  ...(
    [
      ['', 'two-tier as by default', {}],
      ['-lecture', 'two-tier in the shape of the lecture', LECTURE],
    ] as const
  ).flatMap(([suffix, title, options]): SuperpeerBed[] => [
    { name: `clean${suffix}`, title, make: (random) => tiers(options, random) },
    {
      name: `lossy${suffix}`,
      title: `${title}, 40 % of the links lost at random`,
      make: (random) => loseLinks(tiers(options, random.fork('overlay')), LOST, random.fork('losses')),
    },
    {
      name: `silent${suffix}`,
      title: `${title}, 30 % of the superpeers silent`,
      make: (random) =>
        silenceSuperpeers(tiers(options, random.fork('overlay')), SILENT, random.fork('silence')),
    },
  ]),
  {
    name: 'hybrid',
    title: "the lecture's hybrid graph, reading B, erased",
    make: (random) => hybrid.generate({ ...DEFAULT_MODEL_OPTIONS, peers: PEERS }, random).topology,
  },
  {
    name: 'capped',
    title: 'two-tier, 4 % superpeers that take 75 leaves at most (72 on average)',
    make: (random) => tiers({ superpeerShare: 0.04, leafCap: 75 }, random),
  },
  {
    name: 'fifth',
    title: 'two-tier, 20 % superpeers',
    make: (random) => tiers({ superpeerShare: 0.2 }, random),
  },
];

function tiers(options: Partial<ModelOptions>, random: Random): Topology {
  return twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, peers: PEERS, ...options }, random).topology;
}

/** Each link is lost with the same probability, whoever could have told of it; who has none left is not seen. O(n + links). */
export function loseLinks(topology: Topology, share: number, random: Random): Topology {
  return seenBy(topology, () => random.uniform() >= share);
}

/**
 * A share of the superpeers answers nobody. The others still list them; but a link between two of them, and one between
 * them and a leaf (leaves are not asked), is listed by nobody, and a leaf that has no other is not seen. O(n + links).
 */
export function silenceSuperpeers(topology: Topology, share: number, random: Random): Topology {
  const roles = rolesOf(topology);
  const superpeers = Uint32Array.from(roles.keys()).filter((peer) => roles[peer] === 'superpeer');
  shuffle(superpeers, random);
  const answers = Uint8Array.from(roles, (role) => (role === 'superpeer' ? 1 : 0));
  for (const peer of superpeers.subarray(0, Math.round(share * superpeers.length))) answers[peer] = 0;
  return seenBy(topology, (a, b) => answers[a] === 1 || answers[b] === 1);
}

function rolesOf(topology: Topology): readonly (Role | undefined)[] {
  return topology.columns.roles ?? new Array<undefined>(topology.size);
}

/** The links that are seen, and the peers at their ends. */
function seenBy(topology: Topology, sees: (a: number, b: number) => boolean): Topology {
  const { offsets, targets } = topology.simple;
  const sources: number[] = [];
  const ends: number[] = [];
  for (let peer = 0; peer < topology.size; peer++) {
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (peer >= other || !sees(peer, other)) continue;
      sources.push(peer);
      ends.push(other);
    }
  }
  const places = new Int32Array(topology.size).fill(-1);
  for (const list of [sources, ends]) for (const peer of list) places[peer] = 0;
  const kept: number[] = [];
  places.forEach((place, peer) => {
    if (place === 0) places[peer] = kept.push(peer) - 1;
  });
  const roles = rolesOf(topology);
  return fromLinks({
    directed: false,
    ids: kept.map((peer) => topology.ids[peer]!),
    sources: Uint32Array.from(sources, (peer) => places[peer]!),
    targets: Uint32Array.from(ends, (peer) => places[peer]!),
    columns: { roles: kept.map((peer) => roles[peer]) },
  });
}
