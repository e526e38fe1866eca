import type { GraphComponent } from '../charts/graph-placement.ts';
import { drawPathViews } from '../charts/path-views.ts';
import { shorten } from '../charts/terminal-text.ts';
import { createRandom } from '../core/random.ts';
import { rowLength, type Adjacency } from '../topology/adjacency.ts';
import { layoutComponent } from '../topology/layout.ts';
import type { Topology } from '../topology/topology.ts';
import type { LocatedOverlay } from '../underlay/located-overlay.ts';
import type { PathStory } from '../underlay/path-story.ts';
import type { Places } from '../underlay/places.ts';
import { formatNumber } from './format-number.ts';

/** Characters of an id as a label; where one has more, stops are labelled by their hops, and the list below the map has the ids. */
const MOST_LABEL = 8;
/** Characters of an id in the list of stops: an IPv4 address with its port fits. */
const MOST_CHARACTERS = 21;
/** Peers of the abstract view: more than that no page shows apart. */
const MOST_PEERS = 300;

/** A path of a located overlay, whose peers have places. */
export interface DrawnPath {
  readonly located: LocatedOverlay & { readonly places: Places };
  /** Peers of the located overlay, from the source to the target. */
  readonly path: readonly number[];
  readonly story: PathStory;
  readonly seed: number;
}

/**
 * Both views of one path as an SVG file: the abstract graph around it, and the map. O(n + links), and the layout of at most 300 peers.
 */
export async function underlayMap({ located, path, story, seed }: DrawnPath): Promise<string> {
  const { topology, places } = located;
  const shown = peersAround(topology.simple, path, MOST_PEERS);
  const graph = await graphOf(topology, shown, seed);
  const isHub = hubsOf(topology);
  const placeOf = new Map(Array.from(shown, (peer, place) => [peer, place]));
  const isLong = story.stops.some(({ peer }) => peer.length > MOST_LABEL);
  const [from, to] = [story.from, story.to].map((id) => shorten(id, MOST_CHARACTERS));
  const title = `Path ${from ?? ''} to ${to ?? ''}: ${story.hops} hops, ${km(story.pathKm)} instead of ${km(story.directKm)}`;
  const detour = story.detourFactor === null ? '' : `detour factor ${formatNumber(story.detourFactor, 2)}, `;
  return drawPathViews({
    graph,
    graphPath: path.flatMap((peer) => placeOf.get(peer) ?? []),
    map: {
      peers: Array.from({ length: topology.size }, (_, peer) => ({
        id: topology.idOf(peer),
        latitude: places.latitudes[peer] ?? NaN,
        longitude: places.longitudes[peer] ?? NaN,
        isHub: isHub(peer),
      })),
      links: linkPairs(topology.pairs),
      path,
      ...(isLong ? { labels: path.map((_, hop) => String(hop)) } : {}),
    },
    title,
    subtitle: `${formatNumber(topology.size)} peers, ${formatNumber(topology.linkCount)} links; ${detour}stretch ${story.stretch === null ? '–' : formatNumber(story.stretch, 2)}`,
    graphLabel: shown.length < topology.size ? `Overlay: ${shown.length} peers around the path` : 'Overlay',
    mapLabel: 'The same peers on the map',
    stops: story.stops.map(
      ({ hop, peer, country, kmSoFar }) =>
        `${hop}. ${shorten(peer, MOST_CHARACTERS)}${country === '' ? '' : ` (${country})`}${hop === 0 ? '' : ` after ${km(kmSoFar)}`}`,
    ),
    hasHubs: topology.columns.roles?.includes('superpeer') === true,
    description: `An overlay as a graph and on a map of the world. The path ${story.stops.map(({ peer }) => peer).join(', ')} crosses ${story.countries.join(', ')}.`,
  });
}

/** The peers of a path and those nearest to it, in hops; ascending. O(links of those). */
export function peersAround(
  { offsets, targets }: Adjacency,
  path: readonly number[],
  most: number,
): Uint32Array {
  const found = new Set(path);
  for (const peer of found) {
    for (let k = offsets[peer] ?? 0; k < (offsets[peer + 1] ?? 0) && found.size < most; k++) {
      found.add(targets[k] ?? 0);
    }
  }
  return Uint32Array.from(found).sort();
}

/** Those peers and the links between them, laid out; they must hang together. */
export async function graphOf(topology: Topology, peers: Uint32Array, seed: number): Promise<GraphComponent> {
  const { x, y } = await layoutComponent(topology, peers, createRandom(seed).fork('underlay layout'));
  const placeOf = new Map(Array.from(peers, (peer, place) => [peer, place]));
  const isHub = hubsOf(topology);
  return {
    peers: Array.from(peers, (peer, place) => ({
      id: topology.idOf(peer),
      x: x[place] ?? 0,
      y: y[place] ?? 0,
      degree: rowLength(topology.simple, peer),
      isHub: isHub(peer),
    })),
    links: linkPairs(topology.pairs).flatMap(([from, to]) => {
      const [a, b] = [placeOf.get(from), placeOf.get(to)];
      return a === undefined || b === undefined ? [] : [[a, b] as const];
    }),
  };
}

function hubsOf({ columns: { roles } }: Topology): (peer: number) => boolean {
  return (peer) => roles?.[peer] === 'superpeer';
}

function linkPairs({ offsets, targets }: Adjacency): (readonly [number, number])[] {
  return Array.from({ length: offsets.length - 1 }, (_, peer) =>
    Array.from(targets.subarray(offsets[peer], offsets[peer + 1]), (other) => [peer, other] as const),
  ).flat();
}

function km(value: number | null): string {
  return value === null ? '–' : `${formatNumber(value, 0)} km`;
}
