import type { Box } from './component-packing.ts';
import { FAINT, OKABE_ITO } from './figure-style.ts';
import type { GraphComponent } from './graph-placement.ts';
import { pathInGraph } from './path-in-graph.ts';
import { PATH_COLOUR } from './path-marks.ts';
import { pathOnMap, type MapOverlay } from './path-on-map.ts';
import { hubMark } from './hub-mark.ts';
import { slide, SLIDE } from './slide.ts';
import { element, type SvgElement } from './svg.ts';
import { writing } from './svg-text.ts';

/** An overlay twice: as an abstract graph, and on the map, with the same ids and the same path in both. */
export interface PathViews {
  readonly graph: GraphComponent;
  /** Places in the peers of `graph`. */
  readonly graphPath: readonly number[];
  readonly map: MapOverlay;
  readonly title: string;
  readonly subtitle: string;
  readonly graphLabel: string;
  readonly mapLabel: string;
  /** Lines below the map: the path hop by hop. */
  readonly stops: readonly string[];
  readonly hasHubs: boolean;
  /** For those who can not see it. */
  readonly description: string;
}

const MARGIN = 24;
const TOP = 104;
const PANEL_HEIGHT = 548;
const GRAPH_WIDTH = 500;
const MAP_WIDTH = SLIDE.width - 3 * MARGIN - GRAPH_WIDTH;
const MAP_HEIGHT = 350;
const STOP_SIZE = 15;
/** The mean width of a character in the fonts of figures, in font sizes. */
const CHARACTER_WIDTH = 0.6;
/** Rows of stops in each of two columns below the map. */
const STOP_ROWS = 6;

/** Both views on a slide of 16:9, as an SVG file. */
export function drawPathViews(views: PathViews): string {
  const graphBox = { x: MARGIN, y: TOP, width: GRAPH_WIDTH, height: PANEL_HEIGHT };
  const mapBox = { x: 2 * MARGIN + GRAPH_WIDTH, y: TOP, width: MAP_WIDTH, height: PANEL_HEIGHT };
  return page(views, [
    ...graphPanel(views, graphBox),
    ...panel(mapBox, views.mapLabel),
    ...pathOnMap(
      { x: mapBox.x + 8, y: mapBox.y + 44, width: mapBox.width - 16, height: MAP_HEIGHT },
      views.map,
    ),
    ...stopList(views.stops, { x: mapBox.x, y: mapBox.y + 44 + MAP_HEIGHT, width: mapBox.width }),
    ...legend(views.hasHubs),
  ]);
}

/** The abstract graph alone, on a slide of its own. */
export function drawGraphView(views: PathViews): string {
  const box = { x: MARGIN, y: TOP, width: SLIDE.width - 2 * MARGIN, height: PANEL_HEIGHT };
  return page(views, [...graphPanel(views, box), ...legend(views.hasHubs, false)]);
}

/** The map alone, the path hop by hop beside it. */
export function drawMapView(views: PathViews): string {
  const box = { x: MARGIN, y: TOP, width: SLIDE.width - 2 * MARGIN, height: PANEL_HEIGHT };
  const side = 276;
  return page(views, [
    ...panel(box, views.mapLabel),
    ...pathOnMap(
      { x: box.x + 8, y: box.y + 40, width: box.width - side - 16, height: box.height - 52 },
      views.map,
    ),
    ...stopList(views.stops, { x: box.x + box.width - side, y: box.y + 60, width: 2 * side }, 2 * STOP_ROWS),
    ...legend(views.hasHubs),
  ]);
}

function page(views: PathViews, children: readonly SvgElement[]): string {
  return slide(views, MARGIN, [...children], titleSize(views.title));
}

function graphPanel({ graphLabel, graph, graphPath, map }: PathViews, box: Box): SvgElement[] {
  return [...panel(box, graphLabel), ...pathInGraph(inside(box, 30), graph, graphPath, map.labels)];
}

/** As large as the page has room for. */
function titleSize(title: string): number {
  return Math.min(28, (SLIDE.width - 2 * MARGIN) / (title.length * CHARACTER_WIDTH));
}

function panel(box: Box, label: string): SvgElement[] {
  return [
    element('rect', { ...box, rx: 10, fill: 'none', stroke: FAINT, 'stroke-width': 1.5 }),
    writing(box.x + 16, box.y + 28, label, { size: 18, weight: 'bold' }),
  ];
}

function inside({ x, y, width, height }: Box, padding: number): Box {
  return { x: x + padding, y: y + 50, width: width - 2 * padding, height: height - 50 - padding };
}

/** In two columns, each of so many rows. */
function stopList(
  stops: readonly string[],
  { x, y, width }: Omit<Box, 'height'>,
  rows = STOP_ROWS,
): SvgElement[] {
  const most = 2 * STOP_ROWS;
  const shown =
    stops.length <= most
      ? stops
      : [...stops.slice(0, most - 2), `… ${stops.length - most + 1} more`, ...stops.slice(-1)];
  return shown.map((stop, k) =>
    writing(x + 20 + Math.floor(k / rows) * (width / 2), y + 24 + (k % rows) * (STOP_SIZE + 7), stop, {
      size: STOP_SIZE,
    }),
  );
}

function legend(hasHubs: boolean, hasMap = true): SvgElement[] {
  const y = SLIDE.height - 38;
  const entries: [width: number, mark: (x: number) => SvgElement, text: string][] = [
    [84, (x) => element('circle', { cx: x + 10, cy: y, r: 6, fill: OKABE_ITO.blue }), 'Peer'],
    ...(hasHubs
      ? [
          [136, (x: number) => hubMark({ x: x + 10, y, radius: 8 }, 1.5), 'Superpeer'] as [
            number,
            (x: number) => SvgElement,
            string,
          ],
        ]
      : []),
    [280, (x) => stroke(x, y, { stroke: PATH_COLOUR, 'stroke-width': 3.2 }), 'Path through the overlay'],
    ...(hasMap
      ? [
          [
            300,
            (x: number) =>
              stroke(x, y, { stroke: OKABE_ITO.black, 'stroke-width': 2, 'stroke-dasharray': '7 5' }),
            'Great circle, end to end',
          ] as [number, (x: number) => SvgElement, string],
        ]
      : []),
  ];
  let left = MARGIN + 8;
  return entries.flatMap(([width, mark, text]) => {
    const x = left;
    left += width;
    const isLine = text.includes(' ');
    return [mark(x), writing(x + (isLine ? 46 : 26), y + 6, text, { size: 16 })];
  });
}

function stroke(x: number, y: number, look: SvgElement['attributes']): SvgElement {
  return element('line', { x1: x, y1: y, x2: x + 38, y2: y, ...look });
}
