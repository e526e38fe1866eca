import { FAINT, FONT, OKABE_ITO } from '../../charts/figure-style.ts';
import { element, svgDocument, type SvgElement } from '../../charts/svg.ts';
import type { Positions } from '../../topology/layout.ts';
import type { ViewGraph } from './view-graph.ts';

const WIDTH = 1200;
const HEIGHT = 800;
const MARGIN = 30;
/** An SVG of more elements is slow to draw and to scroll past. */
const MOST_PEERS = 3_000;
const MOST_LINKS = 12_000;

const COLOURS = [FAINT, OKABE_ITO.blue, OKABE_ITO.orange];

/**
 * The overlay as a still picture, for a browser that cannot draw the moving one: the peers of most links, and the links between
 * them. O(n log n + links).
 */
export function stillPicture(graph: ViewGraph, { x, y }: Positions): string {
  const order = Array.from(graph.ids.keys()).sort((a, b) => graph.degrees[b]! - graph.degrees[a]! || a - b);
  const drawn = order.slice(0, MOST_PEERS);
  const isDrawn = new Uint8Array(graph.ids.length);
  for (const peer of drawn) isDrawn[peer] = 1;
  const at = fitted(drawn, { x, y });
  const links: string[] = [];
  for (let k = 0; k < graph.sources.length && links.length < MOST_LINKS; k++) {
    const [a, b] = [graph.sources[k]!, graph.targets[k]!];
    if (isDrawn[a] === 0 || isDrawn[b] === 0) continue;
    const [from, to] = [at(a), at(b)];
    links.push(`M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`);
  }
  const circles = drawn.map((peer): SvgElement => {
    const { x: cx, y: cy } = at(peer);
    const r = Math.min(9, 1.5 + 0.6 * Math.sqrt(graph.degrees[peer]!));
    return element('circle', { cx, cy, r, fill: COLOURS[graph.roleOf[peer]!] });
  });
  const total = graph.total ?? { peers: graph.ids.length, links: graph.sources.length };
  const told = `${drawn.length.toLocaleString('en-US')} of ${total.peers.toLocaleString('en-US')} peers (those of most links), ${links.length.toLocaleString('en-US')} of ${total.links.toLocaleString('en-US')} links`;
  return svgDocument({
    width: WIDTH,
    height: HEIGHT,
    title: graph.name,
    description: told,
    children: [
      element('rect', { width: WIDTH, height: HEIGHT, fill: '#FFFFFF' }),
      element('path', { d: links.join(''), stroke: '#888888', 'stroke-opacity': 0.25, fill: 'none' }),
      ...circles.reverse(),
      element('text', { x: MARGIN, y: HEIGHT - 10, 'font-family': FONT, 'font-size': 13 }, [told]),
    ],
  });
}

function fitted(peers: readonly number[], { x, y }: Positions) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const peer of peers) {
    left = Math.min(left, x[peer]!);
    right = Math.max(right, x[peer]!);
    top = Math.min(top, y[peer]!);
    bottom = Math.max(bottom, y[peer]!);
  }
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(right - left, 1e-9),
    (HEIGHT - 2 * MARGIN) / Math.max(bottom - top, 1e-9),
  );
  return (peer: number) => ({
    x: WIDTH / 2 + scale * (x[peer]! - (left + right) / 2),
    y: HEIGHT / 2 + scale * (y[peer]! - (top + bottom) / 2),
  });
}
