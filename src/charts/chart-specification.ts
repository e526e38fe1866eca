import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../core/chart.ts';
import { degreeBars } from './degree-bars.ts';
import { histogramBars } from './histogram.ts';
import { lineOf, scatterOf, timeLineOf } from './plane-charts.ts';
import { barsOf, boxesOf, stackedOf } from './row-charts.ts';

/** A chart for Vega-Lite, its data inside of it and its title not. */
export interface ChartSpecification {
  readonly vega: TopLevelSpec;
  /** What there is to see, for those who can not see it. */
  readonly description: string;
  /** What has to be read below it, a sentence each: how to read it, what is left out. */
  readonly notes: readonly string[];
}

/** Any chart for Vega-Lite. What has no place on its axes is left out, as in text. */
export function chartSpecification(chart: Chart): ChartSpecification {
  switch (chart.kind) {
    case 'bars':
      return barsOf(chart, []);
    case 'degree-bars': {
      const { bars, notes } = degreeBars(chart.counts);
      return barsOf({ labelName: 'degree', valueName: 'peers', bars }, notes);
    }
    case 'histogram': {
      const { bars, notes } = histogramBars(chart);
      return barsOf({ labelName: chart.valueName, valueName: chart.countName, bars }, notes);
    }
    case 'stacked-bars':
      return stackedOf(chart);
    case 'box-plot':
      return boxesOf(chart);
    case 'scatter':
      return scatterOf(chart);
    case 'line':
      return lineOf(chart);
    case 'time-line':
      return timeLineOf(chart);
  }
}
