import { svgElement } from './element.ts';

export interface DegreeChart {
  /** The axes are for all of these degrees, whatever is shown of them. */
  scaleTo(columns: readonly Uint32Array[]): void;
  show(degrees: Uint32Array, visible: Uint8Array, range: Range | undefined): void;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const WIDTH = 290;
const HEIGHT = 170;
const BOX = { left: 34, right: 8, top: 8, bottom: 26 };

/** How many peers have each degree, on logarithmic axes; dragging over it chooses degrees. Peers of degree 0 have no place on it. */
export function degreeChart(parent: HTMLElement, choose: (range: Range | undefined) => void): DegreeChart {
  let scale = scaleOf([]);
  const ticks = svgElement('g');
  const points = svgElement('g');
  const brush = svgElement('rect', {
    class: 'brush',
    y: BOX.top,
    height: HEIGHT - BOX.top - BOX.bottom,
    width: 0,
  });
  const svg = svgElement(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: 'img',
      'aria-label': 'Peers by degree, both axes logarithmic. The fields below choose degrees too.',
    },
    brush,
    ticks,
    points,
  );
  parent.append(svg);
  const paint = ({ low, high }: Range): void => {
    const { across, most } = scale;
    const begin = across.at(Math.max(1, low));
    brush.setAttribute('x', String(begin - 2));
    brush.setAttribute(
      'width',
      String(Math.max(4, across.at(Math.max(1, Math.min(high, most))) - begin + 4)),
    );
  };
  const at = (event: PointerEvent): number => {
    const { left, width } = svg.getBoundingClientRect();
    return scale.across.valueAt(((event.clientX - left) * WIDTH) / width);
  };
  const between = (a: number, b: number): Range => ({
    low: Math.max(1, Math.ceil(Math.min(a, b) - 0.001)),
    high: Math.floor(Math.max(a, b) + 0.001),
  });
  let begin: number | undefined;
  svg.addEventListener('pointerdown', (event) => {
    svg.setPointerCapture(event.pointerId);
    begin = at(event);
  });
  svg.addEventListener('pointermove', (event) => {
    if (begin !== undefined) paint(between(begin, at(event)));
  });
  svg.addEventListener('pointerup', (event) => {
    if (begin === undefined) return;
    const range = between(begin, at(event));
    const isPress = Math.abs(Math.log(at(event) / begin)) < 0.03;
    begin = undefined;
    choose(isPress || range.low > range.high ? undefined : range);
  });
  return {
    scaleTo: (columns) => {
      scale = scaleOf(columns);
      const { most, highest, across, up } = scale;
      ticks.replaceChildren(...axes(most, highest, across.at, up.at));
    },
    show: (shownDegrees, visible, range) => {
      const { across, up } = scale;
      const counts = countsOf(shownDegrees.filter((_, peer) => visible[peer] === 1));
      points.replaceChildren(
        ...[...counts].map(([degree, count]) =>
          svgElement('circle', { class: 'point', cx: across.at(degree), cy: up.at(count), r: 1.8 }),
        ),
      );
      if (range === undefined) brush.setAttribute('width', '0');
      else paint(range);
    },
  };
}

function scaleOf(columns: readonly Uint32Array[]) {
  const most = columns.reduce((highest, degrees) => degrees.reduce((a, b) => Math.max(a, b), highest), 1);
  const highest = Math.max(...columns.flatMap((degrees) => [...countsOf(degrees).values()]), 1);
  return {
    most,
    highest,
    across: logScale(most, BOX.left, WIDTH - BOX.right),
    up: logScale(highest, HEIGHT - BOX.bottom, BOX.top),
  };
}

function countsOf(degrees: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const degree of degrees) if (degree > 0) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  return counts;
}

function logScale(most: number, from: number, to: number) {
  const span = Math.log(Math.max(most, 2));
  return {
    at: (value: number): number => from + ((to - from) * Math.log(value)) / span,
    valueAt: (place: number): number => Math.exp((span * (place - from)) / (to - from)),
  };
}

function axes(most: number, highest: number, x: (value: number) => number, y: (value: number) => number) {
  const powers = (end: number): number[] =>
    Array.from({ length: Math.floor(Math.log10(end) + 1e-9) + 1 }, (_, power) => 10 ** power);
  const bottom = HEIGHT - BOX.bottom;
  return [
    svgElement('line', { class: 'axis', x1: BOX.left, x2: WIDTH - BOX.right, y1: bottom, y2: bottom }),
    svgElement('line', { class: 'axis', x1: BOX.left, x2: BOX.left, y1: BOX.top, y2: bottom }),
    ...powers(most).map((value) =>
      svgElement('text', { x: x(value), y: bottom + 12, 'text-anchor': 'middle' }, short(value)),
    ),
    ...powers(highest).map((value) =>
      svgElement('text', { x: BOX.left - 4, y: y(value) + 3, 'text-anchor': 'end' }, short(value)),
    ),
    svgElement('text', { x: WIDTH - BOX.right, y: HEIGHT - 4, 'text-anchor': 'end' }, 'degree'),
    svgElement('text', { x: BOX.left + 4, y: BOX.top + 6 }, 'peers'),
  ];
}

function short(value: number): string {
  return value >= 1000 ? `${value / 1000}k` : String(value);
}
