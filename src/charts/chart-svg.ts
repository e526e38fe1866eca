import type { Chart } from '../core/chart.ts';
import { chartSpecification } from './chart-specification.ts';
import { drawVegaLite } from './vega-lite.ts';

/** Draws any chart as an SVG file, for a page or a notebook; the same chart gives the same bytes. */
export async function chartSvg(chart: Chart): Promise<string> {
  return drawVegaLite(chartSpecification(chart), { title: chart.title, description: descriptionOf(chart) });
}

/** What is on its axes, for those who can not see it. */
function descriptionOf(chart: Chart): string {
  switch (chart.kind) {
    case 'bars':
      return `Bars: ${chart.valueName} by ${chart.labelName}.`;
    case 'degree-bars':
      return 'Bars: how many peers have which degree.';
    case 'histogram':
      return `Histogram: how many ${chart.countName} have how many ${chart.valueName}.`;
    case 'stacked-bars':
      return `Bars of ${chart.valueName} by ${chart.labelName}, made of ${chart.parts.join(', ')}.`;
    case 'box-plot':
      return `Box plots: ${chart.valueName} of ${chart.countName} by ${chart.labelName}.`;
    case 'scatter': {
      const names = [...chart.series, ...chart.curves].map(({ name }) => name);
      return `${chart.yLabel} over ${chart.xLabel}: ${names.join(', ')}.`;
    }
    case 'line':
      return `A line: ${chart.yLabel} over ${chart.xLabel}.`;
    case 'time-line':
      return `A line: ${chart.yLabel} over time.`;
  }
}
