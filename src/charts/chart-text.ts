import type { Chart } from '../core/chart.ts';
import { barChart } from './bars.ts';
import { boxPlot } from './box-plot.ts';
import { degreeBars } from './degree-bars.ts';
import { histogram } from './histogram.ts';
import { lineChart } from './lines.ts';
import { scatterChart } from './scatter.ts';
import { stackedBars } from './stacked-bars.ts';
import type { Style } from './style.ts';
import { timeLine } from './time-line.ts';

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
    case 'time-line':
      return timeLine({ ...chart, ...options });
    case 'histogram':
      return histogram({ ...chart, ...options });
    case 'stacked-bars':
      return stackedBars({ ...chart, ...options });
    case 'box-plot':
      return boxPlot({ ...chart, ...options });
  }
}
