import { chartDrawing } from '../../charts/chart-drawing.ts';
import { chartText } from '../../charts/chart-text.ts';
import { PLAIN } from '../../charts/style.ts';
import { element, svgElement, type SvgDrawing } from '../../charts/svg.ts';
import type { Chart } from '../../core/chart.ts';
import type { HtmlElement } from './html.ts';

/** Columns of a chart that is shown as text. */
const TEXT_WIDTH = 76;

/** A chart with its title; as text where its kind has no drawing. */
export function chartFigure(chart: Chart): HtmlElement {
  const drawing = chartDrawing(chart);
  if (drawing === undefined) {
    const text = chartText(chart, { width: TEXT_WIDTH, style: PLAIN }).join('\n');
    return element('figure', { class: 'chart' }, [
      element('div', { class: 'scroll' }, [element('pre', {}, [text])]),
    ]);
  }
  return element('figure', { class: 'chart' }, [
    element('figcaption', {}, [element('strong', {}, [chart.title])]),
    element('div', { class: 'scroll' }, [svgElement(drawing)]),
  ]);
}

/** A drawing, with what it shows below it. */
export function drawingFigure(drawing: SvgDrawing, caption: string): HtmlElement {
  return element('figure', { class: 'drawing' }, [
    element('div', { class: 'scroll' }, [svgElement(drawing)]),
    element('figcaption', {}, [caption]),
  ]);
}
