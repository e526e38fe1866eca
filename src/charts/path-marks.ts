import { OKABE_ITO } from './figure-style.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';

// What a highlighted path looks like, alike in all views of an overlay.

export const PATH_COLOUR = OKABE_ITO.vermillion;
const CASING = 'white';
const LABEL_SIZE = 14;
/** The mean width of a character in the fonts of figures, in font sizes. */
const CHARACTER_WIDTH = 0.6;

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A line as path data, on a white casing that parts it from what lies below. */
export function pathLine(d: string): SvgElement[] {
  const line = { d, fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
  return [
    element('path', { ...line, stroke: CASING, 'stroke-width': 6.5, 'stroke-opacity': 0.85 }),
    element('path', { ...line, stroke: PATH_COLOUR, 'stroke-width': 3.2 }),
  ];
}

/** Straight lines from spot to spot, as path data. */
export function straightLine(spots: readonly Spot[]): string {
  return spots.map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${svgNumber(x)},${svgNumber(y)}`).join('');
}

/** The peers of a path: filled discs, its two ends larger and with a black rim, each with its id. */
export function pathStops(spots: readonly (Spot | undefined)[], ids: readonly string[]): SvgElement[] {
  const taken: Rectangle[] = spots.flatMap((spot) => (spot === undefined ? [] : [around(spot, END_RADIUS)]));
  const labels: SvgElement[] = [];
  const discs: SvgElement[] = [];
  spots.forEach((spot, k) => {
    const id = ids[k];
    if (spot === undefined || id === undefined) return;
    const isEnd = k === 0 || k === spots.length - 1;
    discs.push(
      element(
        'circle',
        {
          cx: spot.x,
          cy: spot.y,
          r: isEnd ? END_RADIUS : 5,
          fill: isEnd ? OKABE_ITO.yellow : PATH_COLOUR,
          stroke: isEnd ? OKABE_ITO.black : 'white',
          'stroke-width': isEnd ? 2.5 : 1.5,
        },
        [element('title', {}, [`peer ${id}`])],
      ),
    );
    labels.push(label(spot, id, isEnd, taken));
  });
  return [...discs, ...labels];
}

const END_RADIUS = 8;

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Places of a label around its spot, the best one first: where its left end and its base line are, in sizes of the label. */
const OFFSETS = [
  [0, -12],
  [0, 24],
  [1, 5],
  [-1, 5],
  [1, -12],
  [-1, -12],
  [1, 24],
  [-1, 24],
] as const;

/** Beside its spot, where no other label and no stop is, as far as there is such a place; with a white rim, so that it reads on lines. */
function label(spot: Spot, text: string, isEnd: boolean, taken: Rectangle[]): SvgElement {
  const size = isEnd ? LABEL_SIZE + 3 : LABEL_SIZE;
  const width = text.length * size * CHARACTER_WIDTH;
  const candidates = OFFSETS.map(([side, down]) => {
    const left = spot.x - width / 2 + side * (width / 2 + 12);
    const base = spot.y + down;
    return { left, base, area: { left, right: left + width, top: base - size, bottom: base + 3 } };
  });
  const free = candidates.find(({ area }) => !taken.some((other) => overlap(area, other)));
  const chosen = free ?? candidates[0];
  if (chosen === undefined) throw new RangeError('A label has places to stand.');
  taken.push(chosen.area);
  return element(
    'text',
    {
      x: chosen.left + width / 2,
      y: chosen.base,
      'text-anchor': 'middle',
      'font-size': size,
      'font-weight': 'bold',
      fill: OKABE_ITO.black,
      stroke: CASING,
      'stroke-width': 4,
      'stroke-linejoin': 'round',
      'paint-order': 'stroke',
    },
    [text],
  );
}

function around({ x, y }: Spot, radius: number): Rectangle {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
