import type { Role } from '../../core/claims.ts';
import type { LinkRow, SnapshotTables } from '../../snapshot/rows.ts';

/** The superpeers of a snapshot or a truth, and the links among them. */
export interface SuperpeerTier {
  readonly peers: readonly SuperpeerRow[];
  readonly links: readonly Pick<LinkRow, 'source' | 'target' | 'reportedBy'>[];
}

export interface SuperpeerRow {
  readonly id: string;
  readonly role: Role;
  readonly respondent: boolean;
}

/** Whoever is not known as a leaf counts as a superpeer: who never answered has no role but that it was listed as a peer. */
export function superpeerTier({ peers, links }: SnapshotTables): SuperpeerTier {
  const tier: SuperpeerRow[] = [];
  for (const { id, role, respondent } of peers) {
    if (role !== 'leaf') tier.push({ id, role: 'superpeer', respondent });
  }
  const among: SuperpeerTier['links'][number][] = [];
  for (const { source, target, relation, reportedBy } of links) {
    if (relation === 'connection') among.push({ source, target, reportedBy });
  }
  return { peers: tier, links: among };
}

/** What can be called the degree of a superpeer in a crawl. */
export const DEGREE_DEFINITIONS = ['listed', 'answered', 'mentioned', 'everybody'] as const;
export type DegreeDefinition = (typeof DEGREE_DEFINITIONS)[number];

export const DEFINITION_WORDS: Readonly<Record<DegreeDefinition, string>> = {
  listed: 'what a peer listed itself, at one instant',
  answered:
    'of peers that answered, all links found: what they listed, and who listed them at other instants',
  mentioned: 'of peers that never answered: how many others listed them',
  everybody: 'of all peers found, all links found',
};

/**
 * The degrees among superpeers by each definition. Who has no link stands nowhere but in `listed`, where it said so itself.
 * O(peers + links).
 */
export function degreesByDefinition({
  peers,
  links,
}: SuperpeerTier): Readonly<Record<DegreeDefinition, Uint32Array>> {
  const place = new Map(peers.map(({ id }, index) => [id, index]));
  const found = new Uint32Array(peers.length);
  const listed = new Uint32Array(peers.length);
  for (const { source, target, reportedBy } of links) {
    const [a, b] = [place.get(source), place.get(target)];
    if (a === undefined || b === undefined) continue;
    found[a] = (found[a] ?? 0) + 1;
    found[b] = (found[b] ?? 0) + 1;
    if (reportedBy !== 'target') listed[a] = (listed[a] ?? 0) + 1;
    if (reportedBy !== 'source') listed[b] = (listed[b] ?? 0) + 1;
  }
  const answered = (_: number, index: number): boolean => peers[index]?.respondent === true;
  const linked = (degree: number): boolean => degree > 0;
  return {
    listed: listed.filter(answered),
    answered: found.filter(answered).filter(linked),
    mentioned: found.filter((degree, index) => !answered(degree, index)).filter(linked),
    everybody: found.filter(linked),
  };
}
