import {
  overlayDrawing,
  peerSigns,
  type OverlayPeer,
  type PeerLook,
  type PeerSign,
} from '../../charts/overlay-drawing.ts';
import { packRows } from '../../charts/component-packing.ts';
import type { SvgDrawing } from '../../charts/svg.ts';
import { createRandom } from '../../core/random.ts';
import { weakComponents } from '../../topology/components.ts';
import { layoutComponent, type LayoutWork } from '../../topology/layout.ts';
import { partOf } from '../../topology/part.ts';
import type { Topology } from '../../topology/topology.ts';
import { formatNumber } from '../format-number.ts';

/** A picture of an overlay, or of its core; undefined where there is nothing to draw, and the words say why. */
export interface DrawnOverlay {
  readonly drawing: SvgDrawing | undefined;
  /** What its shapes mean. */
  readonly signs: readonly PeerSign[];
  /** What is shown, and what was left out. */
  readonly words: string;
}

/** More peers than that are a blot on any screen, and take minutes. */
const MOST_PEERS = 3_000;
/** Of an overlay with more: its core. */
const CORE_PEERS = 1_000;
/** More links than that hide everything. */
const MOST_LINKS = 30_000;

/** Draws an overlay with all its components; of a large one the core. O(layout of at most 3,000 peers). */
export async function drawOverlay(
  topology: Topology,
  { seed, layout }: { readonly seed: number; readonly layout: LayoutWork },
): Promise<DrawnOverlay> {
  if (topology.linkCount === 0)
    return { drawing: undefined, signs: [], words: 'There is no link, and so no graph.' };
  const { peers, choice } = shownPeers(topology);
  const part = partOf(topology, peers);
  const places = await placesOf(part, seed, layout);
  const links = linksOf(part);
  const shown = Array.from(peers, (peer, k): OverlayPeer => ({
    id: topology.idOf(peer),
    x: places.x[k] ?? 0,
    y: places.y[k] ?? 0,
    degree: topology.degrees[peer] ?? 0,
    look: lookOf(topology, peer),
  }));
  const words = `${choice} ${formatNumber(peers.length)} ${peers.length === 1 ? 'peer' : 'peers'} and ${formatNumber(links.length)} links. The area of a peer is in proportion to its links. Peers with common links stand near each other (ForceAtlas2); where a peer stands means nothing else.`;
  return {
    drawing: overlayDrawing({ title: 'The overlay as a graph', description: words, peers: shown, links }),
    signs: peerSigns(shown),
    words,
  };
}

/** All of them; else the superpeers; else those with the most links: fewer, where they have too many links among them. */
function shownPeers(topology: Topology): { readonly peers: Uint32Array; readonly choice: string } {
  const { size, linkCount } = topology;
  if (size <= MOST_PEERS && linkCount <= MOST_LINKS) {
    return { peers: Uint32Array.from({ length: size }, (_, k) => k), choice: 'Shown:' };
  }
  const superpeers = [...(topology.columns.roles ?? []).entries()].flatMap(([peer, role]) =>
    role === 'superpeer' ? [peer] : [],
  );
  const why =
    size > MOST_PEERS
      ? `${formatNumber(size)} peers are too many to be drawn`
      : `${formatNumber(linkCount)} links are too many to be drawn`;
  if (superpeers.length > 1 && superpeers.length <= MOST_PEERS) {
    const peers = Uint32Array.from(superpeers);
    if (partOf(topology, peers).linkCount <= MOST_LINKS) {
      return { peers, choice: `${why}, so only the declared superpeers are, without their leaves:` };
    }
  }
  const byDegree = [...topology.degrees.keys()].sort(
    (a, b) => (topology.degrees[b] ?? 0) - (topology.degrees[a] ?? 0) || a - b,
  );
  let count = Math.min(CORE_PEERS, size);
  const core = (): Uint32Array => Uint32Array.from(byDegree.slice(0, count)).sort();
  while (count > 2 && partOf(topology, core()).linkCount > MOST_LINKS) count = Math.ceil(count / 2);
  return { peers: core(), choice: `${why}, so only those with the most links are:` };
}

/** The largest component, and below it the others in rows. */
async function placesOf(
  part: Topology,
  seed: number,
  layout: LayoutWork,
): Promise<{ readonly x: Float64Array; readonly y: Float64Array }> {
  const x = new Float64Array(part.size);
  const y = new Float64Array(part.size);
  const random = createRandom(seed).fork('report layout');
  const pieces = [];
  for (const members of componentsOf(part)) {
    const at = await layoutComponent(part, members, random, layout);
    pieces.push({ members, at, width: extent(at.x), height: extent(at.y) });
  }
  // As wide as the largest, unless that is one of many small ones.
  const [widest, square] = [pieces[0]?.width ?? 0, Math.sqrt(part.size)];
  const width = widest >= square / 2 ? widest : square;
  const { boxes } = packRows(pieces, width, 1.2);
  pieces.forEach(({ members, at }, piece) => {
    const box = boxes[piece];
    if (box === undefined) return;
    members.forEach((peer, k) => {
      x[peer] = box.x + box.width / 2 + (at.x[k] ?? 0);
      y[peer] = box.y + box.height / 2 + (at.y[k] ?? 0);
    });
  });
  return { x, y };
}

function extent(values: Float64Array): number {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  return Math.max(0, values.reduce((a, b) => Math.max(a, b), -Infinity) - low);
}

/** The largest first. */
function componentsOf(part: Topology): Uint32Array[] {
  const { component, sizes } = weakComponents(part);
  const members = sizes.map((size) => new Uint32Array(size));
  const filled = sizes.map(() => 0);
  component.forEach((which, peer) => {
    const place = filled[which] ?? 0;
    filled[which] = place + 1;
    const list = members[which];
    if (list !== undefined) list[place] = peer;
  });
  return members.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

function linksOf({ pairs: { offsets, targets } }: Topology): (readonly [number, number])[] {
  return Array.from({ length: offsets.length - 1 }, (_, peer) =>
    Array.from(targets.subarray(offsets[peer], offsets[peer + 1]), (other) => [peer, other] as const),
  ).flat();
}

function lookOf({ columns: { roles, respondents } }: Topology, peer: number): PeerLook {
  const role = roles?.[peer];
  if (role === 'leaf') return 'leaf';
  if (respondents?.[peer] === 0) return 'silent';
  return role === 'superpeer' ? 'superpeer' : 'peer';
}
