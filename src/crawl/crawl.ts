import type { Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Question, Transport, Visit } from '../core/visit.ts';
import { Frontier } from './frontier.ts';

export interface CrawlOptions {
  readonly bootstrap: readonly Address[];
  readonly question: Question;
  readonly transport: Transport;
  /** How many conversations run at the same time. */
  readonly concurrency: number;
  /** Whether leaves are contacted too. Their superpeers already report them, so by default they are only learned. */
  readonly contactLeaves: boolean;
  /** Where addresses get their numbers, shared with whoever records the visits; by default one of its own. */
  readonly book?: AddressBook;
  /** Aborting it ends the crawl: no new contact is made, and conversations under way are given up. */
  readonly signal: AbortSignal;
  /** Told of the state of the crawl whenever visits have come in. */
  readonly onProgress?: (progress: CrawlProgress) => void;
}

export interface CrawlProgress {
  readonly visited: number;
  readonly waiting: number;
  readonly inFlight: number;
}

/**
 * Crawls an overlay: contacts the bootstrap peers, then everybody that is learned from the answers, each address once.
 *
 * Gives the visits in batches, in the order in which they ended; whoever consumes them sets the pace. It knows no
 * protocol: the question does. A conversation never fails, it ends with an outcome. Where the machine has no means for
 * more connections, fewer run at the same time from then on.
 * @throws {PeerscopeError} (failure) where it has none for a single one.
 */
export async function* crawl(options: CrawlOptions): AsyncGenerator<readonly Visit[]> {
  const { question, transport, signal } = options;
  const frontier = new Frontier(options.book ?? new AddressBook());
  frontier.offer(options.bootstrap);

  let most = options.concurrency;
  let inFlight = 0;
  let visited = 0;
  let ended: Visit[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const contact = async (endpoint: Address): Promise<void> => {
    const visit = await transport.converse(endpoint, question.ask(endpoint));
    // What was given up because the user stopped says nothing about the peer.
    if (signal.aborted) return;
    inFlight -= 1;
    if (visit !== 'exhausted') ended.push(visit);
    else if (inFlight === 0) throw exhausted();
    else {
      frontier.putBack(endpoint);
      most = Math.min(most, inFlight);
    }
    wake();
  };
  const stop = (): void => {
    wake();
  };
  signal.addEventListener('abort', stop);

  try {
    for (;;) {
      while (inFlight < most && !signal.aborted) {
        const endpoint = frontier.take();
        if (endpoint === undefined) break;
        inFlight += 1;
        contact(endpoint).catch((error: unknown) => {
          failure = error instanceof Error ? error : new Error(String(error));
          wake();
        });
      }
      if (failure !== undefined) throw failure;
      if (ended.length === 0) {
        if (inFlight === 0 || signal.aborted) return;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const batch = ended;
      ended = [];
      visited += batch.length;
      for (const visit of batch) follow(visit, frontier, options.contactLeaves);
      options.onProgress?.({ visited, waiting: frontier.waiting, inFlight });
      yield batch;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function exhausted(): PeerscopeError {
  return new PeerscopeError(
    'failure',
    'this machine has no open files or ports left for a single connection',
    {
      hint: 'Raise the limit of open files (ulimit -n), or end what else uses them.',
    },
  );
}

/** Who is learned from a visit: the ends of the links, and the mentions, which are candidates only. */
function follow(visit: Visit, frontier: Frontier, contactLeaves: boolean): void {
  for (const link of visit.claims.links) {
    const leavesLearned = link.relation === 'registration' && !contactLeaves;
    if (!leavesLearned) frontier.offer(link.sources);
    frontier.offer(link.targets);
  }
  frontier.offer(visit.claims.mentions);
}
