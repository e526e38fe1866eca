import type { Task } from './task.ts';

interface DelayedTask {
  readonly at: number;
  readonly order: number;
  readonly task: Task;
}

/**
 * Tasks whose time comes later, the next one first, those of the same time in the order in which they came (a crawl that is held
 * up must not ask in another order: who is asked late is more likely to have gone). A binary heap. BOUNDED by the addresses of the
 * crawl.
 */
export class DelayedTasks {
  readonly #heap: DelayedTask[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** When the next one is due; Infinity where there is none. */
  get next(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  /** O(log n). */
  add(task: Task, at: number): void {
    const heap = this.#heap;
    const entry = { at, order: this.#added++, task };
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, entry)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = entry;
  }

  /** At most so many of those that are due. O(log n) each. */
  due(now: number, most: number): Task[] {
    const tasks: Task[] = [];
    while (tasks.length < most && this.next <= now) {
      const task = this.#pop();
      if (task === undefined) break;
      tasks.push(task);
    }
    return tasks;
  }

  #pop(): Task | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (first === last) return first.task;
    let place = 0;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      const least = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (least === undefined || isBefore(last, least)) break;
      heap[place] = least;
      place = 2 * place + (least === right ? 2 : 1);
    }
    heap[place] = last;
    return first.task;
  }
}

function isBefore(a: DelayedTask, b: DelayedTask): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
