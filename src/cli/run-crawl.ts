import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { timeoutFrontier, type TimeoutChoice } from '../crawl/timeout-frontier.ts';
import { takeSnapshot, type TakenSnapshot } from '../crawl/take-snapshot.ts';
import type { SampleEstimates } from '../crawl/sampling/estimates.ts';
import type { Sample } from '../crawl/sampling/sample-overlay.ts';
import { policyFrom } from '../crawl/manners/dial-policy.ts';
import { AdaptivePatience } from '../crawl/adaptive-patience.ts';
import { openRecording } from '../crawl/recording.ts';
import { recordingTransport } from '../crawl/recording-transport.ts';
import { createSocketTransport } from '../crawl/socket-transport.ts';
import type { Overlay } from '../overlays/overlay.ts';
import type { SimulatedOverlay } from '../simulate/simulated-overlay.ts';
import type { Transport } from '../core/visit.ts';
import type { VirtualNetwork } from '../simulate/virtual-network.ts';
import { causesOf, type Causes } from '../snapshot/causes.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import { writeRememberedPeers, type RememberedPeer } from '../snapshot/remembered-peers.ts';
import { DEFAULT_SECOND_LOOKS } from '../snapshot/accuracy/attendance.ts';
import { compareSnapshots } from '../snapshot/compare.ts';
import { scoreOf, type Score } from '../snapshot/score.ts';
import { LOOPBACK_CONDUCT, writeBooks, writeEthicsPage, type Conduct } from './conduct.ts';
import type { CliContext } from './context.ts';
import { concurrencyOf, keeping } from './crawl-means.ts';
import { sampling, type SamplePlan } from './sample-crawl.ts';
import { watchCrawl, type CrawlWatchOptions } from './watch-crawl.ts';

/** How to crawl: the flags of `crawl`. */
export interface CrawlSettings {
  /** Connections at the same time; where it is not given, as many as keep the program at work. */
  readonly concurrency: number | undefined;
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly leaves: boolean;
  /** Whether connections speak TLS. */
  readonly tls: boolean;
  readonly maxPeers: number;
  /** How many of those who answered are asked once more; by default none in a live crawl. */
  readonly secondLook: number | undefined;
}

export const DEFAULT_CRAWL_SETTINGS: CrawlSettings = {
  concurrency: undefined,
  connectTimeout: 5_000,
  answerTimeout: 8_000,
  leaves: false,
  tls: false,
  maxPeers: MAX_KNOWN_ADDRESSES,
  secondLook: undefined,
};

/** Where a crawl begins and what it leaves behind. */
export interface CrawlTask {
  /** The network in virtual time to crawl instead of real sockets. */
  readonly network?: VirtualNetwork;
  readonly bootstrap: readonly Address[];
  /** Whom an earlier crawl of the same series found: it begins at them too. */
  readonly remembered?: readonly RememberedPeer[];
  /** The snapshot before it in the series: whom that contacted a moment ago is not contacted at once again. */
  readonly after?: string | undefined;
  readonly directory: string;
  readonly overlay: Overlay;
  readonly settings: CrawlSettings;
  /** The most connections that this machine has the means for; by default as many as the system allows. */
  readonly mostConnections?: number;
  /** Asks the crawl to stop; by default the user does (Ctrl-C). */
  readonly signal?: AbortSignal;
  /** A new directory to keep every conversation in. */
  readonly record?: string | undefined;
  /** Seconds by which the wall clock jumps a tenth of a second after the start, to see what that does. */
  readonly clockJump?: number;
  readonly sample?: SamplePlan;
  /** Who is told how it goes, besides whoever looks at the terminal. */
  readonly watch?: CrawlWatchOptions;
  /** How the crawl behaves; by default it stays on this machine. */
  readonly conduct?: Conduct;
  /** Told when nobody is asked any more. */
  readonly onCrawled?: () => void;
  /** What else belongs into the manifest: the model and seed of a simulated overlay. */
  readonly origin: { readonly seed: number | null; readonly options: Readonly<Record<string, unknown>> };
  /** The manifest of the crawl in the directory, where it is resumed. */
  readonly resumes?: Manifest;
}

