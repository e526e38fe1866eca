import type { Look } from './look.ts';
import type { Seen } from './picture.ts';
import { shownText } from './shown-text.ts';

/** What is drawn above everything else. */
export interface Emphasis {
  readonly peer: number | undefined;
  readonly neighbours: ArrayLike<number>;
  readonly path: readonly number[];
}

/** Peers around a selected one whose names are written. */
const MOST_NAMES = 12;
/** Pixels of a name from its base line up, and down. */
const [ASCENT, DESCENT] = [10, 4];

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Rings around the peers that somebody chose, their links, and their names as far as they do not lie over each other. */
export function drawEmphasis(
  context: CanvasRenderingContext2D,
  { at, radius }: Seen,
  { peer, neighbours, path, hovered }: Emphasis & { readonly hovered: number | undefined },
  ids: readonly string[],
  look: Look,
): void {
  const name = namesOn(context, look);
  const mark = (one: number, color: string, gap: number): void => {
    ring(context, at(one), radius(one) + gap, color);
    name(at(one), radius(one), ids[one]!);
  };
  if (hovered !== undefined) mark(hovered, look.mark, 2);
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
    mark(peer, look.mark, 3);
  }
  if (path.length > 0) {
    context.strokeStyle = look.path;
    context.lineWidth = 3;
    context.beginPath();
    for (const hop of path) context.lineTo(at(hop).x, at(hop).y);
    context.stroke();
    for (const hop of path) mark(hop, look.path, 2);
  }
  if (neighbours.length <= MOST_NAMES)
    for (const other of Array.from(neighbours)) name(at(other), radius(other), ids[other]!);
}

function ring(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** Writes names beside peers; one that would lie over another is left out. */
function namesOn(context: CanvasRenderingContext2D, look: Look) {
  const written: { readonly left: number; readonly right: number; readonly base: number }[] = [];
  return ({ x, y }: Point, radius: number, id: string): void => {
    context.font = '12px system-ui, "DejaVu Sans", sans-serif';
    context.lineWidth = 3;
    context.strokeStyle = look.ground;
    context.fillStyle = look.ink;
    const text = shownText(id);
    const [left, base] = [x + radius + 5, y + 4];
    const right = left + context.measureText(text).width;
    const isTaken = written.some(
      (other) => left < other.right && other.left < right && Math.abs(base - other.base) < ASCENT + DESCENT,
    );
    if (isTaken) return;
    written.push({ left, right, base });
    context.strokeText(text, left, base);
    context.fillText(text, left, base);
  };
}
