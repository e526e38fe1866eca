import type { Cell, Table } from '../../core/table.ts';
import { durationText } from '../duration-text.ts';
import { formatNumber } from '../format-number.ts';
import { instantText } from './headline.ts';
import { saying, type Block, type Section } from './page.ts';
import type { ReportedInput, ReportedSnapshot } from './reported-input.ts';

/** Bootstrap peers that are named; the manifest has them all. */
const SHOWN_BOOTSTRAP = 5;

/** Where the data come from, when, how, and by whom. */
export function aboutSection(input: ReportedInput): Section {
  return { id: 'about', title: 'What was measured, and how', blocks: aboutBlocks(input) };
}

export function aboutBlocks(input: ReportedInput): Block[] {
  const { snapshot, notes } = input;
  return [
    ...saying(...notes),
    { kind: 'table', table: aboutTable(input) },
    ...(snapshot === undefined
      ? []
      : [
          {
            kind: 'more' as const,
            summary: 'Every setting of the crawl',
            blocks: [{ kind: 'code' as const, text: JSON.stringify(snapshot.manifest.options, null, 2) }],
          },
        ]),
  ];
}

function aboutTable({ name, digests, snapshot, topology }: ReportedInput): Table {
  const rows: (readonly [string, Cell])[] = [
    ['input', name],
    ...(snapshot === undefined ? [] : snapshotRows(snapshot)),
    ['links have a direction', topology.directed],
    ...Object.entries(digests).map(([file, digest]) => [`SHA-256 of ${file}`, digest] as const),
  ];
  return { name: 'about', title: 'Source', columns: [{ name: 'what' }, { name: 'value' }], rows };
}

function snapshotRows({ manifest, unfinished }: ReportedSnapshot): (readonly [string, Cell])[] {
  const { bootstrap, durationSeconds, endedAt, counts, resumedAt, options } = manifest;
  const more = bootstrap.length - SHOWN_BOOTSTRAP;
  const contact = contactOf(options['manners']);
  return [
    ['system', manifest.overlay],
    ['kind', manifest.origin === 'truth' ? 'the truth, by the simulator' : 'a crawl'],
    ['state', unfinished === undefined ? manifest.state : 'not finished'],
    ['begun', instantText(manifest.startedAt)],
    ...(endedAt === null ? [] : [['ended', instantText(endedAt)] as const]),
    ...(durationSeconds === null ? [] : [['took', durationText(durationSeconds)] as const]),
    ...(resumedAt === undefined
      ? []
      : [['went on after a break', resumedAt.map(instantText).join(', ')] as const]),
    ['crawled with', manifest.tool],
    ...(contact === undefined ? [] : [['crawled by', contact] as const]),
    [
      'began at',
      `${bootstrap.slice(0, SHOWN_BOOTSTRAP).join(', ')}${more > 0 ? ` and ${formatNumber(more)} more` : ''}`,
    ],
    ...(counts === null
      ? []
      : [
          ['visits', counts.visits] as const,
          ['bytes sent', counts.bytesSent] as const,
          ['bytes received', counts.bytesReceived] as const,
        ]),
    ...(options['pseudonyms'] === undefined ? [] : [['addresses', 'replaced by pseudonyms'] as const]),
  ];
}

/** Who answers for a live crawl, as its manifest says. */
function contactOf(manners: unknown): string | undefined {
  if (typeof manners !== 'object' || manners === null || !('contact' in manners)) return undefined;
  return typeof manners.contact === 'string' ? manners.contact : undefined;
}
