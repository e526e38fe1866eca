import type { Box } from './component-packing.ts';
import { FAINT, FONT, MUTED, OKABE_ITO } from './figure-style.ts';
import type { GraphComponent } from './graph-placement.ts';
import { pathInGraph } from './path-in-graph.ts';
import { PATH_COLOUR } from './path-marks.ts';
import { pathOnMap, type MapOverlay } from './path-on-map.ts';
import { element, svgDocument, type SvgElement } from './svg.ts';

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

const PAGE = { width: 1280, height: 720 };
const MARGIN = 24;
const TOP = 104;
const PANEL_HEIGHT = 548;
const GRAPH_WIDTH = 500;
const MAP_WIDTH = PAGE.width - 3 * MARGIN - GRAPH_WIDTH;
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
  return svgDocument({
    ...PAGE,
    title: views.title,
    description: views.description,
    children: [
      element('rect', { ...PAGE, fill: 'white' }),
      element('g', { 'font-family': FONT, fill: OKABE_ITO.black }, [
        writing(MARGIN, 46, views.title, { size: titleSize(views.title), weight: 'bold' }),
        writing(MARGIN, 80, views.subtitle, { size: 18, fill: MUTED }),
        ...panel(graphBox, views.graphLabel),
        ...pathInGraph(inside(graphBox, 30), views.graph, views.graphPath, views.map.labels),
        ...panel(mapBox, views.mapLabel),
        ...pathOnMap(
          { x: mapBox.x + 8, y: mapBox.y + 44, width: mapBox.width - 16, height: MAP_HEIGHT },
          views.map,
        ),
        ...stopList(views.stops, mapBox),
        ...legend(views.hasHubs),
      ]),
    ],
  });
}

/** As large as the page has room for. */
function titleSize(title: string): number {
  return Math.min(28, (PAGE.width - 2 * MARGIN) / (title.length * CHARACTER_WIDTH));
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

function stopList(stops: readonly string[], { x, y, width }: Box): SvgElement[] {
  const most = 2 * STOP_ROWS;
  const shown =
    stops.length <= most
      ? stops
      : [...stops.slice(0, most - 2), `… ${stops.length - most + 1} more`, ...stops.slice(-1)];
  const top = y + 44 + MAP_HEIGHT + 24;
  return shown.map((stop, k) =>
    writing(x + 20 + Math.floor(k / STOP_ROWS) * (width / 2), top + (k % STOP_ROWS) * (STOP_SIZE + 7), stop, {
      size: STOP_SIZE,
    }),
  );
}

function legend(hasHubs: boolean): SvgElement[] {
  const y = PAGE.height - 38;
  const entries: [width: number, mark: (x: number) => SvgElement, text: string][] = [
    [84, (x) => element('circle', { cx: x + 10, cy: y, r: 6, fill: OKABE_ITO.blue }), 'Peer'],
    ...(hasHubs
      ? [
          [
            136,
            (x: number) =>
              element('polygon', {
                points: `${x + 10},${y - 8} ${x + 18},${y} ${x + 10},${y + 8} ${x + 2},${y}`,
                fill: OKABE_ITO.orange,
                stroke: OKABE_ITO.black,
                'stroke-width': 1.5,
              }),
            'Superpeer',
          ] as [number, (x: number) => SvgElement, string],
        ]
      : []),
    [280, (x) => stroke(x, y, { stroke: PATH_COLOUR, 'stroke-width': 3.2 }), 'Path through the overlay'],
    [
      300,
      (x) => stroke(x, y, { stroke: OKABE_ITO.black, 'stroke-width': 2, 'stroke-dasharray': '7 5' }),
      'Great circle, end to end',
    ],
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

function writing(
  x: number,
  y: number,
  text: string,
  style: { readonly size: number; readonly weight?: string; readonly fill?: string },
): SvgElement {
  return element('text', { x, y, 'font-size': style.size, 'font-weight': style.weight, fill: style.fill }, [
    text,
  ]);
}
