import type { Address } from '../core/address.ts';
import type { Transfer } from '../overlays/gnutella/node/effect.ts';
import { type LinkRow, pairInOrder, type PeerRow, type SnapshotTables } from '../snapshot/rows.ts';
import { holds, type LiveOverlay } from './live-overlay.ts';

/**
 * The connections of this instant in the snapshot's own vocabulary, with evidence `truth`: those that stand at both ends, and
 * between nodes only. One with a leaf is a registration, from the leaf. A node that has not found its place has no role.
 * O(peers + links), and sorting.
 */
export function liveTruth(overlay: LiveOverlay): SnapshotTables {
  const nodes = [...overlay.nodes()].sort((a, b) => (a.address < b.address ? -1 : 1));
  const now = overlay.now();
  const peers = nodes.map((node): PeerRow => ({
    id: node.address,
    address: node.address,
    role: node.role,
    agent: node.agent,
    outcome: 'ok',
    respondent: true,
    listing: 'full',
    truncated: false,
    liveSince: node.startedAt,
    firstSeen: node.startedAt,
    lastSeen: now,
  }));
  const links: LinkRow[] = [];
  for (const node of nodes) {
    for (const { address } of node.neighbours()) {
      if (address === undefined || node.address > address || !holds(overlay, address, node.address)) continue;
      links.push(linkRow(overlay, node.address, address));
    }
  }
  links.sort((a, b) => compare(a.source, b.source) || compare(a.target, b.target));
  return { peers, links };
}

/** The transfers that have been, each as a link from the provider to the receiver, in the order in which they ended. */
export function transfersCsv(transfers: readonly Transfer[]): string {
  const rows = transfers.map(({ provider, receiver, name, bytes, at }) =>
    [provider, receiver, 'transfer', 'truth', 'both', quoted(name), bytes, new Date(at).toISOString()].join(
      ',',
    ),
  );
  return [TRANSFER_COLUMNS, ...rows, ''].join('\n');
}

const TRANSFER_COLUMNS = 'source,target,relation,evidence,reported_by,name,bytes,at';

/** Names may hold anything; here they are made of plain letters, and quoted all the same. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function linkRow(overlay: LiveOverlay, a: Address, b: Address): LinkRow {
  const isLeaf = (address: Address): boolean => overlay.at(address)?.role !== 'superpeer';
  const common = { evidence: 'truth', reportedBy: 'both' } as const;
  if (isLeaf(a) !== isLeaf(b)) {
    const [source, target] = isLeaf(a) ? [a, b] : [b, a];
    return { source, target, relation: 'registration', ...common };
  }
  return { ...pairInOrder(a, b), relation: 'connection', ...common };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
