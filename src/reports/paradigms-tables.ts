import type { Cell, Column, Table } from '../core/table.ts';
import { hasSinglePoint, type GrowingMetric, type ParadigmGrowth, type Point } from '../paradigms/compare.ts';
import { FAILED_SHARES, FAILURES, type FailureKind } from '../paradigms/failures.ts';

/** A table of overlays of one size, for a person: what all rows have in common stands in the title. */
export function withoutSize(table: Table): Table {
  const kept = table.columns.map(({ name, detail }) => name !== 'peers' && detail !== true);
  return {
    ...table,
    columns: table.columns.filter((_, k) => kept[k]),
    rows: table.rows.map((row) => row.filter((_, k) => kept[k])),
  };
}

/** What a query costs, and what it finds. */
export function searchTable(points: readonly Point[]): Table {
  return {
    name: 'paradigms-search',
    title: titleOf('What a query costs, and what it finds', points),
    columns: [
      ...KEYS,
      { name: 'hops', digits: 2 },
      { name: 'messages', digits: 1 },
      { name: 'bytes', digits: 0 },
      { name: 'success', digits: 3 },
      { name: 'success_error', digits: 3, detail: true },
      { name: 'by_part' },
      { name: 'join_messages', digits: 1 },
    ],
    rows: points.map((point) => [
      ...keysOf(point),
      point.hops,
      point.messages,
      point.bytes,
      point.success,
      point.errors.success,
      yes(point.paradigm.findsByPart),
      point.joinMessages,
    ]),
    notes: [
      'messages and bytes: requests and answers on all links, for one query. by_part: whether part of a name is enough. join_messages: what a newcomer causes.',
    ],
  };
}

/** Whom it costs. */
export function loadTable(points: readonly Point[]): Table {
  return {
    name: 'paradigms-load',
    title: titleOf('Who carries it', points),
    columns: [
      ...KEYS,
      { name: 'state_mean', digits: 0 },
      { name: 'state_most', digits: 0 },
      { name: 'load_median', digits: 4 },
      { name: 'load_most', digits: 3 },
      { name: 'busiest_share', digits: 4 },
      { name: 'load_gini', digits: 3 },
    ],
    rows: points.map((point) => [
      ...keysOf(point),
      point.stateMean,
      point.stateMost,
      point.loadMedian,
      point.loadMost,
      point.busiestShare,
      point.loadGini,
    ]),
    notes: [
      'state: links, what a member knows of the content of others, and queries that it remembers, of the mean and of the fullest member. load: messages that the member in the middle, and the busiest one, handle for each query of anybody.',
    ],
  };
}

/** What still works when members fail. */
export function failureTable(points: readonly Point[]): Table {
  return {
    name: 'paradigms-failures',
    title: titleOf('Queries that still find something when members fail', points),
    columns: [
      ...KEYS,
      { name: 'single_point' },
      { name: 'none', digits: 2, detail: true },
      { name: 'without_busiest', digits: 2 },
      ...remainColumns(),
    ],
    rows: points.map((point) => [
      ...keysOf(point),
      yes(hasSinglePoint(point)),
      point.success,
      point.withoutBusiest,
      ...point.remains.map(({ success }) => success),
    ]),
    notes: [
      'single_point: whether less than half works without the busiest member. random_10: a tenth of the members fail by chance; degree_10: those with most links. Nobody mends anything. Among the queries of the living.',
    ],
  };
}

/** In how many pieces the overlay is then: the share of the living that the largest piece has. */
export function pieceTable(points: readonly Point[]): Table {
  return {
    name: 'paradigms-pieces',
    title: titleOf('The largest piece that is left, as a share of the living', points),
    columns: [...KEYS, ...remainColumns()],
    rows: points.map((point) => [...keysOf(point), ...point.remains.map(({ giantShare }) => giantShare)]),
    detail: true,
  };
}

