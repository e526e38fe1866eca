import { worldMap } from '../../charts/world-map.ts';
import type { Outcome } from '../../core/outcome.ts';
import { sortRows, type Adjacency } from '../../topology/adjacency.ts';
import { weakComponents } from '../../topology/components.ts';
import type { Topology } from '../../topology/topology.ts';
import type { Places } from '../../underlay/places.ts';
import { DRAWN_BOUNDS, drawnPart, type DrawnBounds, type DrawnPart } from './drawn-part.ts';
import { outcomeCode, roleCode, type ViewGraph, type ViewLook, type ViewMap } from './view-graph.ts';

/** What peers answered, by their ids: what a topology does not keep. */
export type PeerAnswers = ReadonlyMap<
  string,
  { readonly agent: string | undefined; readonly outcome: Outcome | undefined }
>;

/** What there is to be looked at. */
export interface ViewSubject {
  readonly name: string;
  readonly topology: Topology;
  readonly notes: readonly string[];
  readonly answers?: PeerAnswers;
  readonly places?: Places;
  /** Columns for each peer of the topology, and for each of its `pairs`. */
  readonly looks?: readonly ViewLook[];
}

/** The graph that the page draws, and its links from both ends for a layout. */
export interface View {
  readonly graph: ViewGraph;
  readonly rows: Adjacency;
}

/** The map's size in units of its own; Natural Earth is about twice as wide as high. */
export const MAP_BOX = { x: 0, y: 0, width: 1000, height: 520 } as const;

/** Different agents that are told apart; a column of two bytes holds no more. */
const MOST_AGENTS = 65_535;

/** What the page needs of an overlay, as columns. O(n log n + links). */
export function makeView(subject: ViewSubject, bounds: DrawnBounds = DRAWN_BOUNDS): View {
  const { name, topology, answers, places, looks = [] } = subject;
  const part = drawnPart(topology, bounds);
  const { peers, sources, targets } = part;
  const ids = Array.from(peers, (peer) => topology.idOf(peer));
  const { columns, relations, degrees } = topology;
  const component = bySize(weakComponents(topology));
  const agents = agentColumn(ids.map((id) => answers?.get(id)?.agent ?? ''));
  const graph: ViewGraph = {
    name,
    notes: [...subject.notes, ...directionNote(topology), ...part.notes],
    total: { peers: topology.size, links: topology.linkCount },
    ids,
    ...agents,
    roleOf: Uint8Array.from(peers, (peer) => roleCode(columns.roles?.[peer])),
    outcomeOf: Uint8Array.from(ids, (id) => outcomeCode(answers?.get(id)?.outcome)),
    degrees: Uint32Array.from(peers, (peer) => degrees[peer]!),
    componentOf: Uint32Array.from(peers, (peer) => component[peer]!),
    sources,
    targets,
    // A directed topology keeps what its links mean in another order.
    relationOf:
      relations === undefined || topology.directed
        ? new Uint8Array(0)
        : Uint8Array.from(part.places, (place) => 1 + relations[place]!),
    map: places === undefined ? undefined : mapOf(places, peers),
    looks: looks.map((look) => lookOf(look, part)),
  };
  return { graph, rows: sortRows(ids.length, { sources, targets }, true).rows };
}

function directionNote({ directed }: Topology): string[] {
  return directed ? ['Links have a direction in this input; the picture and degrees leave it out.'] : [];
}

/** Components numbered by their size. */
function bySize({ component, sizes }: ReturnType<typeof weakComponents>): Uint32Array {
  const order = sizes.map((_, which) => which).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const rank = new Uint32Array(sizes.length);
  order.forEach((which, place) => (rank[which] = place));
  return component.map((which) => rank[which]!);
}

function agentColumn(list: readonly string[]): Pick<ViewGraph, 'agents' | 'agentOf'> {
  const places = new Map<string, number>([['', 0]]);
  const agentOf = Uint16Array.from(list, (agent) => {
    const known = places.get(agent);
    if (known !== undefined) return known;
    if (places.size > MOST_AGENTS) return 0;
    places.set(agent, places.size);
    return places.size - 1;
  });
  return { agents: [...places.keys()], agentOf };
}

function mapOf({ latitudes, longitudes }: Places, peers: Uint32Array): ViewMap {
  const world = worldMap(MAP_BOX);
  const x = new Float32Array(peers.length).fill(NaN);
  const y = new Float32Array(peers.length).fill(NaN);
  peers.forEach((peer, place) => {
    const point = world.at({ latitude: latitudes[peer]!, longitude: longitudes[peer]! });
    if (point === undefined) return;
    x[place] = point.x;
    y[place] = point.y;
  });
  return { width: MAP_BOX.width, height: MAP_BOX.height, x, y };
}

function lookOf(look: ViewLook, { peers, places }: DrawnPart): ViewLook {
  return {
    ...look,
    peers: Uint8Array.from(peers, (peer) => look.peers[peer]!),
    roleOf: Uint8Array.from(peers, (peer) => look.roleOf[peer]!),
    outcomeOf: Uint8Array.from(peers, (peer) => look.outcomeOf[peer]!),
    degrees: Uint32Array.from(peers, (peer) => look.degrees[peer]!),
    links: Uint8Array.from(places, (place) => look.links[place]!),
  };
}
