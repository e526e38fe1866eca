import { chartDrawing } from '../../charts/chart-svg.ts';
import { element, svgElement, type SvgDrawing } from '../../charts/svg.ts';
import type { Chart } from '../../core/chart.ts';
import type { HtmlElement } from './html.ts';

/** A chart with its title above it, and its notes below. */
export async function chartFigure(chart: Chart): Promise<HtmlElement> {
  const { drawing, notes } = await chartDrawing(chart);
  return element('figure', { class: 'chart' }, [
    element('figcaption', {}, [element('strong', {}, [chart.title])]),
    svgElement(drawing),
    ...notes.map((note) => element('p', { class: 'note' }, [note])),
  ]);
}

/** A drawing, with what it shows below it. */
export function drawingFigure(drawing: SvgDrawing, caption: string): HtmlElement {
  return element('figure', { class: 'drawing' }, [
    element('div', { class: 'scroll' }, [svgElement(drawing)]),
    element('figcaption', {}, [caption]),
  ]);
}
