import type { Task } from './task.ts';

/** Tasks whose time comes later, the next one first: a binary heap. BOUNDED by the addresses of the crawl. */
export class DelayedTasks {
  readonly #heap: { readonly at: number; readonly task: Task }[] = [];

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
    const entry = { at, task };
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= at) break;
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
      const left = 2 * place + 1;
      const right = left + 1;
      const least = (heap[right]?.at ?? Infinity) < (heap[left]?.at ?? Infinity) ? right : left;
      const below = heap[least];
      if (below === undefined || below.at >= last.at) break;
      heap[place] = below;
      place = least;
    }
    heap[place] = last;
    return first.task;
  }
}