/** A snapshot, and what other timeouts would have meant for it. */
export interface CrawledSnapshot extends TakenSnapshot {
  readonly timeouts: readonly TimeoutChoice[];
  /** What the walks saw, where there were any. */
  readonly sampled?: { readonly sample: Sample; readonly estimates: SampleEstimates };
}

/**
 * Crawls over TCP with a status line on stderr.
 * @throws {PeerscopeError} `network-refused` where no bootstrap peer gave an answer; the snapshot says what each did.
 */
export async function runCrawl(task: CrawlTask, context: CliContext): Promise<CrawledSnapshot> {
  const { bootstrap, remembered = [], directory, overlay, settings, origin, network } = task;
  const virtualNow = network === undefined ? undefined : () => Math.round(network.now());
  const now = jumping(virtualNow ?? context.now, task.clockJump);
  const { monotonic } = context;
  const { signal, release } =
    task.signal === undefined ? context.catchInterrupts() : { signal: task.signal, release: () => undefined };
  const watch = watchCrawl(task.watch ?? {}, context);
  const conduct = task.conduct ?? LOOPBACK_CONDUCT;
  const manners = { ...conduct.manners, policy: policyFrom(conduct.manners.policy, bootstrap) };
  // Live peers answer a second time after minutes only; on this machine nobody minds.
  const secondLooks = settings.secondLook ?? (manners.policy.scope === 'live' ? 0 : DEFAULT_SECOND_LOOKS);
  const { question, followUp } =
    conduct.introduction === undefined ? overlay : overlay.introducedAs(conduct.introduction);
  const asking = { question, followUp };
  const sockets = createSocketTransport({ ...settings, policy: manners.policy, now, monotonic });
  const recording = task.record === undefined ? undefined : openRecording(task.record);
  const transport = network ?? sockets;
  const giveUp = (): void => {
    sockets.close();
  };
  signal.addEventListener('abort', giveUp);
  const full = { connect: settings.connectTimeout, answer: settings.answerTimeout };
  const patience = new AdaptivePatience(full, network === undefined ? monotonic : () => network.now());
  const wasHasty: typeof patience.wasHasty = (visit, given) => patience.wasHasty(visit, given);
  let taken: TakenSnapshot | undefined;
  let isCrawled = false;
  /** What is asked after the crawl is no part of it. */
  const recorded = recording && recordingTransport(transport, recording, signal, wasHasty);
  const converse: Transport['converse'] = (...contact) =>
    (isCrawled ? transport : (recorded ?? transport)).converse(...contact);
  const concurrency = concurrencyOf(task);
  let mostInFlight = 1;
  let visited = 0;
  try {
    const walks =
      task.sample && sampling({ ...asking, bootstrap, plan: task.sample, seed: origin.seed ?? 1, signal });
    taken = await takeSnapshot({
      ...(walks && { explore: walks.explore }),
      bootstrap,
      remembered: remembered.map(({ address }) => address),
      ...(task.after !== undefined && manners.policy.scope === 'live' ? { after: task.after } : {}),
      ...asking,
      transport: { converse },
      concurrency,
      patience,
      contactLeaves: settings.leaves,
      maxPeers: settings.maxPeers,
      ...(walks === undefined ? { secondLook: secondLooks } : {}),
      signal,
      directory,
      ...(task.resumes === undefined ? {} : { resumes: task.resumes }),
      overlay: overlay.name,
      ...(task.network !== undefined && manners.limits.rate === undefined
        ? {}
        : { manners: keeping(task, manners, context) }),
      ...(conduct.pseudonyms === undefined ? {} : { pseudonyms: conduct.pseudonyms }),
      recordedOptions: {
        ...settings,
        concurrency: settings.concurrency ?? 'adaptive',
        ...origin.options,
        ...conduct.recorded,
      },
      seed: origin.seed,
      onCrawled: (askedAgain) => {
        isCrawled = true;
        task.onCrawled?.();
        watch.asksAgain(askedAgain);
      },
      onWriting: () => {
        watch.writes();
      },
      onBegun: (manifest) => {
        writeBooks(directory, manifest, conduct, bootstrap);
        if (remembered.length > 0) writeRememberedPeers(directory, remembered);
        recording?.begin(manifest);
        watch.begun(directory, manifest, (address) => conduct.pseudonyms?.of(address) ?? address);
      },
      now,
      monotonic: virtualNow ?? monotonic,
      onProgress: (progress) => {
        mostInFlight = Math.max(mostInFlight, progress.inFlight);
        visited += progress.visits.length;
        // What waits in a sample is the rest of its contacts.
        const waiting = task.sample === undefined ? progress.waiting : task.sample.contacts - visited;
        watch.progress({ ...progress, waiting: Math.max(0, waiting) });
      },
    });
    watch.ended(taken.ending);
    watch.close();
    writeEthicsPage(directory, taken.manifest, conduct, taken.contacts);
    if (taken.ending !== 'interrupted') refuseEmpty(taken, task);
    const sampled = walks?.result();
    const timeouts = timeoutFrontier(patience.seen, mostInFlight, full.answer);
    return { ...taken, timeouts, ...(sampled && { sampled }) };
  } finally {
    watch.close();
    release();
    // Whatever ended the crawl, no conversation outlives it.
    sockets.close();
    recording?.close(taken?.manifest);
  }
}

