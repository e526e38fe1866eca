import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import type { VehicularStep, VehicularSummary } from '../models/vehicular-series.ts';
import type { TablesReport } from './format-tables.ts';
import { tableText } from './table-text.ts';

/** A vehicular network over time. */
export interface VehicularReport {
  /** The file of the trace, or what made it. */
  readonly input: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly summary: VehicularSummary;
  readonly steps: readonly VehicularStep[];
}

export function vehicularTables({
  input,
  digests,
  notes,
  options,
  summary,
  steps,
}: VehicularReport): TablesReport {
  return {
    tables: [overview(summary), byStep(steps)],
    document: {
      schema: 'peerscope/vehicular/1',
      tool: TOOL,
      ...{ input, digests, notes, options, summary, steps },
    },
  };
}

/** The same for a person: how connected the vehicles are, and for how long. */
export function* vehicularLines(
  report: VehicularReport,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  yield terminal.style(harmless(`Vehicular network: ${report.input}`), 'title', 0);
  for (const note of report.notes) yield* wrap(harmless(note), terminal.width);
  yield '';
  yield* tableText(overview(report.summary), terminal);
  if (report.steps.length < 2) return;
  yield '';
  yield* chartText(giantOverTime(report.steps), terminal);
}

function giantOverTime(steps: readonly VehicularStep[]): Chart {
  const points = steps.flatMap(({ time, giantShare }) =>
    giantShare === null ? [] : [{ x: time, y: giantShare }],
  );
  return {
    kind: 'scatter',
    title: 'Share of the vehicles in the largest component',
    xLabel: 'seconds',
    yLabel: 'share',
    xScale: 'linear',
    yScale: 'linear',
    series: [{ name: 'share', points }],
    curves: [],
  };
}

function overview(summary: VehicularSummary): Table {
  const { links } = summary;
  return {
    name: 'vehicular',
    title: 'Means over the trace',
    columns: [
      { name: 'steps' },
      { name: 'vehicles' },
      { name: 'vehicles_at_a_time', digits: 1 },
      { name: 'mean_degree', digits: 2 },
      { name: 'components', digits: 1 },
      { name: 'giant_share', digits: 3 },
      { name: 'links_begun_and_ended' },
      { name: 'links_cut_off' },
      { name: 'mean_link_seconds', digits: 1 },
      { name: 'median_link_seconds', digits: 1 },
    ],
    rows: [
      [
        ...[summary.steps, summary.vehicles, summary.meanVehicles, summary.meanDegree],
        ...[summary.meanComponents, summary.meanGiantShare],
        ...[links.whole, links.cutOff, links.mean, links.median],
      ],
    ],
    notes: [
      'A link lasts from the first step with it to the first without it. Those of the first and the last step are cut off, and have no part in the mean, which so favours short ones.',
    ],
  };
}

function byStep(steps: readonly VehicularStep[]): Table {
  return {
    name: 'vehicular-steps',
    title: 'Step by step',
    columns: [
      { name: 'time' },
      { name: 'vehicles' },
      { name: 'links' },
      { name: 'mean_degree', digits: 3 },
      { name: 'components' },
      { name: 'giant_share', digits: 4 },
      { name: 'alone' },
    ],
    rows: steps.map((step) => [
      ...[step.time, step.vehicles, step.links, step.meanDegree],
      ...[step.components, step.giantShare, step.alone],
    ]),
  };
}
