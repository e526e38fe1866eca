import type { Table } from '../core/table.ts';
import type { CentralityResult } from './centrality.ts';

/** A row a peer, by the first measure that was taken, falling. */
export function centralityTable(result: CentralityResult): Table {
  const { peers, betweenness, closeness, pageRank, pairs } = result;
  const columns: { name: string; digits: number; values: readonly number[] }[] = [];
  if (betweenness !== null) {
    const normalised = betweenness.map((value) => (pairs === 0 ? 0 : value / pairs));
    columns.push({ name: 'betweenness', digits: 1, values: betweenness });
    columns.push({ name: 'betweenness_normalised', digits: 6, values: normalised });
  }
  if (closeness !== null) columns.push({ name: 'closeness', digits: 4, values: closeness });
  if (pageRank !== null) columns.push({ name: 'page_rank', digits: 6, values: pageRank });
  return {
    name: 'centrality',
    title: `Peers by ${(columns[0]?.name ?? 'name').replaceAll('_', ' ')}`,
    columns: [{ name: 'peer' }, ...columns.map(({ name, digits }) => ({ name, digits }))],
    rows: peers.map((peer, i) => [peer, ...columns.map(({ values }) => values[i]!)]),
    notes: notesOf(result),
  };
}

function notesOf({ exact, omitted }: CentralityResult): string[] {
  const notes: string[] = [];
  if (exact.betweenness !== null && exact.betweenness !== true) {
    const { epsilon, delta, shareOfLargest, samples } = exact.betweenness;
    const share = shareOfLargest === null ? '' : ` (${(100 * shareOfLargest).toFixed(1)} % of the largest)`;
    notes.push(
      `Betweenness is estimated from ${samples} pairs of peers: with probability ${1 - delta} every normalised value is within ${epsilon.toPrecision(2)}${share} of the exact one.`,
    );
  }
  if (exact.closeness !== null && exact.closeness !== true) {
    const { sources, meanDistanceError, delta } = exact.closeness;
    notes.push(
      `Closeness is estimated from ${sources} peers: with probability ${1 - delta} every mean distance is within ${meanDistanceError.toPrecision(2)} steps of the exact one.`,
    );
  }
  if (omitted > 0) notes.push(`${omitted} peers further down are left out.`);
  return notes;
}
