import type { Finding } from '../../analyses/index.ts';
import type { Chart, ScatterPlot } from '../../core/chart.ts';
import type { Table } from '../../core/table.ts';
import type { Topology } from '../../topology/topology.ts';

/** Two of a kind, the first and the second input's. */
export type Pair<Item> = readonly [first: Item, second: Item];

/** Tables of the same name and columns under each other, with the input in front; others keep to themselves. O(cells). */
export function stackedTables(findings: Pair<Finding>, labels: Pair<string>): Table[] {
  const [first, second] = findings.map((finding) => finding.tables) as [readonly Table[], readonly Table[]];
  const names = [...new Set([...first, ...second].map(({ name }) => name))];
  return names.flatMap((name) => {
    const both = [first, second].map((some) => some.find((table) => table.name === name));
    const [model] = both.filter((table) => table !== undefined);
    if (model === undefined) return [];
    const isAlike = both.every((table) => table === undefined || columnsOf(table) === columnsOf(model));
    if (!isAlike)
      return both.flatMap((table, k) => (table === undefined ? [] : [labelled(table, labels[k] ?? '')]));
    return [
      {
        ...model,
        columns: [{ name: 'input' }, ...model.columns],
        rows: both.flatMap((table, k) => (table?.rows ?? []).map((row) => [labels[k] ?? '', ...row])),
        notes: [
          ...new Set(
            both.flatMap((table, k) =>
              (table?.notes ?? []).map((note) =>
                both.every((other) => other?.notes?.includes(note) === true)
                  ? note
                  : `${labels[k] ?? ''}: ${note}`,
              ),
            ),
          ),
        ],
      },
    ];
  });
}

function columnsOf({ columns }: Table): string {
  return columns.map(({ name }) => name).join(',');
}

function labelled(table: Table, label: string): Table {
  return { ...table, title: `${table.title}: ${label}` };
}

/** Two scatter plots in one: what both have, as the curve of a law, stands once; the rest says whose it is. */
export function overlaid(charts: Pair<ScatterPlot>, labels: Pair<string>): ScatterPlot {
  const [first, second] = charts;
  const merged = (kind: 'series' | 'curves'): ScatterPlot['series'] => {
    const shared = new Set(
      first[kind].map(textOf).filter((text) => second[kind].some((other) => textOf(other) === text)),
    );
    return [
      ...first[kind].filter((one) => shared.has(textOf(one))),
      ...charts.flatMap((chart, k) =>
        chart[kind]
          .filter((one) => !shared.has(textOf(one)))
          .map((one) => ({ ...one, name: `${labels[k] ?? ''}: ${one.name}` })),
      ),
    ];
  };
  return { ...first, series: merged('series'), curves: merged('curves') };
}

function textOf(line: ScatterPlot['series'][number]): string {
  return JSON.stringify(line);
}

/** The complementary cumulative degree distributions of both on logarithmic axes. O(n log n). */
export function degreesOverlaid(topologies: Pair<Topology>, labels: Pair<string>): Chart {
  return {
    kind: 'scatter',
    title: 'Both degree distributions: the share of peers with at least so many links',
    xLabel: 'degree d',
    yLabel: 'P(D >= d)',
    xScale: 'log',
    yScale: 'log',
    series: topologies.map((topology, k) => ({ name: labels[k] ?? '', points: ccdf(topology.degrees) })),
    curves: [],
  };
}

function ccdf(degrees: Uint32Array): { x: number; y: number }[] {
  const sorted = degrees.slice().sort();
  const points: { x: number; y: number }[] = [];
  sorted.forEach((degree, k) => {
    if (k === 0 || degree !== sorted[k - 1])
      points.push({ x: degree, y: (sorted.length - k) / sorted.length });
  });
  return points;
}
