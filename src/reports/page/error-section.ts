import type { AuditResult } from '../../analyses/audit.ts';
import { accuracyTables } from '../accuracy-report.ts';
import { crawlSummary } from '../crawl-summary.ts';
import { doubtTables } from '../doubts-report.ts';
import { durationText } from '../duration-text.ts';
import { saying, tables, type Block, type Section } from './page.ts';
import { resultOf, type ReportedInput, type ReportedSnapshot } from './reported-input.ts';

/** How far the data are from the overlay, as far as anybody knows, and what nobody does. */
export function errorSection(input: ReportedInput): Section {
  return { id: 'error', title: 'How wrong it may be', blocks: errorBlocks(input) };
}

export function errorBlocks(input: ReportedInput): Block[] {
  const { snapshot } = input;
  const unknown = unknownOf(input);
  return [
    ...(snapshot === undefined
      ? saying(
          'This is a topology without a record of how it was collected: how complete it is cannot be told from it. What speaks for or against it stands in the audit.',
        )
      : snapshotBlocks(snapshot)),
    ...(unknown.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'What it does not know' },
          { kind: 'list' as const, items: unknown },
        ]),
  ];
}

function snapshotBlocks({ manifest }: ReportedSnapshot): Block[] {
  if (manifest.origin === 'truth')
    return saying('The simulator that made the overlay wrote it down: nothing is missing.');
  const { accuracy, doubts } = manifest;
  const [error, evidence] = accuracy ? accuracyTables(accuracy) : [];
  return [
    ...saying(...crawlSummary(manifest, undefined)),
    ...(error === undefined ? saying('The crawl did not come to estimate its own error.') : tables([error])),
    ...(evidence === undefined
      ? []
      : [
          {
            kind: 'more' as const,
            summary: 'What that estimate rests on',
            blocks: tables([evidence]),
          },
        ]),
    ...tables(doubts ? doubtTables(doubts, Infinity) : []),
  ];
}

function unknownOf({ snapshot, findings }: ReportedInput): string[] {
  const audit = resultOf(findings, 'audit') as AuditResult | undefined;
  return [...(snapshot === undefined ? [] : unseen(snapshot)), ...(audit?.notTold ?? [])];
}

/** What no crawl can see, and what this one did not look at. */
function unseen({ manifest: { origin, durationSeconds, options, counts } }: ReportedSnapshot): string[] {
  if (origin === 'truth') return [];
  const time = durationSeconds === null || durationSeconds <= 0 ? '' : ` of ${durationText(durationSeconds)}`;
  return [
    'Peers that no link joins to the bootstrap peers: separate sub networks are not in it.',
    `The overlay at one instant: peers may have come and gone during the crawl${time}.`,
    ...(options['leaves'] !== true && counts !== null && counts.contacted < counts.peers
      ? ['What leaves would have said that were not asked: their superpeers told of them.']
      : []),
    ...(typeof options['simulate'] === 'string'
      ? ['Any real overlay: this one was simulated, and tells of its model and of the crawler.']
      : []),
  ];
}
