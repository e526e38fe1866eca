import type { Table } from '../core/table.ts';
import type { Doubts } from '../snapshot/doubt/doubt-schema.ts';
import { formatNumber } from './format-number.ts';

/** Rows for a person; CSV and JSON have all that the manifest names. */
const SHOWN = 10;

/** What a snapshot doubts, in a sentence each. */
export function doubtSentences({ invented, sybils, withheld, inventors, insularNets }: Doubts): string[] {
  return [
    ...(invented > 0
      ? [
          `${formatNumber(invented)} of its peers are known from nobody but ${formatNumber(inventors)} that ${inventors === 1 ? 'tells' : 'tell'} of peers that there seem not to be.`,
        ]
      : []),
    ...(sybils > 0
      ? [
          `${formatNumber(sybils)} peers of ${formatNumber(insularNets.length)} small ${insularNets.length === 1 ? 'network' : 'networks'} list hardly anybody but each other: they may all be one operator's.`,
        ]
      : []),
    ...(withheld > 0
      ? [
          `${formatNumber(withheld)} addresses were not contacted, because nobody told of them whose word had been good.`,
        ]
      : []),
  ];
}

/** Who told of peers that there seem not to be, and the nets that keep to themselves; none where nothing is doubted. */
export function doubtTables(doubts: Doubts, shown = SHOWN): Table[] {
  const { worstInventors, insularNets, inventors } = doubts;
  const rest = inventors - Math.min(shown, worstInventors.length);
  return [
    ...(worstInventors.length === 0
      ? []
      : [
          {
            name: 'inventors',
            title: 'Who tells of peers that there seem not to be',
            columns: [{ name: 'peer' }, { name: 'connections_claimed' }, { name: 'nobody_else_knows' }],
            rows: worstInventors
              .slice(0, shown)
              .map(({ id, claims, unconfirmed }) => [id, claims, unconfirmed]),
            notes: rest > 0 ? [`And ${formatNumber(rest)} more: see the manifest.`] : [],
          },
        ]),
    ...(insularNets.length === 0
      ? []
      : [
          {
            name: 'insular-nets',
            title: 'Networks whose peers list each other',
            columns: [
              { name: 'net' },
              { name: 'peers' },
              { name: 'links_claimed' },
              { name: 'within_such_nets' },
            ],
            rows: insularNets
              .slice(0, shown)
              .map(({ net, peers, claims, inside }) => [net, peers, claims, inside]),
          },
        ]),
  ];
}
