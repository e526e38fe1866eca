import { chartDrawing } from '../../charts/chart-svg.ts';
import { element, svgElement } from '../../charts/svg.ts';
import type { Chart } from '../../core/chart.ts';
import type { HtmlElement } from './html.ts';
import type { Block } from './page.ts';

/** A chart with its title above it, and its notes below. */
export async function chartFigure(chart: Chart): Promise<HtmlElement> {
  const { drawing, notes } = await chartDrawing(chart);
  return element('figure', { class: 'chart' }, [
    element('figcaption', {}, [element('strong', {}, [chart.title])]),
    svgElement(drawing),
    ...notes.map((note) => element('p', { class: 'note' }, [note])),
  ]);
}

/** A drawing, with what its shapes mean above it, and what it shows below. */
export function drawingFigure({ drawing, signs = [], caption }: DrawingBlock): HtmlElement {
  const key = signs.map(({ name, sign }) => element('li', {}, [sign, name]));
  return element('figure', { class: 'drawing' }, [
    ...(key.length > 1 ? [element('ul', { class: 'signs' }, key)] : []),
    svgElement(drawing),
    element('figcaption', {}, [caption]),
  ]);
}

type DrawingBlock = Extract<Block, { readonly kind: 'drawing' }>;
