import { FAINT, MUTED, OKABE_ITO } from './figure-style.ts';
import { slide, SLIDE, type SlideWords } from './slide.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';
import { writing } from './svg-text.ts';

/** A peer of a frame, at a place in units of the frame's sides. */
export interface FramePeer {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** How a peer stands to the message. */
export type PeerState = 'waiting' | 'new' | 'heard' | 'holder';
/** A request that is new to who gets it, one that is not, an answer on its way back, a transfer beside the overlay. */
export type ArrowKind = 'request' | 'duplicate' | 'answer' | 'transfer';

export interface Frame {
  readonly title: string;
  readonly below: string;
  /** By place in the list of peers. */
  readonly states: readonly PeerState[];
  readonly arrows: readonly { readonly from: number; readonly to: number; readonly kind: ArrowKind }[];
}

export interface FramesDrawing extends SlideWords {
  readonly peers: readonly FramePeer[];
  /** As pairs of places in the list of peers. */
  readonly links: readonly (readonly [number, number])[];
  /** Four of them at most. */
  readonly frames: readonly Frame[];
}

const MARGIN = 24;
const TOP = 104;
const GAP = 20;
const RADIUS = 21;

/** What messages do on a small graph, step by step: a panel for each, two beside each other. */
export function drawFrames({ peers, links, frames, ...words }: FramesDrawing): string {
  const width = (SLIDE.width - 2 * MARGIN - GAP) / 2;
  const height = (SLIDE.height - TOP - 58 - GAP) / 2;
  return slide(words, MARGIN, [
    ...frames.flatMap((frame, k) =>
      panel(frame, peers, links, {
        x: MARGIN + (k % 2) * (width + GAP),
        y: TOP + Math.floor(k / 2) * (height + GAP),
        width,
        height,
      }),
    ),
    ...legend(SLIDE.height - 24),
  ]);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function panel(
  { title, below, states, arrows }: Frame,
  peers: readonly FramePeer[],
  links: FramesDrawing['links'],
  box: Box,
): SvgElement[] {
  const inner = { x: box.x + 46, y: box.y + 94, width: box.width - 92, height: box.height - 130 };
  const places = peers.map(({ x, y }) => ({ x: inner.x + x * inner.width, y: inner.y + y * inner.height }));
  const lines = links.flatMap(([a, b]) => line(places[a], places[b]));
  return [
    element('rect', { ...box, rx: 10, fill: 'none', stroke: FAINT, 'stroke-width': 1.5 }),
    writing(box.x + 18, box.y + 32, title, { size: 21, weight: 'bold' }),
    writing(box.x + 18, box.y + 56, below, { size: 17, fill: MUTED }),
    element('g', { stroke: FAINT, 'stroke-width': 2 }, lines),
    ...arrows.flatMap(({ from, to, kind }) => arrow(places[from], places[to], kind)),
    ...peers.flatMap((peer, k) => mark(places[k], peer.id, states[k] ?? 'waiting')),
  ];
}

function line(a: Place | undefined, b: Place | undefined): SvgElement[] {
  return a === undefined || b === undefined ? [] : [element('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y })];
}

const LOOKS: Readonly<Record<PeerState, { fill: string; stroke: string; text: string; width: number }>> = {
  waiting: { fill: 'white', stroke: MUTED, text: OKABE_ITO.black, width: 2 },
  new: { fill: OKABE_ITO.orange, stroke: OKABE_ITO.black, text: OKABE_ITO.black, width: 4 },
  heard: { fill: OKABE_ITO.blue, stroke: OKABE_ITO.blue, text: 'white', width: 2 },
  holder: { fill: OKABE_ITO.green, stroke: OKABE_ITO.black, text: 'white', width: 4 },
};

function mark(place: Place | undefined, id: string, state: PeerState): SvgElement[] {
  if (place === undefined) return [];
  const look = LOOKS[state];
  const { x, y } = place;
  const style = { fill: look.fill, stroke: look.stroke, 'stroke-width': look.width };
  const side = 1.8 * RADIUS;
  return [
    state === 'holder'
      ? element('rect', { x: x - side / 2, y: y - side / 2, width: side, height: side, rx: 4, ...style })
      : element('circle', { cx: x, cy: y, r: RADIUS, ...style }),
    element(
      'text',
      { x, y: y + 7, 'font-size': 20, 'font-weight': 'bold', 'text-anchor': 'middle', fill: look.text },
      [id],
    ),
  ];
}

const STROKES: Readonly<Record<ArrowKind, { stroke: string; dash: string | undefined; width: number }>> = {
  request: { stroke: OKABE_ITO.black, dash: undefined, width: 3 },
  duplicate: { stroke: OKABE_ITO.vermillion, dash: '7 5', width: 3 },
  answer: { stroke: OKABE_ITO.green, dash: undefined, width: 4.5 },
  transfer: { stroke: OKABE_ITO.purple, dash: '2 6', width: 4.5 },
};

/** Beside the link, on the right of its direction, so that two that meet on it can be told apart. A duplicate ends in a cross. */
function arrow(a: Place | undefined, b: Place | undefined, kind: ArrowKind): SvgElement[] {
  if (a === undefined || b === undefined) return [];
  const length = Math.sqrt((b.x - a.x) ** 2 + (b.y - a.y) ** 2);
  const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const aside = 8;
  const at = (along: number, across = 0): Place => ({
    x: a.x + dx * along - dy * (aside + across),
    y: a.y + dy * along + dx * (aside + across),
  });
  const { stroke, dash, width } = STROKES[kind];
  const [begin, end] = [RADIUS + 7, length - RADIUS - (kind === 'duplicate' ? 14 : 9)];
  const [from, to] = [at(begin), at(kind === 'duplicate' ? end - 4 : end - 10)];
  const style = { stroke, 'stroke-width': width, 'stroke-linecap': 'round' };
  const shaft = element('line', {
    x1: from.x,
    y1: from.y,
    x2: to.x,
    y2: to.y,
    ...style,
    'stroke-dasharray': dash,
  });
  if (kind === 'duplicate') {
    const corners = [at(end - 6, -6), at(end + 6, 6), at(end - 6, 6), at(end + 6, -6)] as const;
    return [
      shaft,
      element('line', { x1: corners[0].x, y1: corners[0].y, x2: corners[1].x, y2: corners[1].y, ...style }),
      element('line', { x1: corners[2].x, y1: corners[2].y, x2: corners[3].x, y2: corners[3].y, ...style }),
    ];
  }
  const head = [at(end + 4), at(end - 12, -7), at(end - 12, 7)];
  const points = head.map(({ x, y }) => `${svgNumber(x)},${svgNumber(y)}`).join(' ');
  return [shaft, element('polygon', { points, fill: stroke })];
}

function legend(y: number): SvgElement[] {
  const entries: readonly (readonly [ArrowKind, string])[] = [
    ['request', 'request'],
    ['duplicate', 'duplicate, dropped'],
    ['answer', 'answer, the same way back'],
    ['transfer', 'download, beside the overlay'],
  ];
  let left = MARGIN + 8;
  return entries.flatMap(([kind, text]) => {
    const at = left;
    left += 90 + text.length * 9.8 + 30;
    const shift = RADIUS + 7;
    return [
      ...arrow({ x: at - shift, y: y - 14 }, { x: at + 76 + shift, y: y - 14 }, kind),
      writing(at + 90, y, text, { size: 17 }),
    ];
  });
}
