import type { AuditResult } from '../../analyses/audit.ts';
import type { Finding } from '../../analyses/index.ts';
import type { Table } from '../../core/table.ts';
import { findingWords } from './finding-words.ts';
import { saying, tables, type Block, type Section } from './page.ts';

/** Which analyses tell of what, in the order of a page. */
export const FINDING_SECTIONS: readonly {
  readonly id: string;
  readonly title: string;
  readonly analyses: readonly string[];
}[] = [
  { id: 'summary', title: 'Summary', analyses: ['summary'] },
  { id: 'degrees', title: 'Degree distribution', analyses: ['degree', 'degree-model', 'degree-tail'] },
  { id: 'components', title: 'Components', analyses: ['components'] },
  { id: 'distances', title: 'Distances', analyses: ['distances'] },
  { id: 'superpeers', title: 'Superpeers', analyses: ['superpeers'] },
  { id: 'resilience', title: 'Resilience', analyses: ['resilience'] },
  { id: 'audit', title: 'Audit: what the collecting did to the data', analyses: ['audit'] },
  { id: 'clustering', title: 'Clustering', analyses: ['clustering'] },
  { id: 'cores', title: 'Cores', analyses: ['cores'] },
  { id: 'mixing', title: 'Mixing', analyses: ['mixing'] },
  { id: 'centrality', title: 'Centrality', analyses: ['centrality'] },
  { id: 'small-world', title: 'Small world', analyses: ['small-world'] },
  { id: 'communities', title: 'Communities', analyses: ['communities'] },
];

/** Rows that stand among sentences; longer tables wait behind a line. */
const MOST_ROWS = 12;

/** A section for each thing that was measured. */
export function findingSections(findings: readonly Finding[]): Section[] {
  return FINDING_SECTIONS.flatMap(({ id, title, analyses }) => {
    const some = analyses.flatMap((name) => findings.filter((finding) => finding.name === name));
    return some.length === 0 ? [] : [{ id, title, blocks: findingBlocks(some) }];
  });
}

function findingBlocks(findings: readonly Finding[]): Block[] {
  const all = findings.flatMap((finding) => finding.tables).filter(({ rows }) => rows.length > 0);
  const isShort = (table: Table): boolean => isOverview(table) && table.name !== 'audit';
  return [
    ...saying(...findings.flatMap(findingWords)),
    ...findings.flatMap(({ charts }) => charts.map((chart) => ({ kind: 'chart' as const, chart }))),
    ...findings.flatMap((finding) => (finding.name === 'audit' ? auditMarks(finding) : [])),
    ...tables(all.filter(isShort)),
    ...folded('More tables', tables(all.filter((table) => !isShort(table)))),
    ...definitions(findings),
  ];
}

/** What the numbers are, each definition once. */
export function definitions(findings: readonly Finding[]): Block[] {
  const texts = [...new Set(findings.map(({ definition }) => definition))];
  return folded(
    'What exactly was measured',
    texts.flatMap((text) => saying(text)),
  );
}

/** What was counted, and what that means for whoever uses the data. */
function auditMarks({ result }: Finding): Block[] {
  const { findings } = result as AuditResult;
  return [
    {
      kind: 'marks',
      marks: findings.map(({ id, severity, evidence, meaning, degreeFit }) => ({
        name: id,
        severity,
        sentences: [evidence, meaning, ...(degreeFit === null ? [] : [degreeFit])],
      })),
    },
  ];
}

/** Short enough, and not too much for whoever wants an overview. */
export function isOverview({ detail, rows }: Table, mostRows = MOST_ROWS): boolean {
  return detail !== true && rows.length <= mostRows;
}

export function folded(summary: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'more', summary, blocks }];
}
