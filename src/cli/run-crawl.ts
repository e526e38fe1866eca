import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { takeSnapshot, type TakenSnapshot } from '../crawl/take-snapshot.ts';
import { openRecording, readRecording } from '../crawl/recording.ts';
import { recordingTransport } from '../crawl/recording-transport.ts';
import { replayTransport } from '../crawl/replay-transport.ts';
import { createSocketTransport } from '../crawl/socket-transport.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import type { SimulatedOverlay } from '../simulate/simulated-overlay.ts';
import type { VirtualNetwork } from '../simulate/virtual-network.ts';
import { causesOf, type Causes } from '../snapshot/causes.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import { compareSnapshots } from '../snapshot/compare.ts';
import { scoreOf, type Score } from '../snapshot/score.ts';
import type { CliContext } from './context.ts';
import { statusLine } from './progress.ts';

/** How to crawl: the flags of `crawl`. */
export interface CrawlSettings {
  readonly concurrency: number;
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly leaves: boolean;
  /** Whether connections speak TLS. */
  readonly tls: boolean;
  readonly maxPeers: number;
}

export const DEFAULT_CRAWL_SETTINGS: CrawlSettings = {
  concurrency: 256,
  connectTimeout: 5_000,
  answerTimeout: 8_000,
  leaves: false,
  tls: false,
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
  /** A new directory to keep every conversation in. */
  readonly record?: string | undefined;
  /** Seconds by which the wall clock jumps a tenth of a second after the start, to see what that does. */
  readonly clockJump?: number;
  /** Told when nobody is asked any more. */
  readonly onCrawled?: () => void;
  /** What else belongs into the manifest: the model and seed of a simulated overlay. */
  readonly origin: { readonly seed: number | null; readonly options: Readonly<Record<string, unknown>> };
}

/**
 * Crawls over TCP with a status line on stderr.
 * @throws {PeerscopeError} `network-refused` where no bootstrap peer gave an answer; the snapshot says what each did.
 */
export async function runCrawl(task: CrawlTask, context: CliContext): Promise<TakenSnapshot> {
  const { bootstrap, directory, overlay, settings, origin, network } = task;
  const virtualNow = network === undefined ? undefined : () => Math.round(network.now());
  const now = jumping(virtualNow ?? context.now, task.clockJump);
  const { monotonic } = context;
  const { signal, release } = context.catchInterrupts();
  const status = statusLine(context.stderr, monotonic);
  const sockets = createSocketTransport({ ...settings, now, monotonic });
  const recording = task.record === undefined ? undefined : openRecording(task.record);
  const transport = network ?? sockets;
  const giveUp = (): void => {
    sockets.close();
  };
  signal.addEventListener('abort', giveUp);
  const begin = monotonic();
  let taken: TakenSnapshot | undefined;
  try {
    taken = await takeSnapshot({
      bootstrap,
      question: overlay.question,
      followUp: overlay.followUp,
      transport: recording === undefined ? transport : recordingTransport(transport, recording, signal),
      concurrency: settings.concurrency,
      contactLeaves: settings.leaves,
      maxPeers: settings.maxPeers,
      signal,
      directory,
      overlay: overlay.name,
      recordedOptions: { ...settings, ...origin.options },
      seed: origin.seed,
      ...(task.onCrawled === undefined ? {} : { onCrawled: task.onCrawled }),
      ...(recording === undefined ? {} : { onBegun: recording.begin }),
      now,
      monotonic: virtualNow ?? monotonic,
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
    recording?.close(taken?.manifest);
  }
}

/** A snapshot made of a recording, and what in it is not as it was then. */
export interface ReplayedCrawl {
  readonly taken: TakenSnapshot;
  readonly notes: readonly string[];
}

/**
 * Makes the snapshot of a recorded crawl again, without a packet.
 * @throws {PeerscopeError} `bad-input` where the recording is none, or does not fit together.
 */
export async function replayCrawl(
  {
    record,
    directory,
    overlay,
  }: { readonly record: string; readonly directory: string; readonly overlay: Overlay },
  context: CliContext,
): Promise<ReplayedCrawl> {
  const recording = readRecording(record);
  const { manifest } = recording;
  const stop = new AbortController();
  const { signal, release } = context.catchInterrupts();
  const transport = replayTransport(recording, () => {
    stop.abort();
  });
  const start = Date.parse(manifest.startedAt);
  // Of a recording that broke off it is not known when that was.
  const end = (): number => (manifest.endedAt === null ? transport.now() : Date.parse(manifest.endedAt));
  const steady = (): number =>
    transport.isOver && manifest.durationSeconds !== null
      ? 1000 * manifest.durationSeconds
      : transport.now() - start;
  const taken = await takeSnapshot({
    bootstrap: manifest.bootstrap.map((text) => text as Address),
    question: overlay.question,
    followUp: overlay.followUp,
    transport,
    concurrency: Infinity,
    datagramConcurrency: Infinity,
    contactLeaves: manifest.options['leaves'] === true,
    ...(typeof manifest.options['maxPeers'] === 'number' ? { maxPeers: manifest.options['maxPeers'] } : {}),
    signal: AbortSignal.any([signal, stop.signal]),
    directory,
    overlay: overlay.name,
    recordedOptions: manifest.options,
    seed: manifest.seed,
    now: () => (transport.isOver ? end() : start),
    monotonic: steady,
  }).finally(release);
  if (taken.ending === 'limit' || signal.aborted) return { taken, notes: [] };
  await transport.finished();
  refuseShort(manifest, taken.manifest, record);
  const differing = Object.keys(manifest.digests).filter(
    (table) => manifest.digests[table] !== taken.manifest.digests[table],
  );
  const note = `What was heard is understood otherwise now than when it was recorded (by ${manifest.tool}): ${differing.join(' and ')} ${differing.length === 1 ? 'differs' : 'differ'}.`;
  return { taken, notes: differing.length === 0 ? [] : [note] };
}

/** A recording holds every visit of its snapshot. */
function refuseShort(recorded: Manifest, replayed: Manifest, record: string): void {
  const [then, now] = [recorded.counts?.visits ?? 0, replayed.counts?.visits ?? 0];
  if (now >= then) return;
  throw new PeerscopeError(
    'bad-input',
    `the recording ${record} has only ${formatNumber(now)} of the ${formatNumber(then)} conversations of its crawl`,
  );
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
  readonly taken: TakenSnapshot;
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

function refuseEmpty({ manifest, tables }: TakenSnapshot, { bootstrap, directory }: CrawlTask): void {
  if ((manifest.counts?.respondents ?? 0) > 0) return;
  const outcomes = new Map(Array.from(tables.peers, (peer) => [peer.address, peer.outcome]));
  const told = bootstrap
    .map((address) => `${address} ${outcomes.get(address) ?? 'was not reached'}`)
    .join(', ');
  throw new PeerscopeError('network-refused', `no bootstrap peer gave an answer: ${told}`, {
    hint: `What came of each contact is in ${directory}; the next try needs another directory.`,
  });
}
