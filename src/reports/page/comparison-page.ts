import type { Finding } from '../../analyses/index.ts';
import type { ScatterPlot } from '../../core/chart.ts';
import { compareReport, type Comparison } from '../compare-report.ts';
import { formatNumber } from '../format-number.ts';
import { aboutBlocks } from './about-section.ts';
import { agentsBlocks } from './agents-section.ts';
import { changeWords, numbersTable } from './comparison-numbers.ts';
import { errorBlocks } from './error-section.ts';
import { definitions, FINDING_SECTIONS, folded, isOverview } from './finding-sections.ts';
import { findingWords } from './finding-words.ts';
import { comparedLeadOf, warningsOf } from './headline.ts';
import { leftOutSection, methodsSection, type Making } from './methods-section.ts';
import { saying, tables, type Block, type Page, type Section } from './page.ts';
import { graphBlocks, mapBlocks } from './picture-sections.ts';
import { footerOf, shortName } from './report-page.ts';
import type { ReportedInput } from './reported-input.ts';
import { SERIES_TITLE, seriesBlocks } from './series-section.ts';
import { degreesOverlaid, overlaid, stackedTables, type Pair } from './side-by-side.ts';

/** Two inputs, and what their snapshots say of each other where both are snapshots. */
export interface ComparedInputs {
  readonly first: ReportedInput;
  readonly second: ReportedInput;
  readonly snapshots?: Comparison | undefined;
}

/** Two inputs beside each other: what changed, then all that was measured of both. */
export function comparisonPage(compared: ComparedInputs, title: string | undefined, making: Making): Page {
  const inputs = [compared.first, compared.second] as const;
  const labels = labelsOf(inputs);
  const beside = (blocksOf: (input: ReportedInput) => readonly Block[]): Block => ({
    kind: 'columns',
    columns: inputs.map((input, k) => [{ kind: 'heading', text: labels[k] ?? '' }, ...blocksOf(input)]),
  });
  return {
    title: title ?? `${labels[0]} beside ${labels[1]}`,
    lead: inputs.flatMap((input, k) => comparedLeadOf(input, labels[k] ?? '')),
    warnings: inputs.flatMap((input, k) => warningsOf(input).map((text) => `${labels[k] ?? ''}: ${text}`)),
    tiles: [],
    sections: [
      {
        id: 'changes',
        title: 'What differs',
        blocks: [
          { kind: 'list', items: changeWords(inputs, labels) },
          { kind: 'table', table: numbersTable(inputs, labels) },
        ],
      },
      ...snapshotSection(compared, labels),
      { id: 'about', title: 'What was measured, and how', blocks: [beside(aboutBlocks)] },
      { id: 'error', title: 'How wrong they may be', blocks: [beside(errorBlocks)] },
      ...(inputs.some(({ series }) => series !== undefined)
        ? [{ id: 'series', title: SERIES_TITLE, blocks: [beside(seriesBlocks)] }]
        : []),
      ...FINDING_SECTIONS.flatMap(({ id, title: name, analyses }) =>
        findingSection({ id, name, analyses }, inputs, labels),
      ),
      ...(inputs.some(({ snapshot }) => snapshot?.manifest.origin === 'crawl')
        ? [
            {
              id: 'agents',
              title: 'Programs, and how visits ended',
              blocks: [
                beside(({ snapshot }) =>
                  snapshot?.manifest.origin === 'crawl'
                    ? agentsBlocks(snapshot)
                    : saying('This is no crawl.'),
                ),
              ],
            },
          ]
        : []),
      { id: 'graph', title: 'The graphs', blocks: [beside(({ graph }) => graphBlocks(graph))] },
      { id: 'map', title: 'The maps', blocks: mapsOf(inputs, beside) },
      ...leftOutSection(inputs),
      methodsSection(inputs, making),
    ],
    footer: footerOf(),
  };
}

/** The last part of each name; the whole names where those are the same. */
function labelsOf(inputs: Pair<ReportedInput>): Pair<string> {
  const [first, second] = inputs.map(({ name, series }) => series?.directory ?? name) as [string, string];
  if (shortName(first) !== shortName(second)) return [shortName(first), shortName(second)];
  return first === second ? [`${first} (1)`, `${second} (2)`] : [first, second];
}

