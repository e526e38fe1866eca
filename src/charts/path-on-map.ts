import type { Box } from './component-packing.ts';
import { OKABE_ITO } from './figure-style.ts';
import { pathLine, pathStops } from './path-marks.ts';
import { element, type SvgElement } from './svg.ts';
import { worldMap, type MapPoint, type WorldMap } from './world-map.ts';

/** A peer on a map. */
export interface MapPeer extends MapPoint {
  readonly id: string;
  readonly isHub: boolean;
}

/** An overlay on a map, with one of its paths. */
export interface MapOverlay {
  readonly peers: readonly MapPeer[];
  /** Pairs of places in `peers`. */
  readonly links: readonly (readonly [number, number])[];
  /** Places in `peers`, from the source to the target; empty where no path is highlighted. */
  readonly path: readonly number[];
  /** What is written at each peer of the path; its id where nothing is said. */
  readonly labels?: readonly string[];
}

/** More links than that hide the map, and are left out. */
const MOST_LINKS = 3_000;

/**
 * An overlay on a map of the world: links as great circles, peers as dots, hubs as diamonds, the path highlighted, and as a dashed
 * line the great circle from its one end to the other. Of peers at the same pixel one is drawn. O(peers + links).
 */
export function pathOnMap(box: Box, { peers, links, path, labels }: MapOverlay): SvgElement[] {
  const map = worldMap(box);
  const stops = path.flatMap((place) => peers[place] ?? []);
  const [source, target] = [stops[0], stops.at(-1)];
  const direct = source === undefined || target === undefined ? [] : [source, target];
  return [
    ...map.ground,
    element(
      'g',
      { fill: 'none', stroke: '#8C8C8C', 'stroke-width': 0.7, 'stroke-opacity': 0.45 },
      links.length > MOST_LINKS
        ? []
        : links.flatMap(([from, to]) => {
            const [a, b] = [peers[from], peers[to]];
            return a === undefined || b === undefined ? [] : [element('path', { d: map.route([a, b]) })];
          }),
    ),
    element('g', {}, dots(map, peers)),
    ...(stops.length < 2
      ? []
      : [
          element('path', {
            d: map.route(direct),
            fill: 'none',
            stroke: OKABE_ITO.black,
            'stroke-width': 2,
            'stroke-dasharray': '7 5',
          }),
          ...pathLine(map.route(stops)),
        ]),
    ...pathStops(
      stops.map((stop) => map.at(stop)),
      labels ?? stops.map(({ id }) => id),
    ),
  ];
}

/** Hubs above the others. */
function dots(map: WorldMap, peers: readonly MapPeer[]): SvgElement[] {
  const drawn = new Set<string>();
  return [...peers]
    .sort((a, b) => Number(a.isHub) - Number(b.isHub))
    .flatMap((peer) => {
      const spot = map.at(peer);
      if (spot === undefined) return [];
      const pixel = `${Math.round(spot.x)} ${Math.round(spot.y)} ${peer.isHub}`;
      if (drawn.has(pixel)) return [];
      drawn.add(pixel);
      return [dot(spot, peer)];
    });
}

function dot({ x, y }: { readonly x: number; readonly y: number }, { id, isHub }: MapPeer): SvgElement {
  const title = element('title', {}, [`${isHub ? 'superpeer' : 'peer'} ${id}`]);
  if (!isHub) {
    return element(
      'circle',
      { cx: x, cy: y, r: 2.6, fill: OKABE_ITO.blue, stroke: 'white', 'stroke-width': 0.6 },
      [title],
    );
  }
  const side = 8;
  return element(
    'rect',
    {
      x: x - side / 2,
      y: y - side / 2,
      width: side,
      height: side,
      transform: `rotate(45 ${x.toFixed(2)} ${y.toFixed(2)})`,
      fill: OKABE_ITO.orange,
      stroke: OKABE_ITO.black,
      'stroke-width': 1.2,
    },
    [title],
  );
}
