import { ROLES } from '../core/claims.ts';
import type { Cell, Table } from '../core/table.ts';
import type { Causes } from '../snapshot/causes.ts';
import type { Belief, Difference, Overlap } from '../snapshot/compare.ts';
import type { IntervalDifference } from '../snapshot/interval.ts';
import { causesTables } from './causes-table.ts';
import { formatNumber, formatPercent } from './format-number.ts';
import type { TablesReport } from './format-tables.ts';

/** Examples of missing and extra ids shown to a person; JSON has them all. */
const EXAMPLES = 10;

/** A comparison; with a truth that knows its sessions also over the crawl's interval, and with any truth by cause. */
export interface Comparison {
  readonly difference: Difference;
  readonly interval?: IntervalDifference | undefined;
  readonly causes?: Causes | undefined;
  /** What has to be known to read it right. */
  readonly notes?: readonly string[];
}

/** A comparison as tables and as a document. */
export function compareReport(
  { difference, interval, causes, notes = [] }: Comparison,
  names: { readonly snapshot: string; readonly reference: string },
): TablesReport {
  const examples = examplesTable(difference);
  return {
    tables: [
      overview(difference, names, notes),
      ...(interval === undefined ? [] : [intervalTable(interval)]),
      ...(causes === undefined ? [] : causesTables(causes)),
      ...(examples.rows.length === 0 ? [] : [examples]),
    ],
    document: {
      schema: 'peerscope/compare/1',
      ...names,
      notes,
      ...difference,
      peersInInterval: interval?.peersInInterval ?? null,
      linksInInterval: interval?.linksInInterval ?? null,
      causes: causes ?? null,
    },
  };
}

function overview(
  difference: Difference,
  { snapshot, reference }: { snapshot: string; reference: string },
  notes: readonly string[],
): Table {
  return {
    name: 'compare',
    title: `${snapshot} against ${reference}`,
    columns: OVERLAP_COLUMNS,
    rows: [
      overlapRow('peers', difference.peers),
      ...ROLES.flatMap((role) => {
        const overlap = difference.peersByRole[role];
        return overlap.reference + overlap.found === 0 ? [] : [overlapRow(role, overlap)];
      }),
      overlapRow('links', difference.links),
    ],
    notes: [
      ...notes,
      'completeness = both / reference; distortion = (missing + extra) / (found + reference) (Stutzbach and Rejaie).',
      ...(difference.believed === undefined ? [] : [beliefSentence(difference.believed)]),
      ...(difference.rolesDiffering.length > 0
        ? [`${difference.rolesDiffering.length} peers in both have another role.`]
        : []),
    ],
  };
}

function beliefSentence({ doubted, precision, recall }: Belief): string {
  return `The snapshot doubts ${formatNumber(doubted)} of its peers itself: of the others ${formatPercent(precision)} are in the reference (precision), and of the reference it has ${formatPercent(recall)} (recall).`;
}

function intervalTable({ peersInInterval, linksInInterval }: IntervalDifference): Table {
  return {
    name: 'compare-interval',
    title: 'Against whoever was up, and every link that stood, at any time of the crawl',
    columns: OVERLAP_COLUMNS,
    rows: [
      overlapRow('peers', peersInInterval),
      ...(linksInInterval === undefined ? [] : [overlapRow('links', linksInInterval)]),
    ],
  };
}

const OVERLAP_COLUMNS = [
  { name: 'of' },
  { name: 'found' },
  { name: 'reference' },
  { name: 'both' },
  { name: 'missing' },
  { name: 'extra' },
  { name: 'completeness', digits: 4 },
  { name: 'distortion', digits: 4 },
];

function overlapRow(of: string, overlap: Overlap): Cell[] {
  const { found, reference, both, missing, extra, completeness, distortion } = overlap;
  return [of, found, reference, both, missing, extra, completeness, distortion];
}

function examplesTable(difference: Difference): Table {
  const some = (what: string, ids: Iterable<string>) => first(ids, EXAMPLES).map((id) => [what, id]);
  return {
    name: 'compare-examples',
    title: `The first ${EXAMPLES} of each kind`,
    columns: [{ name: 'what' }, { name: 'id' }],
    rows: [
      ...some('peer missing', difference.peersMissing),
      ...some('peer extra', difference.peersExtra),
      ...some('link missing', difference.linksMissing),
      ...some('link extra', difference.linksExtra),
      ...some('role differs', difference.rolesDiffering),
    ],
  };
}

function first(ids: Iterable<string>, count: number): string[] {
  const some: string[] = [];
  for (const id of ids) {
    if (some.length === count) break;
    some.push(id);
  }
  return some;
}
