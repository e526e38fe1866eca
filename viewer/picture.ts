import { UndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import { frameOf } from './frame.ts';
import { drawEmphasis, type Emphasis } from './emphasis.ts';
import { moveAlong } from './move-along.ts';
import { PeersProgram } from './peers-program.ts';
import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Movable } from './keyboard.ts';
import { areMany, linksLayer } from './links-layer.ts';
import type { Look } from './look.ts';
import type { ViewState } from './view-state.ts';
import { SHAPES, type Shape } from './shapes.ts';
import { shownText } from './shown-text.ts';

/** What each peer looks like now. */
export interface Marks {
  readonly visible: Uint8Array;
  /** Which of them the whole picture is to hold. */
  readonly framed: Uint8Array;
  readonly sizes: Float32Array;
  /** One colour for each peer. */
  readonly color: (peer: number) => string;
  readonly shape: (peer: number) => Shape;
  /** 1 for each link that is there; all where undefined. */
  readonly links: Uint8Array | undefined;
}

/** What is seen: pixels of the picture, from its upper left corner. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly at: (peer: number) => { readonly x: number; readonly y: number };
  readonly radius: (peer: number) => number;
}

/** The overlay as a graph that one can move about in. */
export interface Picture extends Movable {
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
  camera(): ViewState['camera'];
  setCamera(camera: NonNullable<ViewState['camera']>): void;
}

/** Milliseconds after a move of a large picture until links are drawn again, and peers stand where the layout has put them by then. */
const MOVE_REST = 120;
/** Milliseconds of a move until peers are drawn anew; in between they move as they are. */
const MOVE_REDRAW = 500;
/** Pixels around a peer in which a press means it: most are smaller than a finger. */
const REACH = 5;

const UNUSED_LAYERS = ['edges', 'edgeLabels', 'hovers', 'hoverNodes'];
/** What a large picture is without while it moves. */
const STILL_LAYERS = ['links', 'labels', 'above'];

