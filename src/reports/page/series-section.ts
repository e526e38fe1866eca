import { formatNumber } from '../format-number.ts';
import { folded } from './finding-sections.ts';
import { saying, tables, type Block, type Section } from './page.ts';
import type { ReportedInput } from './reported-input.ts';

/** How the overlay changed over a series of crawls; nothing where the input is no series. */
export function seriesSection(input: ReportedInput): Section[] {
  return input.series === undefined
    ? []
    : [{ id: 'series', title: SERIES_TITLE, blocks: seriesBlocks(input) }];
}

export const SERIES_TITLE = 'The series: who came, went and stayed';

export function seriesBlocks({ series }: ReportedInput): Block[] {
  if (series === undefined) return saying('This is no series.');
  const { directory, complete, comparison } = series;
  if (comparison === undefined) {
    return saying(
      `The series ${directory} has ${formatNumber(complete)} complete snapshot, and two are needed to compare.`,
    );
  }
  const all = comparison.tables.filter(({ rows }) => rows.length > 0);
  return [
    ...saying(...comparison.words),
    ...comparison.charts.map((chart) => ({ kind: 'chart' as const, chart })),
    ...tables(all.filter(({ name }) => MAIN.includes(name))),
    ...folded('More tables', tables(all.filter(({ name }) => !MAIN.includes(name)))),
    ...folded('What exactly was measured', saying(...DEFINITION)),
  ];
}

/** Who was there, and what changed from one to the next; sessions and uptimes are charts, and tables for those who want them. */
const MAIN = ['series', 'series-peers', 'series-links'];

const DEFINITION = [
  'Each complete snapshot is compared with the one before it; incomplete ones are left out, since that a peer is missing in one of them means nothing.',
  'A peer is there if it answered or somebody listed it. A superpeer that became a leaf has gone from the superpeers.',
  'A link that went has lost an end, or both ends stayed without it. Links whose ends did not answer both times may only be missing because nobody who knows them was asked.',
  'Session lengths are by the create-based method: only sessions that begin in the first half of the series count, and each is followed for half of it (Roselli, Lorch and Anderson 2000; Stutzbach and Rejaie 2006).',
  'The onion test takes the assortativity of uptime ranks over the links of superpeers in the last snapshot, against random graphs of the same degrees (Stutzbach, Rejaie and Sen 2005; Newman 2003).',
];
