import type { StoredSnapshot } from '../snapshot/read.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import type { ReadTopology } from './topology-file.ts';

/**
 * The topology of a snapshot: all its peers but those that it doubts itself, with their roles and who answered; its links have no
 * direction.
 */
export function snapshotTopology(stored: StoredSnapshot): ReadTopology {
  const { snapshot, doubted } = beyondDoubt(stored);
  const builder = new TopologyBuilder(false);
  for (const peer of snapshot.peers) builder.peer(peer.id);
  for (const link of snapshot.links) builder.link(builder.peer(link.source), builder.peer(link.target));
  // A link whose end has no row in peers.csv adds a peer behind them, which has answered nothing.
  const respondents = new Uint8Array(builder.size);
  snapshot.peers.forEach((peer, index) => (respondents[index] = peer.respondent ? 1 : 0));
  const roles = Array.from({ length: builder.size }, (_, index) => snapshot.peers[index]?.role);
  const truncated = snapshot.peers.filter((peer) => peer.truncated).length;
  const cutOff = Uint8Array.from(roles, (_, index) => (snapshot.peers[index]?.truncated === true ? 1 : 0));
  const notes = [
    ...(doubted > 0
      ? [
          `${doubted} peers that there may not be (column doubt of peers.csv) are left out, and so are their links.`,
        ]
      : []),
    ...(snapshot.manifest.state === 'incomplete'
      ? ['The snapshot is incomplete: the crawl ended early, and peers and links are missing.']
      : []),
    ...(truncated > 0
      ? [
          `${truncated} listings may have been cut off by the peers that sent them: links and leaves are lower bounds.`,
        ]
      : []),
  ];
  return { topology: builder.build({ roles, respondents, truncated: cutOff }), notes };
}

function beyondDoubt(snapshot: StoredSnapshot): { snapshot: StoredSnapshot; doubted: number } {
  const doubted = new Set(snapshot.peers.filter(({ doubt }) => doubt !== undefined).map(({ id }) => id));
  if (doubted.size === 0) return { snapshot, doubted: 0 };
  const peers = snapshot.peers.filter(({ id }) => !doubted.has(id));
  const links = snapshot.links.filter(({ source, target }) => !doubted.has(source) && !doubted.has(target));
  return { snapshot: { ...snapshot, peers, links }, doubted: doubted.size };
}
