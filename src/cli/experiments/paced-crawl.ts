import { AddressBook } from '../../core/address-book.ts';
import { isRespondent } from '../../core/outcome.ts';
import { Agenda } from '../../crawl/agenda.ts';
import { fixedConcurrency } from '../../crawl/concurrency.ts';
import { crawl } from '../../crawl/crawl.ts';
import { ContactGate } from '../../crawl/manners/contact-gate.ts';
import { COOL_DOWN } from '../../crawl/manners/contact-limits.ts';
import { ContactSchedule } from '../../crawl/manners/contact-schedule.ts';
import { LOOPBACK_ONLY } from '../../crawl/manners/dial-policy.ts';
import { MemoryFrontier } from '../../crawl/memory-frontier.ts';
import type { Overlay } from '../../overlays/overlay.ts';
import type { VirtualSimulation } from '../../simulate/virtual-simulation.ts';
import { Fold } from '../../snapshot/fold.ts';
import type { SnapshotTables } from '../../snapshot/rows.ts';

export interface PacedCrawlOptions {
  readonly overlay: Overlay;
  /** Contacts a second. */
  readonly perSecond: number;
  /** Milliseconds of virtual time after which the crawl is broken off. */
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly contacts: number; readonly elapsed: number }) => void;
}

/** What a crawl found that goes at a given pace. */
export interface PacedCrawl {
  readonly ending: 'complete' | 'limit' | 'interrupted';
  /** Milliseconds. */
  readonly duration: number;
  readonly contacts: number;
  readonly answers: number;
  readonly tables: SnapshotTables;
}

/**
 * Seconds of contacts that may be under way; one takes a fifth of a second here. A crawl takes as many tasks off its frontier
 * as it has room for, and those that the rate holds back wait in no order: with room for thousands it no longer asks peers in
 * the order in which it learned them, and in an overlay of few superpeers everything that it measures changes.
 */
const UNDER_WAY = 0.4;
const FEWEST_CONNECTIONS = 2;

/**
 * Crawls an overlay in virtual time at so many contacts a second, peers in the order in which they are learned, and has its
 * time stand still at the end of the crawl. Nothing is kept but the fold.
 */
export async function pacedCrawl(
  simulation: VirtualSimulation,
  { overlay, perSecond, limit, signal, onProgress }: PacedCrawlOptions,
): Promise<PacedCrawl> {
  const { network, bootstrap } = simulation;
  const now = (): number => network.now();
  const begin = now();
  const book = new AddressBook();
  const fold = new Fold([bootstrap], book);
  const agenda = new Agenda({
    bootstrap: [bootstrap],
    question: overlay.question,
    contactLeaves: false,
    frontier: new MemoryFrontier(book, true),
  });
  const schedule = new ContactSchedule({
    rate: { perSecond, burst: 1 },
    rateOnLoopback: true,
    networkRate: undefined,
    coolDown: COOL_DOWN,
  });
  const after = (milliseconds: number, callBack: () => void): (() => void) =>
    network.after(milliseconds, callBack);
  const gate = new ContactGate({ policy: LOOPBACK_ONLY, schedule, clock: { now, monotonic: now, after } });
  const late = new AbortController();
  let [contacts, answers] = [0, 0];
  for await (const visits of crawl({
    agenda,
    transport: network,
    concurrency: fixedConcurrency(Math.max(FEWEST_CONNECTIONS, Math.ceil(UNDER_WAY * perSecond))),
    signal: AbortSignal.any([signal, late.signal]),
    gate,
  })) {
    for (const visit of visits) {
      fold.add(visit);
      contacts += 1;
      if (isRespondent(visit.outcome)) answers += 1;
    }
    onProgress({ contacts, elapsed: now() - begin });
    if (now() - begin >= limit) late.abort();
  }
  simulation.freeze();
  return {
    ending: signal.aborted ? 'interrupted' : late.signal.aborted ? 'limit' : 'complete',
    duration: simulation.now() - begin,
    contacts,
    answers,
    tables: fold.tables(),
  };
}
