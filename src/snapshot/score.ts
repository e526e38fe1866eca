import { weakComponents } from '../topology/components.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import { compareSnapshots, pairKey, type Comparable } from './compare.ts';

/** How a crawl did against the truth, with what it could not have found from where it began set apart. */
export interface Score {
  /** Peers found; peers that a path of links joins to a bootstrap peer; all peers. */
  readonly found: number;
  readonly reachable: number;
  readonly total: number;
  /** The same for links. */
  readonly linksFound: number;
  readonly linksReachable: number;
  readonly linksTotal: number;
  /** Reachable and not found; found and not in the truth. */
  readonly peersMissing: number;
  readonly peersExtra: number;
  readonly linksMissing: number;
  readonly linksExtra: number;
  /** Peers whose role is not the true one. */
  readonly rolesDiffering: number;
  /** Separate sub networks of the overlay, those of the bootstrap peers among them. */
  readonly components: number;
}

/** Scores a static overlay's snapshot against its truth. O(peers + links). */
export function scoreSnapshot(snapshot: Comparable, truth: Comparable, bootstrap: readonly string[]): Score {
  const { inReach, components } = reach(truth, bootstrap);
  const difference = compareSnapshots(snapshot, truth);
  const missingPairs = new Set(difference.linksMissing);
  let linksReachable = 0;
  let linksMissing = 0;
  for (const link of truth.links) {
    if (!inReach.has(link.source)) continue;
    linksReachable += 1;
    if (missingPairs.size > 0 && missingPairs.has(pairKey(link))) linksMissing += 1;
  }
  return {
    found: difference.peers.found,
    reachable: inReach.size,
    total: difference.peers.reference,
    linksFound: difference.links.found,
    linksReachable,
    linksTotal: difference.links.reference,
    peersMissing: difference.peersMissing.filter((id) => inReach.has(id)).length,
    peersExtra: difference.peersExtra.length,
    linksMissing,
    linksExtra: difference.linksExtra.length,
    rolesDiffering: difference.rolesDiffering.length,
    components,
  };
}

/** The peers that share a component with a bootstrap peer. */
function reach(
  truth: Comparable,
  bootstrap: readonly string[],
): { inReach: Set<string>; components: number } {
  const builder = new TopologyBuilder(false);
  const ids = truth.peers.map((peer) => peer.id);
  ids.forEach((id) => builder.peer(id));
  for (const { source, target } of truth.links) builder.link(builder.peer(source), builder.peer(target));
  const { component, sizes } = weakComponents(builder.build());
  const begun = new Set(ids.flatMap((id, peer) => (bootstrap.includes(id) ? [component[peer]] : [])));
  return { inReach: new Set(ids.filter((_, peer) => begun.has(component[peer]))), components: sizes.length };
}
