import type { Cost } from '../analyses/analysis.ts';
import { PeerscopeError } from '../core/errors.ts';
import { formatNumber } from '../reports/format-number.ts';
import { wholeDurationText } from '../reports/duration-text.ts';

/** What is started without being asked twice: longer than anybody waits without knowing, less than a coffee. */
const MOST_SECONDS = 600;

/** Of the memory that is free: the estimates are rough, and the system needs some too. */
const SHARE_OF_MEMORY = 0.8;

/**
 * Refuses what would take very long or does not fit into memory, with the estimate.
 * @param available bytes of memory that the process may take.
 * @param faster a sentence on what makes it so.
 * @throws {PeerscopeError} (usage)
 */
export function refuseWhatIsTooMuch(
  what: string,
  { seconds, bytes }: Cost,
  { available, processors }: { readonly available: number; readonly processors: number },
  faster = '',
): void {
  const time = seconds / processors;
  if (time <= MOST_SECONDS && bytes <= SHARE_OF_MEMORY * available) return;
  const memory = `${formatNumber(bytes / 1e9, 1)} GB of memory (${formatNumber(available / 1e9, 1)} GB are free)`;
  const why = time > MOST_SECONDS ? `take about ${wholeDurationText(time)}` : `need about ${memory}`;
  throw new PeerscopeError('usage', `${what} would ${why}`, {
    hint: `${faster}--force does it all the same.`,
  });
}
