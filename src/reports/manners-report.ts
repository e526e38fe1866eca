import type { Cell, Table } from '../core/table.ts';
import type { MannersFinding, MannersRule } from '../snapshot/audit-finding.ts';
import type { MannersAudit } from '../snapshot/audit-manners.ts';
import { CONTACT_REASONS } from '../snapshot/ledger.ts';
import type { Manners } from '../snapshot/recorded-manners.ts';
import { formatNumber } from './format-number.ts';
import type { TablesReport } from './format-tables.ts';

/** An audit of manners, and what has to be known to read it right. */
export interface MannersReport {
  readonly directory: string;
  readonly audit: MannersAudit;
  readonly manners: Manners;
  /** Lines of the ledger that are no contact. */
  readonly damagedLines: number;
}

/** Whether all rules were kept, as tables and as a document. */
export function mannersReport(report: MannersReport): TablesReport {
  const { directory, audit, manners, damagedLines } = report;
  return {
    tables: [rulesTable(report), contactsTable(audit), reasonsTable(audit)],
    document: {
      schema: 'peerscope/manners/1',
      directory,
      kept: brokenRules(audit).length === 0,
      live: manners.live,
      contact: manners.contact,
      damagedLines,
      ...audit,
      findings: audit.findings.map(({ worst, ...finding }) => ({
        ...finding,
        worst: worst === null ? null : { ...worst, time: isoTime(worst.time) },
      })),
      first: audit.first === null ? null : isoTime(audit.first),
      last: audit.last === null ? null : isoTime(audit.last),
    },
  };
}

/** The rules that were broken. */
export function brokenRules(audit: MannersAudit): readonly MannersRule[] {
  return audit.findings.flatMap(({ rule, verdict }) => (verdict === 'broken' ? [rule] : []));
}

function rulesTable({ directory, audit, manners, damagedLines }: MannersReport): Table {
  return {
    name: 'manners',
    title: `The manners of the crawl ${directory}`,
    columns: [
      { name: 'rule' },
      { name: 'verdict' },
      { name: 'checked' },
      { name: 'broken' },
      { name: 'limit', digits: 1 },
      { name: 'closest', digits: 1 },
      { name: 'unit' },
      { name: 'worst_address' },
      { name: 'worst_time' },
      { name: 'worst_value', digits: 1 },
    ],
    rows: audit.findings.map(ruleRow),
    notes: notes(audit, manners, damagedLines),
  };
}

function ruleRow({ rule, verdict, checked, broken, limit, closest, unit, worst }: MannersFinding): Cell[] {
  return [
    rule,
    verdict,
    checked,
    broken,
    limit,
    closest,
    unit,
    worst?.address ?? null,
    worst === null ? null : isoTime(worst.time),
    worst?.value ?? null,
  ];
}

function notes(audit: MannersAudit, manners: Manners, damagedLines: number): string[] {
  const broken = brokenRules(audit);
  return [
    broken.length === 0
      ? `Every rule was kept in ${formatNumber(audit.contacts)} contacts.`
      : `Broken: ${broken.join(', ')}.`,
    manners.live
      ? `A live crawl; complaints go to ${manners.contact ?? 'nobody: no contact was given'}.`
      : 'A crawl of this machine only.',
    'idle: no contact was one that the rule is about. Loopback has no network rate and no cool-down. closest: how near to its limit it came.',
    ...(damagedLines > 0
      ? [
          `${formatNumber(damagedLines)} lines of the ledger cannot be read: torn by a crash, if they stand where a crawl was resumed.`,
        ]
      : []),
    ...(audit.backwards > 0
      ? [
          `The clock was set back ${formatNumber(audit.backwards)} times: gaps may have been longer than they look.`,
        ]
      : []),
  ];
}

function contactsTable(audit: MannersAudit): Table {
  return {
    name: 'manners-contacts',
    title: 'Whom it contacted',
    columns: [
      { name: 'contacts' },
      { name: 'tcp' },
      { name: 'udp' },
      { name: 'endpoints' },
      { name: 'endpoints_again' },
      { name: 'hosts' },
      { name: 'hosts_again' },
      { name: 'first' },
      { name: 'last' },
    ],
    rows: [
      [
        audit.contacts,
        audit.byCarrier.tcp,
        audit.byCarrier.udp,
        audit.endpoints,
        audit.endpointsAgain,
        audit.hosts,
        audit.hostsAgain,
        audit.first === null ? null : isoTime(audit.first),
        audit.last === null ? null : isoTime(audit.last),
      ],
    ],
    notes: [
      'endpoints: addresses with their ports; hosts: IP addresses beyond loopback; again: contacted more than once.',
    ],
  };
}

function reasonsTable({ byReason, contacts }: MannersAudit): Table {
  return {
    name: 'manners-reasons',
    title: 'Why',
    columns: [{ name: 'reason' }, { name: 'contacts' }, { name: 'share', digits: 4 }],
    rows: CONTACT_REASONS.flatMap((reason) => {
      const count = byReason[reason] ?? 0;
      return count === 0 ? [] : [[reason, count, count / contacts]];
    }),
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
