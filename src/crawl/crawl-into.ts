import { AddressBook } from '../core/address-book.ts';
import type { Transport, Visit } from '../core/visit.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { createRandom } from '../core/random.ts';
import { estimateAccuracy } from '../snapshot/accuracy/accuracy.ts';
import { Attendance } from '../snapshot/accuracy/attendance.ts';
import { doubtsAbout } from '../snapshot/doubt/doubts.ts';
import { Fold } from '../snapshot/fold.ts';
import { openJournal } from '../snapshot/journal.ts';
import { openLedger, type ContactReason, type LedgerWriter } from '../snapshot/ledger.ts';
import type { Pseudonyms } from '../snapshot/pseudonyms.ts';
import { writeManifest, type Manifest } from '../snapshot/manifest.ts';
import type { SnapshotTables } from '../snapshot/rows.ts';
import { streamTables } from '../snapshot/write.ts';
import { Agenda, type AgendaOptions } from './agenda.ts';
import { fixedConcurrency, type Concurrency } from './concurrency.ts';
import { beginManifest, goOn } from './begun-manifest.ts';
import { crawl, type CrawlOptions, type CrawlProgress } from './crawl.ts';
import { politeTransport } from './manners/polite-transport.ts';
import { lookAgain, type LookedAgain, type SecondLookOptions } from './second-look.ts';
import { MemoryFrontier } from './memory-frontier.ts';
import { ContactGate, type SnapshotManners } from './manners/contact-gate.ts';
import { OutcomeTimes, type OutcomesOverTime } from './outcome-times.ts';
import { rememberContacts, rememberPast } from './past-crawl.ts';

export interface TakeSnapshotOptions
  extends
    Omit<CrawlOptions, 'agenda' | 'concurrency' | 'gate' | 'onProgress'>,
    Omit<AgendaOptions, 'frontier'> {
  /** A number, or what adapts it. */
  readonly concurrency: number | Concurrency;
  /** The snapshot directory, which must not hold anything yet, or a crawl that was cut off. */
  readonly directory: string;
  /** The manifest of what is in the directory, where that crawl is resumed. */
  readonly resumes?: Manifest;
  /** The snapshot of the crawl before this one, whose contacts count for the cool-down of their hosts. */
  readonly after?: string;
  /** The crawl ends, incomplete, when more addresses than this are known [MAX_KNOWN_ADDRESSES]. */
  readonly maxPeers?: number;
  /** The name of the overlay's system. */
  readonly overlay: string;
  /**
   * Asks in another way than a crawl does, which asks everybody: by walks, for example. Gives visits as they end.
   * @param transport that waits for its turn before each contact.
   */
  readonly explore?: (transport: Transport) => AsyncIterable<readonly Visit[]>;
  /** How many of those who answered are asked once more at the end, to see what has changed [0]. */
  readonly secondLook?: number;
  /** Where a recorded crawl is replayed: what is known of it already. */
  readonly replays?: ReplayedFacts;
  /** What contacts have to wait for; without it they are neither limited nor noted. */
  readonly manners?: SnapshotManners;
  /** What addresses are called in the tables; by default what they are. */
  readonly pseudonyms?: Pseudonyms;
  /** All options of the crawl as the user gave them, for the manifest. */
  readonly recordedOptions: Readonly<Record<string, unknown>>;
  readonly seed: number | null;
  /** Told the manifest of the incomplete snapshot, before anybody is asked. */
  readonly onBegun?: (manifest: Manifest) => void;
  /** Told of the state of the crawl whenever visits have come in, with the addresses that are known by then. */
  readonly onProgress?: (progress: CrawlProgress & { readonly known: number }) => void;
  /** Told when the crawl is over, and how many peers are asked once more. */
  readonly onCrawled?: (askedAgain: number) => void;
  /** Told when nobody is asked any more, before the tables are written. */
  readonly onWriting?: () => void;
  /** The time, milliseconds since 1970; and a clock that never jumps, milliseconds. */
  readonly now: () => number;
  readonly monotonic: () => number;
}

/** What a replay cannot find out once more: everybody is asked in it, and nobody else. */
export interface ReplayedFacts {
  /** Whether all were asked then who should be. */
  readonly isWhole: () => boolean;
  /** The estimate of the snapshot's error. */
  readonly accuracy: Manifest['accuracy'];
  /** Addresses that were withheld. */
  readonly withheld: number;
}

/** A snapshot that was taken. */
export interface TakenSnapshot {
  /** `complete`: everybody was asked. `interrupted`: by its signal. `limit`: too many addresses came to be known. */
  readonly ending: 'complete' | 'interrupted' | 'limit';
  readonly manifest: Manifest;
  readonly tables: SnapshotTables;
  /** Contacts, by reason, since the crawl began or went on; those in virtual time only where they were limited. */
  readonly contacts: ContactGate['counts'];
  /** Records of a crawl that went on that were torn or altered: these peers were asked again. */
  readonly damaged: number;
  /** How the crawl went: seconds since its start, and peers known by then. */
  readonly timeline: readonly { readonly seconds: number; readonly peers: number }[];
  /** How the visits ended, by when they did. */
  readonly outcomesOverTime: OutcomesOverTime;
}

