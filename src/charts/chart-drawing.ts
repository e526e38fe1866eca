import type { Chart } from '../core/chart.ts';
import { barsSvg, degreeBarsSvg } from './bars-svg.ts';
import { lineSvg, scatterSvg } from './scatter-svg.ts';
import type { SvgDrawing } from './svg.ts';

/** Who draws a kind of chart as SVG; undefined where there is nothing to draw. */
type Drawers = {
  readonly [Kind in Chart['kind']]?: (chart: Extract<Chart, { kind: Kind }>) => SvgDrawing | undefined;
};

/** A kind that is not here is shown as text. */
const DRAWERS: Drawers = {
  bars: barsSvg,
  'degree-bars': degreeBarsSvg,
  scatter: scatterSvg,
  line: lineSvg,
};

/** A chart as an SVG drawing, without its title above it; undefined where its kind has none, or nothing can be shown. */
export function chartDrawing(chart: Chart): SvgDrawing | undefined {
  // Each kind stands beside its own drawer, which a lookup by a union can not know.
  const draw = DRAWERS[chart.kind] as ((chart: Chart) => SvgDrawing | undefined) | undefined;
  return draw?.(chart);
}
