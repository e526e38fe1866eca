import type { Address } from '../core/address.ts';
import type { Asked, Carrier, Question } from '../core/visit.ts';
import type { Frontier } from './frontier.ts';

/** One question to put to one endpoint, and what it was asked before. */
export interface Task {
  readonly endpoint: Address;
  readonly question: Question;
  readonly asked: readonly Asked[];
}

/** What to do next: the first question to whoever is new, and questions to those who were asked before. */
export class TaskList {
  readonly #question: Question;
  readonly #frontier: Frontier;
  readonly #again: Record<Carrier, Task[]> = { tcp: [], udp: [] };

  constructor(question: Question, frontier: Frontier) {
    this.#question = question;
    this.#frontier = frontier;
  }

  /** A question to a peer that has been taken from the frontier. */
  add(task: Task): void {
    this.#again[task.question.carrier].push(task);
  }

  /** New peers first: they bring more of them, and what went wrong a moment ago may have passed later on. */
  take(carrier: Carrier): Task | undefined {
    const fresh = this.#question.carrier === carrier ? this.#frontier.take() : undefined;
    if (fresh !== undefined) return { endpoint: fresh, question: this.#question, asked: [] };
    return this.#again[carrier].pop();
  }

  /** How many questions wait for their turn. */
  get waiting(): number {
    return this.#frontier.waiting + this.#again.tcp.length + this.#again.udp.length;
  }
}
