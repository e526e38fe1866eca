import type { Address } from '../core/address.ts';
import { hasSpoken } from '../core/outcome.ts';
import type { Asked, Carrier, Question, Visit } from '../core/visit.ts';
import type { ContactReason } from '../snapshot/ledger.ts';
import { DelayedTasks } from './delayed-tasks.ts';
import type { Frontier } from './frontier.ts';
import type { Task } from './task.ts';

export interface AgendaOptions {
  readonly bootstrap: readonly Address[];
  /** Whom an earlier crawl of the same series found: asked after those whom the user named, and no peers unless they answer or are listed. */
  readonly remembered?: readonly Address[];
  /** What every peer is asked. */
  readonly question: Question;
  /** What a peer is asked next, after all this; by default nothing. */
  readonly followUp?: (asked: readonly Asked[]) => Question | undefined;
  /** Whether leaves are contacted too. Their superpeers already report them, so by default they are only learned. */
  readonly contactLeaves: boolean;
  readonly frontier: Frontier;
}

/**
 * What a crawl still has to ask, and what its answers add to that: the first question to whoever is new, the next one to those
 * whom the last did not bring to tell, and at last once more those who were given up in haste.
 */
export class Agenda {
  readonly #options: AgendaOptions;
  readonly #next: Record<Carrier, Task[]> = { tcp: [], udp: [] };
  readonly #stragglers: Record<Carrier, Task[]> = { tcp: [], udp: [] };
  readonly #named: ReadonlySet<Address>;
  /** Of a crawl that is resumed: what is to be asked next, by endpoint. */
  readonly #open = new Map<Address, Task>();
  /** Contacts that were under way when the crawl was cut off. */
  readonly #cutOff = new Set<Address>();
  /** What else to ask those whom only peers tell of whose word is not good: not before it is, or somebody else's. */
  #doubted: Task[] = [];
  /** Tasks whose time has not come. */
  readonly #delayed: Record<Carrier, DelayedTasks> = { tcp: new DelayedTasks(), udp: new DelayedTasks() };

  constructor(options: AgendaOptions) {
    this.#options = options;
    this.#named = new Set(options.bootstrap);
    options.frontier.offer(options.bootstrap);
    options.frontier.offer(options.remembered ?? []);
  }

