import { chartText } from '../../charts/chart-text.ts';
import type { Style } from '../../charts/style.ts';
import type { Chart } from '../../core/chart.ts';
import type { Table } from '../../core/table.ts';
import { TOOL } from '../../core/version.ts';
import { RITTER_LINKS, RITTER_TTLS, type RitterCell } from '../../search/ritter.ts';
import type { TablesReport } from '../format-tables.ts';
import { tableText } from '../table-text.ts';

export interface RitterSetting {
  readonly peers: number;
  readonly sources: number;
  readonly seed: number;
}

/** For a spreadsheet one row a cell. */
export function ritterReport(setting: RitterSetting, cells: readonly RitterCell[]): TablesReport {
  return {
    tables: [
      {
        name: 'ritter',
        title: 'Reach by formula, and of floods',
        columns: [
          { name: 'links' },
          { name: 'ttl' },
          { name: 'reach_by_formula' },
          { name: 'reached', digits: 1 },
          { name: 'messages', digits: 1 },
          { name: 'duplicates', digits: 1 },
        ],
        rows: cells.map((cell) => [
          cell.links,
          cell.ttl,
          cell.reach,
          cell.reached,
          cell.messages,
          cell.duplicates,
        ]),
      },
    ],
    document: { schema: 'peerscope/experiment/ritter/1', tool: TOOL, ...setting, cells },
  };
}

/** For a person the table as Ritter has it, and the same of floods. */
export function* ritterLines(
  { peers, sources }: RitterSetting,
  cells: readonly RitterCell[],
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const finite = `random graphs of ${peers} peers with so many links each, means of ${sources} floods`;
  const tables = [
    square('Peers within reach, by the formula n (n - 1)^(t - 1) summed: a tree without end', cells, 'reach'),
    square(`Peers reached: ${finite}`, cells, 'reached'),
    square('Messages for it, of which all beyond the peers reached are duplicates', cells, 'messages'),
  ];
  for (const table of tables) {
    yield* tableText(table, terminal);
    yield '';
  }
  yield* chartText(ritterChart(cells), terminal);
}

function square(title: string, cells: readonly RitterCell[], key: 'reach' | 'reached' | 'messages'): Table {
  return {
    name: `ritter-${key}`,
    title,
    columns: [{ name: 'links' }, ...RITTER_TTLS.map((ttl) => ({ name: `ttl_${ttl}`, digits: 0 }))],
    rows: RITTER_LINKS.map((links) => [
      links,
      ...RITTER_TTLS.map(
        (ttl) => cells.find((cell) => cell.links === links && cell.ttl === ttl)?.[key] ?? null,
      ),
    ]),
  };
}

const DRAWN = [3, 5, 8];

function ritterChart(cells: readonly RitterCell[]): Chart {
  const points = (links: number, key: 'reach' | 'reached') =>
    cells.filter((cell) => cell.links === links).map((cell) => ({ x: cell.ttl, y: cell[key] }));
  return {
    kind: 'scatter',
    title: 'Reach: floods (marks) and formula (lines)',
    xLabel: 'TTL',
    yLabel: 'peers reached',
    xScale: 'linear',
    yScale: 'log',
    series: DRAWN.map((links) => ({ name: `${links} links`, points: points(links, 'reached') })),
    curves: DRAWN.map((links) => ({ name: `${links} links, formula`, points: points(links, 'reach') })),
  };
}
