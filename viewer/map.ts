import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Look } from './look.ts';
import type { Emphasis, Marks } from './picture.ts';
import { traceShape } from './shapes.ts';

/** The overlay on the map: peers where they are, and the ways of a path. */
export interface MapView {
  show(marks: Marks, emphasis: Emphasis, look: Look): void;
}

const DOT = 2.2;
/** Pixels around a peer in which a press means it. */
const REACH = 12;

/** Draws into a canvas, which can be dragged, zoomed with the wheel, and set back with a double click. */
export async function drawMap(
  canvas: HTMLCanvasElement,
  graph: ViewGraph,
  press: (peer: number | undefined) => void,
): Promise<MapView | undefined> {
  const { map } = graph;
  const context = canvas.getContext('2d');
  if (map === undefined || context === null) return undefined;
  const ground = new Image();
  ground.src = 'map.svg';
  await ground.decode();
  let shown: { marks: Marks; emphasis: Emphasis; look: Look } | undefined;
  let route: { readonly path: string; readonly ways: Path2D } | undefined;
  let view = { zoom: 1, x: 0, y: 0 };
  const scale = (): number =>
    Math.min(canvas.clientWidth / map.width, canvas.clientHeight / map.height) * view.zoom;
  const origin = () => ({
    x: (canvas.clientWidth - map.width * scale()) / 2 + view.x,
    y: (canvas.clientHeight - map.height * scale()) / 2 + view.y,
  });
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
    context.filter = look.isDark ? 'invert(0.87)' : 'none';
    context.drawImage(ground, x, y, map.width * k, map.height * k);
    context.filter = 'none';
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    dots(context, map, marks, k);
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
  moveByHand(canvas, {
    press: (left, top) => {
      press(peerAt(left, top));
    },
    drag: (right, down) => {
      view = { ...view, x: view.x + right, y: view.y + down };
      draw();
    },
    zoom: (factor, left, top) => {
      const before = origin();
      const zoom = Math.max(1, Math.min(40, view.zoom * factor));
      const real = zoom / view.zoom;
      view = { ...view, zoom };
      const after = origin();
      view.x += left - (left - before.x) * real - after.x;
      view.y += top - (top - before.y) * real - after.y;
      if (zoom === 1) view = { zoom, x: 0, y: 0 };
      draw();
    },
    reset: () => {
      view = { zoom: 1, x: 0, y: 0 };
      draw();
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
          .then((ways) => {
            if (shown?.emphasis.path.join(',') !== path) return;
            route = { path, ways: new Path2D(ways) };
            draw();
          });
      }
      draw();
    },
  };
}

type Places = NonNullable<ViewGraph['map']>;

/** One path for each colour: thousands of changes of it would take most of the time. */
function dots(
  context: CanvasRenderingContext2D,
  { x, y }: Places,
  { visible, color, shape }: Marks,
  scale: number,
): void {
  const radius = (x.length > 5_000 ? 0.6 * DOT : DOT) / scale;
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

interface Hand {
  press(left: number, top: number): void;
  drag(right: number, down: number): void;
  zoom(factor: number, left: number, top: number): void;
  reset(): void;
}

function moveByHand(canvas: HTMLCanvasElement, hand: Hand): void {
  let last: { readonly x: number; readonly y: number; readonly moved: number } | undefined;
  canvas.addEventListener('pointerdown', ({ pointerId, offsetX, offsetY }) => {
    canvas.setPointerCapture(pointerId);
    last = { x: offsetX, y: offsetY, moved: 0 };
  });
  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    if (last === undefined) return;
    const [right, down] = [offsetX - last.x, offsetY - last.y];
    last = { x: offsetX, y: offsetY, moved: last.moved + Math.abs(right) + Math.abs(down) };
    hand.drag(right, down);
  });
  canvas.addEventListener('pointerup', ({ offsetX, offsetY }) => {
    if (last !== undefined && last.moved < 4) hand.press(offsetX, offsetY);
    last = undefined;
  });
  canvas.addEventListener('dblclick', () => {
    hand.reset();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      hand.zoom(2 ** (-event.deltaY / 300), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
}
