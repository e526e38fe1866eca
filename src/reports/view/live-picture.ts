import { RELATIONS, type Relation, type Role } from '../../core/claims.ts';
import type { Outcome } from '../../core/outcome.ts';
import { TopologyBuilder } from '../../topology/builder.ts';
import type { LiveStanding } from './live-standing.ts';
import { makeView, type View } from './make-view.ts';

/** What is drawn of an overlay that changes, at one instant. A peer keeps its place from one instant to the next, or another takes it. */
export interface LivePicture {
  readonly peers: readonly LivePeer[];
  readonly links: readonly LiveLink[];
  /** What the picture leaves out, in sentences. */
  readonly notes: readonly string[];
}

export interface LivePeer {
  readonly id: string;
  readonly role: Role | undefined;
  readonly agent: string | undefined;
  readonly outcome: Outcome | undefined;
}

/** The ends by their places among the peers. */
export interface LiveLink {
  readonly source: number;
  readonly target: number;
  readonly relation: Relation;
}

/** An overlay to be watched. */
export interface LiveSource {
  /** What is drawn by now; undefined where it is what it was the last time. */
  picture(): LivePicture | undefined;
  standing(): LiveStanding;
}

/** The picture as the page takes it. O(n log n + links). */
export function liveView(name: string, { peers, links, notes }: LivePicture): View {
  const builder = new TopologyBuilder(false);
  // An id of its own for each place: who comes back in the place of another stands there twice for an instant.
  for (const place of peers.keys()) builder.peer(String(place));
  for (const { source, target } of links) builder.link(source, target);
  const topology = builder.build(
    { roles: peers.map(({ role }) => role) },
    Uint8Array.from(links, ({ relation }) => RELATIONS.indexOf(relation)),
  );
  const answers = new Map(peers.map((peer, place) => [String(place), peer]));
  const { graph, rows } = makeView({ name, topology, notes, answers });
  return { graph: { ...graph, ids: peers.map(({ id }) => id), total: undefined }, rows };
}
