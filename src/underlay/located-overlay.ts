import { PeerscopeError } from '../core/errors.ts';
import { partOf } from '../topology/part.ts';
import type { Topology } from '../topology/topology.ts';
import { linkDelays } from './link-delays.ts';
import { placesAt, type Places } from './places.ts';
import { networkOf, peersByRouter, routerUnderlay, type RouterNetwork } from './router-graph.ts';
import { NOWHERE } from './routers-csv.ts';
import type { Layers } from './sample-paths.ts';
import { greatCircleUnderlay } from './underlay.ts';

/** What is known about the network below an overlay: at least one of the two. */
export interface Location {
  readonly places?: Places;
  /** Peers without a router have NOWHERE. */
  readonly network?: RouterNetwork;
}

/** An overlay all of whose peers stand somewhere in the network below. */
export interface LocatedOverlay extends Location {
  readonly topology: Topology;
  readonly layers: Layers;
  /** By peer of this part: its number in the whole overlay. */
  readonly peers: Uint32Array;
  /** What was left out, because it is not known where its peers are. */
  readonly leftOut: { readonly peers: number; readonly links: number };
}

/**
 * The part of an overlay that is known to stand somewhere, with the delays of its links: of routers where there are some, else of great
 * circles. O(n + links), and on routers a shortest-way search for each that has peers.
 * @throws {PeerscopeError} (bad-input) where no link is left.
 */
export function locate(topology: Topology, { places, network }: Location): LocatedOverlay {
  const peers = Uint32Array.from({ length: topology.size }, (_, peer) => peer).filter(
    (peer) =>
      (places === undefined || !Number.isNaN(places.latitudes[peer]!)) && network?.routers[peer] !== NOWHERE,
  );
  const part = partOf(topology, peers);
  if (part.linkCount === 0) {
    throw new PeerscopeError(
      'bad-input',
      topology.linkCount === 0
        ? 'this overlay has no link, so that nothing goes over the network below it'
        : 'no link of this overlay joins two peers of whom it is known where they are',
    );
  }
  const partNetwork = network === undefined ? undefined : networkOf(network, peers);
  const partPlaces = places === undefined ? undefined : placesAt(places, peers);
  const underlay =
    partNetwork !== undefined
      ? routerUnderlay(partNetwork)
      : partPlaces !== undefined
        ? greatCircleUnderlay(partPlaces)
        : undefined;
  if (underlay === undefined)
    throw new RangeError('An overlay is located by places, by routers, or by both.');
  const rows = part.simple;
  const order =
    partNetwork === undefined
      ? Uint32Array.from({ length: part.size }, (_, k) => k)
      : peersByRouter(partNetwork);
  return {
    topology: part,
    ...(partPlaces === undefined ? {} : { places: partPlaces }),
    ...(partNetwork === undefined ? {} : { network: partNetwork }),
    peers,
    layers: { rows, delays: linkDelays(rows, underlay, order), underlay },
    leftOut: { peers: topology.size - part.size, links: topology.linkCount - part.linkCount },
  };
}
