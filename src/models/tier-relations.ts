import { RELATIONS, type Relation, type Role } from '../core/claims.ts';
import type { RelationsOfRows } from '../topology/link-relations.ts';

/** Between a leaf and a superpeer a link is a registration, between superpeers a connection, and between leaves what is said here. */
export function byRoles(roles: readonly Role[], betweenLeaves: Relation = 'connection'): RelationsOfRows {
  return ({ offsets, targets }) => {
    const isLeaf = Uint8Array.from(roles, (role) => (role === 'leaf' ? 1 : 0));
    const byLeaves = (['connection', 'registration', betweenLeaves] as const).map((relation) =>
      RELATIONS.indexOf(relation),
    );
    const relations = new Uint8Array(targets.length);
    for (let peer = 0; peer < isLeaf.length; peer++)
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
        relations[k] = byLeaves[isLeaf[peer]! + isLeaf[targets[k]!]!]!;
    return relations;
  };
}
