import type { LiveStanding } from '../src/reports/view/live-standing.ts';
import { button, byId, element, svgElement } from './element.ts';
import { count, shownText } from './shown-text.ts';

/** Looks of which the line over time has a point: two a second. */
const MOST_POINTS = 120;
const LINE = { width: 290, height: 44 };

/** The numbers of something that goes on. */
export interface LivePanel {
  show(standing: LiveStanding): void;
  /** @param reload shows all of it, where that is to be had. */
  over(words: string, reload: (() => void) | undefined): void;
}

/** Shows how something goes: numbers, bars by kind, and a line of what happens a second. */
export function livePanel(): LivePanel {
  const rates: number[] = [];
  return {
    show: ({ counts, tallies, rate }) => {
      byId('live', HTMLElement).hidden = false;
      byId('live-counts', HTMLElement).replaceChildren(
        ...counts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
      );
      byId('live-title', HTMLElement).textContent = tallies.title;
      byId('live-tallies', HTMLElement).replaceChildren(...bars(tallies.rows));
      rates.push(rate.perSecond);
      if (rates.length > MOST_POINTS) rates.shift();
      byId('live-rate', HTMLElement).textContent = `${count(Math.round(rate.perSecond))} ${rate.title}`;
      byId('live-line', HTMLElement).replaceChildren(line(rates));
    },
    over: (words, reload) => {
      byId('live-over', HTMLElement).replaceChildren(
        element('p', {}, words),
        ...(reload === undefined ? [] : [button('Show the whole snapshot', reload, { class: 'main' })]),
      );
    },
  };
}

/** The longest bar is the largest number; the numbers stand beside them. */
function bars(rows: LiveStanding['tallies']['rows']): Node[] {
  const most = Math.max(1, ...rows.map(([, number]) => number));
  return rows.map(([name, number]) =>
    element(
      'li',
      {},
      element('span', { class: 'label' }, shownText(name)),
      svgElement(
        'svg',
        { class: 'bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        svgElement('rect', { width: Math.max(0.5, (100 * number) / most), height: 10 }),
      ),
      element('span', { class: 'muted' }, count(number)),
    ),
  );
}

/** From 0 to the highest of them, a minute wide. */
function line(rates: readonly number[]): SVGElement {
  const most = Math.max(1, ...rates);
  const points = rates.map((rate, place) => {
    const x = LINE.width - ((rates.length - 1 - place) * LINE.width) / (MOST_POINTS - 1);
    return `${x.toFixed(1)},${(LINE.height - 2 - ((LINE.height - 14) * rate) / most).toFixed(1)}`;
  });
  return svgElement(
    'svg',
    {
      viewBox: `0 0 ${LINE.width} ${LINE.height}`,
      role: 'img',
      'aria-label': `The last minute; at most ${count(Math.round(most))} a second`,
    },
    svgElement('text', { x: 0, y: 9 }, `at most ${count(Math.round(most))}`),
    svgElement('polyline', { points: points.join(' ') }),
  );
}
