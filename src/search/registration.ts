import { tableMessages } from '../overlays/gnutella/node/query-routing-table.ts';
import { wordsOf } from '../overlays/gnutella/node/words.ts';
import { DESCRIPTOR_TYPES } from '../overlays/gnutella/wire/descriptor-type.ts';
import { GUID_BYTES } from '../overlays/gnutella/wire/guid.ts';
import { encodeMessage, newHeader } from '../overlays/gnutella/wire/message.ts';
import type { Topology } from '../topology/topology.ts';
import type { Content } from './content.ts';
import type { LeafTables } from './leaf-tables.ts';

/** What leaves sent their superpeers before the first query: a query routing table each, in a RESET and some PATCHes. */
export interface Registration {
  readonly leaves: number;
  /** Links between a leaf and a superpeer, over each of which goes a table. */
  readonly registrations: number;
  /** Of all leaves, without TCP, IP and handshakes. */
  readonly messages: number;
  readonly bytes: number;
  /** Means. */
  readonly perLeaf: { readonly messages: number; readonly bytes: number };
}

/**
 * What the tables of all leaves come to, as our Gnutella leaves write and deflate them. Null where there are no leaves. O(leaves), and
 * a deflated table for each different set of items.
 */
export function registrationOf(
  topology: Topology,
  isLeaf: Uint8Array,
  content: Content,
  tables: LeafTables,
): Registration | null {
  const { offsets, targets } = topology.simple;
  const sizeOf = tableSizes(content);
  let [leaves, registrations, messages, bytes] = [0, 0, 0, 0];
  for (let peer = 0; peer < topology.size; peer++) {
    if (isLeaf[peer] === 0) continue;
    leaves += 1;
    let superpeers = 0;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) superpeers += 1 - isLeaf[targets[k]!]!;
    if (superpeers === 0) continue;
    const size = sizeOf(tables.itemsOf(peer));
    registrations += superpeers;
    messages += superpeers * size.messages;
    bytes += superpeers * size.bytes;
  }
  if (leaves === 0) return null;
  return {
    leaves,
    registrations,
    messages,
    bytes,
    perLeaf: { messages: messages / leaves, bytes: bytes / leaves },
  };
}

interface TableSize {
  readonly messages: number;
  readonly bytes: number;
}

/** Sets of items that are remembered; leaves with few popular items share most of theirs. */
const MOST_REMEMBERED = 100_000;

function tableSizes(content: Content): (items: Uint32Array) => TableSize {
  const known = new Map<string, TableSize>();
  return (items) => {
    const key = items.join();
    const size = known.get(key) ?? sizeOfTable(content, items);
    if (known.size < MOST_REMEMBERED) known.set(key, size);
    return size;
  };
}

function sizeOfTable({ nameOf }: Content, items: Uint32Array): TableSize {
  const words = new Set(Array.from(items).flatMap((item) => wordsOf(nameOf(item))));
  const header = newHeader({ guid: new Uint8Array(GUID_BYTES), type: DESCRIPTOR_TYPES.qrp, ttl: 1 });
  const sizes = tableMessages([...words]).map((body) => encodeMessage({ kind: 'qrp', header, body }).length);
  return { messages: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
