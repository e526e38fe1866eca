import type { AuditResult } from '../../analyses/audit.ts';
import type { ComponentsResult } from '../../analyses/components.ts';
import type { DistancesResult } from '../../analyses/distances-result.ts';
import type { SummaryResult } from '../../analyses/summary.ts';
import { formatNumber, formatPercent } from '../format-number.ts';
import { counted, shareText } from './counted.ts';
import type { Tile } from './page.ts';
import { resultOf, type ReportedInput } from './reported-input.ts';

/** What a page is about, in a few plain sentences. */
export function leadOf(input: ReportedInput): string[] {
  return [`This page measures ${kindOf(input)}`, ...completeness(input), ...partOfSeries(input)];
}

function partOfSeries({ series }: ReportedInput): string[] {
  if (series === undefined) return [];
  const others = series.complete < 2 ? '' : '; what changed over all of them has a section of its own';
  return [
    `It is the last of the ${counted(series.complete, 'complete snapshot')} of the series ${series.directory}${others}.`,
  ];
}

/** The same where a page is of several. */
export function comparedLeadOf(input: ReportedInput, label: string): string[] {
  if (input.snapshot === undefined) return [`${label}: ${sizeOf(input)}.`];
  return [[`${label} is ${kindOf(input)}`, ...completeness(input), ...partOfSeries(input)].join(' ')];
}

function sizeOf({ topology }: ReportedInput): string {
  return `${counted(topology.size, 'peer')} and ${counted(topology.linkCount, topology.directed ? 'directed link' : 'link')}`;
}

/** The end of a sentence that says what an input is, and how large. */
function kindOf(input: ReportedInput): string {
  const { snapshot, name } = input;
  const size = sizeOf(input);
  if (snapshot === undefined) return `the topology ${name}: ${size}.`;
  const { manifest } = snapshot;
  const at = instantText(manifest.startedAt);
  if (manifest.origin === 'truth') {
    return `the truth about a simulated overlay, as its simulator wrote it on ${at}: ${size}.`;
  }
  const { simulate } = manifest.options;
  const what =
    typeof simulate === 'string'
      ? `an overlay that was simulated for it (${simulate}${manifest.seed === null ? '' : `, seed ${manifest.seed}`})`
      : 'an overlay';
  return `a crawl of ${what}, begun on ${at} over the protocol of ${manifest.overlay}: from ${counted(manifest.bootstrap.length, 'bootstrap peer')} on, whoever was learned of was asked for its neighbours. It found ${size}.`;
}

function completeness({ snapshot }: ReportedInput): string[] {
  if (snapshot === undefined || snapshot.manifest.origin === 'truth') return [];
  const { accuracy } = snapshot.manifest;
  if (accuracy === undefined || accuracy === null) return ['Nobody has estimated how complete it is.'];
  const { value, low, high } = accuracy.peers.completeness;
  const range =
    low === null || high === null ? '' : ` (95 % interval: ${formatPercent(low)} to ${formatPercent(high)})`;
  return [
    `By its own estimate the crawl has ${shareText(value)}${range} of the peers that were there at its end.`,
  ];
}

/** What has to be known before anything else is read. */
export function warningsOf({ snapshot, findings, name }: ReportedInput): string[] {
  const audit = resultOf(findings, 'audit') as AuditResult | undefined;
  const { unfinished, manifest } = snapshot ?? {};
  return [
    ...(unfinished !== undefined
      ? [
          `The snapshot ${name} has no tables yet: its crawl is still going on, or was cut off. This page is of the ${counted(unfinished, 'visit')} that its journal holds so far.`,
        ]
      : manifest?.state === 'incomplete'
        ? [`The snapshot ${name} is incomplete: its crawl ended early, and peers and links are missing.`]
        : []),
    ...(audit?.degreeFit.verdict === 'artefact'
      ? [`${audit.degreeFit.meaning} See the audit below before anything is concluded from degrees.`]
      : []),
  ];
}

/** The numbers that a reader looks for first; what was not measured is left out. */
export function tilesOf({ findings, snapshot, topology }: ReportedInput): Tile[] {
  const summary = resultOf(findings, 'summary') as SummaryResult | undefined;
  const components = resultOf(findings, 'components') as ComponentsResult | undefined;
  const distances = resultOf(findings, 'distances') as DistancesResult | undefined;
  const completenessOfPeers = snapshot?.manifest.accuracy?.peers.completeness;
  return [
    { name: 'Peers', value: formatNumber(topology.size) },
    { name: 'Links', value: formatNumber(topology.linkCount) },
    ...(summary === undefined
      ? []
      : [
          {
            name: 'Links of a peer',
            value: formatNumber(summary.meanDegree, 2),
            note: `on average; ${formatNumber(summary.maxDegree)} at most`,
          },
        ]),
    ...(components === undefined
      ? []
      : [
          {
            name: 'Hang together',
            value: shareText(components.weak.largest.share),
            note: `of the peers; ${counted(components.weak.count, 'component')}`,
          },
        ]),
    ...(distances?.meanPathLength == null
      ? []
      : [
          {
            name: 'Steps apart',
            value: formatNumber(distances.meanPathLength, 2),
            note: `on average; ${distances.exact === true ? '' : 'at least '}${formatNumber(distances.diameter ?? 0)} at most`,
          },
        ]),
    ...(completenessOfPeers === undefined
      ? []
      : [
          {
            name: 'Completeness',
            value: shareText(completenessOfPeers.value),
            note:
              completenessOfPeers.low === null || completenessOfPeers.high === null
                ? 'of the peers, estimated'
                : `of the peers; ${formatPercent(completenessOfPeers.low)} to ${formatPercent(completenessOfPeers.high)}`,
          },
        ]),
  ];
}

/** `2026-11-28 14:45:43 UTC`; a text that is no time stays as it is. */
export function instantText(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
