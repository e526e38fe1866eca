import type { StackedBarsChart } from '../core/chart.ts';
import { axisName, horizontalAxis } from './axis.ts';
import { noDataLines } from './no-data.ts';
import { numberText, percentText } from './number-text.ts';
import { linearScale, type Scale } from './scale.ts';
import { segmentWidths } from './segment-widths.ts';
import { DEFAULT_WIDTH, LEAST_WIDTH, PLAIN, type Style } from './style.ts';
import { displayWidth, harmless, padLeft, padRight, shorten, wrap } from './terminal-text.ts';

export interface StackedBars extends Omit<StackedBarsChart, 'kind'> {
  /** Columns in all; at least 40. */
  readonly width?: number;
  readonly style?: Style;
}

/** Parts are told apart by them, and by colour only besides. */
const FILLS = ['█', '▓', '▒', '░'];

interface Row {
  readonly label: string;
  readonly values: readonly number[];
  readonly total: number;
}

/**
 * One bar a row, made of its parts, each in a fill of its own, with the row's total. More parts than there are fills become one, so that
 * rows still add up; a part that is not zero gets a column as long as there are any. O(rows · parts).
 */
export function stackedBars(chart: StackedBars): string[] {
  const width = Math.max(chart.width ?? DEFAULT_WIDTH, LEAST_WIDTH);
  const style = chart.style ?? PLAIN;
  const isDrawable = (values: readonly number[]): boolean =>
    values.every((value) => value >= 0) && Number.isFinite(sum(values));
  const kept = chart.rows.filter(({ values }) => isDrawable(values));
  const notes = leftOutNote(chart.rows.length - kept.length);
  if (!kept.some(({ values }) => sum(values) > 0)) return noDataLines(chart.title, notes, width, style);
  const { parts, rows } = withFewParts(chart.parts, kept);
  const labels = column(
    [chart.labelName, ...rows.map(({ label }) => label)],
    Math.floor(width / 3),
    rows.every(({ label }) => Number.isFinite(Number(label))) ? padLeft : padRight,
  );
  const totals = column(
    [chart.valueName, ...rows.map(({ total }) => numberText(total))],
    Math.floor(width / 4),
    padLeft,
  );
  const gutter = displayWidth(labels[0] ?? '') + 2;
  const columns = width - gutter - displayWidth(totals[0] ?? '') - 1;
  const isShares = chart.lengths === 'shares';
  const most = rows.reduce((greatest, { total }) => Math.max(greatest, total), 0);
  const scale = linearScale(0, isShares ? 100 : most, Math.max(2, Math.floor(columns / 12)));
  const axis = horizontalAxis(scale, columns, gutter);
  const name = isShares ? `% of ${chart.valueName}` : chart.valueName;
  return [
    ...wrap(harmless(chart.title), width).map((line) => style(line, 'title', 0)),
    ...legend(parts, rows, width, style),
    style(`${labels[0] ?? ''}${' '.repeat(columns + 2)} ${totals[0] ?? ''}`, 'axis', 0),
    ...rows.map((row, k) => {
      const whole = isShares
        ? row.values.map((value) => (100 * value) / Math.max(row.total, Number.MIN_VALUE))
        : row.values;
      return `${labels[k + 1] ?? ''} ${style('│', 'axis', 0)}${bar(whole, scale, columns, style)} ${totals[k + 1] ?? ''}`;
    }),
    style(axis.line, 'axis', 0),
    style(axis.labels, 'axis', 0),
    style(axisName(harmless(name), columns, gutter), 'axis', 0),
    ...notes.map((note) => style(note, 'note', 0)),
  ];
}

function bar(values: readonly number[], scale: Scale, columns: number, style: Style): string {
  const total = Math.round(Math.min(1, scale.position(sum(values))) * columns);
  const widths = segmentWidths(values, total);
  const drawn = widths.map((length, part) => {
    const text = (FILLS[part] ?? '░').repeat(length);
    return length === 0 ? '' : style(text, 'series', part);
  });
  return drawn.join('') + ' '.repeat(columns - sum(widths));
}

/** Which fill is what, and how much of it there is in all rows together. */
function legend(parts: readonly string[], rows: readonly Row[], width: number, style: Style): string[] {
  const all = rows.reduce((total, row) => total + row.total / rows.length, 0);
  const lines: string[] = [];
  let used = 0;
  for (const [part, name] of parts.entries()) {
    const mean = rows.reduce((total, { values }) => total + (values[part] ?? 0) / rows.length, 0);
    const share = ` ${percentText(mean / all)}`;
    const text = shorten(harmless(name), width - 2 - displayWidth(share)) + share;
    const entry = `${style(FILLS[part] ?? '░', 'series', part)} ${text}`;
    const taken = 2 + displayWidth(text);
    if (lines.length > 0 && used + 3 + taken <= width) {
      lines.push(`${lines.pop() ?? ''}   ${entry}`);
      used += 3 + taken;
    } else {
      lines.push(entry);
      used = taken;
    }
  }
  return lines;
}

/** Parts that never occur go; where there are still more than fills, all but the largest become one. */
function withFewParts(
  names: readonly string[],
  rows: readonly { readonly label: string; readonly values: readonly number[] }[],
): { readonly parts: readonly string[]; readonly rows: readonly Row[] } {
  const all = names
    .map((name, part) => ({
      name,
      part,
      size: rows.reduce((most, row) => most + (row.values[part] ?? 0) / rows.length, 0),
    }))
    .filter(({ size }) => size > 0);
  const bySize = [...all].sort((a, b) => b.size - a.size);
  const own = new Set(bySize.slice(0, all.length > FILLS.length ? FILLS.length - 1 : FILLS.length));
  const shown = all.filter((one) => own.has(one));
  const rest = all.filter((one) => !own.has(one));
  return {
    parts: [...shown.map(({ name }) => name), ...(rest.length > 0 ? [`${rest.length} others`] : [])],
    rows: rows.map(({ label, values }) => {
      const of = (part: number): number => values[part] ?? 0;
      const others = rest.length > 0 ? [sum(rest.map(({ part }) => of(part)))] : [];
      const drawn = [...shown.map(({ part }) => of(part)), ...others];
      return { label, values: drawn, total: sum(drawn) };
    }),
  };
}

/** Texts of equal width, cut where they are longer than a column may be. */
function column(
  texts: readonly string[],
  most: number,
  pad: (text: string, width: number) => string,
): string[] {
  const short = texts.map((text) => shorten(harmless(text), most));
  const width = Math.max(...short.map(displayWidth));
  return short.map((text) => pad(text, width));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function leftOutNote(count: number): string[] {
  if (count === 0) return [];
  return [`Left out: ${numberText(count)} ${count === 1 ? 'row' : 'rows'} below zero or not finite.`];
}
