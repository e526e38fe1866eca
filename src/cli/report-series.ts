import { join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import type { ReportedSeries } from '../reports/page/reported-input.ts';
import { readSeries } from '../snapshot/series.ts';
import { DEFAULT_GAP, seriesComparisonReport } from './compare-series.ts';

/**
 * The directory of the last complete snapshot of a series, of which a report is.
 * @throws {PeerscopeError} (bad-input) where there is none yet.
 */
export function lastSnapshot(directory: string): string {
  const last = completeNames(directory).at(-1);
  if (last === undefined) {
    throw new PeerscopeError('bad-input', `the series ${directory} has no complete snapshot yet`, {
      hint: `peerscope crawl --resume ${directory} goes on with it.`,
    });
  }
  return join(directory, last);
}

/** What all complete snapshots of a series say together. */
export async function reportedSeries(directory: string, seed: number): Promise<ReportedSeries> {
  const complete = completeNames(directory).length;
  return {
    directory,
    complete,
    comparison:
      complete < 2 ? undefined : await seriesComparisonReport(directory, { gap: DEFAULT_GAP, seed }),
  };
}

function completeNames(directory: string): string[] {
  return readSeries(directory).snapshots.flatMap(({ name, state }) => (state === 'complete' ? [name] : []));
}
