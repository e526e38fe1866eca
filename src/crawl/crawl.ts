import type { Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Asked, Carrier, Question, Transport, Visit } from '../core/visit.ts';
import { Frontier } from './frontier.ts';
import { TaskList, type Task } from './task-list.ts';

export interface CrawlOptions {
  readonly bootstrap: readonly Address[];
  /** What every peer is asked. */
  readonly question: Question;
  /** What a peer is asked next, after all this; by default nothing. */
  readonly followUp?: (asked: readonly Asked[]) => Question | undefined;
  readonly transport: Transport;
  /** How many connections are open at the same time; and how many questions by datagram [2,000]. */
  readonly concurrency: number;
  readonly datagramConcurrency?: number;
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
 * Crawls an overlay: contacts the bootstrap peers, then everybody that is learned from the answers; each address is asked
 * each question once at most.
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
  const tasks = new TaskList(question, frontier);

  const most: Record<Carrier, number> = {
    tcp: options.concurrency,
    udp: options.datagramConcurrency ?? MOST_DATAGRAMS,
  };
  const inFlight: Record<Carrier, number> = { tcp: 0, udp: 0 };
  const underWay = (): number => inFlight.tcp + inFlight.udp;
  let visited = 0;
  let ended: Visit[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const contact = async (task: Task): Promise<void> => {
    const { endpoint, question, asked } = task;
    const visit = await transport.converse(endpoint, question.ask(endpoint));
    // What was given up because the user stopped says nothing about the peer.
    if (signal.aborted) return;
    const { carrier } = question;
    inFlight[carrier] -= 1;
    if (visit === 'exhausted') {
      if (underWay() === 0) throw exhausted();
      tasks.add(task);
      most[carrier] = Math.max(1, Math.min(most[carrier], inFlight[carrier]));
    } else {
      ended.push(visit);
      const before = [...asked, askedIn(visit)];
      const next = options.followUp?.(before);
      if (next !== undefined) tasks.add({ endpoint, question: next, asked: before });
    }
    wake();
  };
  const stop = (): void => {
    wake();
  };
  signal.addEventListener('abort', stop);

  try {
    for (;;) {
      for (const carrier of CARRIERS) {
        while (inFlight[carrier] < most[carrier] && !signal.aborted) {
          const task = tasks.take(carrier);
          if (task === undefined) break;
          inFlight[carrier] += 1;
          contact(task).catch((error: unknown) => {
            failure = error instanceof Error ? error : new Error(String(error));
            wake();
          });
        }
      }
      if (failure !== undefined) throw failure;
      if (ended.length === 0) {
        if (underWay() === 0 || signal.aborted) return;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const batch = ended;
      ended = [];
      visited += batch.length;
      for (const visit of batch) follow(visit, frontier, options.contactLeaves);
      options.onProgress?.({ visited, waiting: tasks.waiting, inFlight: underWay() });
      yield batch;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const CARRIERS: readonly Carrier[] = ['tcp', 'udp'];

/** Questions by datagram under way at the same time: they share a socket, and wait for what may never come. */
const MOST_DATAGRAMS = 2_000;

function askedIn({ question, outcome, status }: Visit): Asked {
  return status === undefined ? { question, outcome } : { question, outcome, status };
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
