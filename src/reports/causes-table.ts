import { BEHAVIOURS } from '../core/behaviour.ts';
import type { Table } from '../core/table.ts';
import type { CauseCount, Causes } from '../snapshot/causes.ts';

const KINDS = [
  ['peers missing', 'peersMissing'],
  ['peers extra', 'peersExtra'],
  ['links missing', 'linksMissing'],
  ['links extra', 'linksExtra'],
] as const satisfies readonly (readonly [string, keyof Causes])[];

/** What caused the differences from the truth: what each switch cost, then every combination; nothing where nothing differs. */
export function causesTables(causes: Causes): Table[] {
  const rows = KINDS.flatMap(([what, kind]) =>
    causes[kind].map(({ cause, count, share }) => [what, cause, count, share]),
  );
  if (rows.length === 0) return [];
  return [
    costsTable(causes),
    {
      name: 'causes',
      title: 'The differences by their causes, one by one',
      columns: [{ name: 'what' }, { name: 'cause' }, { name: 'count' }, { name: 'share', digits: 4 }],
      rows,
      notes: ['share is of all differences of its kind; the rules are in docs/formats.md.'],
      detail: true,
    },
  ];
}

/**
 * A difference with several causes is shared equally among them, so that each column adds up to its differences. That an
 * end was not asked, as leaves are not, is a cause only where there is no other.
 */
function costsTable(causes: Causes): Table {
  const costs = KINDS.map(([, kind]) => costsOf(causes[kind]));
  const found = new Set(costs.flatMap((column) => [...column.keys()]));
  const order = [...BEHAVIOURS.filter((cause) => found.delete(cause)), ...[...found].sort()];
  const unexplained = order.includes('unexplained');
  return {
    name: 'costs',
    title: 'What caused the differences',
    columns: [{ name: 'cause' }, ...KINDS.map(([what]) => ({ name: what.replace(' ', '_'), digits: 0 }))],
    rows: order.map((cause) => [cause, ...costs.map((column) => column.get(cause) ?? 0)]),
    notes: [
      'What has several causes is shared among them; the rules are in docs/formats.md.',
      ...(unexplained ? ['Nothing in the simulation accounts for what is unexplained.'] : []),
    ],
  };
}

function costsOf(counts: readonly CauseCount[]): Map<string, number> {
  const costs = new Map<string, number>();
  for (const { cause, count } of counts) {
    const parts = cause.replace(/^behind /, '').split(' + ');
    const switches = parts.filter((part) => part !== 'not asked');
    const shared = switches.length === 0 ? parts : switches;
    for (const part of shared) costs.set(part, (costs.get(part) ?? 0) + count / shared.length);
  }
  return costs;
}
