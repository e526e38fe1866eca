import {
  messageLabel,
  roleText,
  type Participant,
  type SequenceChart,
  type SequenceKind,
  type SequenceMessage,
} from '../core/sequence.ts';
import { FAINT, FONT, MUTED, OKABE_ITO } from './figure-style.ts';
import { sequenceRows, type SequenceRow } from './sequence-rows.ts';
import { element, svgDocument, svgNumber, type SvgElement } from './svg.ts';

/** What is written around a chart. */
export interface SequenceWords {
  readonly subtitle: string;
  /** For those who can not see it. */
  readonly description: string;
}

const WIDTH = 1280;
const MARGIN = 36;
/** Of the times on the left. */
const TIMES = 84;
const HEAD_TOP = 88;
const HEAD_HEIGHT = 46;
const ROW = 31;
const CHAPTER = 34;
const LABEL_SIZE = 16;
const SMALL_LABEL_SIZE = 14;
const LEAST_LABEL_SIZE = 12;
/** The mean width of a capital letter and of other characters in the fonts of figures, in font sizes. */
const CAPITAL_WIDTH = 0.7;
const CHARACTER_WIDTH = 0.58;
const ARROW = 10;

/** Colour, pattern and thickness of a line; its end tells the kinds apart too. */
const LOOKS: Readonly<
  Record<SequenceKind, { readonly colour: string; readonly dashes?: string; readonly width: number }>
> = {
  connect: { colour: MUTED, width: 1.8 },
  request: { colour: OKABE_ITO.blue, width: 2 },
  answer: { colour: '#007A59', width: 2, dashes: '7 4' },
  duplicate: { colour: '#B84F00', width: 2, dashes: '2 3' },
  transfer: { colour: OKABE_ITO.black, width: 1.6 },
};

const LEGEND: readonly (readonly [SequenceKind, string])[] = [
  ['connect', 'connect, register'],
  ['request', 'request'],
  ['answer', 'answer'],
  ['duplicate', 'dropped: heard before'],
  ['transfer', 'file, out of band'],
];

/** A sequence chart as an SVG file: lifelines, time going down, a label above each arrow. */
export function drawSequence(chart: SequenceChart, words: SequenceWords): string {
  const rows = sequenceRows(chart);
  const count = chart.participants.length;
  const gap = (WIDTH - 2 * MARGIN - TIMES) / count;
  const x = (participant: number): number => MARGIN + TIMES + (participant + 0.5) * gap;
  const top = HEAD_TOP + HEAD_HEIGHT;
  const bottom = top + 10 + rows.reduce((sum, row) => sum + heightOf(row), 0);
  const height = bottom + 58;
  const kinds = new Set(chart.messages.map(({ kind }) => kind));
  return svgDocument({
    width: WIDTH,
    height,
    title: chart.title,
    description: words.description,
    children: [
      element('rect', { width: WIDTH, height, fill: 'white' }),
      element('g', { 'font-family': FONT, fill: OKABE_ITO.black }, [
        writing(MARGIN, 42, chart.title, { size: 28, weight: 'bold' }),
        writing(MARGIN, 70, words.subtitle, { size: 17, fill: MUTED }),
        ...chart.participants.flatMap((_, place) => lifeline(x(place), top, bottom)),
        ...drawRows(rows, top + 10, x),
        ...chart.participants.map((participant, place) => head(participant, x(place), gap)),
        ...legend(bottom + 34, kinds),
      ]),
    ],
  });
}

function heightOf(row: SequenceRow): number {
  return row.kind === 'chapter' ? CHAPTER : ROW;
}

function lifeline(x: number, top: number, bottom: number): SvgElement[] {
  return [element('line', { x1: x, y1: top, x2: x, y2: bottom, stroke: FAINT, 'stroke-width': 1.5 })];
}

/** Superpeers and the server have thick outlines, the server a filled box, leaves a rounded one. */
function head(participant: Participant, x: number, gap: number): SvgElement {
  const { name, role } = participant;
  const width = Math.min(116, gap - 12);
  const below = roleText(participant);
  const isGreat = role === 'server' || role === 'superpeer';
  const box = {
    x: x - width / 2,
    y: HEAD_TOP,
    width,
    height: HEAD_HEIGHT,
    rx: role === 'leaf' ? 20 : 4,
    fill: role === 'server' ? '#E8E8E8' : role === 'superpeer' ? '#FFF3DB' : 'white',
    stroke: OKABE_ITO.black,
    'stroke-width': isGreat ? 3 : 1.5,
  };
  return element('g', { 'text-anchor': 'middle' }, [
    element('rect', box),
    writing(x, HEAD_TOP + (below === '' ? 29 : 21), name, { size: 18, weight: 'bold' }),
    ...(below === '' ? [] : [writing(x, HEAD_TOP + 38, below, { size: 13, fill: MUTED })]),
  ]);
}

