import { PeerscopeError } from '../../core/errors.ts';
import { spaceOf } from '../../search/space.ts';
import type { Topology } from '../../topology/topology.ts';

/** What else an input says beyond its links. The answer pays it no heed, so that anybody can compare the two. */
export interface Declared {
  /** How many declare themselves superpeers, and how many leaves; null where nobody does either. */
  readonly roles: { readonly superpeers: number; readonly leaves: number } | null;
  /** The space that the ids of the peers show, in words; null where they show none, or there are too many peers to look. */
  readonly space: string | null;
}

/** Looking for a space takes the ids of all peers, in order; and a few peers always look like one. */
const FEWEST_LOOKED_AT = 10;
const MOST_LOOKED_AT = 100_000;

export function declaredIn(topology: Topology): Declared {
  const { size, columns } = topology;
  const { roles = [] } = columns;
  const superpeers = roles.filter((role) => role === 'superpeer').length;
  const leaves = roles.filter((role) => role === 'leaf').length;
  return {
    roles: superpeers + leaves === 0 ? null : { superpeers, leaves },
    space: size < FEWEST_LOOKED_AT || size > MOST_LOOKED_AT ? null : spaceOrNull(topology),
  };
}

function spaceOrNull(topology: Topology): string | null {
  try {
    return spaceOf(topology).name;
  } catch (error) {
    if (error instanceof PeerscopeError) return null;
    throw error;
  }
}
