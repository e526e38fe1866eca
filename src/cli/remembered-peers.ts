import { join } from 'node:path';
import type { Address } from '../core/address.ts';
import { createRandom } from '../core/random.ts';
import { policyFrom, whyNotDial, type DialPolicy } from '../crawl/manners/dial-policy.ts';
import { peersToRemember, type RememberedPeer } from '../snapshot/remembered-peers.ts';
import { readSeries, type SeriesSnapshot } from '../snapshot/series.ts';

/** BOUNDED: so many crawls are looked at for one that found somebody. */
const MOST_CRAWLS = 10;

/**
 * Whom the next crawl of a series begins at besides those that the user named: respondents of the last one that found any, so
 * that a series goes on when its bootstrap peers have left.
 */
export async function rememberedPeers(
  seriesDir: string,
  bootstrap: readonly Address[],
  manners: { readonly policy: DialPolicy },
): Promise<readonly RememberedPeer[]> {
  const policy = policyFrom(manners.policy, bootstrap);
  const named = new Set(bootstrap);
  for (const { name, startedAt } of endedCrawls(seriesDir).slice(-MOST_CRAWLS).reverse()) {
    const peers = await peersToRemember(join(seriesDir, name), {
      startedAt: Date.parse(startedAt),
      may: (address) => !named.has(address) && whyNotDial(policy, address) === undefined,
      random: createRandom(0).fork(`remembered peers of ${name}`),
    });
    if (peers.length > 0) return peers;
  }
  return [];
}

/** The directory of the crawl before the one that runs. */
export function lastCrawl(seriesDir: string): string | undefined {
  const last = endedCrawls(seriesDir).at(-1);
  return last && join(seriesDir, last.name);
}

function endedCrawls(seriesDir: string): readonly SeriesSnapshot[] {
  return readSeries(seriesDir).snapshots.filter(({ state }) => state !== 'running');
}
