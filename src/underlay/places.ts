import { partOf } from '../topology/part.ts';
import type { Topology } from '../topology/topology.ts';
import { continentOf } from './continents.ts';
import { greatCircleKm } from './great-circle.ts';

/** Where peers are on the Earth, and in whose networks: one entry for each. */
export interface Places {
  /** Degrees, north above 0; NaN where a peer's place is not known. */
  readonly latitudes: Float64Array;
  /** Degrees, east above 0; NaN where a peer's place is not known. */
  readonly longitudes: Float64Array;
  /** Two letters (ISO 3166-1), or '' where it is not known. */
  readonly countries: readonly string[];
  /** The number of the autonomous system, 0 where it is not known. */
  readonly asns: Uint32Array;
}

/** One place, as a file or a table states it. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly country: string;
  readonly asn: number;
}

/** The places of some peers, of whom each has one or undefined. */
export function placesOf(list: readonly (Place | undefined)[]): Places {
  return {
    latitudes: Float64Array.from(list, (place) => place?.latitude ?? NaN),
    longitudes: Float64Array.from(list, (place) => place?.longitude ?? NaN),
    countries: list.map((place) => place?.country ?? ''),
    asns: Uint32Array.from(list, (place) => place?.asn ?? 0),
  };
}

/** The peers that have a place, ascending. */
export function placedPeers({ latitudes }: Places): Uint32Array {
  return Uint32Array.from(latitudes.keys()).filter((peer) => !Number.isNaN(latitudes[peer]!));
}

/** The same peers at some of these places: peer i is where `order[i]` was. */
export function placesAt({ latitudes, longitudes, countries, asns }: Places, order: Uint32Array): Places {
  return {
    latitudes: Float64Array.from(order, (peer) => latitudes[peer]!),
    longitudes: Float64Array.from(order, (peer) => longitudes[peer]!),
    countries: Array.from(order, (peer) => countries[peer]!),
    asns: Uint32Array.from(order, (peer) => asns[peer]!),
  };
}

/** An overlay whose peers all have places. */
export interface PlacedOverlay {
  readonly topology: Topology;
  readonly places: Places;
}

/** The peers that have places, and the links between them. O(n + links). */
export function placedPart(topology: Topology, places: Places): PlacedOverlay {
  const peers = placedPeers(places);
  return { topology: partOf(topology, peers), places: placesAt(places, peers) };
}

/** The great-circle distance between two peers in km; NaN where one of them has no place. */
export function kmBetween({ latitudes, longitudes }: Places, from: number, to: number): number {
  return greatCircleKm(latitudes[from]!, longitudes[from]!, latitudes[to]!, longitudes[to]!);
}

/** What peers can have in common. */
export const REGION_KINDS = ['continent', 'country', 'as'] as const;
export type RegionKind = (typeof REGION_KINDS)[number];

/** The region of each peer as a text, '' where it is not known: EU, DE, AS64512. */
export function regionsOf({ countries, asns }: Places, kind: RegionKind): string[] {
  switch (kind) {
    case 'continent':
      return countries.map(continentOf);
    case 'country':
      return [...countries];
    case 'as':
      return Array.from(asns, (asn) => (asn === 0 ? '' : `AS${asn}`));
  }
}
