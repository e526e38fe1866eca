import { packRows, type Box, type Size } from './component-packing.ts';
import { spreadMarks, type Mark } from './spread-marks.ts';

/** A peer to be drawn. */
export interface GraphPeer {
  readonly id: string;
  /** Where it stands in its component, in mean link lengths. */
  readonly x: number;
  readonly y: number;
  readonly degree: number;
  readonly isHub: boolean;
}

/** Peers that hang together, and their links as pairs of places in `peers`. */
export interface GraphComponent {
  readonly peers: readonly GraphPeer[];
  readonly links: readonly (readonly [number, number])[];
}

/** A component on the page: one mark for each of its peers, in the same order. */
export interface PlacedComponent extends GraphComponent {
  readonly marks: readonly Mark[];
}

export interface PlacedGraph {
  readonly page: Size;
  readonly major: PlacedComponent;
  readonly majorBox: Box;
  readonly separate: readonly PlacedComponent[];
  /** Undefined where the graph is one piece. */
  readonly separateBox: Box | undefined;
}

/** A slide of 16:9, in pixels. */
const PAGE: Size = { width: 1280, height: 720 };
const MARGIN = 24;
/** Rows of the page for the title, for the legend, and in each box for its label. */
const TITLE_HEIGHT = 104;
const LEGEND_HEIGHT = 64;
const LABEL_HEIGHT = 80;
const SEPARATE_WIDTH = 330;
const PADDING = 22;
/** Pixels that the rims of two marks stay apart. */
const GAP = 3;
/** A layout has no true proportions: it may be stretched along one side so far, to fill its box. */
const MOST_STRETCH = 1.6;
/** The length of a link in separate components: what fits, from the first to the last of these. */
const LINK_LENGTHS = [80, 70, 62, 55, 48, 44, 40, 36, 32, 28, 25, 22, 19, 16, 13, 10];
/** Room between them, in link lengths. */
const ROOM = 0.55;

/**
 * The first component, the major one, fills the page; the others stand in rows at its right. In both, no two marks
 * overlap as long as there is room. O(n²).
 */
export function placeGraph([major, ...separate]: readonly [
  GraphComponent,
  ...GraphComponent[],
]): PlacedGraph {
  const height = PAGE.height - TITLE_HEIGHT - LEGEND_HEIGHT;
  const side = separate.length === 0 ? 0 : SEPARATE_WIDTH + MARGIN;
  const majorBox = { x: MARGIN, y: TITLE_HEIGHT, width: PAGE.width - 2 * MARGIN - side, height };
  const separateBox = { ...majorBox, x: PAGE.width - MARGIN - SEPARATE_WIDTH, width: SEPARATE_WIDTH };
  return {
    page: PAGE,
    majorBox,
    major: { ...major, marks: fillBox(major, inside(majorBox)) },
    separateBox: separate.length === 0 ? undefined : separateBox,
    separate: inRows(separate, inside(separateBox)),
  };
}

/** The radius of a peer's mark: its area grows with the degree, and hubs stand out. */
export function markRadius({ degree, isHub }: Pick<GraphPeer, 'degree' | 'isHub'>): number {
  return isHub ? 13 : 2.8 + 1.7 * Math.sqrt(degree);
}

function inside({ x, y, width, height }: Box): Box {
  return {
    x: x + PADDING,
    y: y + LABEL_HEIGHT,
    width: width - 2 * PADDING,
    height: height - LABEL_HEIGHT - PADDING,
  };
}

/** Marks for the peers of a component that fill a box, apart from each other as far as there is room. O(n²). */
export function fillBox(component: GraphComponent, box: Box): Mark[] {
  const { x, y, width, height } = extent(component.peers);
  const across = width > 0 ? box.width / width : Infinity;
  const down = height > 0 ? box.height / height : Infinity;
  const least = Number.isFinite(Math.min(across, down)) ? Math.min(across, down) : 1;
  const scaleX = Math.min(across, MOST_STRETCH * least);
  const scaleY = Math.min(down, MOST_STRETCH * least);
  const marks = component.peers.map((peer) => ({
    x: box.x + box.width / 2 + (peer.x - x - width / 2) * scaleX,
    y: box.y + box.height / 2 + (peer.y - y - height / 2) * scaleY,
    radius: markRadius(peer),
  }));
  return spreadMarks(marks, GAP).map((mark) => ({
    ...mark,
    x: Math.min(Math.max(mark.x, box.x), box.x + box.width),
    y: Math.min(Math.max(mark.y, box.y), box.y + box.height),
  }));
}

function inRows(components: readonly GraphComponent[], box: Box): PlacedComponent[] {
  for (const length of LINK_LENGTHS) {
    const drawn = components.map((component) => atOrigin(component, length));
    const { boxes, height } = packRows(
      drawn.map(({ size }) => size),
      box.width,
      ROOM * length,
    );
    if (height > box.height && length !== LINK_LENGTHS.at(-1)) continue;
    return drawn.map(({ component, marks }, i) => {
      const { x, y } = boxes[i] ?? { x: 0, y: 0 };
      return {
        ...component,
        marks: marks.map((mark) => ({ ...mark, x: mark.x + box.x + x, y: mark.y + box.y + y })),
      };
    });
  }
  return [];
}

/** A component with links of this length, its marks in the upper left corner of the page. */
function atOrigin(
  component: GraphComponent,
  length: number,
): { component: GraphComponent; marks: readonly Mark[]; size: Size } {
  const marks = spreadMarks(
    component.peers.map((peer) => ({ x: peer.x * length, y: peer.y * length, radius: markRadius(peer) })),
    GAP,
  );
  const { x, y, width, height } = extent(marks);
  return {
    component,
    marks: marks.map((mark) => ({ ...mark, x: mark.x - x, y: mark.y - y })),
    size: { width, height },
  };
}

/** The box around points, and around their radii where they have any. */
function extent(points: readonly { x: number; y: number; radius?: number }[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, radius = 0 } of points) {
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius);
    bottom = Math.max(bottom, y + radius);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
