import type { Chart } from '../core/chart.ts';
import { barChart } from './bars.ts';
import { degreeBars } from './degree-bars.ts';
import { lineChart } from './lines.ts';
import { scatterChart } from './scatter.ts';
import type { Style } from './style.ts';

/** Draws any chart as lines of text, no wider than `width`. */
export function chartText(
  chart: Chart,
  options: { readonly width: number; readonly style: Style },
): string[] {
  switch (chart.kind) {
    case 'bars':
      return barChart({ ...chart, ...options });
    case 'degree-bars': {
      const { bars, notes } = degreeBars(chart.counts);
      return barChart({
        title: chart.title,
        labelName: 'degree',
        valueName: 'peers',
        bars,
        notes,
        ...options,
      });
    }
    case 'scatter':
      return scatterChart({ ...chart, ...options });
    case 'line':
      return lineChart({ ...chart, ...options });
  }
}