/** Crawls into a directory that is this process's own: everything but the right to do so. */
export async function crawlInto(options: TakeSnapshotOptions): Promise<TakenSnapshot> {
  const { directory, signal, maxPeers = MAX_KNOWN_ADDRESSES } = options;
  const begun = options.resumes === undefined ? beginManifest(options) : goOn(options.resumes, options);
  writeManifest(directory, begun);
  options.onBegun?.(begun);
  const book = new AddressBook();
  const fold = new Fold(options.bootstrap, book);
  const random = createRandom(options.seed ?? 0).fork('accuracy');
  const attendance = new Attendance(book, random.fork('sample'), options.secondLook ?? 0);
  const agenda = new Agenda({
    ...options,
    frontier: new MemoryFrontier(book, options.replays !== undefined),
  });
  // The time for which nobody crawled counts: peers came and went meanwhile.
  const before = options.resumes === undefined ? 0 : options.now() - Date.parse(begun.startedAt);
  const begin = options.monotonic() - before;
  const timeline: { seconds: number; peers: number }[] = [];
  const known = (milliseconds: number): void => {
    timeline.push({ seconds: milliseconds / 1000, peers: fold.known });
  };
  const outcomes = new OutcomeTimes();
  let damaged = 0;
  if (options.after !== undefined && options.manners?.isReal === true) {
    await rememberContacts(options.after, options.manners);
  }
  if (options.resumes !== undefined) {
    const past = { startedAt: Date.parse(begun.startedAt), fold, attendance, agenda, outcomes, known };
    damaged = await rememberPast(directory, { ...past, manners: options.manners });
  }
  const journal = openJournal(directory);
  const ledger = options.manners?.isReal === true ? openLedger(directory) : undefined;
  const gate = gateOf(options.manners, ledger);
  const end = { at: options.now(), steady: 0 };
  let looks: readonly LookedAgain[] = [];
  try {
    const concurrency =
      typeof options.concurrency === 'number' ? fixedConcurrency(options.concurrency) : options.concurrency;
    let latest: Omit<CrawlProgress, 'visits'> = { visited: 0, waiting: 0, inFlight: 0 };
    const onProgress = (progress: CrawlProgress): void => {
      latest = progress;
    };
    const visiting =
      options.explore?.(waitingTransport(options, gate, 'sample')) ??
      crawl({ ...options, agenda, concurrency, onProgress, ...(gate && { gate }) });
    for await (const visits of visiting) {
      journal.append(visits);
      const elapsed = options.monotonic() - begin;
      for (const visit of visits) {
        fold.add(visit);
        attendance.add(visit);
        outcomes.add(visit.outcome, elapsed);
      }
      known(elapsed);
      options.onProgress?.({ ...latest, visits, known: fold.known });
      if (fold.known > maxPeers) break;
    }
    end.at = options.now();
    end.steady = options.monotonic();
    const looksAgain = fold.known <= maxPeers && !signal.aborted;
    options.onCrawled?.(looksAgain ? attendance.sample.length : 0);
    if (looksAgain) looks = await lookAgain(lookOptions(options, attendance, gate));
    if (looks.length > 0) writeSecondLook(directory, looks);
  } finally {
    ledger?.close();
    journal.close();
  }
  options.onWriting?.();
  const isWhole = options.replays?.isWhole() ?? !signal.aborted;
  const ending = !isWhole ? 'interrupted' : fold.known > maxPeers ? 'limit' : 'complete';
  const tables = fold.tables('self-report', options.pseudonyms?.ofBook(book));
  const seconds = (options.monotonic() - end.steady) / 1000;
  const { ranked, reporters, claimed } = tables;
  // Walks see too little of a peer's neighbours to doubt it.
  const judged =
    claimed === undefined || options.explore !== undefined
      ? undefined
      : doubtsAbout({
          links: claimed,
          ids: claimed.ids,
          book,
          attendance,
          withheld: options.replays?.withheld ?? agenda.withheld,
        });
  for (const [peer, why] of judged?.doubted ?? []) fold.doubt(peer, why);
  const accuracy =
    ending === 'complete' && ranked !== undefined && options.secondLook !== undefined
      ? estimateAccuracy({
          attendance,
          book,
          links: ranked,
          doubted: judged?.doubted ?? new Map(),
          bootstrap: options.bootstrap,
          seen: fold,
          endedAt: end.at,
          secondLook: looks.length === 0 ? undefined : { looks, seconds },
          reporters,
          random: random.fork('bootstrap'),
        })
      : (options.replays?.accuracy ?? null);
  const { digests, ...counted } = await streamTables(directory, tables);
  const manifest: Manifest = {
    ...begun,
    state: ending === 'complete' ? 'complete' : 'incomplete',
    endedAt: new Date(end.at).toISOString(),
    durationSeconds: Math.round(end.steady - begin) / 1000,
    counts: { ...counted, ...fold.counts },
    accuracy,
    doubts: judged?.counts ?? null,
    digests: { ...digests },
  };
  writeManifest(directory, manifest);
  const outcomesOverTime = outcomes.counts();
  return { ending, manifest, tables, timeline, outcomesOverTime, contacts: gate?.counts ?? {}, damaged };
}

function lookOptions(
  options: TakeSnapshotOptions,
  { sample }: Attendance,
  gate: ContactGate | undefined,
): SecondLookOptions {
  const transport = waitingTransport(options, gate, 'second-look');
  return { ...options, sample, transport, concurrency: LOOKS_AT_ONCE };
}

/** Whoever does not crawl goes through the gate too, and waits there for its turn. */
function waitingTransport(
  { transport, signal }: TakeSnapshotOptions,
  gate: ContactGate | undefined,
  reason: ContactReason,
): Transport {
  return gate === undefined ? transport : politeTransport(transport, gate, reason, signal);
}

/** Evidence, but of another instant: no part of the tables. */
function writeSecondLook(directory: string, looks: readonly LookedAgain[]): void {
  const journal = openJournal(directory, 'second-look');
  journal.append(looks.flatMap(({ second }) => (second === undefined ? [] : [second])));
  journal.close();
}

const LOOKS_AT_ONCE = 256;

function gateOf(manners: SnapshotManners | undefined, ledger: LedgerWriter | undefined) {
  return manners && new ContactGate(ledger === undefined ? manners : { ...manners, ledger });
}
