import { onionTest } from '../analyses/onion-test.ts';
import { SuperpeerLooks } from '../analyses/superpeer-stability.ts';
import { createRandom } from '../core/random.ts';
import { seriesReport, type SeriesReport } from '../reports/series-report.ts';
import { compareSeries, presenceOf, type SeriesComparison } from '../snapshot/compare-series.ts';
import type { Population } from '../snapshot/compare-looks.ts';
import { uptimeGraph } from '../snapshot/series-uptimes.ts';
import { sessionLengths, type SessionLengths } from '../statistics/create-based.ts';
import { sessionRuns } from '../statistics/session-runs.ts';

/** Absences of so many snapshots in a row that are taken for misses; see docs/series.md. */
export const DEFAULT_GAP = 1;

export interface SeriesOptions {
  readonly gap: number;
  /** Of the random graphs of the onion test. */
  readonly seed: number;
}

/**
 * Everything that a series of snapshots says: for `compare DIR` with one directory (`isSeries`).
 * @throws {PeerscopeError} (bad-input) where the series has fewer than two complete snapshots, or one cannot be read.
 */
export async function seriesComparisonReport(
  directory: string,
  { gap, seed }: SeriesOptions = { gap: DEFAULT_GAP, seed: 1 },
): Promise<SeriesReport> {
  const superpeers = new SuperpeerLooks();
  const comparison = await compareSeries(directory, (columns) => {
    superpeers.look(columns);
  });
  const graph = uptimeGraph(comparison);
  return seriesReport({
    directory,
    comparison,
    sessions: (['all', 'superpeer'] as const).map((population) => ({
      population,
      lengths: lengthsOf(population, comparison, gap),
    })),
    superpeers: superpeers.steps,
    onion: { result: onionTest(graph, graph.uptimes, createRandom(seed).fork('onion')), graph },
  });
}

const MINUTE = 60_000;

function lengthsOf(
  population: Population,
  { steps, presence }: SeriesComparison,
  gap: number,
): SessionLengths | undefined {
  const start = steps[0]?.crawl.begin ?? 0;
  const looks = steps.map(({ looks: { [population]: look } }) => ({
    begin: (look.begin - start) / MINUTE,
    end: (look.end - start) / MINUTE,
  }));
  const runs = sessionRuns(presenceOf(population, presence), presence.size, gap);
  return sessionLengths(looks, runs, gap, isQuick(steps) ? 1 : FITTED_FROM);
}

/** A crawl that takes a larger share of the interval is no instant: when in it a peer was looked at decides who is seen. */
const QUICK = 0.1;
/** Snapshots, from which on that hardly matters. */
const FITTED_FROM = 3;

function isQuick(steps: SeriesComparison['steps']): boolean {
  const crawling = steps.reduce((sum, { crawl }) => sum + crawl.end - crawl.begin, 0);
  const [first, last] = [steps[0], steps.at(-1)];
  return (
    first !== undefined && last !== undefined && crawling <= QUICK * (last.crawl.end - first.crawl.begin)
  );
}
