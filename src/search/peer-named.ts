import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { Topology } from '../topology/topology.ts';

/** Ids that are compared with one that is not there: each takes a microsecond. */
const MOST_COMPARED = 100_000;

/**
 * The peer of that id. O(n).
 * @throws {PeerscopeError} (bad-input) where there is none, with the nearest id.
 */
export function peerNamed(topology: Topology, id: string, what: string): number {
  for (let peer = 0; peer < topology.size; peer++) if (topology.idOf(peer) === id) return peer;
  const compared = topology.ids.slice(0, MOST_COMPARED);
  const near = nearest(id, compared);
  const some = compared.slice(0, 5).join(', ');
  const hint =
    near === undefined ? `its peers are ${some}${topology.size > 5 ? ' …' : ''}` : `did you mean ${near}?`;
  throw new PeerscopeError('bad-input', `the overlay has no peer "${id}" for --${what}: ${hint}`);
}
