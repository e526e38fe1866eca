import type { Table } from '../core/table.ts';
import type { CentralityResult } from './centrality.ts';

/** A row a peer, by falling betweenness. */
export function centralityTable(result: CentralityResult): Table {
  const { peers, betweenness, closeness, pageRank, pairs } = result;
  return {
    name: 'centrality',
    title: 'Peers by betweenness',
    columns: [
      { name: 'peer' },
      { name: 'betweenness', digits: 1 },
      { name: 'betweenness_normalised', digits: 6 },
      { name: 'closeness', digits: 4 },
      { name: 'page_rank', digits: 6 },
    ],
    rows: peers.map((peer, i) => [
      peer,
      betweenness[i]!,
      pairs === 0 ? 0 : betweenness[i]! / pairs,
      closeness[i]!,
      pageRank[i]!,
    ]),
    notes: notesOf(result),
  };
}

function notesOf({ exact, omitted }: CentralityResult): string[] {
  const notes: string[] = [];
  if (exact.betweenness !== true) {
    const { epsilon, delta, shareOfLargest, samples } = exact.betweenness;
    const share = shareOfLargest === null ? '' : ` (${(100 * shareOfLargest).toFixed(1)} % of the largest)`;
    notes.push(
      `Betweenness is estimated from ${samples} pairs of peers: with probability ${1 - delta} every normalised value is within ${epsilon.toPrecision(2)}${share} of the exact one.`,
    );
  }
  if (exact.closeness !== true) {
    const { sources, meanDistanceError, delta } = exact.closeness;
    notes.push(
      `Closeness is estimated from ${sources} peers: with probability ${1 - delta} every mean distance is within ${meanDistanceError.toPrecision(2)} steps of the exact one.`,
    );
  }
  if (omitted > 0) notes.push(`${omitted} peers of less betweenness are left out.`);
  return notes;
}
