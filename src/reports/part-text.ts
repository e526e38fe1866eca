import type { Style } from '../charts/style.ts';
import { harmless, padLeft, padRight, shorten, wrap } from '../charts/terminal-text.ts';
import type { Field } from '../core/field-trace.ts';
import type { ExplainedPart } from '../overlays/explanation.ts';

/** How wide it may get: a wider terminal makes longer ways for the eye, not more to see. */
const MOST_WIDTH = 120;
/** Below this, hex and meaning do not fit beside each other: a narrower terminal breaks the lines itself. */
const LEAST_WIDTH = 60;
/** From here on 8 bytes a line leave enough room for their meaning. */
const USUAL = 80;
/** From here on 16 do. */
const WIDE = 110;

/** Lines of one field at most: what is longer is payload that nobody reads. JSON and CSV have all of it. */
const SHOWN_LINES = 16;

const OFFSET_WIDTH = 6;
const GAP = '  ';

/**
 * A part for a person: what it says, then its bytes with their meaning. Of binary parts offset, hex, name, value; of text
 * offset, line, meaning. `prefix` is what stands before the summary, such as a line number.
 */
export function partText(
  part: ExplainedPart,
  terminal: { readonly width: number; readonly style: Style },
  prefix = '',
): string[] {
  const width = Math.min(Math.max(terminal.width, LEAST_WIDTH), MOST_WIDTH);
  const style: Style = (text, kind, index) => (text === '' ? '' : terminal.style(text, kind, index));
  const heading = prefix + (part.inflated ? 'inflated: ' : '') + part.summary;
  return [
    ...wrap(harmless(heading), width).map((line) =>
      style(line, part.problem === undefined ? 'title' : 'curve', 0),
    ),
    ...(part.layout === 'text' ? textLines(part.fields, width, style) : hexLines(part.fields, width, style)),
  ];
}

/** Lines of text, each with its meaning beside it. */
function textLines(fields: readonly Field[], width: number, style: Style): string[] {
  const room = width - OFFSET_WIDTH - 2 * GAP.length;
  const textWidth = Math.floor(room * 0.6);
  return fields.flatMap((field) => {
    const text = Buffer.from(field.bytes)
      .toString('latin1')
      .replace(/\r?\n$/, '');
    const shown = text === '' ? '(empty line)' : text.replaceAll('\t', ' ');
    return row(
      field.offset,
      limited(wrap(harmless(shown), textWidth)),
      limited(wrap(harmless(field.meaning ?? ''), room - textWidth)),
      textWidth,
      style,
    );
  });
}

/** Bytes in hex, each field with its name and what it says; a group has only its name, its bytes are those below it. */
function hexLines(fields: readonly Field[], width: number, style: Style): string[] {
  const perLine = width >= WIDE ? 16 : width >= USUAL ? 8 : 4;
  const hexWidth = 3 * perLine - 1;
  const nameWidth = width >= WIDE ? 25 : 22;
  const meaningWidth = width - OFFSET_WIDTH - hexWidth - nameWidth - 3 * GAP.length;
  return fields.flatMap((field, i) => {
    const isGroup = (fields[i + 1]?.depth ?? 0) > field.depth;
    const name = '  '.repeat(field.depth) + harmless(field.name);
    const told = limited(wrap(harmless(fieldWords(field)), meaningWidth));
    const [first = '', ...more] = told;
    const beside = [
      `${padRight(shorten(name, nameWidth), nameWidth)}${GAP}${first}`,
      ...more.map((line) => ' '.repeat(nameWidth + GAP.length) + line),
    ];
    return row(
      isGroup ? undefined : field.offset,
      isGroup ? [] : hexRows(field.bytes, perLine),
      beside,
      hexWidth,
      style,
    );
  });
}

/**
 * The value and what it means, without saying a thing twice: the number of a short field is its hex, and a large one that
 * has a meaning, such as an IP address, is no number to a person.
 */
function fieldWords({ value, meaning, bytes }: Field): string {
  if (meaning === undefined) return value === undefined ? '' : String(value);
  if (meaning === hexText(bytes)) return '';
  const isNumber = typeof value === 'number' && bytes.length > SHORT_BYTES && value <= LARGEST_SHOWN;
  return isNumber ? `${value}, ${meaning}` : meaning;
}

const SHORT_BYTES = 2;
const LARGEST_SHOWN = 0xffff;

function row(
  offset: number | undefined,
  left: readonly string[],
  right: readonly string[],
  leftWidth: number,
  style: Style,
): string[] {
  return Array.from({ length: Math.max(left.length, right.length, 1) }, (_, i) => {
    const at = padLeft(i === 0 && offset !== undefined ? String(offset) : '', OFFSET_WIDTH);
    const text = padRight(left[i] ?? '', leftWidth);
    const beside = right[i] ?? '';
    // Colours go around what is there, so that no line ends in blanks.
    if (beside.trim() === '')
      return `${style(at, 'note', 0)}${GAP}${style(text.trimEnd(), 'series', 0)}`.trimEnd();
    return `${style(at, 'note', 0)}${GAP}${style(text, 'series', 0)}${GAP}${beside.trimEnd()}`;
  });
}

function hexRows(bytes: Uint8Array, perLine: number): string[] {
  const rows: string[] = [];
  for (let from = 0; from < bytes.length && rows.length < SHOWN_LINES; from += perLine)
    rows.push(hexText(bytes.subarray(from, from + perLine), ' '));
  const hidden = bytes.length - SHOWN_LINES * perLine;
  return hidden > 0 ? [...rows, `… ${hidden} more bytes`] : rows;
}

function limited(lines: string[]): string[] {
  return lines.length <= SHOWN_LINES ? lines : [...lines.slice(0, SHOWN_LINES), '…'];
}

/** Bytes as hexadecimal digits. */
export function hexText(bytes: Uint8Array, between = ''): string {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return between === '' ? digits : digits.replace(/..(?=.)/g, `$&${between}`);
}
