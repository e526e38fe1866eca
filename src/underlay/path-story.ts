import type { Topology } from '../topology/topology.ts';
import { kmBetween, regionsOf, type Places } from './places.ts';
import { kmAlong } from './stretch.ts';
import type { LocatedOverlay } from './located-overlay.ts';
import { physicalRoute } from './router-graph.ts';
import type { Layers, OverlayPath } from './sample-paths.ts';

/** One peer of a path. */
export interface Stop {
  readonly hop: number;
  readonly peer: string;
  /** Null where peers have no places. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly continent: string;
  readonly country: string;
  readonly as: string;
  /** From the peer before it, and from the first one on. */
  readonly km: number | null;
  readonly kmSoFar: number | null;
  readonly ms: number;
  readonly msSoFar: number;
}

/** What there is to tell of one path: how it goes over the map, and how far it is directly. */
export interface PathStory {
  readonly from: string;
  readonly to: string;
  readonly hops: number;
  readonly pathKm: number | null;
  readonly directKm: number | null;
  readonly detourKm: number | null;
  /** Null where both ends are at one place. */
  readonly detourFactor: number | null;
  readonly pathMs: number;
  readonly directMs: number;
  readonly stretch: number | null;
  /** Of the path of least delay between the same two. */
  readonly leastMs: number;
  /** In the order in which the path comes through them, each time anew. */
  readonly continents: readonly string[];
  readonly countries: readonly string[];
  readonly systems: readonly string[];
  /** The routers on its way through the network; empty where there are none. */
  readonly routers: readonly string[];
  readonly stops: readonly Stop[];
}

/** O(peers + hops), and on routers a shortest-way search for each hop. */
export function pathStory(
  { path, delay, direct, leastDelay }: OverlayPath,
  { topology, layers: { underlay }, places, network }: LocatedOverlay,
): PathStory {
  const stops = stopsOf(topology, path, underlay, places);
  const [from, to] = [path[0]!, path.at(-1)!];
  const pathKm = places === undefined ? null : kmAlong(places, path);
  const directKm = places === undefined ? null : kmBetween(places, from, to);
  return {
    from: topology.idOf(from),
    to: topology.idOf(to),
    hops: path.length - 1,
    pathKm,
    directKm,
    detourKm: pathKm === null || directKm === null ? null : pathKm - directKm,
    detourFactor: pathKm === null || directKm === null || directKm === 0 ? null : pathKm / directKm,
    pathMs: delay,
    directMs: direct,
    stretch: direct > 0 && direct < Infinity ? delay / direct : null,
    leastMs: leastDelay,
    continents: withoutRepeats(stops.map(({ continent }) => continent)),
    countries: withoutRepeats(stops.map(({ country }) => country)),
    systems: withoutRepeats(stops.map((stop) => stop.as)),
    routers:
      network === undefined ? [] : physicalRoute(network, path).map((router) => network.graph.names[router]!),
    stops,
  };
}

function stopsOf(
  topology: Topology,
  path: readonly number[],
  underlay: Layers['underlay'],
  places: Places | undefined,
): Stop[] {
  const regions =
    places === undefined
      ? undefined
      : {
          continent: regionsOf(places, 'continent'),
          country: regionsOf(places, 'country'),
          as: regionsOf(places, 'as'),
        };
  let [kmSoFar, msSoFar] = [0, 0];
  return path.map((peer, hop) => {
    const before = path[hop - 1];
    const km = places === undefined ? null : before === undefined ? 0 : kmBetween(places, before, peer);
    const ms = before === undefined ? 0 : underlay.delaysFrom(before)(peer);
    msSoFar += ms;
    kmSoFar += km ?? 0;
    return {
      hop,
      peer: topology.idOf(peer),
      latitude: places?.latitudes[peer] ?? null,
      longitude: places?.longitudes[peer] ?? null,
      continent: regions?.continent[peer] ?? '',
      country: regions?.country[peer] ?? '',
      as: regions?.as[peer] ?? '',
      km,
      kmSoFar: km === null ? null : kmSoFar,
      ms,
      msSoFar,
    };
  });
}

function withoutRepeats(regions: readonly string[]): string[] {
  return regions.filter((region, k) => region !== '' && region !== regions[k - 1]);
}
