import { PeerscopeError } from '../core/errors.ts';
import { refuseWithoutFiles, roomForBothEnds } from './open-files.ts';
import type { LiveNode } from './live-population.ts';

/** Live nodes in one process: each connection takes two of its sockets. */
export const MAX_LIVE_PEERS = 1_000;

/** Open files for each node where its links are not known: half of both ends of its connections, and its datagrams. */
const FILES_PER_PEER = 16;

/** What live nodes need open files for. */
export interface LiveNeeds {
  readonly peers: number;
  /** Links that they are to hold [not known: they find each other]. */
  readonly links?: number | undefined;
  /** Whether each has a socket for datagrams [true]. */
  readonly datagrams?: boolean;
}

/** @throws {PeerscopeError} (usage) where this process can not have that many. */
export function refuseTooMany({ peers, links, datagrams = true }: LiveNeeds): void {
  if (peers > MAX_LIVE_PEERS) {
    throw new PeerscopeError(
      'usage',
      `${peers} live nodes are too many for one process (${MAX_LIVE_PEERS} at most)`,
      { hint: 'Ask for fewer peers.' },
    );
  }
  const hint = 'Ask for fewer peers or links, or raise the limit (ulimit -n).';
  if (links === undefined) refuseWithoutFiles(peers * FILES_PER_PEER, 'sockets of live nodes', hint);
  else {
    const sockets = 2 * links + (datagrams ? peers : 0);
    refuseWithoutFiles(sockets, `sockets of ${peers} live nodes and both ends of ${links} links`, hint);
  }
}

/**
 * Connections that are taken in at the same time, by all nodes together: half of the open files that there are besides those
 * for datagrams. Each may have its other end in this process too, and a node that dials must find a file for it; so strangers
 * can take what nobody uses, but not that.
 */
export function roomForCallers({ peers, datagrams = true }: LiveNeeds): number {
  return roomForBothEnds(datagrams ? peers : 0);
}

/** Links that nodes are to hold; undefined where they find each other. */
export function linksToHold(nodes: readonly LiveNode[]): number | undefined {
  let links = 0;
  for (const { plan } of nodes) {
    if (plan.kind === 'self-organised') return undefined;
    links += plan.dials.length;
  }
  return links;
}
