import type { Box } from './component-packing.ts';
import { FAINT, FONT, MUTED, OKABE_ITO } from './figure-style.ts';
import type { GraphPeer, PlacedComponent, PlacedGraph } from './graph-placement.ts';
import type { Mark } from './spread-marks.ts';
import { hubMark } from './hub-mark.ts';
import { element, svgDocument, type SvgElement } from './svg.ts';
import { writing } from './svg-text.ts';

/** What is written on a drawing of a graph. */
export interface GraphWords {
  readonly title: string;
  readonly subtitle: string;
  /** For those who can not see it. */
  readonly description: string;
  /** A label for each box, and what stands below it. */
  readonly major: readonly [label: string, below: string];
  readonly separate: readonly [label: string, below: string];
  /** What the legend calls a hub; undefined where the model has none. */
  readonly hub: string | undefined;
}

type Look = 'major' | 'separate' | 'hub';

const LEGEND_SIZE = 17;
/** The mean width of a character in the fonts of figures, in font sizes. */
const CHARACTER_WIDTH = 0.6;

/**
 * A graph as an SVG file: links below, peers above them, each with its id and degree on hovering. Peers of the major
 * component are filled circles, those of separate ones hollow squares, hubs diamonds with a thick outline.
 */
export function drawGraph(graph: PlacedGraph, words: GraphWords): string {
  const { page, majorBox, separateBox } = graph;
  return svgDocument({
    ...page,
    title: words.title,
    description: words.description,
    children: [
      element('rect', { ...page, fill: 'white' }),
      element('g', { 'font-family': FONT, fill: OKABE_ITO.black }, [
        writing(majorBox.x, 48, words.title, { size: 30, weight: 'bold' }),
        writing(majorBox.x, 82, words.subtitle, { size: 19, fill: MUTED }),
        ...panel(majorBox, words.major, [graph.major], 'major'),
        ...(separateBox === undefined ? [] : panel(separateBox, words.separate, graph.separate, 'separate')),
        ...legend(majorBox, words, separateBox !== undefined),
      ]),
    ],
  });
}

function panel(
  box: Box,
  [label, below]: readonly [string, string],
  components: readonly PlacedComponent[],
  look: Look,
): SvgElement[] {
  return [
    element('rect', { ...box, rx: 10, fill: 'none', stroke: FAINT, 'stroke-width': 1.5 }),
    writing(box.x + 18, box.y + 31, label, { size: 21, weight: 'bold' }),
    writing(box.x + 18, box.y + 54, below, { size: 16, fill: MUTED }),
    ...components.map((component) => drawComponent(component, look)),
  ];
}

function drawComponent({ peers, links, marks }: PlacedComponent, look: Look): SvgElement {
  const lines = links.flatMap(([from, to]) => {
    const [a, b] = [marks[from], marks[to]];
    return a === undefined || b === undefined
      ? []
      : [element('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y })];
  });
  const drawn = peers.flatMap((peer, i) => {
    const mark = marks[i];
    return mark === undefined ? [] : [shape(mark, peer.isHub ? 'hub' : look, [hoverText(peer)])];
  });
  return element('g', {}, [
    element('g', { stroke: '#8C8C8C', 'stroke-width': 1.4 }, lines),
    element('g', {}, drawn),
  ]);
}

function hoverText({ id, degree, isHub }: GraphPeer): SvgElement {
  return element('title', {}, [`${isHub ? 'superpeer' : 'peer'} ${id}, degree ${degree}`]);
}

function shape({ x, y, radius }: Mark, look: Look, children: readonly SvgElement[] = []): SvgElement {
  switch (look) {
    case 'major':
      return element('circle', { cx: x, cy: y, r: radius, fill: OKABE_ITO.blue, stroke: 'white' }, children);
    case 'separate': {
      // A square of about the circle's area.
      const side = 1.8 * radius;
      const place = { x: x - side / 2, y: y - side / 2, width: side, height: side };
      return element(
        'rect',
        { ...place, fill: 'white', stroke: OKABE_ITO.vermillion, 'stroke-width': 2.5 },
        children,
      );
    }
    case 'hub':
      return hubMark({ x, y, radius }, 2.5, children);
  }
}

function legend({ x, y, height }: Box, words: GraphWords, isSplit: boolean): SvgElement[] {
  const entries: { look: Look; radius: number; text: string }[] = [
    { look: 'major', radius: 8, text: 'Peer (larger: more links)' },
    ...(isSplit ? [{ look: 'separate' as const, radius: 8, text: 'Peer of a separate sub network' }] : []),
    ...(words.hub === undefined ? [] : [{ look: 'hub' as const, radius: 13, text: words.hub }]),
  ];
  const middle = y + height + 34;
  let left = x + 14;
  return entries.flatMap(({ look, radius, text }) => {
    const at = left;
    left += 24 + text.length * LEGEND_SIZE * CHARACTER_WIDTH + 34;
    return [
      shape({ x: at, y: middle, radius }, look),
      writing(at + 22, middle + 6, text, { size: LEGEND_SIZE }),
    ];
  });
}
