import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { takeSnapshot, type TakenSnapshot } from '../crawl/take-snapshot.ts';
import { createTcpTransport } from '../crawl/tcp-transport.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import type { SimulatedOverlay } from '../simulate/simulation.ts';
import type { VirtualNetwork } from '../simulate/virtual-network.ts';
import { scoreSnapshot, type Score } from '../snapshot/score.ts';
import type { CliContext } from './context.ts';
import { statusLine } from './progress.ts';

/** How to crawl: the flags of `crawl`. */
export interface CrawlSettings {
  readonly concurrency: number;
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly leaves: boolean;
  readonly maxPeers: number;
}

export const DEFAULT_CRAWL_SETTINGS: CrawlSettings = {
  concurrency: 256,
  connectTimeout: 5_000,
  answerTimeout: 8_000,
  leaves: false,
  maxPeers: MAX_KNOWN_ADDRESSES,
};

/** Where a crawl begins and what it leaves behind. */
export interface CrawlTask {
  /** The network in virtual time to crawl instead of real sockets. */
  readonly network?: VirtualNetwork;
  readonly bootstrap: readonly Address[];
  readonly directory: string;
  readonly overlay: Overlay;
  readonly settings: CrawlSettings;
  /** What else belongs into the manifest: the model and seed of a simulated overlay. */
  readonly origin: { readonly seed: number | null; readonly options: Readonly<Record<string, unknown>> };
}

/**
 * Crawls over TCP with a status line on stderr.
 * @throws {PeerscopeError} `network-refused` where no bootstrap peer gave an answer; the snapshot says what each did.
 */
export async function runCrawl(task: CrawlTask, context: CliContext): Promise<TakenSnapshot> {
  const { bootstrap, directory, overlay, settings, origin, network } = task;
  const { monotonic } = context;
  const now = network === undefined ? context.now : () => Math.round(network.now());
  const { signal, release } = context.catchInterrupts();
  const status = statusLine(context.stderr, monotonic);
  const sockets = createTcpTransport({ ...settings, now, monotonic });
  const giveUp = (): void => {
    sockets.close();
  };
  signal.addEventListener('abort', giveUp);
  const begin = monotonic();
  try {
    const taken = await takeSnapshot({
      bootstrap,
      question: overlay.question,
      transport: network ?? sockets,
      concurrency: settings.concurrency,
      contactLeaves: settings.leaves,
      maxPeers: settings.maxPeers,
      signal,
      directory,
      overlay: overlay.name,
      recordedOptions: { ...settings, ...origin.options },
      seed: origin.seed,
      now,
      monotonic: network === undefined ? monotonic : now,
      onProgress: ({ visited, waiting, inFlight }) => {
        const rate = (1000 * visited) / Math.max(1, monotonic() - begin);
        status.show(
          `visited ${formatNumber(visited)} · waiting ${formatNumber(waiting)} · in flight ${inFlight} · ${formatNumber(Math.round(rate))}/s`,
        );
      },
    });
    status.clear();
    if (taken.ending !== 'interrupted') refuseEmpty(taken, task);
    return taken;
  } finally {
    status.clear();
    release();
    // Whatever ended the crawl, no conversation outlives it.
    sockets.close();
  }
}

/** A simulated overlay's crawl, from its own bootstrap peer, and its score against the truth. */
export async function runScoredCrawl(
  simulation: SimulatedOverlay,
  task: Omit<CrawlTask, 'bootstrap'>,
  context: CliContext,
): Promise<{ readonly taken: TakenSnapshot; readonly score: Score; readonly notes: readonly string[] }> {
  const bootstrap = [simulation.bootstrap];
  const taken = await runCrawl({ ...task, bootstrap }, context);
  const score = scoreSnapshot(taken.tables, simulation.population.truth(), bootstrap);
  return { taken, score, notes: simulation.generated.notes };
}

/** The exit code of a command whose crawl ended like this. */
export const ENDING_CODES: Readonly<Record<TakenSnapshot['ending'], number>> = {
  complete: EXIT_CODES.ok,
  interrupted: EXIT_CODES.interrupted,
  limit: EXIT_CODES.partial,
};

function refuseEmpty({ manifest, tables }: TakenSnapshot, { bootstrap, directory }: CrawlTask): void {
  if ((manifest.counts?.respondents ?? 0) > 0) return;
  const outcomes = new Map(tables.peers.map((peer) => [peer.address, peer.outcome]));
  const told = bootstrap
    .map((address) => `${address} ${outcomes.get(address) ?? 'was not reached'}`)
    .join(', ');
  throw new PeerscopeError('network-refused', `no bootstrap peer gave an answer: ${told}`, {
    hint: `What came of each contact is in ${directory}; the next try needs another directory.`,
  });
}
