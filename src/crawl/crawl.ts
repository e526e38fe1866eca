import { PeerscopeError } from '../core/errors.ts';
import type { Carrier, Transport, Visit } from '../core/visit.ts';
import type { PatiencePolicy } from './adaptive-patience.ts';
import type { Agenda, Task } from './agenda.ts';
import type { Concurrency } from './concurrency.ts';

export interface CrawlOptions {
  /** What is to be asked, and of whom. */
  readonly agenda: Agenda;
  readonly transport: Transport;
  /** How many connections are open at the same time; and how many questions by datagram [2,000]. */
  readonly concurrency: Concurrency;
  readonly datagramConcurrency?: number;
  /** How long peers are waited for; by default as long as the transport does. */
  readonly patience?: PatiencePolicy;
  /** Aborting it ends the crawl: no new contact is made, and conversations under way are given up. */
  readonly signal: AbortSignal;
  /** Told of contacts before they are made. */
  readonly onContacts?: (tasks: readonly Task[]) => void;
  /** Told of the state of the crawl whenever visits have come in. */
  readonly onProgress?: (progress: CrawlProgress) => void;
}

export interface CrawlProgress {
  readonly visited: number;
  readonly waiting: number;
  readonly inFlight: number;
}

/**
 * Crawls an overlay: contacts everybody on the agenda, then everybody that is learned from the answers; each address is asked
 * each question once, but for those that were given up in haste.
 *
 * Gives the visits in batches, in the order in which they ended; whoever consumes them sets the pace. It knows no
 * protocol: the question does. A conversation never fails, it ends with an outcome. Where the machine has no means for
 * more connections, fewer run at the same time from then on.
 * @throws {PeerscopeError} (failure) where it has none for a single one.
 */
export async function* crawl(options: CrawlOptions): AsyncGenerator<readonly Visit[]> {
  const { agenda, transport, concurrency, patience, signal } = options;
  const { datagramConcurrency = MOST_DATAGRAMS } = options;
  const inFlight: Record<Carrier, number> = { tcp: 0, udp: 0 };
  const underWay = (): number => inFlight.tcp + inFlight.udp;
  const roomFor = (carrier: Carrier): number =>
    (carrier === 'tcp' ? concurrency.most : datagramConcurrency) - inFlight[carrier];
  const counts = { visited: 0, lost: 0 };
  let ended: (readonly [Task, Visit])[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;

  const contact = async (task: Task): Promise<void> => {
    const { endpoint, question } = task;
    const given = task.again === 'retry' ? patience?.again() : patience?.begin();
    const visit = await transport.converse(endpoint, question.ask(endpoint), given);
    // What was given up because the user stopped says nothing about the peer.
    if (signal.aborted) return;
    inFlight[question.carrier] -= 1;
    if (visit === 'exhausted') {
      if (underWay() === 0) failure = exhausted();
      agenda.putBack(task);
      if (question.carrier === 'tcp') concurrency.lower(inFlight.tcp);
    } else {
      patience?.record(visit);
      const again = task.again === undefined ? visit : { ...visit, again: task.again };
      const isHasty = given !== undefined && task.again !== 'retry' && patience?.wasHasty(visit, given);
      ended.push([task, isHasty === true ? { ...again, hasty: true } : again]);
    }
    wake();
  };
  const stop = (): void => {
    wake();
  };
  signal.addEventListener('abort', stop);
  const unwatch = concurrency.watch?.(
    () => ({ limited: roomFor('tcp') <= 0 && agenda.waiting > 0, ended: counts.visited, lost: counts.lost }),
    stop,
  );

  try {
    for (;;) {
      for (const carrier of CARRIERS) {
        if (signal.aborted || roomFor(carrier) <= 0) continue;
        const tasks = await agenda.take(carrier, roomFor(carrier));
        if (tasks.length === 0) continue;
        options.onContacts?.(tasks);
        for (const task of tasks) {
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
      const visits = batch.map(([, visit]) => visit);
      counts.visited += visits.length;
      for (const [task, visit] of batch) {
        if (visit.outcome === 'connect-timeout') counts.lost += 1;
        agenda.record(task, visit);
      }
      options.onProgress?.({ visited: counts.visited, waiting: agenda.waiting, inFlight: underWay() });
      yield visits;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    unwatch?.();
  }
}

const CARRIERS: readonly Carrier[] = ['tcp', 'udp'];

/** Questions by datagram under way at the same time: they share a socket, and wait for what may never come. */
const MOST_DATAGRAMS = 2_000;

function exhausted(): PeerscopeError {
  return new PeerscopeError(
    'failure',
    'this machine has no open files or ports left for a single connection',
    {
      hint: 'Raise the limit of open files (ulimit -n), or end what else uses them.',
    },
  );
}
