import type { Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { readRecording } from '../crawl/recording.ts';
import { replayTransport } from '../crawl/replay-transport.ts';
import { takeSnapshot, type TakenSnapshot } from '../crawl/take-snapshot.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import type { CliContext } from './context.ts';

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
    replays: {
      // Who was withheld then is asked now, and nobody answers.
      isWhole: () => !signal.aborted && (manifest.state === 'complete' || !stop.signal.aborted),
      accuracy: manifest.accuracy,
      withheld: manifest.doubts?.withheld ?? 0,
    },
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
