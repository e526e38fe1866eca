import type { SmallGraph } from '../../charts/small-graph.ts';
import { createRandom } from '../../core/random.ts';
import { chord } from '../../models/chord.ts';
import { pure } from '../../models/degree-law-model.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../models/model.ts';
import { twoTier } from '../../models/two-tier.ts';
import { weakComponents } from '../../topology/components.ts';
import { layoutComponent } from '../../topology/layout.ts';
import type { Topology } from '../../topology/topology.ts';

/** A sample graph for each column of the lecture's table. */
export async function taxonomyGraphs(seed: number): Promise<readonly SmallGraph[]> {
  return [starGraph([]), starGraph(TRANSFERS), await pureGraph(seed), hybridGraph(seed), ringGraph()];
}

const CLIENTS = 10;
/** Peers that fetch something from each other, beside the server. */
const TRANSFERS = [
  [1, 3],
  [4, 7],
  [6, 9],
  [2, 10],
] as const;

function starGraph(transfers: readonly (readonly [number, number])[]): SmallGraph {
  const peers = [
    { x: 0, y: 0, kind: 'server' as const },
    ...around(CLIENTS, 1).map((place) => ({ ...place, kind: 'peer' as const })),
  ];
  const clients = peers.slice(1).map((_, k) => ({ ends: [0, k + 1] as const, aside: false }));
  return { peers, links: [...clients, ...transfers.map((ends) => ({ ends, aside: true }))] };
}

const PURE_PEERS = 22;

/** The major component of a sample of the lecture's pure law. */
async function pureGraph(seed: number): Promise<SmallGraph> {
  const random = createRandom(seed).fork('taxonomy');
  const { topology } = pure.generate({ ...DEFAULT_MODEL_OPTIONS, peers: PURE_PEERS }, random.fork('pure'));
  const { component, sizes } = weakComponents(topology);
  const largest = sizes.indexOf(Math.max(...sizes));
  const peers = Uint32Array.from(component.keys()).filter((peer) => component[peer] === largest);
  const { x, y } = await layoutComponent(topology, peers, random.fork('places'));
  return {
    peers: Array.from(peers, (_, k) => ({ x: x[k] ?? 0, y: y[k] ?? 0, kind: 'peer' })),
    links: linksAmong(topology, peers),
  };
}

const SUPERPEERS = 4;
const LEAVES = 12;

/** Superpeers within, each leaf on the side of its own. */
function hybridGraph(seed: number): SmallGraph {
  const random = createRandom(seed).fork('taxonomy').fork('hybrid');
  const size = SUPERPEERS + LEAVES;
  const { topology } = twoTier.generate(
    {
      ...DEFAULT_MODEL_OPTIONS,
      peers: size,
      superpeerShare: SUPERPEERS / size,
      superpeerDegree: 3,
      superpeersPerLeaf: 1,
      leafCap: LEAVES / SUPERPEERS,
    },
    random,
  );
  const homes = Array.from(
    { length: LEAVES },
    (_, leaf) => topology.simple.targets[topology.simple.offsets[SUPERPEERS + leaf] ?? 0] ?? 0,
  );
  const order = homes
    .map((home, leaf) => ({ home, leaf }))
    .sort((a, b) => a.home - b.home || a.leaf - b.leaf);
  const places = new Map(order.map(({ leaf }, k) => [leaf, around(LEAVES, 1, -1)[k] ?? { x: 0, y: 0 }]));
  const inner = around(SUPERPEERS, 0.42, 0);
  return {
    peers: [
      ...inner.map((place) => ({ ...place, kind: 'superpeer' as const })),
      ...homes.map((_, leaf) => ({ ...(places.get(leaf) ?? { x: 0, y: 0 }), kind: 'peer' as const })),
    ],
    links: linksAmong(
      topology,
      Uint32Array.from({ length: size }, (_, peer) => peer),
    ),
  };
}

const RING = 16;

/** Chord on a full ring: successors, and fingers at doubling distances. */
function ringGraph(): SmallGraph {
  const { topology } = chord.generate(
    { ...DEFAULT_MODEL_OPTIONS, peers: RING, placement: 'even' },
    createRandom(1),
  );
  return {
    peers: around(RING, 1).map((place) => ({ ...place, kind: 'peer' })),
    links: linksAmong(
      topology,
      Uint32Array.from({ length: RING }, (_, peer) => peer),
    ),
  };
}

/** @param shift in places, from the top. */
function around(count: number, radius: number, shift = 0): { x: number; y: number }[] {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * (k + shift)) / count - Math.PI / 2;
    // Rounded, because machines differ in the last digit of sines.
    return { x: round(radius * Math.cos(angle)), y: round(radius * Math.sin(angle)) };
  });
}

function round(value: number): number {
  return Number(value.toFixed(6));
}

function linksAmong({ pairs }: Topology, peers: Uint32Array): SmallGraph['links'] {
  const place = new Map(Array.from(peers, (peer, k) => [peer, k]));
  return Array.from(peers).flatMap((peer, k) =>
    [...pairs.targets.subarray(pairs.offsets[peer], pairs.offsets[peer + 1])].flatMap((other) => {
      const end = place.get(other);
      return end === undefined ? [] : [{ ends: [k, end] as const, aside: false }];
    }),
  );
}
