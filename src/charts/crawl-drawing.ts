import { FAINT, MUTED, OKABE_ITO } from './figure-style.ts';
import { slide, SLIDE, type SlideWords } from './slide.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';
import { writing } from './svg-text.ts';

/** A crawled peer at its place in the layout. */
export interface CrawledPeer {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly degree: number;
  /** It answered itself, or did not, or is a leaf that was not asked, since its superpeer told of it. */
  readonly state: 'answered' | 'silent' | 'leaf';
}

export interface CrawlDrawing extends SlideWords {
  readonly peers: readonly CrawledPeer[];
  /** As pairs of places in the list of peers. */
  readonly links: readonly (readonly [number, number])[];
}

const MARGIN = 30;
const TOP = 100;
const BOTTOM = 52;

/**
 * A crawl as a picture: links faint, peers over them, the area of each in proportion to its degree, those with most links on
 * top. Who answered is filled, who did not is hollow. O(peers log peers + links).
 */
export function drawCrawl({ peers, links, ...words }: CrawlDrawing): string {
  const places = placesOf(peers);
  const unit = unitRadius(peers);
  const order = peers
    .map((_, k) => k)
    .sort((a, b) => (peers[a]?.degree ?? 0) - (peers[b]?.degree ?? 0) || a - b);
  const strokes = links.flatMap(([a, b]) => {
    const [from, to] = [places[a], places[b]];
    return from === undefined || to === undefined
      ? []
      : [`M${svgNumber(from.x)} ${svgNumber(from.y)}L${svgNumber(to.x)} ${svgNumber(to.y)}`];
  });
  return slide(words, MARGIN, [
    element('path', {
      d: strokes.join(''),
      fill: 'none',
      stroke: MUTED,
      'stroke-width': links.length > 5_000 ? 0.4 : 0.9,
      'stroke-opacity': links.length > 5_000 ? 0.25 : 0.5,
    }),
    element(
      'g',
      {},
      order.flatMap((k) => {
        const [peer, place] = [peers[k], places[k]];
        return peer === undefined || place === undefined ? [] : [mark(peer, place, unit)];
      }),
    ),
    ...legend(unit, peers),
  ]);
}

const LOOKS = {
  answered: { fill: OKABE_ITO.blue, stroke: 'white', 'stroke-width': 0.8 },
  silent: { fill: 'white', stroke: OKABE_ITO.vermillion, 'stroke-width': 2 },
  leaf: { fill: FAINT, stroke: MUTED, 'stroke-width': 0.8 },
} as const;

const STATE_WORDS = { answered: '', silent: ', did not answer', leaf: ', a leaf' } as const;

function mark({ id, degree, state }: CrawledPeer, { x, y }: Place, unit: number): SvgElement {
  const words = `${id}, ${degree} ${degree === 1 ? 'link' : 'links'}${STATE_WORDS[state]}`;
  return element('circle', { cx: x, cy: y, r: radiusOf(degree, unit), ...LOOKS[state] }, [
    element('title', {}, [words]),
  ]);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The layout turned into the page, its proportions kept as far as the page's are near. */
function placesOf(peers: readonly CrawledPeer[]): Place[] {
  const xs = peers.map(({ x }) => x);
  const ys = peers.map(({ y }) => y);
  const [low, high] = [bound(xs, Math.min), bound(xs, Math.max)];
  const [top, bottom] = [bound(ys, Math.min), bound(ys, Math.max)];
  const room = { width: SLIDE.width - 2 * MARGIN, height: SLIDE.height - TOP - BOTTOM - 20 };
  const across = room.width / Math.max(high - low, 1e-9);
  const down = room.height / Math.max(bottom - top, 1e-9);
  const [scaleX, scaleY] = [Math.min(across, 1.9 * down), Math.min(down, 1.9 * across)];
  return peers.map(({ x, y }) => ({
    x: SLIDE.width / 2 + (x - (low + high) / 2) * scaleX,
    y: TOP + room.height / 2 + (y - (top + bottom) / 2) * scaleY,
  }));
}

function bound(values: readonly number[], pick: (a: number, b: number) => number): number {
  return values.reduce((a, b) => pick(a, b), values[0] ?? 0);
}

/** Such that all peers together cover a tenth of the page, and none is larger than a hub should be. */
function unitRadius(peers: readonly CrawledPeer[]): number {
  const degrees = peers.reduce((sum, { degree }) => sum + Math.max(1, degree), 0);
  const most = peers.reduce((top, { degree }) => Math.max(top, degree), 1);
  const share = Math.sqrt((0.1 * SLIDE.width * SLIDE.height) / (Math.PI * Math.max(1, degrees)));
  return Math.min(share, 26 / Math.sqrt(most), 6);
}

function radiusOf(degree: number, unit: number): number {
  return Math.max(0.8, unit * Math.sqrt(Math.max(1, degree)));
}

function legend(unit: number, peers: readonly CrawledPeer[]): SvgElement[] {
  const y = SLIDE.height - 24;
  const entries = [
    ...[1, 10, 30].map((degree) => ({
      peer: { id: 'peer', x: 0, y: 0, degree, state: 'answered' as const },
      text: degree === 1 ? '1 link' : `${degree} links`,
    })),
    ...(['silent', 'leaf'] as const)
      .filter((state) => peers.some((peer) => peer.state === state))
      .map((state) => ({
        peer: { id: 'peer', x: 0, y: 0, degree: 10, state },
        text: state === 'silent' ? 'did not answer' : 'leaf, told of by its superpeer',
      })),
  ];
  let left = MARGIN + 30;
  return entries.flatMap(({ peer: shown, text }) => {
    const at = left;
    left += 60 + text.length * 10 + 40;
    return [mark(shown, { x: at, y: y - 6 }, unit), writing(at + 36, y, text, { size: 17 })];
  });
}