  /**
   * At most so many tasks for this carrier; an array without any where none is waiting.
   * @param now by the clock of `delay`.
   */
  async take(carrier: Carrier, most: number, now = 0): Promise<readonly Task[]> {
    if (most <= 0) return [];
    const { question, frontier } = this.#options;
    const tasks = this.#delayed[carrier].due(now, most);
    most -= tasks.length;
    // New peers first: they bring more of them, and what went wrong a moment ago may have passed later on.
    if (question.carrier === carrier) {
      const fresh = await frontier.take(most);
      most -= fresh.length;
      for (const endpoint of fresh) tasks.push(this.#first(endpoint, question));
    }
    for (const list of [this.#next[carrier], this.#stragglers[carrier]]) {
      for (let task = most > 0 ? list.pop() : undefined; task !== undefined;) {
        tasks.push(task);
        most -= 1;
        task = most > 0 ? list.pop() : undefined;
      }
    }
    if (most > 0 && this.#doubted.length > 0) tasks.push(...this.#noMoreDoubted(carrier, most));
    return tasks;
  }

  /** It may not be done before then. */
  delay(task: Task, at: number): void {
    this.#delayed[task.question.carrier].add(task, at);
  }

  /** When the next delayed task is due; Infinity where there is none. */
  nextDue(carrier: Carrier): number {
    return this.#delayed[carrier].next;
  }

  /** Why a contact is made, for the ledger. */
  reasonOf({ endpoint, asked, again }: Task): ContactReason {
    if (again !== undefined) return again;
    if (asked.length > 0) return 'follow-up';
    return this.#named.has(endpoint) ? 'bootstrap' : 'learned';
  }

  /** The machine had no means for it now. */
  putBack(task: Task): void {
    this.#add(task);
  }

  /** What came of a task. */
  record(task: Task, visit: Visit): void {
    const { frontier } = this.#options;
    const spoke = hasSpoken(visit);
    frontier.ended(task.endpoint, spoke);
    const next = this.#taskAfter(task, visit);
    if (next !== undefined) {
      if (spoke || frontier.isVouchedFor(task.endpoint)) this.#add(next);
      else this.#doubted.push(next);
    }
    this.#follow(visit);
  }

  /** What came of a task before the crawl was cut off, in the order in which that was recorded; `resume` ends it. */
  remember(visit: Visit): void {
    const { endpoint } = visit;
    this.#options.frontier.settle(endpoint);
    this.#options.frontier.ended(endpoint, hasSpoken(visit));
    const task = this.#open.get(endpoint) ?? {
      endpoint,
      question: this.#options.question,
      asked: [],
    };
    this.#open.delete(endpoint);
    const next = this.#taskAfter(task, visit);
    if (next !== undefined) this.#open.set(endpoint, next);
    this.#follow(visit);
  }

  /** @param cutOff with whom a contact had begun of which nobody knows what came of it. */
  resume(cutOff: Iterable<Address>): void {
    for (const endpoint of cutOff) {
      const task = this.#open.get(endpoint);
      if (task === undefined) this.#cutOff.add(endpoint);
      else this.#open.set(endpoint, { ...task, again: 'resumed' });
    }
    for (const task of this.#open.values()) this.#add(task);
    this.#open.clear();
  }

  /** Addresses that are not contacted, because nobody whose word is good tells of them. */
  get withheld(): number {
    return this.#options.frontier.withheld;
  }

  /** How many questions wait for their turn. */
  get waiting(): number {
    const lists = [this.#next.tcp, this.#next.udp, this.#stragglers.tcp, this.#stragglers.udp];
    const delayed = this.#delayed.tcp.size + this.#delayed.udp.size;
    return lists.reduce((sum, { length }) => sum + length, this.#options.frontier.waiting + delayed);
  }

  #first(endpoint: Address, question: Question): Task {
    const wasAsked = this.#cutOff.size > 0 && this.#cutOff.delete(endpoint);
    return wasAsked ? { endpoint, question, asked: [], again: 'resumed' } : { endpoint, question, asked: [] };
  }

  /** BOUNDED: so many are looked at each time, those that come first. */
  #noMoreDoubted(carrier: Carrier, most: number): Task[] {
    const some = this.#doubted.splice(0, DOUBTED_AT_ONCE);
    const isDue = ({ endpoint, question }: Task): boolean =>
      question.carrier === carrier && this.#options.frontier.isVouchedFor(endpoint);
    const due = some.filter(isDue).slice(0, most);
    const taken = new Set(due);
    for (const task of some) if (!taken.has(task)) this.#doubted.push(task);
    return due;
  }

  #add(task: Task): void {
    const list = task.again === 'retry' ? this.#stragglers : this.#next;
    list[task.question.carrier].push(task);
  }

  /**
   * Who was given up in haste is asked by datagram first, which takes no connection, and once more what it was asked only
   * where that brought nothing. What else there is to ask waits until then.
   */
  #taskAfter(task: Task, visit: Visit): Task | undefined {
    const { endpoint } = task;
    const owed = visit.hasty === true ? task.question : task.again === 'retry' ? undefined : task.owed;
    // What was asked in haste counts as asked, until it is asked again.
    const asked = [...task.asked.filter(({ question }) => question !== visit.question), askedIn(visit)];
    const next = this.#options.followUp?.(asked);
    if (owed === undefined) return next && { endpoint, question: next, asked };
    if (next?.carrier === 'udp') return { endpoint, question: next, asked, owed };
    return visit.outcome === 'ok' ? undefined : { endpoint, question: owed, asked, again: 'retry' };
  }

  /** Who is learned from a visit: the ends of the links, and the mentions, which are candidates only. */
  #follow({ endpoint, claims }: Visit): void {
    const { frontier, contactLeaves } = this.#options;
    for (const link of claims.links) {
      const leavesLearned = link.relation === 'registration' && !contactLeaves;
      if (!leavesLearned) frontier.offer(link.sources, endpoint);
      frontier.offer(link.targets, endpoint);
    }
    frontier.offer(claims.mentions, endpoint);
  }
}

const DOUBTED_AT_ONCE = 256;

function askedIn({ question, outcome, status }: Visit): Asked {
  return status === undefined ? { question, outcome } : { question, outcome, status };
}
