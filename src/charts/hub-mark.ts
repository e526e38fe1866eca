import { OKABE_ITO } from './figure-style.ts';
import { element, svgNumber, type SvgElement } from './svg.ts';

/** How superpeers and hubs look in every figure: a diamond with an outline. */
export function hubMark(
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
  outline: number,
  children: readonly SvgElement[] = [],
): SvgElement {
  const corners = [
    [x, y - radius],
    [x + radius, y],
    [x, y + radius],
    [x - radius, y],
  ];
  const points = corners.map((corner) => corner.map(svgNumber).join(',')).join(' ');
  const look = { fill: OKABE_ITO.orange, stroke: OKABE_ITO.black, 'stroke-width': outline };
  return element('polygon', { points, ...look }, children);
}
