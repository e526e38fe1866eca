import type { Cell, Table } from '../core/table.ts';
import type { Accuracy, Estimated, EstimatedBalance } from '../snapshot/accuracy/accuracy-schema.ts';
import { formatNumber, formatPercent } from './format-number.ts';

/** A snapshot's estimate of its own error as tables, for a person, a spreadsheet or a script. */
export function accuracyTables(accuracy: Accuracy): Table[] {
  return [errorTable(accuracy), evidenceTable(accuracy)];
}

/** Shares are percentages for people, with the ends of the 95 % interval beside them. */
function errorTable(accuracy: Accuracy): Table {
  const parts: readonly (readonly [string, EstimatedBalance | null])[] = [
    ['peers', accuracy.peers],
    ['asked peers', accuracy.asked],
    ['learned peers', accuracy.learned],
    ['links', accuracy.links],
  ];
  return {
    name: 'accuracy',
    title: 'How far the snapshot is from the overlay at the end of the crawl, estimated from the crawl alone',
    columns: [
      { name: 'of' },
      { name: 'found' },
      { name: 'there', digits: 0 },
      { name: 'there_low', digits: 0, detail: true },
      { name: 'there_high', digits: 0, detail: true },
      { name: 'missing', digits: 0 },
      { name: 'gone', digits: 0 },
      { name: 'complete_percent', digits: 2 },
      { name: 'complete_low', digits: 2, detail: true },
      { name: 'complete_high', digits: 2, detail: true },
      { name: 'distortion_percent', digits: 2 },
      { name: 'distortion_low', digits: 2 },
      { name: 'distortion_high', digits: 2 },
    ],
    rows: parts.flatMap(([of, balance]) => (balance === null ? [] : [[of, ...balanceCells(balance)]])),
    notes: [sentence(accuracy), ...limits(accuracy)],
  };
}

function balanceCells({ captured, size, missing, gone, completeness, distortion }: EstimatedBalance): Cell[] {
  const percent = ({ value, low, high }: Estimated): Cell[] =>
    [value, low, high].map((share) => (share === null ? null : 100 * share));
  return [
    captured,
    size.value,
    size.low,
    size.high,
    missing,
    gone,
    ...percent(completeness),
    ...percent(distortion),
  ];
}

function sentence({ peers, method, secondLook }: Accuracy): string {
  const { value, low, high } = peers.distortion;
  const range = low === null || high === null ? '' : ` (${formatPercent(low)} to ${formatPercent(high)})`;
  const how =
    method === 'second-look' && secondLook !== null
      ? `${formatNumber(secondLook.asked)} of those that answered were asked once more`
      : 'nobody was asked again: it follows from whom others had listed and who had gone when it was asked';
  return `Some ${formatPercent(value)} of the peers${range} are missing or have gone: ${how}.`;
}

function limits({ unreachable, linkCoverageBound, hiddenPeers, vendorBias }: Accuracy): string[] {
  return [
    ...(unreachable > 0.001
      ? [
          `${formatPercent(unreachable)} of the superpeers are there and cannot be reached: at most ${formatPercent(linkCoverageBound)} of the links among superpeers can be known${hiddenPeers === null || hiddenPeers < 1 ? '' : `, and some ${formatNumber(Math.round(hiddenPeers))} leaves hide behind them`}.`,
        ]
      : []),
    ...(vendorBias !== null && vendorBias.pValue < SIGNIFICANT && vendorBias.z > 0
      ? ['Peers list neighbours of their own vendor first: listings that were cut off lack the others.']
      : []),
  ];
}

const SIGNIFICANT = 0.001;

function evidenceTable(accuracy: Accuracy): Table {
  const { vendorBias, secondLook } = accuracy;
  const rows: (readonly [string, Cell])[] = [
    ['links that both ends reported', accuracy.reportedByBoth],
    ['links that one end reported', accuracy.reportedByOne],
    ['listings that may have been cut off', accuracy.truncatedListings],
    ['addresses that no peer confirmed', accuracy.unconfirmedMentions],
    ['share of superpeers that cannot be reached', accuracy.unreachable],
    ['links among superpeers that can be known at most', accuracy.linkCoverageBound],
    ['peers only unreachable ones know', accuracy.hiddenPeers],
    ['links only unreachable ones know', accuracy.hiddenLinks],
    ['own vendor listed first: z', vendorBias?.z ?? null],
    ['own vendor listed first: p', vendorBias?.pValue ?? null],
    ['own vendor kept in cut listings: p', vendorBias?.truncationPValue ?? null],
    ['asked once more', secondLook?.asked ?? null],
    ['of them decided', secondLook?.decided ?? null],
    ['seconds that took', secondLook?.seconds ?? null],
    ['distortion by listings of one end', accuracy.oneEndedDistortion],
  ];
  return {
    name: 'evidence',
    title: 'What that rests on',
    columns: [{ name: 'what' }, { name: 'value', digits: 4 }],
    rows,
    detail: true,
  };
}
