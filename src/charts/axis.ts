import { displayWidth, padLeft, shorten } from './terminal-text.ts';
import type { Scale, Tick } from './scale.ts';

/** A horizontal axis: its line with tick marks, and the labels below it. */
export interface HorizontalAxis {
  readonly line: string;
  readonly labels: string;
}

/** Rows from one label of the vertical axis to the next, at least; closer labels read like a list. */
const LEAST_ROW_GAP = 2;

/**
 * @param columns how many columns wide the plot is; position 0 stands in its first, position 1 in its last.
 * @param gutter columns to the left of the plot, the last of which is the vertical axis; labels may reach into it.
 */
export function horizontalAxis(scale: Scale, columns: number, gutter: number): HorizontalAxis {
  const line = Array.from({ length: columns }, () => '─');
  for (const tick of scale.ticks) line[columnOf(tick, columns)] = '┬';
  return {
    line: `${' '.repeat(gutter - 1)}└${line.join('')}`,
    labels: labelLine(scale.ticks, columns, gutter),
  };
}

/**
 * The label of each row of a vertical axis, or undefined for a row without one.
 *
 * @param rowAt the row in which a position stands.
 */
export function verticalLabels(
  scale: Scale,
  rows: number,
  rowAt: (position: number) => number,
): (string | undefined)[] {
  const labels = new Array<string | undefined>(rows).fill(undefined);
  const place = (tick: Tick) => {
    const row = rowAt(tick.position);
    const near = labels.slice(Math.max(0, row - LEAST_ROW_GAP + 1), row + LEAST_ROW_GAP);
    const isFree = near.every((label) => label === undefined);
    if (isFree) labels[row] = tick.label;
    return isFree;
  };
  placeByRank(scale.ticks, labels, place);
  return labels;
}

/** Columns that the labels of a vertical axis take, with a space and the axis itself. */
export function gutterWidth(labels: readonly (string | undefined)[]): number {
  return Math.max(0, ...labels.map((label) => displayWidth(label ?? ''))) + 2;
}

/** What stands left of the plot in one row. */
export function gutterText(label: string | undefined, gutter: number): string {
  return `${padLeft(label ?? '', gutter - 2)} ${label === undefined ? '│' : '┤'}`;
}

/** The name of the horizontal axis, centred below the plot. */
export function axisName(name: string, columns: number, gutter: number): string {
  const text = shorten(name, columns);
  return ' '.repeat(gutter + Math.floor((columns - displayWidth(text)) / 2)) + text;
}

function labelLine(ticks: readonly Tick[], columns: number, gutter: number): string {
  const characters = new Array<string>(gutter + columns).fill(' ');
  const place = (tick: Tick) => {
    const length = tick.label.length;
    // Centred below the tick, but inside the chart, with a space on both sides.
    const centred = gutter + columnOf(tick, columns) - Math.floor((length - 1) / 2);
    const start = Math.max(0, Math.min(centred, gutter + columns - length));
    const isFree = characters.slice(Math.max(0, start - 1), start + length + 1).every((c) => c === ' ');
    if (isFree) characters.splice(start, length, ...Array.from(tick.label));
    return isFree;
  };
  placeByRank(ticks, characters, place);
  return characters.join('').trimEnd();
}

/**
 * Labels rank after rank: of the first, all ticks or every second, fifth …, whatever fits; of the others all or none, so
 * that the labels look regular.
 *
 * @param canvas what `place` writes into; put back where an attempt fails.
 * @param place writes one label, or gives false where there is no room for it.
 */
function placeByRank(ticks: readonly Tick[], canvas: unknown[], place: (tick: Tick) => boolean): void {
  const attempt = (chosen: readonly Tick[]) => {
    const before = canvas.slice();
    const isDone = chosen.every(place);
    if (!isDone) canvas.splice(0, canvas.length, ...before);
    return isDone;
  };
  const [first = [], ...others] = byRank(ticks);
  const isDone = [1, 2, 5, 10].some((step) => attempt(first.filter((_, index) => index % step === 0)));
  if (!isDone) first.forEach(place);
  for (const rank of others) if (!attempt(rank)) return;
}

function columnOf(tick: Tick, columns: number): number {
  return Math.round(tick.position * (columns - 1));
}

function byRank(ticks: readonly Tick[]): Tick[][] {
  const ranks = [...new Set(ticks.map((tick) => tick.rank))].sort((a, b) => a - b);
  return ranks.map((rank) => ticks.filter((tick) => tick.rank === rank));
}
