import type { Chart } from '../../core/chart.ts';
import type { Table } from '../../core/table.ts';
import type { CountedPeers, VisitTimes } from '../../snapshot/counted-peers.ts';
import { outcomesTables } from '../crawl-report.ts';
import { formatNumber, formatPercent } from '../format-number.ts';
import { counted } from './counted.ts';
import { saying, tables, type Block, type Section } from './page.ts';
import type { ReportedInput, ReportedSnapshot } from './reported-input.ts';

/** Agents that a chart has room for; the CSV has them all. */
const SHOWN_AGENTS = 10;
/** Outcomes that a chart can tell apart. */
const SHOWN_OUTCOMES = 5;
const MOST_POINTS = 120;

/** Who answered how and when, and which programs they run: for snapshots of crawls. */
export function agentsSection({ snapshot }: ReportedInput): Section[] {
  if (snapshot === undefined || snapshot.manifest.origin === 'truth') return [];
  return [{ id: 'agents', title: 'Programs, and how visits ended', blocks: agentsBlocks(snapshot) }];
}

export function agentsBlocks(snapshot: ReportedSnapshot): Block[] {
  return [...agentBlocks(snapshot.peers), ...outcomeBlocks(snapshot)];
}

function agentBlocks({ agents }: CountedPeers): Block[] {
  const named = agents.filter(({ agent }) => agent !== '');
  const all = agents.reduce((sum, { peers }) => sum + peers, 0);
  const quiet = all - named.reduce((sum, { peers }) => sum + peers, 0);
  const [first] = named;
  if (first === undefined) return saying('No peer says which program it runs.');
  const table: Table = {
    name: 'agents',
    title: 'Programs, as peers name them',
    columns: [{ name: 'agent' }, { name: 'peers' }, { name: 'share', digits: 4 }],
    rows: agents.map(({ agent, peers }) => [agent === '' ? null : agent, peers, peers / all]),
    notes: quiet > 0 ? [`${counted(quiet, 'peer')} said nothing of it.`] : [],
  };
  const chart: Chart = {
    kind: 'bars',
    title: 'The commonest programs',
    labelName: 'program',
    valueName: 'peers',
    bars: named
      .slice(0, SHOWN_AGENTS)
      .map(({ agent, peers }) => ({ label: agent, value: peers, share: peers / all })),
  };
  return [
    ...saying(
      named.length === 1
        ? `${quiet === 0 ? 'All peers' : 'All peers that say so'} run the same program: ${first.agent}.`
        : `${counted(named.length, 'program')} by what peers call themselves; the commonest, ${first.agent}, runs at ${formatPercent(first.peers / (all - quiet))} of the peers${quiet > 0 ? ' that say so' : ''}.`,
    ),
    ...(named.length > 1 ? [{ kind: 'chart' as const, chart }] : []),
    { kind: 'table', table },
  ];
}

function outcomeBlocks({ manifest, visits, peers }: ReportedSnapshot): Block[] {
  const chart = visits === undefined ? knownChart(peers, manifest.startedAt) : visitsChart(visits);
  return [
    ...tables(visits === undefined ? outcomesTables(manifest) : [outcomesOf(visits)]),
    ...(chart === undefined ? [] : [{ kind: 'chart' as const, chart }]),
  ];
}

function outcomesOf(visits: VisitTimes): Table {
  const rows = Object.entries(visits).map(([outcome, times]) => ({ outcome, count: times.length }));
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    name: 'outcomes',
    title: `How ${counted(all, 'visit')} ended`,
    columns: [{ name: 'outcome' }, { name: 'visits' }, { name: 'share', digits: 4 }],
    rows: rows.map(({ outcome, count }) => [outcome, count, count / all]),
  };
}

function visitsChart(visits: VisitTimes): Chart | undefined {
  const most = Object.entries(visits)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, SHOWN_OUTCOMES);
  if (most.every(([, times]) => times.length < 2)) return undefined;
  const end = most.reduce((latest, [, times]) => Math.max(latest, times.at(-1) ?? 0), 0);
  return {
    kind: 'scatter',
    title: 'Visits that had ended so, over time',
    xLabel: 'seconds since the crawl began',
    yLabel: 'visits so far',
    xScale: 'linear',
    yScale: 'linear',
    series: [],
    curves: most.map(([outcome, times]) => ({
      name: `${outcome} (${formatNumber(times.length)})`,
      points: [...cumulative(times), { x: end, y: times.length }],
    })),
  };
}

/** Where there is no journal: when peers were first heard of. */
function knownChart({ firstSeen }: CountedPeers, startedAt: string): Chart | undefined {
  const begin = Date.parse(startedAt);
  if (firstSeen.length < 2 || Number.isNaN(begin)) return undefined;
  return {
    kind: 'line',
    title: 'Peers that had been heard of, over time',
    xLabel: 'seconds since the crawl began',
    yLabel: 'peers so far',
    points: cumulative(firstSeen.map((time) => (time - begin) / 1000)),
  };
}

/** How many of ascending times have passed, at a number of them that a chart can show. */
function cumulative(times: Float64Array): { x: number; y: number }[] {
  const step = Math.max(1, Math.ceil(times.length / MOST_POINTS));
  const points = [{ x: times[0] ?? 0, y: 0 }];
  for (let k = step - 1; k < times.length; k += step) points.push({ x: times[k] ?? 0, y: k + 1 });
  const last = times.at(-1);
  if (last !== undefined && points.at(-1)?.y !== times.length) points.push({ x: last, y: times.length });
  return points;
}
