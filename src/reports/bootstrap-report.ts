import type { Style } from '../charts/style.ts';
import type { Cell, Table } from '../core/table.ts';
import type { HostSearch, NamedHost, SearchedSource } from '../overlays/gnutella/bootstrap/host-search.ts';
import type { Format } from './format.ts';
import { formatNumber } from './format-number.ts';
import { formatTables } from './format-tables.ts';
import { tableText } from './table-text.ts';

/** A search for first peers that has ended. */
export interface BootstrapReport {
  readonly search: HostSearch;
  readonly network: string;
  /** Whether a host may be contacted. */
  readonly mayContact: (host: NamedHost) => boolean;
  /** When it ended, milliseconds since 1970. */
  readonly now: number;
  /** The file that the hosts were put in, and how many it has now. */
  readonly written?: { readonly file: string; readonly hosts: number } | undefined;
}

/** Hosts that a person is shown. */
const SHOWN_HOSTS = 40;

/** The report in one of the formats, piece by piece. */
export function* formatBootstrap(
  report: BootstrapReport,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  if (format === 'table') {
    yield `${tableText(shownHosts(report), { ...terminal, maxRows: SHOWN_HOSTS }).join('\n')}\n\n`;
    yield `${tableText(shownSources(report), terminal).join('\n')}\n`;
    return;
  }
  const tables = [hostTable(report), sourceTable(report)];
  yield* formatTables({ tables, document: documentOf(report) }, format, terminal);
}

/** For a person, narrow enough for 80 columns. */
function shownHosts({ search, mayContact, now }: BootstrapReport): Table {
  const { hosts } = search;
  const rows = hosts.map((host) => [
    host.address,
    host.source.name,
    host.lastSeen === undefined ? null : ageText(now - host.lastSeen),
    factsText(host),
  ]);
  const excluded = hosts.filter((host) => !mayContact(host)).length;
  const hasFacts = hosts.some((host) => factsText(host) !== null);
  return {
    name: 'hosts',
    title: 'Hosts found',
    columns: ['address', 'source', 'age', 'known'].slice(0, hasFacts ? 4 : 3).map((name) => ({ name })),
    rows: hasFacts ? rows : rows.map((row) => row.slice(0, 3)),
    notes:
      excluded === 0
        ? []
        : [
            `${formatNumber(excluded)} of ${formatNumber(hosts.length)} hosts are excluded: they are not on this machine, and nobody contacts them yet.`,
          ],
  };
}

function shownSources({ search, written }: BootstrapReport): Table {
  const unasked = search.unasked.length;
  return {
    name: 'sources',
    title: 'Where from',
    columns: [{ name: 'kind' }, { name: 'source' }, { name: 'outcome' }, { name: 'hosts' }, { name: 'new' }],
    rows: search.sources.map(({ kind, name, outcome, hosts, newHosts }) => [
      kind,
      name,
      outcome,
      hosts,
      newHosts,
    ]),
    notes: [
      ...search.sources.flatMap(remarkOn),
      ...(unasked === 0
        ? []
        : [
            `${formatNumber(unasked)} more ${unasked === 1 ? 'cache was' : 'caches were'} named and not asked.`,
          ]),
      ...(written === undefined ? [] : [`${written.file} has ${formatNumber(written.hosts)} hosts now.`]),
    ],
  };
}

/** What else there is to say of a source. */
function remarkOn({ name, detail, caches, rejected }: SearchedSource): string[] {
  const said = [
    ...(detail === undefined ? [] : [detail]),
    ...(caches === 0 ? [] : [`names ${formatNumber(caches)} other ${caches === 1 ? 'cache' : 'caches'}`]),
    ...(rejected === 0
      ? []
      : [`${formatNumber(rejected)} ${rejected === 1 ? 'entry was' : 'entries were'} of no use`]),
  ];
  return said.length === 0 ? [] : [`${name}: ${said.join('; ')}.`];
}

function hostTable({ search, mayContact, now }: BootstrapReport): Table {
  return {
    name: 'hosts',
    title: 'Hosts found',
    columns: [
      { name: 'address' },
      { name: 'source_kind' },
      { name: 'source' },
      { name: 'age_s' },
      { name: 'excluded' },
      { name: 'known' },
    ],
    rows: search.hosts.map((host) => [
      host.address,
      host.source.kind,
      host.source.name,
      host.lastSeen === undefined ? null : secondsSince(now - host.lastSeen),
      !mayContact(host),
      factsText(host),
    ]),
  };
}

function sourceTable({ search }: BootstrapReport): Table {
  return {
    name: 'sources',
    title: 'Where from',
    columns: [
      { name: 'kind' },
      { name: 'source' },
      { name: 'outcome' },
      { name: 'hosts' },
      { name: 'new_hosts' },
      { name: 'caches' },
      { name: 'rejected' },
      { name: 'detail' },
    ],
    rows: search.sources.map((source) => [
      source.kind,
      source.name,
      source.outcome,
      source.hosts,
      source.newHosts,
      source.caches,
      source.rejected,
      source.detail ?? null,
    ]),
  };
}

function secondsSince(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / 1000));
}

/** A time that has gone by, in the largest unit that says enough: 40 s, 12 min, 30 h, 994 days. */
function ageText(milliseconds: number): string {
  const seconds = secondsSince(milliseconds);
  const [size, unit] =
    seconds < 120
      ? [1, 's']
      : seconds < 7_200
        ? [60, 'min']
        : seconds < 172_800
          ? [3_600, 'h']
          : [86_400, 'days'];
  return `${formatNumber(Math.floor(seconds / size))} ${unit}`;
}

function factsText({ facts, origin }: NamedHost): Cell {
  const all = [...(origin === undefined ? [] : [['from', origin] as const]), ...Object.entries(facts)];
  if (all.length === 0) return null;
  return all.map(([name, value]) => (value === true ? name : `${name} ${String(value)}`)).join(', ');
}

function documentOf({ search, network, mayContact, written }: BootstrapReport) {
  return {
    schema: 'peerscope/bootstrap/1',
    network,
    hosts: search.hosts.map((host) => ({
      address: host.address,
      source: host.source,
      origin: host.origin ?? null,
      lastSeen: host.lastSeen === undefined ? null : new Date(host.lastSeen).toISOString(),
      excluded: !mayContact(host),
      facts: host.facts,
    })),
    sources: search.sources,
    unasked: search.unasked,
    written: written ?? null,
  };
}