/** Milliseconds. */
const BEFORE_JUMP = 100;

/** A wall clock that somebody sets while the crawl goes on. */
function jumping(now: () => number, seconds = 0): () => number {
  const begin = now();
  return () => (now() - begin < BEFORE_JUMP ? now() : now() + 1000 * seconds);
}

/** A crawl whose truth is known. */
export interface ScoredCrawl {
  readonly taken: CrawledSnapshot;
  readonly score: Score;
  /** Why it differs from the truth; undefined where nothing can go wrong. */
  readonly causes: Causes | undefined;
  readonly notes: readonly string[];
}

/** A simulated overlay's crawl, from its own bootstrap peer, and its score against the truth of the end. */
export async function runScoredCrawl(
  simulation: SimulatedOverlay,
  task: Omit<CrawlTask, 'bootstrap'>,
  context: CliContext,
): Promise<ScoredCrawl> {
  const startedAt = simulation.now();
  const onCrawled = (): void => {
    simulation.freeze();
  };
  const taken = await runCrawl({ ...task, bootstrap: [simulation.bootstrap], onCrawled }, context);
  const difference = compareSnapshots(taken.tables, simulation.truth());
  const at = simulation.now();
  const sessions = simulation.sessions();
  return {
    taken,
    score: scoreOf(difference, simulation.reach()),
    causes: sessions && causesOf(difference, { startedAt, peers: taken.tables.peers }, { at, sessions }),
    notes: [...simulation.generated.notes, ...simulation.notes],
  };
}

/** The exit code of a command whose crawl ended like this. */
export const ENDING_CODES: Readonly<Record<TakenSnapshot['ending'], number>> = {
  complete: EXIT_CODES.ok,
  interrupted: EXIT_CODES.interrupted,
  limit: EXIT_CODES.partial,
};

function refuseEmpty(
  { manifest, tables }: TakenSnapshot,
  { bootstrap, remembered = [], directory }: CrawlTask,
): void {
  if ((manifest.counts?.respondents ?? 0) > 0) return;
  const outcomes = new Map(Array.from(tables.peers, (peer) => [peer.address, peer.outcome]));
  const told = bootstrap
    .map((address) => `${address} ${outcomes.get(address) ?? 'was not reached'}`)
    .join(', ');
  const nor = remembered.length === 0 ? '' : `; nor did ${remembered.length} peers of an earlier crawl`;
  throw new PeerscopeError('network-refused', `no bootstrap peer gave an answer: ${told}${nor}`, {
    hint: `What came of each contact is in ${directory}; the next try needs another directory.`,
  });
}
