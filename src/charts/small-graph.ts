import type { Box } from './component-packing.ts';
import { MUTED, OKABE_ITO } from './figure-style.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';

/** A graph of some twenty peers, as an emblem. */
export interface SmallGraph {
  readonly peers: readonly { readonly x: number; readonly y: number; readonly kind: SmallPeerKind }[];
  /** As pairs of places in the list of peers. `aside`: beside the overlay, as a transfer. */
  readonly links: readonly { readonly ends: readonly [number, number]; readonly aside: boolean }[];
}

export type SmallPeerKind = 'peer' | 'superpeer' | 'server';

/** Peers in a circle, superpeers as diamonds, servers as squares. It fills the box, with its proportions. */
export function drawSmallGraph({ peers, links }: SmallGraph, box: Box): SvgElement {
  const side = Math.min(box.width, box.height);
  const [left, top] = [box.x + (box.width - side) / 2, box.y + (box.height - side) / 2];
  const xs = peers.map(({ x }) => x);
  const ys = peers.map(({ y }) => y);
  const [lowX, lowY] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - lowX, Math.max(...ys) - lowY, 1e-9);
  const places = peers.map(({ x, y }) => ({
    x: left + ((x - lowX + (span - (Math.max(...xs) - lowX)) / 2) / span) * side,
    y: top + ((y - lowY + (span - (Math.max(...ys) - lowY)) / 2) / span) * side,
  }));
  const lines = links.flatMap(({ ends: [a, b], aside }) => {
    const [from, to] = [places[a], places[b]];
    if (from === undefined || to === undefined) return [];
    const dash = aside ? '3 6' : undefined;
    return [
      element('line', {
        x1: from.x,
        y1: from.y,
        x2: to.x,
        y2: to.y,
        stroke: aside ? OKABE_ITO.vermillion : MUTED,
        'stroke-width': aside ? 3 : 1.8,
        'stroke-dasharray': dash,
        'stroke-linecap': 'round',
      }),
    ];
  });
  const marks = peers.flatMap(({ kind }, k) => {
    const place = places[k];
    return place === undefined ? [] : [mark(place, kind)];
  });
  return element('g', {}, [element('g', {}, lines), element('g', {}, marks)]);
}

function mark({ x, y }: { readonly x: number; readonly y: number }, kind: SmallPeerKind): SvgElement {
  const outline = { stroke: OKABE_ITO.black, 'stroke-width': 2 };
  switch (kind) {
    case 'peer':
      return element('circle', { cx: x, cy: y, r: 7.5, fill: OKABE_ITO.blue, stroke: 'white' });
    case 'superpeer': {
      const points = [
        [x, y - 12],
        [x + 12, y],
        [x, y + 12],
        [x - 12, y],
      ];
      const text = points.map((point) => point.map(svgNumber).join(',')).join(' ');
      return element('polygon', { points: text, fill: OKABE_ITO.orange, ...outline });
    }
    case 'server':
      return element('rect', {
        x: x - 13,
        y: y - 13,
        width: 26,
        height: 26,
        rx: 3,
        fill: OKABE_ITO.green,
        ...outline,
      });
  }
}
