import type { Address } from '../core/address.ts';
import type { RecordedManners } from '../snapshot/recorded-manners.ts';
import type { DialRefusal } from '../crawl/manners/dial-policy.ts';
import { formatNumber } from './format-number.ts';
import type { TablesReport } from './format-tables.ts';

/** What a crawl would do. */
export interface CrawlPlan {
  readonly overlay: string;
  readonly manners: RecordedManners;
  readonly purpose: string | undefined;
  readonly rawAddresses: boolean;
  /** Where it would begin, and why it must not contact whom. */
  readonly bootstrap: readonly { readonly address: Address; readonly refusal: DialRefusal | undefined }[];
  readonly notes: readonly string[];
}

/** The plan for a person, and as a document. */
export function planReport(plan: CrawlPlan): TablesReport {
  const { overlay, manners, bootstrap, rawAddresses, purpose, notes } = plan;
  const first = bootstrap.filter(({ refusal }) => refusal === undefined);
  return {
    tables: [
      {
        name: 'plan',
        title: 'What this crawl would do',
        columns: [{ name: 'what' }, { name: 'value' }],
        rows: [
          ['overlay', overlay],
          ['reach', manners.live ? 'the network' : 'this machine only'],
          ['contact', manners.contact ?? ''],
          ['purpose', purpose ?? ''],
          ['most_contacts_per_s', manners.rate?.perSecond ?? 'as many as there are'],
          ['most_contacts_per_s_and_network', manners.networkRate?.perSecond ?? 'as many as there are'],
          ['s_between_connections_to_a_host', manners.live ? manners.coolDownSeconds.tcp : 0],
          ['s_between_datagrams_to_a_host', manners.live ? manners.coolDownSeconds.udp : 0],
          ['excluded_nets', manners.excluded.length],
          ['allowed_reserved_nets', manners.allowNet.join(' ')],
          ['sources', manners.sources.join(' ') || 'as the system chooses'],
          ['addresses_in_tables', rawAddresses ? 'as they are' : 'pseudonyms'],
        ],
        notes: [
          ...notes,
          `Nobody was contacted, and nothing written. It would begin with ${formatNumber(first.length)} peers, then contact everybody that they name.`,
          ...durations(manners),
        ],
      },
      {
        name: 'bootstrap',
        title: 'Where it would begin',
        columns: [{ name: 'address' }, { name: 'contacted' }, { name: 'why_not' }],
        rows: bootstrap.map(({ address, refusal }) => [
          address,
          refusal === undefined ? 'yes' : 'no',
          refusal ?? '',
        ]),
      },
    ],
    document: { schema: 'peerscope/plan/1', ...plan, purpose: purpose ?? null },
  };
}

function durations({ rate }: RecordedManners): string[] {
  if (rate === null) return [];
  const hours = 100_000 / rate.perSecond / 3_600;
  return [
    `At ${formatNumber(rate.perSecond)} contacts a second, 100,000 contacts take ${hours.toFixed(1)} hours at least.`,
  ];
}
