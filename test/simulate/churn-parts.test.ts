import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { PeerNumbers } from '../../src/simulate/peer-numbers.ts';
import { RepairQueue } from '../../src/simulate/repair-queue.ts';
import { SessionEnds } from '../../src/simulate/session-ends.ts';
import { SlotSet } from '../../src/simulate/slot-set.ts';

describe('the ends of sessions', () => {
  it('come in the order of time, and of slots at the same time, whatever replaces them', () => {
    const time = fc.nat(20);
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 40 }), fc.array(time), (first, delays) => {
        const ends = new SessionEnds(Float64Array.from(first));
        const reference = [...first];
        for (const delay of delays) {
          const earliest = Math.min(...reference);
          expect([ends.time, ends.slot]).toEqual([earliest, reference.indexOf(earliest)]);
          ends.replace(earliest + delay);
          reference[reference.indexOf(earliest)] = earliest + delay;
        }
      }),
    );
  });

  it('of nobody never come', () => {
    expect(new SessionEnds(new Float64Array(0)).time).toBe(Infinity);
  });
});

describe('the queue of those who lost a link', () => {
  it('is first in, first out, however it grows', () => {
    const queue = new RepairQueue();
    let [taken, put] = [0, 0];
    for (let round = 1; round <= 40; round++) {
      for (let i = 0; i < 3 * round; i++, put++) queue.push(put, put % 7);
      for (let i = 0; i < 2 * round; i++, taken++) {
        expect(queue.time).toBe(taken);
        expect(queue.shift()).toBe(taken % 7);
      }
    }
    for (; taken < put; taken++) expect(queue.shift()).toBe(taken % 7);
    expect(queue.time).toBe(Infinity);
  });
});

describe('a set of slots', () => {
  it('has what was added and not deleted, and chooses all of it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.boolean())), (steps) => {
        const set = new SlotSet(10);
        const reference = new Set<number>();
        for (const [slot, isIn] of steps) {
          if (isIn) set.add(slot);
          else set.delete(slot);
          if (isIn) reference.add(slot);
          else reference.delete(slot);
        }
        const members = Array.from({ length: set.count }, (_, place) => set.at(place));
        expect(members.sort()).toEqual([...reference].sort());
        if (set.count === 0) return;
        const random = createRandom(1);
        const chosen = new Set(Array.from({ length: 400 }, () => set.choose(random)));
        expect([...chosen].sort()).toEqual([...reference].sort());
      }),
    );
  });
});

describe('the numbers of peers', () => {
  it('are given in order, and again only when all are used, to peers that are down', () => {
    const numbers = new PeerNumbers(2, 4);
    expect([0, 1, 2].map((slot) => numbers.take(slot))).toEqual([0, 1, 2]);
    numbers.release(1);
    expect(numbers.take(1)).toBe(3);
    expect(numbers.used).toBe(4);
    expect(numbers.slotOf(1)).toBeUndefined();
    expect(numbers.take(5)).toBe(1);
    numbers.release(0);
    numbers.release(2);
    expect(numbers.take(6)).toBe(2);
    expect(numbers.take(7)).toBe(0);
    expect([0, 1, 2, 3, 4].map((peer) => numbers.slotOf(peer))).toEqual([7, 5, 6, 1, undefined]);
    expect(numbers.used).toBe(4);
  });
});