export function drawPicture(
  container: HTMLElement,
  graph: ViewGraph,
  positions: Float32Array,
  marks: Marks,
  look: Look,
  press: (peer: number | undefined) => void,
): Picture {
  let isLarge = areMany(graph);
  const drawn = new UndirectedGraph();
  for (let peer = 0; peer < graph.ids.length; peer++) {
    drawn.addNode(peer, {
      x: positions[2 * peer]!,
      y: positions[2 * peer + 1]!,
      size: marks.sizes[peer]!,
      color: marks.color(peer),
      shape: SHAPES.indexOf(marks.shape(peer)),
      hidden: marks.visible[peer] === 0,
      label: shownText(graph.ids[peer]!),
    });
  }
  let rest: ReturnType<typeof setTimeout> | undefined;
  let placed = positions;
  const sigma = new Sigma(drawn, container, {
    allowInvalidContainer: true,
    // A point for each: software renderers draw instances one by one.
    defaultNodeType: 'point',
    nodeProgramClasses: { point: PeersProgram },
    labelColor: { color: look.ink },
    labelFont: 'system-ui, "DejaVu Sans", sans-serif',
    labelSize: 11,
    labelDensity: 0.5,
    labelRenderedSizeThreshold: 7,
    stagePadding: 24,
    enableCameraRotation: false,
    defaultDrawNodeHover: () => undefined,
  });
  // Layers that stay empty would still be put on top of each other, which takes a software renderer longer than drawing.
  for (const layer of UNUSED_LAYERS) {
    const canvas = sigma.getCanvases()[layer];
    if (canvas !== undefined) canvas.style.display = 'none';
  }
  let emphasis: Emphasis = { peer: undefined, neighbours: [], path: [] };
  let hovered: number | undefined;
  const layLinks = (isSmooth: boolean) =>
    linksLayer(sigma.createCanvas('links', { beforeLayer: 'edges' }), isSmooth);
  let links = layLinks(!isLarge);
  links.choose(graph, marks.visible, marks.links);
  links.color(look.link(graph.sources.length));
  let points = new Float32Array(2 * graph.ids.length);
  const fitFrame = (): void => {
    sigma.setCustomBBox(frameOf(placed, marks.framed));
  };
  const placeLinks = (): void => {
    for (let peer = 0; peer < graph.ids.length; peer++) {
      const { x, y } = sigma.getNodeDisplayData(peer)!;
      points[2 * peer] = x;
      points[2 * peer + 1] = y;
    }
    links.place(points);
  };
  fitFrame();
  sigma.refresh();
  placeLinks();
  // Each layer costs a software renderer as much as thousands of peers.
  const showStill = (isShown: boolean): void => {
    for (const layer of STILL_LAYERS) sigma.getCanvases()[layer]!.style.display = isShown ? '' : 'none';
  };
  const moving = moveAlong(sigma, 'nodes');
  let drawnAt = 0;
  const drawLinks = (): void => {
    if (rest !== undefined) return;
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
    drawnAt = performance.now();
    moving.drawn();
    drawLinks();
    drawAbove();
  });
  const peerAt = (place: { readonly x: number; readonly y: number }): number | undefined => {
    const middle = sigma.viewportToFramedGraph(place);
    const unit = sigma.viewportToFramedGraph({ x: place.x + 1, y: place.y }).x - middle.x;
    let nearest: number | undefined;
    let least = Infinity;
    for (let peer = 0; peer < graph.ids.length; peer++) {
      if (marks.visible[peer] === 0) continue;
      const away = Math.hypot(points[2 * peer]! - middle.x, points[2 * peer + 1]! - middle.y) / unit;
      const beyond = away - sigma.scaleSize(marks.sizes[peer]);
      if (beyond > REACH || beyond >= least) continue;
      [nearest, least] = [peer, beyond];
    }
    return nearest;
  };
  // Sigma would ask the graphics card who is under the mouse with each move of it, and wait until everything is drawn.
  const mouse = sigma.getMouseCaptor();
  const touch = sigma.getTouchCaptor();
  mouse.removeAllListeners();
  touch.removeAllListeners();
  mouse.on('click', (place) => {
    press(peerAt(place));
  });
  touch.on('tap', ({ touches: [place] }) => {
    if (place !== undefined) press(peerAt(place));
  });
  const hover = (peer: number | undefined): void => {
    if (peer === hovered) return;
    hovered = peer;
    drawAbove();
  };
  mouse.on('mousemove', (place) => {
    if (rest === undefined) hover(peerAt(place));
  });
  mouse.on('mouseleave', () => {
    hover(undefined);
  });
  const camera = sigma.getCamera();
  camera.removeAllListeners('updated');
  camera.on('updated', () => {
    if (!isLarge) {
      sigma.scheduleRender();
      return;
    }
    if (rest === undefined) showStill(false);
    clearTimeout(rest);
    rest = setTimeout(() => {
      rest = undefined;
      showStill(true);
      if (waiting === undefined) sigma.scheduleRender();
      else place(waiting);
    }, MOVE_REST);
    moving.follow();
    if (performance.now() - drawnAt > MOVE_REDRAW) sigma.scheduleRender();
  });
  const go = (state: Partial<ReturnType<typeof camera.getState>>): void => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches)
      camera.setState({ ...camera.getState(), ...state });
    else void camera.animate(state, { duration: 200 });
  };
  let waiting: Float32Array | undefined;
  const place = (moved: Float32Array): void => {
    waiting = undefined;
    placed = moved;
    fitFrame();
    // Graphology would tell sigma, which would go through all peers twice more.
    drawn.forEachNode((node, attributes) => {
      attributes['x'] = moved[2 * Number(node)]!;
      attributes['y'] = moved[2 * Number(node) + 1]!;
    });
    sigma.refresh({ partialGraph: {}, schedule: true });
  };
  const mark = (next: Marks): void => {
    marks = next;
    fitFrame();
    drawn.forEachNode((node, attributes) => {
      const peer = Number(node);
      attributes['size'] = next.sizes[peer]!;
      attributes['color'] = next.color(peer);
      attributes['shape'] = SHAPES.indexOf(next.shape(peer));
      attributes['hidden'] = next.visible[peer] === 0;
    });
    links.choose(graph, next.visible, next.links);
    sigma.scheduleRefresh();
  };
  return {
    place: (moved) => {
      if (rest === undefined) place(moved);
      else waiting = moved;
    },
    mark,
    replace: (next, moved, nextMarks) => {
      graph = next;
      const size = next.ids.length;
      waiting = undefined;
      placed = moved;
      emphasis = { peer: undefined, neighbours: [], path: [] };
      hovered = hovered !== undefined && hovered < size ? hovered : undefined;
      if (points.length < 2 * size) points = new Float32Array(4 * size);
      for (let peer = drawn.order - 1; peer >= size; peer--) drawn.dropNode(peer);
      for (let peer = 0; peer < size; peer++) {
        const seat = { x: moved[2 * peer]!, y: moved[2 * peer + 1]!, label: shownText(next.ids[peer]!) };
        drawn.mergeNode(peer, seat);
      }
      if (isLarge !== areMany(next)) {
        isLarge = !isLarge;
        sigma.killLayer('links');
        links = layLinks(!isLarge);
        links.place(points);
        sigma.resize(true);
      }
      links.color(worn.link(next.sources.length));
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
