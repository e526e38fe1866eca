import type { Address } from '../core/address.ts';
import type { NodeReport, Transfer } from '../overlays/gnutella/node/effect.ts';
import { MESSAGE_KINDS, type MessageKind } from '../overlays/gnutella/node/message-counts.ts';
import type { GnutellaNode } from '../overlays/gnutella/node/node.ts';

/** Nodes that hold connections to each other, wherever they stand. */
export interface LiveOverlay {
  /** Those that are up. */
  nodes(): readonly GnutellaNode[];
  /** The node at an address, if it is up. */
  at(address: Address): GnutellaNode | undefined;
  /** The present time of the overlay, milliseconds since 1970. */
  now(): number;
  /** Has a node search for files with all these words. */
  search(address: Address, text: string): void;
  readonly tally: LiveTally;
}

/** Told of what nodes report. */
export type OnReport = (node: Address, report: NodeReport) => void;

/** Transfers that are remembered; the oldest go first, and are still counted. */
export const MAX_TRANSFERS = 100_000;

/** What has happened in an overlay so far. BOUNDED: MAX_TRANSFERS. */
export class LiveTally {
  readonly transfers: Transfer[] = [];
  searches = 0;
  hits = 0;
  transferred = 0;

  take(report: NodeReport): void {
    if (report.kind === 'search') this.searches += 1;
    else if (report.kind === 'hit') this.hits += report.results;
    else if (report.kind === 'transfer') {
      this.transferred += 1;
      this.transfers.push(report.transfer);
      if (this.transfers.length > MAX_TRANSFERS) this.transfers.shift();
    }
  }
}

/** An overlay at one instant. */
export interface LiveState {
  readonly superpeers: number;
  readonly leaves: number;
  /** Nodes that have not found their place. */
  readonly undecided: number;
  /** Connections between two nodes that stand at both ends. */
  readonly connections: number;
  /** Messages that nodes have sent since they were started, by kind. */
  readonly sent: Readonly<Record<MessageKind, number>>;
  /** What they have passed over since then: more than a connection may bring, or takes. */
  readonly dropped: number;
}

/** Counts nodes, connections and messages. O(nodes + connections). */
export function stateOf(overlay: LiveOverlay): LiveState {
  const counts = { superpeers: 0, leaves: 0, undecided: 0, ends: 0, dropped: 0 };
  const sent = Object.fromEntries(MESSAGE_KINDS.map((kind) => [kind, 0])) as Record<MessageKind, number>;
  for (const node of overlay.nodes()) {
    if (node.role === undefined) counts.undecided += 1;
    else counts[node.role === 'leaf' ? 'leaves' : 'superpeers'] += 1;
    for (const { address } of node.neighbours()) if (holds(overlay, address, node.address)) counts.ends += 1;
    counts.dropped += node.counts.dropped;
    for (const kind of MESSAGE_KINDS) sent[kind] += node.counts.sent[kind].messages;
  }
  const { ends, ...nodes } = counts;
  return { ...nodes, connections: ends / 2, sent };
}

/** Whether the node at `address` is up and holds a connection to `other`. */
export function holds(overlay: LiveOverlay, address: Address | undefined, other: Address): boolean {
  const node = address === undefined ? undefined : overlay.at(address);
  return node?.neighbours().some((neighbour) => neighbour.address === other) ?? false;
}
