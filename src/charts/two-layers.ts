import { FAINT, MUTED, OKABE_ITO } from './figure-style.ts';
import { slide, SLIDE, type SlideWords } from './slide.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';
import { writing } from './svg-text.ts';

/** A place in either layer, as shares of its sides: to the right, and to the front. */
export interface LayerPoint {
  readonly x: number;
  readonly y: number;
}

/** An overlay above the network that carries it. Peers stand above their routers. */
export interface TwoLayers extends SlideWords {
  readonly routers: readonly LayerPoint[];
  readonly lines: readonly (readonly [number, number])[];
  /** The router that each peer is at, and what it is called. */
  readonly peers: readonly { readonly router: number; readonly id: string }[];
  readonly links: readonly (readonly [number, number])[];
  /** Peers of a path, in order, and the routers that it takes in the network. */
  readonly path: readonly number[];
  readonly route: readonly number[];
  /** The routers of the direct way between the same two peers. */
  readonly direct: readonly number[];
}

const UPPER = { left: 190, top: 118, width: 760, height: 190, lean: 170 };
const LOWER = { ...UPPER, top: 404 };

export function drawTwoLayers(layers: TwoLayers): string {
  const { routers, peers } = layers;
  const above = peers.map(({ router }) => placeIn(UPPER, routers[router]));
  const below = routers.map((router) => placeIn(LOWER, router));
  return slide(layers, 24, [
    sheet(LOWER),
    ...lines(layers.lines, below, { stroke: MUTED, 'stroke-width': 1.6 }),
    way(layers.direct, below, { stroke: OKABE_ITO.black, 'stroke-width': 3, 'stroke-dasharray': '7 5' }, 5),
    way(layers.route, below, { stroke: OKABE_ITO.vermillion, 'stroke-width': 4 }, -4),
    ...below.map(({ x, y }) =>
      element('rect', {
        x: x - 8,
        y: y - 8,
        width: 16,
        height: 16,
        rx: 2,
        fill: 'white',
        stroke: OKABE_ITO.black,
        'stroke-width': 2,
      }),
    ),
    sheet(UPPER),
    ...peers.map(({ router }, k) => drop(above[k], below[router])),
    ...lines(layers.links, above, { stroke: OKABE_ITO.blue, 'stroke-width': 1.8 }),
    way(layers.path, above, { stroke: OKABE_ITO.vermillion, 'stroke-width': 4.5 }, 0),
    ...peers.flatMap(({ id }, k) => peerMark(above[k], id)),
    writing(24, UPPER.top + UPPER.height - 14, 'Overlay:', { size: 20, weight: 'bold' }),
    writing(24, UPPER.top + UPPER.height + 10, 'peers, links', { size: 17, fill: MUTED }),
    writing(24, LOWER.top + LOWER.height - 14, 'Network:', { size: 20, weight: 'bold' }),
    writing(24, LOWER.top + LOWER.height + 10, 'routers, lines', { size: 17, fill: MUTED }),
    ...legend(),
  ]);
}

type Sheet = typeof UPPER;

function placeIn({ left, top, width, height, lean }: Sheet, point: LayerPoint | undefined): LayerPoint {
  const { x, y } = point ?? { x: 0, y: 0 };
  return { x: left + lean * (1 - y) + 30 + x * (width - 60), y: top + 22 + y * (height - 44) };
}

function sheet({ left, top, width, height, lean }: Sheet): SvgElement {
  const corners = [
    [left + lean, top],
    [left + lean + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
  const points = corners.map((corner) => corner.map(svgNumber).join(',')).join(' ');
  return element('polygon', {
    points,
    fill: '#56B4E9',
    'fill-opacity': 0.12,
    stroke: FAINT,
    'stroke-width': 1.5,
  });
}

function lines(
  pairs: readonly (readonly [number, number])[],
  places: readonly LayerPoint[],
  look: SvgElement['attributes'],
): SvgElement[] {
  return pairs.flatMap(([a, b]) => {
    const [from, to] = [places[a], places[b]];
    return from === undefined || to === undefined
      ? []
      : [element('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...look })];
  });
}

/** A way over several places, shifted down so that two of them over the same line can be told apart. */
function way(
  stops: readonly number[],
  places: readonly LayerPoint[],
  look: SvgElement['attributes'],
  shift: number,
): SvgElement {
  const points = stops.flatMap((stop) => {
    const place = places[stop];
    return place === undefined ? [] : [`${svgNumber(place.x)},${svgNumber(place.y + shift)}`];
  });
  return element('polyline', { points: points.join(' '), fill: 'none', 'stroke-linejoin': 'round', ...look });
}

function drop(from: LayerPoint | undefined, to: LayerPoint | undefined): SvgElement {
  const [a, b] = [from ?? { x: 0, y: 0 }, to ?? { x: 0, y: 0 }];
  return element('line', {
    x1: a.x,
    y1: a.y,
    x2: b.x,
    y2: b.y - 9,
    stroke: MUTED,
    'stroke-width': 1.2,
    'stroke-dasharray': '2 5',
  });
}

function peerMark(place: LayerPoint | undefined, id: string): SvgElement[] {
  if (place === undefined) return [];
  const { x, y } = place;
  return [
    element('circle', { cx: x, cy: y, r: 17, fill: OKABE_ITO.blue, stroke: 'white', 'stroke-width': 1.5 }),
    element(
      'text',
      { x, y: y + 6, 'font-size': 17, 'font-weight': 'bold', 'text-anchor': 'middle', fill: 'white' },
      [id],
    ),
  ];
}

function legend(): SvgElement[] {
  const y = SLIDE.height - 42;
  const stroke = (x: number, look: SvgElement['attributes']): SvgElement =>
    element('line', { x1: x, y1: y, x2: x + 44, y2: y, ...look });
  return [
    stroke(190, { stroke: OKABE_ITO.vermillion, 'stroke-width': 4 }),
    writing(244, y + 6, 'a message over the overlay, and its way in the network', { size: 17 }),
    stroke(760, { stroke: OKABE_ITO.black, 'stroke-width': 3, 'stroke-dasharray': '7 5' }),
    writing(814, y + 6, 'the direct way', { size: 17 }),
    element('line', {
      x1: 990,
      y1: y,
      x2: 1034,
      y2: y,
      stroke: MUTED,
      'stroke-width': 1.2,
      'stroke-dasharray': '2 5',
    }),
    writing(1044, y + 6, 'where a peer is', { size: 17 }),
  ];
}
