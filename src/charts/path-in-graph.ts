import type { Box } from './component-packing.ts';
import { OKABE_ITO } from './figure-style.ts';
import { fillBox, type GraphComponent } from './graph-placement.ts';
import { pathLine, pathStops, straightLine } from './path-marks.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';

/** Marks of such views are smaller than those of a graph that has the page for itself. */
const SHRINK = 0.62;

/**
 * A component as an abstract graph, with a path highlighted. Peers are circles, larger with more links, hubs diamonds.
 * @param path places in the component's peers, from the source to the target.
 * @param labels what is written at each of them; their ids where nothing is said.
 */
export function pathInGraph(
  box: Box,
  component: GraphComponent,
  path: readonly number[],
  labels?: readonly string[],
): SvgElement[] {
  const marks = fillBox(component, box);
  const spots = path.flatMap((place) => marks[place] ?? []);
  return [
    element(
      'g',
      { stroke: '#8C8C8C', 'stroke-width': 0.9, 'stroke-opacity': 0.7 },
      component.links.flatMap(([from, to]) => {
        const [a, b] = [marks[from], marks[to]];
        return a === undefined || b === undefined
          ? []
          : [element('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y })];
      }),
    ),
    element(
      'g',
      {},
      component.peers.flatMap(({ id, degree, isHub }, place) => {
        const mark = marks[place];
        if (mark === undefined) return [];
        const title = element('title', {}, [`${isHub ? 'superpeer' : 'peer'} ${id}, degree ${degree}`]);
        const { x, y } = mark;
        const radius = mark.radius * SHRINK;
        if (!isHub)
          return [
            element('circle', { cx: x, cy: y, r: radius, fill: OKABE_ITO.blue, stroke: 'white' }, [title]),
          ];
        const corners = [
          [x, y - radius],
          [x + radius, y],
          [x, y + radius],
          [x - radius, y],
        ];
        const points = corners.map((corner) => corner.map(svgNumber).join(',')).join(' ');
        const look = { fill: OKABE_ITO.orange, stroke: OKABE_ITO.black, 'stroke-width': 1.5 };
        return [element('polygon', { points, ...look }, [title])];
      }),
    ),
    ...pathLine(straightLine(spots)),
    ...pathStops(spots, labels ?? path.flatMap((place) => component.peers[place]?.id ?? [])),
  ];
}
