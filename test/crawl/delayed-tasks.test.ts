import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAIT, type Question } from '../../src/core/visit.ts';
import { DelayedTasks } from '../../src/crawl/delayed-tasks.ts';
import { address, visit } from '../support/visits.ts';

const question: Question = {
  name: 'any',
  carrier: 'tcp',
  ask: () => ({
    question: 'any',
    carrier: 'tcp',
    opening: new Uint8Array(),
    receive: () => WAIT,
    end: () => visit(address(1)),
  }),
};

describe('delayed tasks', () => {
  it('come by their time, and in the order in which they came where that is the same', () => {
    // Against a stable sort.
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }), (times) => {
        const tasks = new DelayedTasks();
        const added = times.map((at, number) => ({
          at,
          task: { endpoint: address((number % 250) + 1), question, asked: [] },
        }));
        for (const { task, at } of added) tasks.add(task, at);
        const sorted = [...added].sort((a, b) => a.at - b.at).map(({ task }) => task);
        expect(tasks.due(9, Infinity)).toEqual(sorted);
        expect(tasks.size).toBe(0);
      }),
    );
  });

  it('come when they are due, and so many as there is room for', () => {
    const tasks = new DelayedTasks();
    for (const [number, at] of [30, 10, 20].entries()) {
      tasks.add({ endpoint: address(number + 1), question, asked: [] }, at);
    }
    expect(tasks.next).toBe(10);
    expect(tasks.due(5, 9)).toEqual([]);
    expect(tasks.due(25, 1).map(({ endpoint }) => endpoint)).toEqual([address(2)]);
    expect(tasks.due(25, 9).map(({ endpoint }) => endpoint)).toEqual([address(3)]);
    expect([tasks.size, tasks.next]).toEqual([1, 30]);
  });
});
