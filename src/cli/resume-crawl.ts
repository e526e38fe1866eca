import * as z from 'zod';
import { parseAddress } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { PrefixSet } from '../core/prefix-set.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import { readPrivateFacts } from '../snapshot/private-facts.ts';
import { readManifest, type Manifest } from '../snapshot/manifest.ts';
import { readRememberedPeers } from '../snapshot/remembered-peers.ts';
import { resumedConduct } from './conduct.ts';
import type { CliContext } from './context.ts';
import { DEFAULT_CRAWL_SETTINGS, runCrawl } from './run-crawl.ts';
import type { CrawlWatchOptions } from './watch-crawl.ts';

/** How a crawl that was cut off ended in the end, and what there is to say of that. */
export interface ResumedCrawl
  extends
    Pick<TakenSnapshot, 'ending' | 'manifest' | 'timeline'>,
    Partial<Pick<TakenSnapshot, 'outcomesOverTime'>> {
  readonly notes: readonly string[];
}

/** The options that a crawl, or a series, recorded of itself. */
export const recordedSettings = z.object({
  concurrency: z.union([z.int().positive(), z.literal('adaptive').transform(() => undefined)]).optional(),
  connectTimeout: z.number().positive().default(DEFAULT_CRAWL_SETTINGS.connectTimeout),
  answerTimeout: z.number().positive().default(DEFAULT_CRAWL_SETTINGS.answerTimeout),
  leaves: z.boolean().default(DEFAULT_CRAWL_SETTINGS.leaves),
  tls: z.boolean().default(DEFAULT_CRAWL_SETTINGS.tls),
  maxPeers: z.int().positive().default(DEFAULT_CRAWL_SETTINGS.maxPeers),
  secondLook: z.int().nonnegative().optional(),
});

/** What is not settled by the snapshot. */
export interface ResumeOptions {
  /** Who has asked to be left alone since it began. */
  readonly excluded: PrefixSet;
  readonly watch: CrawlWatchOptions;
  /** The snapshot before it, where it is of a series. */
  readonly after?: string | undefined;
  /** Asks the crawl to stop; by default the user does (Ctrl-C). */
  readonly signal?: AbortSignal;
}

/**
 * Goes on with the crawl of a snapshot directory, from where its journal ends; one that is complete stays as it is.
 * @throws {PeerscopeError} `bad-input` where it is no crawl, `usage` where it can not go on.
 */
export async function resumeCrawl(
  directory: string,
  overlay: Overlay,
  { excluded, watch, after, signal }: ResumeOptions,
  context: CliContext,
): Promise<ResumedCrawl> {
  const manifest = readManifest(directory);
  refuseOthers(manifest, directory, overlay);
  if (manifest.state === 'complete') {
    return { ending: 'complete', manifest, timeline: [], notes: ['It is complete: nobody was asked.'] };
  }
  const settings = recordedSettings.safeParse(manifest.options);
  const facts = readPrivateFacts(directory);
  const bootstrap = (facts?.bootstrap ?? manifest.bootstrap).map((text) => parseAddress(text));
  if (!settings.success || bootstrap.includes(undefined) || Number.isNaN(Date.parse(manifest.startedAt))) {
    throw new PeerscopeError('bad-input', `the manifest of ${directory} has been altered`);
  }
  const taken = await runCrawl(
    {
      directory,
      overlay,
      resumes: manifest,
      watch,
      after,
      ...(signal && { signal }),
      settings: { ...DEFAULT_CRAWL_SETTINGS, ...settings.data },
      bootstrap: bootstrap.filter((address) => address !== undefined),
      remembered: readRememberedPeers(directory),
      conduct: resumedConduct(manifest, facts, excluded, directory, context),
      origin: { seed: manifest.seed, options: manifest.options },
    },
    context,
  );
  const note = `${formatNumber(taken.damaged)} records of the journal are torn or altered: what they said is lost, and these peers were asked again.`;
  return { ...taken, notes: taken.damaged === 0 ? [] : [note] };
}

function refuseOthers(manifest: Manifest, directory: string, overlay: Overlay): void {
  if (manifest.origin !== 'crawl') {
    throw new PeerscopeError('bad-input', `${directory} is the truth of a simulation: nobody crawled it`);
  }
  refuseOtherOverlay(manifest, directory, overlay);
  if (manifest.options['sample'] !== undefined && manifest.state !== 'complete') {
    throw new PeerscopeError(
      'usage',
      `${directory} is a sample: walks do not go on where they were cut off`,
      {
        hint: 'Sample again, into a new directory.',
      },
    );
  }
  if (manifest.options['simulate'] !== undefined && manifest.state !== 'complete') {
    throw new PeerscopeError('usage', `${directory} is of an overlay that ended together with its crawl`, {
      hint: 'Crawl it again with the same seed, into a new directory.',
    });
  }
}

/** @throws {PeerscopeError} `usage` where a snapshot or a series is of another system than the one that was named. */
export function refuseOtherOverlay(
  held: { readonly overlay: string },
  directory: string,
  overlay: Overlay,
): void {
  if (held.overlay === overlay.name) return;
  throw new PeerscopeError('usage', `${directory} is a crawl of ${held.overlay}`, {
    hint: `Say so: --network ${held.overlay}`,
  });
}