/** Peer by peer and link by link; only snapshots have names that mean the same in both. */
function snapshotSection({ first, second, snapshots }: ComparedInputs, labels: Pair<string>): Section[] {
  if (snapshots === undefined) return [];
  const { peers, links } = snapshots.difference;
  const report = compareReport(snapshots, { snapshot: labels[0], reference: labels[1] });
  const isTruth = second.snapshot?.manifest.origin === 'truth';
  const sentences = [peers, links].map(({ both, extra, missing }, k) => {
    const what = k === 0 ? 'peers' : 'links';
    return `${formatNumber(both)} ${what} are in both; ${formatNumber(missing)} only in ${labels[1]}, and ${formatNumber(extra)} only in ${labels[0]}.`;
  });
  const isCrawls = first.snapshot?.manifest.origin === 'crawl' && !isTruth;
  return [
    {
      id: 'in-both',
      title: 'Peer by peer and link by link',
      blocks: [
        ...saying(
          ...sentences,
          isTruth ? 'The second is the truth, so that this says how right the first is.' : '',
          isCrawls
            ? 'Whoever is in one crawl only may have come or gone in between, or been missed by one of them.'
            : '',
        ),
        ...tables(report.tables),
      ],
    },
  ];
}

function findingSection(
  {
    id,
    name,
    analyses,
  }: { readonly id: string; readonly name: string; readonly analyses: readonly string[] },
  inputs: Pair<ReportedInput>,
  labels: Pair<string>,
): Section[] {
  const pairs = analyses.flatMap((analysis) => {
    const [first, second] = inputs.map(({ findings }) => findings.find((one) => one.name === analysis));
    return first === undefined || second === undefined ? [] : [[first, second] as const];
  });
  if (pairs.length === 0) return [];
  const all = pairs.flatMap((pair) => stackedTables(pair, labels)).filter(({ rows }) => rows.length > 0);
  const topologies = [inputs[0].topology, inputs[1].topology] as const;
  return [
    {
      id,
      title: name,
      blocks: [
        {
          kind: 'columns',
          columns: labels.map((label, k) => [
            { kind: 'heading', text: label },
            ...saying(...pairs.flatMap((pair) => findingWords(pair[k === 0 ? 0 : 1]))),
          ]),
        },
        ...(id === 'degrees' ? [{ kind: 'chart' as const, chart: degreesOverlaid(topologies, labels) }] : []),
        // Their own distribution charts say less than both in one.
        ...pairs
          .filter(([{ name: analysis }]) => analysis !== 'degree')
          .flatMap((pair) => chartBlocks(pair, labels)),
        ...tables(all.filter((table) => isOverview(table, MOST_ROWS))),
        ...folded('More tables', tables(all.filter((table) => !isOverview(table, MOST_ROWS)))),
        ...definitions(pairs.flat()),
      ],
    },
  ];
}

/** One chart for both where points and curves can share axes, else two beside each other. */
function chartBlocks(pair: Pair<Finding>, labels: Pair<string>): Block[] {
  const [first, second] = pair;
  return first.charts.flatMap((chart): Block[] => {
    const other = second.charts.find(({ kind, title }) => kind === chart.kind && title === chart.title);
    if (other === undefined)
      return [{ kind: 'chart', chart: { ...chart, title: `${labels[0]}: ${chart.title}` } }];
    if (chart.kind === 'scatter' && other.kind === 'scatter') {
      return [{ kind: 'chart', chart: overlaid([fewer(chart), fewer(other)], labels) }];
    }
    return [
      {
        kind: 'columns',
        columns: [chart, other].map((one, k) => [
          { kind: 'chart', chart: { ...one, title: `${labels[k] ?? ''}: ${one.title}` } },
        ]),
      },
    ];
  });
}

/** Of both inputs together. */
const MOST_ROWS = 24;

/** What is told apart in a chart of one input is too much in a chart of two. */
const PLAIN_LINES = ['all', 'random', 'degree'];

function fewer(chart: ScatterPlot): ScatterPlot {
  const some = (lines: ScatterPlot['series']): ScatterPlot['series'] => {
    const plain = lines.filter(({ name }) => PLAIN_LINES.includes(name));
    return plain.length === 0 ? lines : plain;
  };
  return { ...chart, series: some(chart.series), curves: some(chart.curves) };
}

function mapsOf(
  inputs: Pair<ReportedInput>,
  beside: (blocksOf: (input: ReportedInput) => readonly Block[]) => Block,
): readonly Block[] {
  return inputs.every(({ location }) => location === undefined) ? mapBlocks(inputs[0]) : [beside(mapBlocks)];
}
