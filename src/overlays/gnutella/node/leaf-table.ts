import type { Qrp } from '../wire/qrp.ts';
import { MAX_NODE_TABLE_SLOTS } from './limits.ts';
import type { Link } from './link.ts';
import type { NodeContext } from './node-context.ts';

/**
 * Follows the table that a leaf tells of its words; a superpeer's is not looked at. A message beyond the leaf's allowance,
 * and a table for which the node has no room, are passed over and counted: such a leaf gets no queries until its next reset.
 * O(links) for a reset, O(slots) for the end of a patch.
 */
export function hearTable(node: NodeContext, link: Link, message: Qrp): void {
  if (link.role !== 'leaf') return;
  if (link.tableMessages.take(node.now) && hasRoom(node, link, message)) {
    link.table.apply(message);
    return;
  }
  link.table.clear();
  node.counts.dropped += 1;
}

function hasRoom({ links }: NodeContext, link: Link, message: Qrp): boolean {
  if (message.kind === 'patch') return true;
  return links.slots - link.table.slots + message.slots <= MAX_NODE_TABLE_SLOTS;
}