export function growthTable(growth: readonly ParadigmGrowth[]): Table {
  return {
    name: 'paradigms-growth',
    title: 'How it grows with the peers N: exponents of N, and the nearest form',
    columns: [
      { name: 'paradigm' },
      { name: 'quantity' },
      { name: 'exponent', digits: 3 },
      { name: 'low', digits: 3 },
      { name: 'high', digits: 3 },
      { name: 'form' },
    ],
    rows: growth.map(({ paradigm, metric, growth: found }) => [
      paradigm.name,
      METRIC_NAMES[metric],
      found?.exponent ?? null,
      found?.interval?.[0] ?? null,
      found?.interval?.[1] ?? null,
      found?.form ?? null,
    ]),
    notes: [
      'low, high: interval of 95 % by how far the sizes stray from a power law; a logarithm strays. The form is the best of a constant, a + b log N, and a N^b.',
    ],
  };
}

/** What there is room for. */
const SHOWN: readonly GrowingMetric[] = ['hops', 'messages', 'success', 'stateMost', 'joinMessages'];

/** The same for a person: a row for each paradigm. */
export function growthOverview(growth: readonly ParadigmGrowth[]): Table {
  const names = [...new Set(growth.map(({ paradigm }) => paradigm.name))];
  const table = growthTable(growth);
  return {
    ...table,
    title: 'How it grows with the peers N',
    columns: [{ name: 'paradigm' }, ...SHOWN.map((metric) => ({ name: METRIC_NAMES[metric] }))],
    rows: names.map((name) => [
      name,
      ...SHOWN.map((metric) =>
        growthText(growth.find((one) => one.paradigm.name === name && one.metric === metric)),
      ),
    ]),
    notes: [
      'N^b: with b and the half of its interval of 95 %; log N: nearer to a + b log N; –: does not change; ?: one size, or one at which it is 0, says nothing of growth.',
    ],
  };
}

function growthText(one: ParadigmGrowth | undefined): string {
  const found = one?.growth;
  if (found === undefined || found === null) return '?';
  if (found.form === 'constant') return '–';
  if (found.form === 'logarithmic') return 'log N';
  const half =
    found.interval === null ? '' : `±${(found.interval[1] - found.exponent).toFixed(2).replace(/^0/, '')}`;
  return `N^${found.exponent.toFixed(2)}${half}`;
}

/** All that was measured, one row for each paradigm and size. */
export function pointTable(points: readonly Point[]): Table {
  const tables = [searchTable(points), loadTable(points), failureTable(points), pieceTable(points)];
  const skip = KEYS.length;
  return {
    name: 'paradigms',
    title: 'The paradigms',
    columns: [
      ...KEYS,
      { name: 'overlays' },
      ...tables.flatMap(({ columns }, k) => columns.slice(skip).map((column) => renamed(column, k === 3))),
    ],
    rows: points.map((point, r) => [
      ...keysOf(point),
      point.runs,
      ...tables.flatMap(({ rows }): readonly Cell[] => rows[r]?.slice(skip) ?? []),
    ]),
  };
}

function renamed(column: Column, isPiece: boolean): Column {
  if (column.name === 'none') return { ...column, name: 'success_without_failures' };
  return isPiece ? { ...column, name: `piece_${column.name}` } : column;
}

const KEYS: readonly Column[] = [{ name: 'paradigm' }, { name: 'peers' }];

function keysOf({ paradigm, peers }: Point): readonly Cell[] {
  return [paradigm.name, peers];
}

export const METRIC_NAMES: Readonly<Record<GrowingMetric, string>> = {
  hops: 'hops',
  messages: 'messages',
  bytes: 'bytes',
  success: 'success',
  stateMean: 'state_mean',
  stateMost: 'state_most',
  joinMessages: 'join_messages',
};

function remainColumns(): Column[] {
  return FAILURES.flatMap((kind) =>
    FAILED_SHARES.map((share) => ({ name: remainName(kind, share), digits: 2 })),
  );
}

export function remainName(kind: FailureKind, share: number): string {
  return `${kind}_${Math.round(100 * share)}`;
}

function titleOf(title: string, points: readonly Point[]): string {
  const sizes = new Set(points.map(({ peers }) => peers));
  const [size] = sizes;
  return sizes.size === 1 && size !== undefined ? `${title}: ${size.toLocaleString('en')} peers` : title;
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no';
}
