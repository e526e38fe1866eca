import { FAINT, MUTED, OKABE_ITO } from './figure-style.ts';
import { element, svgNumber, type SvgDrawing, type SvgElement } from './svg.ts';

/** What a peer of an overlay is drawn as: told apart by shape as well as by colour. */
export const PEER_LOOKS = ['peer', 'superpeer', 'leaf', 'silent'] as const;
export type PeerLook = (typeof PEER_LOOKS)[number];

/** A peer at its place in a layout, in any unit. */
export interface OverlayPeer {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly degree: number;
  readonly look: PeerLook;
}

export interface OverlayDrawing {
  readonly title: string;
  readonly description: string;
  readonly peers: readonly OverlayPeer[];
  /** As pairs of places in the list of peers. */
  readonly links: readonly (readonly [number, number])[];
}

const WIDTH = 1100;
const MARGIN = 26;
const LEAST_HEIGHT = 160;
const MOST_HEIGHT = 820;

/** More links than that are drawn thinner, so that peers stay visible. */
const MANY_LINKS = 3_000;

const LOOKS = {
  peer: { fill: OKABE_ITO.blue, stroke: 'white', 'stroke-width': 0.8 },
  superpeer: { fill: OKABE_ITO.orange, stroke: OKABE_ITO.black, 'stroke-width': 1.4 },
  leaf: { fill: FAINT, stroke: MUTED, 'stroke-width': 0.8 },
  silent: { fill: 'white', stroke: OKABE_ITO.vermillion, 'stroke-width': 1.8 },
} as const;

const WORDS = {
  peer: 'peer',
  superpeer: 'superpeer',
  leaf: 'leaf',
  silent: 'did not answer',
} as const;

/**
 * An overlay as a picture for a page, without a title: links below, peers above them, those with most links on top; the area of a peer
 * is in proportion to its links. O(peers log peers + links).
 */
export function overlayDrawing({ title, description, peers, links }: OverlayDrawing): SvgDrawing {
  const { places, height } = placesOf(peers);
  const unit = unitRadius(peers, height);
  const order = [...peers.keys()].sort((a, b) => (peers[a]?.degree ?? 0) - (peers[b]?.degree ?? 0) || a - b);
  const isMany = links.length > MANY_LINKS;
  const strokes = links.flatMap(([a, b]) => {
    const [from, to] = [places[a], places[b]];
    return from === undefined || to === undefined
      ? []
      : [`M${svgNumber(from.x)} ${svgNumber(from.y)}L${svgNumber(to.x)} ${svgNumber(to.y)}`];
  });
  return {
    width: WIDTH,
    height,
    title,
    description,
    children: [
      element('path', {
        d: strokes.join(''),
        fill: 'none',
        stroke: MUTED,
        'stroke-width': isMany ? 0.5 : 1,
        'stroke-opacity': isMany ? 0.25 : 0.5,
      }),
      ...order.flatMap((k) => {
        const [peer, place] = [peers[k], places[k]];
        return peer === undefined || place === undefined ? [] : [mark(peer, place, unit)];
      }),
    ],
  };
}

/** What a shape of the picture means. */
export interface PeerSign {
  readonly name: string;
  readonly sign: SvgElement;
}

/** The shapes that stand in a picture, for a page to explain them in letters of its own. */
export function peerSigns(peers: readonly Pick<OverlayPeer, 'look'>[]): PeerSign[] {
  const size = 26;
  const box = { width: size, height: size, viewBox: `0 0 ${size} ${size}` };
  return PEER_LOOKS.filter((look) => peers.some((peer) => peer.look === look)).map((look) => ({
    name: WORDS[look],
    sign: element('svg', box, [shape(look, { x: size / 2, y: size / 2 }, 10)]),
  }));
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The layout turned into the page, with its own proportions as far as the page has room for them. */
function placesOf(peers: readonly OverlayPeer[]): { places: Place[]; height: number } {
  const [left, right] = ends(peers.map(({ x }) => x));
  const [top, bottom] = ends(peers.map(({ y }) => y));
  const room = WIDTH - 2 * MARGIN;
  const [across, down] = [Math.max(right - left, 1e-9), Math.max(bottom - top, 1e-9)];
  const scale = Math.min(room / across, (MOST_HEIGHT - 2 * MARGIN) / down);
  const height = Math.max(LEAST_HEIGHT, down * scale + 2 * MARGIN);
  return {
    height,
    places: peers.map(({ x, y }) => ({
      x: WIDTH / 2 + (x - (left + right) / 2) * scale,
      y: height / 2 + (y - (top + bottom) / 2) * scale,
    })),
  };
}

function ends(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((a, b) => Math.min(a, b), values[0] ?? 0),
    values.reduce((a, b) => Math.max(a, b), values[0] ?? 0),
  ];
}

/** Such that all peers together cover a fourteenth of the picture, and none is larger than a hub should be. */
function unitRadius(peers: readonly OverlayPeer[], height: number): number {
  const degrees = peers.reduce((sum, { degree }) => sum + Math.max(1, degree), 0);
  const most = peers.reduce((top, { degree }) => Math.max(top, degree), 1);
  const share = Math.sqrt((WIDTH * height) / 14 / Math.PI / Math.max(1, degrees));
  return Math.min(share, 24 / Math.sqrt(most), 6);
}

function mark({ id, degree, look }: OverlayPeer, { x, y }: Place, unit: number): SvgElement {
  const kind = look === 'silent' ? `peer, ${WORDS.silent}` : WORDS[look];
  const title = element('title', {}, [`${id}: ${kind}, ${degree} ${degree === 1 ? 'link' : 'links'}`]);
  return shape(look, { x, y }, Math.max(1.2, unit * Math.sqrt(Math.max(1, degree))), [title]);
}

/** Circles for peers, hollow where they were silent, diamonds for superpeers, squares for leaves. */
function shape(
  look: PeerLook,
  { x, y }: Place,
  r: number,
  children: SvgElement['children'] = [],
): SvgElement {
  if (look === 'peer' || look === 'silent')
    return element('circle', { cx: x, cy: y, r, ...LOOKS[look] }, children);
  const side = 0.89 * r;
  const corners: readonly Place[] =
    look === 'leaf'
      ? [
          { x: x - side, y: y - side },
          { x: x + side, y: y - side },
          { x: x + side, y: y + side },
          { x: x - side, y: y + side },
        ]
      : [
          { x, y: y - 1.2 * r },
          { x: x + 1.2 * r, y },
          { x, y: y + 1.2 * r },
          { x: x - 1.2 * r, y },
        ];
  const points = corners.map((corner) => `${svgNumber(corner.x)} ${svgNumber(corner.y)}`);
  return element('path', { d: `M${points.join('L')}Z`, ...LOOKS[look] }, children);
}
