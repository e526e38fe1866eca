import { ROLES } from '../core/claims.ts';
import type { Table } from '../core/table.ts';
import type { Difference, Overlap } from '../snapshot/compare.ts';
import type { TablesReport } from './format-tables.ts';

/** Examples of missing and extra ids shown to a person; JSON has them all. */
const EXAMPLES = 10;

/** A comparison as tables and as a document. */
export function compareReport(
  difference: Difference,
  names: { readonly snapshot: string; readonly reference: string },
): TablesReport {
  const examples = examplesTable(difference);
  return {
    tables: [overview(difference, names), ...(examples.rows.length === 0 ? [] : [examples])],
    document: { schema: 'peerscope/compare/1', ...names, ...difference },
  };
}

function overview(
  difference: Difference,
  { snapshot, reference }: { snapshot: string; reference: string },
): Table {
  const row = (of: string, overlap: Overlap) => [
    of,
    overlap.found,
    overlap.reference,
    overlap.both,
    overlap.missing,
    overlap.extra,
    overlap.completeness,
    overlap.distortion,
  ];
  return {
    name: 'compare',
    title: `${snapshot} against ${reference}`,
    columns: [
      { name: 'of' },
      { name: 'found' },
      { name: 'reference' },
      { name: 'both' },
      { name: 'missing' },
      { name: 'extra' },
      { name: 'completeness', digits: 4 },
      { name: 'distortion', digits: 4 },
    ],
    rows: [
      row('peers', difference.peers),
      ...ROLES.flatMap((role) => {
        const overlap = difference.peersByRole[role];
        return overlap.reference + overlap.found === 0 ? [] : [row(role, overlap)];
      }),
      row('links', difference.links),
    ],
    notes: [
      'completeness = both / reference; distortion = (missing + extra) / (found + reference) (Stutzbach and Rejaie).',
      ...(difference.rolesDiffering.length > 0
        ? [`${difference.rolesDiffering.length} peers in both have another role.`]
        : []),
    ],
  };
}

function examplesTable(difference: Difference): Table {
  const some = (what: string, ids: readonly string[]) => ids.slice(0, EXAMPLES).map((id) => [what, id]);
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
