import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Emphasis } from './emphasis.ts';
import { moveByHand } from './hand.ts';
import type { Movable } from './keyboard.ts';
import type { Look } from './look.ts';
import type { Marks, Seen } from './picture.ts';
import { traceShape } from './shapes.ts';
import type { ViewState } from './view-state.ts';

/** The overlay on the map: peers where they are, and the ways of a path. */
export interface MapView extends Movable {
  show(marks: Marks, emphasis: Emphasis, look: Look): void;
  seen(): Seen & MapSeen;
  pixels(): HTMLCanvasElement;
  camera(): ViewState['map'];
  setCamera(camera: ViewState['map']): void;
}

/** Where the map itself lies, and the ways of the path on it. */
export interface MapSeen {
  readonly left: number;
  readonly top: number;
  /** Pixels of a unit of the map. */
  readonly scale: number;
  readonly ways: string;
}

/** The whole map, and the most of it that is seen at once. */
const LEAST_ZOOM = 1;
const MOST_ZOOM = 40;
/** The same land and sea on a dark ground: lightness turned, hues as they are. */
const NIGHT = 'invert(0.87) hue-rotate(180deg)';
const DOT = 2.2;
/** Pixels around a peer in which a press means it. */
const REACH = 12;

/** Draws into a canvas, which can be dragged, zoomed with the wheel, and set back with a double click. */
export async function drawMap(
  canvas: HTMLCanvasElement,
  graph: ViewGraph,
  camera: ViewState['map'],
  press: (peer: number | undefined) => void,
): Promise<MapView | undefined> {
  const { map } = graph;
  const context = canvas.getContext('2d');
  if (map === undefined || context === null) return undefined;
  const ground = new Image();
  ground.src = 'map.svg';
  await ground.decode();
  let shown: { marks: Marks; emphasis: Emphasis; look: Look } | undefined;
  let route: { readonly path: string; readonly text: string; readonly ways: Path2D } | undefined;
  const whole = { zoom: LEAST_ZOOM, x: map.width / 2, y: map.height / 2 };
  let view = camera ?? whole;
  const hearers: (() => void)[] = [];
  const scale = (): number =>
    Math.min(canvas.clientWidth / map.width, canvas.clientHeight / map.height) * view.zoom;
  const origin = () => ({
    x: canvas.clientWidth / 2 - view.x * scale(),
    y: canvas.clientHeight / 2 - view.y * scale(),
  });
  const radius = (): number => (graph.ids.length > 5_000 ? 0.6 * DOT : DOT);
  const draw = (): void => {
    if (shown === undefined) return;
    const { marks, emphasis, look } = shown;
    const ratio = window.devicePixelRatio;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const { x, y } = origin();
    const k = scale();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = look.ground;
    context.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    context.filter = look.isDark ? NIGHT : 'none';
    context.drawImage(ground, x, y, map.width * k, map.height * k);
    context.filter = 'none';
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    dots(context, map, marks, radius() / k);
    if (route !== undefined) {
      context.strokeStyle = look.path;
      context.lineWidth = 2.5 / k;
      context.stroke(route.ways);
      for (const hop of emphasis.path) circle(context, map, hop, 5 / k, look.path, k);
    }
    if (emphasis.peer !== undefined) circle(context, map, emphasis.peer, 7 / k, look.mark, k);
  };
  const peerAt = (left: number, top: number): number | undefined => {
    const { x, y } = origin();
    let nearest: number | undefined;
    let least = (REACH / scale()) ** 2;
    map.x.forEach((peerX, peer) => {
      if (shown?.marks.visible[peer] === 0) return;
      const distance = (peerX - (left - x) / scale()) ** 2 + (map.y[peer]! - (top - y) / scale()) ** 2;
      if (distance < least) [nearest, least] = [peer, distance];
    });
    return nearest;
  };
  const see = (next: typeof view): void => {
    view = next.zoom <= LEAST_ZOOM ? whole : next;
    draw();
    for (const hear of hearers) hear();
  };
  /** What is at this place stays there. */
  const zoomAt = (factor: number, left: number, top: number): void => {
    const [right, down] = [left - canvas.clientWidth / 2, top - canvas.clientHeight / 2];
    const zoom = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, view.zoom * factor));
    const gone = (1 - view.zoom / zoom) / scale();
    see({ zoom, x: view.x + right * gone, y: view.y + down * gone });
  };
  const shift = (right: number, down: number): void => {
    see({ ...view, x: view.x + right / scale(), y: view.y + down / scale() });
  };
  moveByHand(canvas, {
    press: (left, top) => {
      press(peerAt(left, top));
    },
    drag: (right, down) => {
      shift(-right, -down);
    },
    zoom: zoomAt,
    reset: () => {
      see(whole);
    },
  });
  new ResizeObserver(draw).observe(canvas);
  return {
    show: (marks, emphasis, look) => {
      shown = { marks, emphasis, look };
      const path = emphasis.path.join(',');
      if (path === '') route = undefined;
      else if (path !== route?.path) {
        void fetch(`route?peers=${path}`)
          .then((answer) => answer.text())
          .then((text) => {
            if (shown?.emphasis.path.join(',') !== path) return;
            route = { path, text, ways: new Path2D(text) };
            draw();
          });
      }
      draw();
    },
    move: (right, down) => {
      shift(right * canvas.clientWidth, down * canvas.clientHeight);
    },
    zoom: (factor) => {
      zoomAt(factor, canvas.clientWidth / 2, canvas.clientHeight / 2);
    },
    whole: () => {
      see(whole);
    },
    onMove: (hear) => {
      hearers.push(hear);
    },
    camera: () => (view === whole ? undefined : view),
    setCamera: (next) => {
      view = next ?? whole;
      draw();
    },
    pixels: () => canvas,
    seen: () => {
      const { x: left, y: top } = origin();
      const k = scale();
      return {
        width: canvas.clientWidth,
        height: canvas.clientHeight,
        // Where nobody knows a place, it is not a number, and so nowhere inside.
        at: (peer) => ({ x: left + k * map.x[peer]!, y: top + k * map.y[peer]! }),
        radius,
        left,
        top,
        scale: k,
        ways: route?.text ?? '',
      };
    },
  };
}

type Places = NonNullable<ViewGraph['map']>;

/** One path for each colour: thousands of changes of it would take most of the time. */
function dots(
  context: CanvasRenderingContext2D,
  { x, y }: Places,
  { visible, color, shape }: Marks,
  radius: number,
): void {
  const byColor = new Map<string, Path2D>();
  for (let peer = 0; peer < x.length; peer++) {
    if (visible[peer] === 0 || Number.isNaN(x[peer]!)) continue;
    const key = color(peer);
    let path = byColor.get(key);
    if (path === undefined) byColor.set(key, (path = new Path2D()));
    traceShape(path, shape(peer), x[peer]!, y[peer]!, radius);
  }
  for (const [key, path] of byColor) {
    context.fillStyle = key;
    context.fill(path);
  }
}

function circle(
  context: CanvasRenderingContext2D,
  { x, y }: Places,
  peer: number,
  radius: number,
  color: string,
  scale: number,
): void {
  if (Number.isNaN(x[peer]!)) return;
  context.strokeStyle = color;
  context.lineWidth = 2 / scale;
  context.beginPath();
  context.arc(x[peer]!, y[peer]!, radius, 0, 2 * Math.PI);
  context.stroke();
}
