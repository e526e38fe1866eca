import { setImmediate as nextTurn } from 'node:timers/promises';
import { PeerscopeError } from '../core/errors.ts';
import type { Carrier, Patience, Transport, Visit } from '../core/visit.ts';
import type { PatiencePolicy } from './adaptive-patience.ts';
import type { Agenda } from './agenda.ts';
import type { Concurrency } from './concurrency.ts';
import type { ContactGate } from './manners/contact-gate.ts';
import type { Task } from './task.ts';

export interface CrawlOptions {
  /** What is to be asked, and of whom. */
  readonly agenda: Agenda;
  readonly transport: Transport;
  /** How many connections are open at the same time; and how many questions by datagram [16,000]. */
  readonly concurrency: Concurrency;
  readonly datagramConcurrency?: number;
  /** How long peers are waited for; by default as long as the transport does. */
  readonly patience?: PatiencePolicy;
  /** Aborting it ends the crawl: no new contact is made, and conversations under way are given up. */
  readonly signal: AbortSignal;
  /** What every contact goes through; without one, all of them may be made at once. */
  readonly gate?: ContactGate;
  /** Told of the state of the crawl whenever visits have come in. */
  readonly onProgress?: (progress: CrawlProgress) => void;
}

export interface CrawlProgress {
  readonly visited: number;
  readonly waiting: number;
  readonly inFlight: number;
  /** The visits that have just come in. */
  readonly visits: readonly Visit[];
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
  const { agenda, transport, concurrency, patience, gate, signal } = options;
  const { datagramConcurrency = MOST_DATAGRAMS } = options;
  const inFlight: Record<Carrier, number> = { tcp: 0, udp: 0 };
  const underWay = (): number => inFlight.tcp + inFlight.udp;
  const roomFor = (carrier: Carrier): number =>
    (carrier === 'tcp' ? concurrency.most : datagramConcurrency) - inFlight[carrier];
  const counts = { visited: 0, connections: 0, lost: 0 };
  let ended: (readonly [Task, Visit])[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;

  const contact = async (task: Task, source: string | undefined): Promise<void> => {
    const { endpoint, question } = task;
    const given = patienceFor(task, patience);
    const terms = source === undefined && given === undefined ? undefined : { patience: given, source };
    const visit = await transport.converse(endpoint, question.ask(endpoint), terms);
    // What was given up because the user stopped says nothing about the peer.
    if (signal.aborted) return;
    inFlight[question.carrier] -= 1;
    if (visit === 'exhausted') {
      if (underWay() === 0) failure = exhausted();
      agenda.putBack(task);
      if (question.carrier === 'tcp') concurrency.lower(inFlight.tcp);
    } else {
      if (question.carrier === 'tcp') patience?.record(visit);
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
    () => ({
      limited: roomFor('tcp') <= 0 && agenda.waiting > 0,
      ended: counts.connections,
      lost: counts.lost,
    }),
    stop,
  );

  const start = (task: Task, source: string | undefined): void => {
    inFlight[task.question.carrier] += 1;
    contact(task, source).catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
      wake();
    });
  };

  try {
    for (;;) {
      let nextTry = Infinity;
      let isMore = false;
      for (const carrier of CARRIERS) {
        const room = roomFor(carrier);
        if (signal.aborted || room <= 0) continue;
        const before = inFlight[carrier];
        const due = await dispatch(options, carrier, Math.min(room, MOST_AT_ONCE), start);
        nextTry = Math.min(nextTry, due);
        isMore ||= room > MOST_AT_ONCE && inFlight[carrier] - before === MOST_AT_ONCE;
      }
      if (failure !== undefined) throw failure;
      if (ended.length === 0) {
        if (isMore) {
          await nextTurn();
          continue;
        }
        if (signal.aborted || (underWay() === 0 && nextTry === Infinity)) return;
        await new Promise<void>((resolve) => {
          const cancel = nextTry < Infinity ? gate?.wait(nextTry, resolve) : undefined;
          wake = () => {
            cancel?.();
            resolve();
          };
        });
        continue;
      }
      const batch = ended;
      ended = [];
      const visits = batch.map(([, visit]) => visit);
      counts.visited += visits.length;
      for (const [task, visit] of batch) {
        if (task.question.carrier === 'tcp') counts.connections += 1;
        if (task.question.carrier === 'tcp' && visit.outcome === 'connect-timeout') counts.lost += 1;
        agenda.record(task, visit);
      }
      options.onProgress?.({
        visited: counts.visited,
        waiting: agenda.waiting,
        inFlight: underWay(),
        visits,
      });
      yield visits;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    unwatch?.();
  }
}

/**
 * Starts as many tasks as there is room for, and as may be started now.
 * @returns when to try again, by the gate's clock; Infinity where nothing waits for its time.
 */
async function dispatch(
  { agenda, gate }: CrawlOptions,
  carrier: Carrier,
  room: number,
  start: (task: Task, source: string | undefined) => void,
): Promise<number> {
  if (gate === undefined) {
    for (const task of await agenda.take(carrier, room)) start(task, undefined);
    return Infinity;
  }
  const { now } = gate;
  if (gate.opensAt > now) return gate.opensAt;
  const admitted: (readonly [Task, string | undefined])[] = [];
  for (const task of await agenda.take(carrier, room, now)) {
    const isOpen = gate.opensAt <= now;
    const admission = isOpen ? gate.admit(task.endpoint, carrier, agenda.reasonOf(task)) : undefined;
    if (admission?.kind === 'now') admitted.push([task, admission.source]);
    else agenda.delay(task, admission?.at ?? gate.opensAt);
  }
  gate.flush();
  for (const [task, source] of admitted) start(task, source);
  return agenda.nextDue(carrier);
}

/** Datagrams take nothing but time, and others that answer say little about who does not: they are waited for in full, once. */
function patienceFor({ question, again }: Task, patience: PatiencePolicy | undefined): Patience | undefined {
  if (question.carrier === 'udp') return patience?.full;
  return again === 'retry' ? patience?.again() : patience?.begin();
}

const CARRIERS: readonly Carrier[] = ['tcp', 'udp'];

/** Questions by datagram under way at the same time: they share a socket, and wait for what may never come. */
const MOST_DATAGRAMS = 16_000;

/** Contacts that begin in one go, before what has come in meanwhile is looked at: a burst of thousands overruns who listens. */
const MOST_AT_ONCE = 256;

function exhausted(): PeerscopeError {
  return new PeerscopeError(
    'failure',
    'this machine has no open files or ports left for a single connection',
    {
      hint: 'Raise the limit of open files (ulimit -n), or end what else uses them.',
    },
  );
}
