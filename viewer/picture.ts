import { UndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import { peersProgram } from './peers-program.ts';
import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import { linksLayer } from './links-layer.ts';
import type { Look } from './look.ts';
import type { ViewState } from './view-state.ts';
import { shownText } from './shown-text.ts';

/** What each peer looks like now. */
export interface Marks {
  readonly visible: Uint8Array;
  readonly sizes: Float32Array;
  /** One colour for each peer. */
  readonly color: (peer: number) => string;
  /** 1 for each link that is there; all where undefined. */
  readonly links: Uint8Array | undefined;
}

/** What is drawn above everything else. */
export interface Emphasis {
  readonly peer: number | undefined;
  readonly neighbours: ArrayLike<number>;
  readonly path: readonly number[];
}

/** What is seen: pixels of the picture, from its upper left corner. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly at: (peer: number) => { readonly x: number; readonly y: number };
  readonly radius: (peer: number) => number;
}

/** The overlay as a graph that one can move about in. */
export interface Picture {
  place(positions: Float32Array): void;
  mark(marks: Marks): void;
  emphasise(emphasis: Emphasis): void;
  /** Draws another graph: one of the same overlay, which has changed. */
  replace(graph: ViewGraph, positions: Float32Array, marks: Marks): void;
  dress(look: Look): void;
  seen(): Seen;
  /** The picture as it is, on the ground of the page. */
  pixels(ground: string): HTMLCanvasElement;
  goTo(peer: number): void;
  move(right: number, down: number): void;
  zoom(factor: number): void;
  whole(): void;
  camera(): ViewState['camera'];
  setCamera(camera: NonNullable<ViewState['camera']>): void;
  /** After it was drawn anew: what is seen may be something else. */
  onMove(hear: () => void): void;
}

/** More links than these are not drawn while the picture moves: a machine without a graphics card would stutter. */
export const MANY_LINKS = 20_000;
/** Milliseconds after a move until they are drawn again. */
const LINKS_REST = 120;
/** Peers around a selected one whose names are written. */
const MOST_NAMES = 12;

const UNUSED_LAYERS = ['edges', 'edgeLabels', 'hovers', 'hoverNodes'];

export function drawPicture(
  container: HTMLElement,
  graph: ViewGraph,
  positions: Float32Array,
  marks: Marks,
  look: Look,
  press: (peer: number | undefined) => void,
): Picture {
  const isLarge = graph.sources.length > MANY_LINKS;
  const drawn = new UndirectedGraph();
  for (let peer = 0; peer < graph.ids.length; peer++) {
    drawn.addNode(peer, {
      x: positions[2 * peer]!,
      y: positions[2 * peer + 1]!,
      size: marks.sizes[peer]!,
      color: marks.color(peer),
      hidden: marks.visible[peer] === 0,
      label: shownText(graph.ids[peer]!),
    });
  }
  let rest: ReturnType<typeof setTimeout> | undefined;
  const sigma = new Sigma(drawn, container, {
    allowInvalidContainer: true,
    hideLabelsOnMove: isLarge,
    // A point for each: software renderers draw instances one by one.
    defaultNodeType: 'point',
    nodeProgramClasses: { point: peersProgram(() => isLarge && rest !== undefined) },
    labelColor: { color: look.ink },
    labelFont: 'system-ui, "DejaVu Sans", sans-serif',
    labelSize: 11,
    labelDensity: 0.5,
    labelRenderedSizeThreshold: 7,
    stagePadding: 24,
    defaultDrawNodeHover: () => undefined,
  });
  // Layers that stay empty would still be put on top of each other, which takes a software renderer longer than drawing.
  for (const layer of UNUSED_LAYERS) {
    const canvas = sigma.getCanvases()[layer];
    if (canvas !== undefined) canvas.style.display = 'none';
  }
  let emphasis: Emphasis = { peer: undefined, neighbours: [], path: [] };
  let hovered: number | undefined;
  const links = linksLayer(sigma.createCanvas('links', { beforeLayer: 'edges' }), graph);
  links.choose(graph, marks.visible, marks.links);
  links.color(look.link(graph.sources.length));
  let points = new Float32Array(2 * graph.ids.length);
  const placeLinks = (): void => {
    for (let peer = 0; peer < graph.ids.length; peer++) {
      const { x, y } = sigma.getNodeDisplayData(peer)!;
      points[2 * peer] = x;
      points[2 * peer + 1] = y;
    }
    links.place(points);
  };
  placeLinks();
  const drawLinks = (): void => {
    if (rest !== undefined) {
      links.clear();
      return;
    }
    const { matrix, width, height, pixelRatio } = sigma.getRenderParams();
    links.draw(matrix, width * pixelRatio, height * pixelRatio);
  };
  let worn = look;
  // It lies on top, and lets the mouse through.
  sigma.createCanvasContext('above', { style: { pointerEvents: 'none' } }).resize(true);
  const context = sigma.getCanvases()['above']!.getContext('2d')!;
  const at = (peer: number) => {
    const data = sigma.getNodeDisplayData(peer)!;
    return sigma.framedGraphToViewport(data);
  };
  const radius = (peer: number): number => sigma.scaleSize(marks.sizes[peer]);
  const drawAbove = (): void => {
    const { width, height } = sigma.getDimensions();
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    drawEmphasis(context, { at, radius, width, height }, { ...emphasis, hovered }, graph.ids, worn);
  };
  sigma.on('afterProcess', placeLinks);
  sigma.on('afterRender', () => {
    drawLinks();
    drawAbove();
  });
  sigma.on('clickNode', ({ node }) => {
    press(Number(node));
  });
  sigma.on('clickStage', () => {
    press(undefined);
  });
  sigma.on('enterNode', ({ node }) => {
    hovered = Number(node);
    drawAbove();
  });
  sigma.on('leaveNode', () => {
    hovered = undefined;
    drawAbove();
  });
  const camera = sigma.getCamera();
  camera.on('updated', () => {
    if (!isLarge) return;
    clearTimeout(rest);
    rest = setTimeout(() => {
      rest = undefined;
      sigma.scheduleRender();
    }, LINKS_REST);
  });
  const go = (state: Partial<ReturnType<typeof camera.getState>>): void => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches)
      camera.setState({ ...camera.getState(), ...state });
    else void camera.animate(state, { duration: 200 });
  };
  const mark = (next: Marks): void => {
    marks = next;
    drawn.updateEachNodeAttributes(
      (node, attributes) => {
        const peer = Number(node);
        attributes['size'] = next.sizes[peer]!;
        attributes['color'] = next.color(peer);
        attributes['hidden'] = next.visible[peer] === 0;
        return attributes;
      },
      { attributes: ['size', 'color', 'hidden'] },
    );
    links.choose(graph, next.visible, next.links);
    sigma.scheduleRefresh();
  };
  return {
    place: (moved) => {
      drawn.updateEachNodeAttributes(
        (node, attributes) => {
          attributes['x'] = moved[2 * Number(node)]!;
          attributes['y'] = moved[2 * Number(node) + 1]!;
          return attributes;
        },
        { attributes: ['x', 'y'] },
      );
    },
    mark,
    replace: (next, positions, nextMarks) => {
      graph = next;
      const size = next.ids.length;
      emphasis = { peer: undefined, neighbours: [], path: [] };
      hovered = hovered !== undefined && hovered < size ? hovered : undefined;
      if (points.length < 2 * size) points = new Float32Array(4 * size);
      for (let peer = drawn.order - 1; peer >= size; peer--) drawn.dropNode(peer);
      for (let peer = 0; peer < size; peer++) {
        const seat = {
          x: positions[2 * peer]!,
          y: positions[2 * peer + 1]!,
          label: shownText(next.ids[peer]!),
        };
        drawn.mergeNode(peer, seat);
      }
      links.color(worn.link(next.sources.length));
      // It repaints only what it has drawn before.
      sigma.refresh();
      mark(nextMarks);
    },
    emphasise: (next) => {
      emphasis = next;
      drawAbove();
    },
    dress: (next) => {
      worn = next;
      links.color(next.link(graph.sources.length));
      sigma.setSetting('labelColor', { color: next.ink });
    },
    seen: () => ({ ...sigma.getDimensions(), at, radius }),
    pixels: (ground) => {
      // WebGL keeps what it has drawn until the browser has shown it, so both happen in one go.
      sigma.refresh();
      const layers = sigma.getCanvases();
      const first = layers['nodes']!;
      const canvas = document.createElement('canvas');
      canvas.width = first.width;
      canvas.height = first.height;
      const paper = canvas.getContext('2d')!;
      paper.fillStyle = ground;
      paper.fillRect(0, 0, canvas.width, canvas.height);
      for (const layer of ['links', 'nodes', 'labels', 'above'])
        if (layers[layer] !== undefined) paper.drawImage(layers[layer], 0, 0, canvas.width, canvas.height);
      return canvas;
    },
    goTo: (peer) => {
      const { x, y } = sigma.getNodeDisplayData(peer)!;
      go({ x, y, ratio: Math.min(camera.getState().ratio, 0.4) });
    },
    move: (right, down) => {
      const { x, y, ratio } = camera.getState();
      go({ x: x + right * ratio, y: y - down * ratio });
    },
    zoom: (factor) => {
      go({ ratio: camera.getState().ratio / factor });
    },
    whole: () => {
      go({ x: 0.5, y: 0.5, ratio: 1 });
    },
    camera: () => {
      const { x, y, ratio } = camera.getState();
      return x === 0.5 && y === 0.5 && ratio === 1 ? undefined : { x, y, ratio };
    },
    setCamera: (state) => {
      camera.setState({ ...camera.getState(), ...state });
    },
    onMove: (hear) => {
      camera.on('updated', hear);
    },
  };
}