function drawRows(
  rows: readonly SequenceRow[],
  top: number,
  x: (participant: number) => number,
): SvgElement[] {
  const drawn: SvgElement[] = [];
  let y = top;
  let shown: number | undefined;
  for (const row of rows) {
    const middle = y + heightOf(row) - 6;
    if (row.kind === 'chapter') {
      drawn.push(chapter(row.title, y + CHAPTER - 10));
      shown = undefined;
    } else {
      if (row.at !== shown) {
        const text = `${String(row.at).replace(/\B(?=(\d{3})+$)/g, ',')} ms`;
        drawn.push(writing(MARGIN + TIMES - 14, middle + 4, text, { size: 13, fill: MUTED, anchor: 'end' }));
        shown = row.at;
      }
      for (const message of row.messages) drawn.push(arrow(message, x(message.from), x(message.to), middle));
    }
    y += heightOf(row);
  }
  return drawn;
}

function chapter(title: string, y: number): SvgElement {
  const right = WIDTH - MARGIN;
  return element('g', {}, [
    element('rect', { x: MARGIN, y: y - 17, width: right - MARGIN, height: 24, fill: '#F1F1F1' }),
    writing(MARGIN + 8, y, title, { size: 15, weight: 'bold' }),
  ]);
}

function arrow(message: SequenceMessage, from: number, to: number, y: number): SvgElement {
  const { kind } = message;
  const { colour, width, dashes } = LOOKS[kind];
  const step = Math.sign(to - from);
  const end = to - step * 2;
  const shaft = end - step * (kind === 'duplicate' ? ARROW + 2 : ARROW - 1);
  const line = (dy: number): SvgElement =>
    element('line', {
      x1: from,
      y1: y + dy,
      x2: shaft,
      y2: y + dy,
      stroke: colour,
      'stroke-width': width,
      'stroke-dasharray': dashes,
    });
  return element('g', {}, [
    ...(kind === 'transfer' ? [line(-2), line(2)] : [line(0)]),
    arrowEnd(kind, end, step, y),
    label(message, from, to, y),
  ]);
}

function arrowEnd(kind: SequenceKind, tip: number, step: number, y: number): SvgElement {
  const { colour, width } = LOOKS[kind];
  const back = tip - step * ARROW;
  if (kind === 'duplicate') {
    // A cross beside the lifeline: it came, and went no further.
    const [a, b] = [back - step * 4, back + step * 6];
    const d = `M${svgNumber(a)} ${svgNumber(y - 5)}L${svgNumber(b)} ${svgNumber(y + 5)}M${svgNumber(a)} ${svgNumber(y + 5)}L${svgNumber(b)} ${svgNumber(y - 5)}`;
    return element('path', { d, stroke: colour, 'stroke-width': 2.6, fill: 'none' });
  }
  const points = [
    [tip, y],
    [back, y - 5],
    [back, y + 5],
  ];
  return element('polygon', {
    points: points.map((corner) => corner.map(svgNumber).join(',')).join(' '),
    fill: kind === 'connect' ? 'white' : colour,
    stroke: colour,
    'stroke-width': Math.min(width, 1.6),
  });
}

/** Above its arrow, on white, so that no lifeline cuts it; smaller where the arrow is short, and then cut. */
function label(message: SequenceMessage, from: number, to: number, y: number): SvgElement {
  const room = Math.abs(to - from) - 8;
  const whole = messageLabel(message);
  const fits = (text: string, size: number): boolean => widthOf(text, size) <= room;
  const bare = messageLabel({ ...message, detail: '' });
  const short = message.detail.includes('TTL')
    ? `${bare} ${/TTL \d+/.exec(message.detail)?.[0] ?? ''}`
    : bare;
  const tries = [
    [whole, LABEL_SIZE],
    [whole, SMALL_LABEL_SIZE],
    [short, LABEL_SIZE],
    [short, LEAST_LABEL_SIZE],
  ] as const;
  const [text] = tries.find(([words, size]) => fits(words, size)) ?? [bare];
  const size = Math.max(LEAST_LABEL_SIZE, Math.min(LABEL_SIZE, room / widthOf(text, 1)));
  const fill = LOOKS[message.kind].colour;
  const middle = (from + to) / 2;
  const width = widthOf(text, size);
  const behind = { x: middle - width / 2, y: y - 6 - size, width, height: size, fill: 'white' };
  return element('g', {}, [
    element('title', {}, [whole]),
    element('rect', behind),
    element('text', { x: middle, y: y - 7, 'font-size': size, 'text-anchor': 'middle', fill }, [text]),
  ]);
}

function widthOf(text: string, size: number): number {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return size * (capitals * CAPITAL_WIDTH + (text.length - capitals) * CHARACTER_WIDTH);
}

function legend(y: number, kinds: ReadonlySet<SequenceKind>): SvgElement[] {
  let left = MARGIN;
  return LEGEND.filter(([kind]) => kinds.has(kind)).flatMap(([kind, text]) => {
    const from = left;
    left += 66 + widthOf(text, 15) + 26;
    const sample: SequenceMessage = { from: 0, to: 1, kind, type: '', detail: '', times: 1, at: 0 };
    const drawn = arrow(sample, from, from + 56, y);
    return [
      { ...drawn, children: drawn.children.slice(0, -1) },
      writing(from + 66, y + 5, text, { size: 15 }),
    ];
  });
}

function writing(
  x: number,
  y: number,
  text: string,
  style: {
    readonly size: number;
    readonly weight?: string;
    readonly fill?: string;
    readonly anchor?: string;
  },
): SvgElement {
  const { size, weight, fill, anchor } = style;
  return element('text', { x, y, 'font-size': size, 'font-weight': weight, fill, 'text-anchor': anchor }, [
    text,
  ]);
}
