import type { Chart } from '../core/chart.ts';
import { CHART_WIDTH, TEXT_SIZE } from './chart-look.ts';
import { chartSpecification, type ChartSpecification } from './chart-specification.ts';
import { MUTED } from './figure-style.ts';
import { readSvg } from './read-svg.ts';
import type { SvgDrawing } from './svg.ts';
import { harmless, wrap } from './terminal-text.ts';
import { drawVegaLite, vegaSvg } from './vega-lite.ts';

/** Draws any chart as an SVG file of its own, with title and notes, for a notebook; the same chart gives the same bytes. */
export async function chartSvg(chart: Chart): Promise<string> {
  const { vega, description, notes } = chartSpecification(chart);
  const config = { ...vega.config, background: 'white', padding: 16 };
  return drawVegaLite(
    { ...vega, config, title: titleOf(chart.title, notes) },
    { title: chart.title, description },
  );
}

/** A chart as a drawing for a page, which says itself what its title is and what is to be noted. */
export async function chartDrawing(
  chart: Chart,
): Promise<{ readonly drawing: SvgDrawing; readonly notes: readonly string[] }> {
  const { vega, description, notes } = chartSpecification(chart);
  const drawn = readSvg(await vegaSvg(vega));
  return { drawing: { ...drawn, title: chart.title, description }, notes };
}

/** Characters of a line of the title, and of the smaller ones below it. */
const LINE = Math.floor(CHART_WIDTH / (0.66 * (TEXT_SIZE + 2)));
const NOTE = Math.floor(CHART_WIDTH / (0.62 * TEXT_SIZE));

function titleOf(title: string, notes: ChartSpecification['notes']) {
  return {
    text: wrap(harmless(title), LINE),
    ...(notes.length > 0 && { subtitle: notes.flatMap((note) => wrap(harmless(note), NOTE)) }),
    ...{ anchor: 'start' as const, frame: 'bounds' as const, offset: 14 },
    ...{ fontSize: TEXT_SIZE + 2, subtitleFontSize: TEXT_SIZE, subtitleColor: MUTED, subtitlePadding: 6 },
  };
}