function drawEmphasis(
  context: CanvasRenderingContext2D,
  { at, radius }: Seen,
  { peer, neighbours, path, hovered }: Emphasis & { readonly hovered: number | undefined },
  ids: readonly string[],
  look: Look,
): void {
  if (peer !== undefined) {
    const middle = at(peer);
    context.strokeStyle = look.mark;
    context.globalAlpha = 0.45;
    context.lineWidth = 1;
    context.beginPath();
    for (const other of Array.from(neighbours)) {
      const end = at(other);
      context.moveTo(middle.x, middle.y);
      context.lineTo(end.x, end.y);
    }
    context.stroke();
    context.globalAlpha = 1;
    if (neighbours.length <= MOST_NAMES)
      for (const other of Array.from(neighbours)) name(context, at(other), radius(other), ids[other]!, look);
    ring(context, middle, radius(peer) + 3, look.mark);
    name(context, middle, radius(peer), ids[peer]!, look);
  }
  if (path.length > 0) {
    context.strokeStyle = look.path;
    context.lineWidth = 3;
    context.beginPath();
    for (const hop of path) context.lineTo(at(hop).x, at(hop).y);
    context.stroke();
    for (const hop of path) {
      ring(context, at(hop), radius(hop) + 2, look.path);
      name(context, at(hop), radius(hop), ids[hop]!, look);
    }
  }
  if (hovered !== undefined) {
    ring(context, at(hovered), radius(hovered) + 2, look.mark);
    name(context, at(hovered), radius(hovered), ids[hovered]!, look);
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function ring(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

function name(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  radius: number,
  id: string,
  look: Look,
): void {
  context.font = '12px system-ui, "DejaVu Sans", sans-serif';
  context.lineWidth = 3;
  context.strokeStyle = look.ground;
  context.fillStyle = look.ink;
  const text = shownText(id);
  context.strokeText(text, x + radius + 5, y + 4);
  context.fillText(text, x + radius + 5, y + 4);
}
