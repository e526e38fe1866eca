import type { Table } from '../core/table.ts';
import { partTable } from './part-document.ts';
import type { ProbeReport } from './probe-report.ts';

/** A question a row: all that was learned, in numbers. */
export function answersTable({ endpoint, answers }: ProbeReport): Table {
  return {
    name: 'probe',
    title: `What ${endpoint} answered`,
    columns: ANSWER_COLUMNS.map((name) => ({ name })),
    rows: answers.map(({ question, visit, learned }) => [
      endpoint,
      question.name,
      question.carrier,
      visit.outcome,
      visit.status?.code ?? null,
      visit.status?.reason ?? null,
      visit.listing ?? null,
      learned.connections?.length ?? null,
      learned.leaves?.length ?? null,
      learned.mentions.length,
      learned.rejectedEntries,
      learned.truncated,
      learned.role,
      learned.agent,
      learned.uptimeSeconds,
      visit.duration,
      visit.bytesSent,
      visit.bytesReceived,
    ]),
  };
}

const ANSWER_COLUMNS = [
  'endpoint',
  'question',
  'carrier',
  'outcome',
  'status_code',
  'status_reason',
  'listing',
  'connections',
  'leaves',
  'mentions',
  'rejected_entries',
  'truncated',
  'role',
  'agent',
  'uptime_s',
  'duration_ms',
  'sent_bytes',
  'received_bytes',
];

/** A field of what was said a row, both sides; a message without fields is one row. */
export function fieldsTable({ answers }: ProbeReport): Table {
  const columns = partTable([]).columns.slice(1);
  return {
    name: 'said',
    title: 'What was said',
    columns: [{ name: 'question' }, { name: 'from' }, { name: 'at_ms' }, ...columns],
    rows: answers.flatMap(({ question, dialogue }) =>
      dialogue.flatMap(({ from, at, part }, index) =>
        partTable([{ part, number: index + 1 }]).rows.map(([, ...row]) => [question.name, from, at, ...row]),
      ),
    ),
  };
}
