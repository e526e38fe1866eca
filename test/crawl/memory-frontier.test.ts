import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../src/core/address-book.ts';
import { MemoryFrontier } from '../../src/crawl/memory-frontier.ts';
import { parseAddress, type Address } from '../../src/core/address.ts';

function address(number: number): Address {
  const parsed = parseAddress(`127.9.${number >> 8}.${number & 255}:6346`);
  if (parsed === undefined) throw new RangeError(String(number));
  return parsed;
}

function numberOf(one: Address): number {
  const [, , high = 0, low = 0] = one.split(/[.:]/).map(Number);
  return 256 * high + low;
}

/** Addresses that nobody but the one who tells of them knows. */
const made = (from: number, count: number) => Array.from({ length: count }, (_, k) => address(from + k));

function newFrontier(): MemoryFrontier {
  return new MemoryFrontier(new AddressBook());
}

/** Contacts all that the frontier gives out, as many at a time; those below 1,000 speak. */
function contacted(frontier: MemoryFrontier, atOnce = 1): number[] {
  const all: number[] = [];
  for (let taken = frontier.take(atOnce); taken.length > 0; taken = frontier.take(atOnce)) {
    for (const one of taken) {
      all.push(numberOf(one));
      frontier.ended(one, numberOf(one) < 1_000);
    }
  }
  return all;
}

describe('the order of a frontier', () => {
  it('is that in which addresses were learned, whoever tells of them', () => {
    const frontier = newFrontier();
    frontier.offer([1, 2, 3].map(address), address(10));
    frontier.offer([address(3)], address(11));
    frontier.offer([address(4)]);
    expect(frontier.take(9)).toEqual([1, 2, 3, 4].map(address));
  });

  it('takes the word of the same peer once, however often it is given', () => {
    const frontier = newFrontier();
    frontier.offer([1, 2].map(address), address(10));
    frontier.offer([address(2)], address(10));
    expect(frontier.take(9)).toEqual([1, 2].map(address));
    expect(frontier.waiting).toBe(0);
  });
});

describe('a peer that tells of many behind whom nobody speaks', () => {
  it('is not believed any more after some contacts; the others wait', () => {
    const frontier = newFrontier();
    frontier.offer(made(100, 800));
    frontier.offer(made(1_000, 3_000), address(10));
    const all = contacted(frontier);
    // Nearly everybody whom the user named spoke: so more than 4 in vain are too many. Then a quarter of 800 and 100 on trial.
    expect(all.filter((number) => number >= 1_000)).toHaveLength(5 + 300);
    expect(frontier.withheld).toBe(3_000 - 305);
    expect(frontier.waiting).toBe(0);
    expect(frontier.isVouchedFor(address(3_999))).toBe(false);
  });

  it('loses nobody of whom somebody else tells too', () => {
    const frontier = newFrontier();
    frontier.offer(made(100, 10));
    frontier.offer([...made(1_000, 2_000), ...made(500, 20)], address(10));
    contacted(frontier);
    expect(frontier.withheld).toBeGreaterThan(1_500);
    frontier.offer(made(500, 20), address(11));
    expect(contacted(frontier).filter((number) => number < 1_000)).toEqual(
      Array.from({ length: 20 }, (_, k) => 500 + k),
    );
  });

  it('is believed again when somebody speaks', () => {
    const frontier = newFrontier();
    // Somebody else has used up all trials.
    frontier.offer(made(1_000, 500), address(20));
    contacted(frontier);
    frontier.offer(made(2_000, 30), address(10));
    const first = frontier.take(50);
    // While nothing is known every second one is taken to answer: 9 contacts are 4.5 answers, one of them too many.
    expect(first).toEqual(made(2_000, 9));
    expect(frontier.take(50)).toEqual([]);
    // One answer is worth 2 more: 13 contacts are 6.5 of 6.
    for (const one of first.slice(0, 1)) frontier.ended(one, true);
    expect(frontier.take(50)).toEqual(made(2_009, 4));
  });
});

describe('in an overlay in which most peers cannot be reached', () => {
  it('a peer that tells of some who can is believed to the end', () => {
    const frontier = newFrontier();
    // Nine in ten do not speak, wherever they come from.
    const mixed = (from: number, quiet: number, count: number) =>
      Array.from({ length: count }, (_, k) => address(k % 10 === 0 ? from + k / 10 : quiet + k));
    frontier.offer(mixed(100, 1_000, 400), address(10));
    frontier.offer(mixed(100, 1_000, 400), address(11));
    frontier.offer(mixed(300, 3_000, 1_000), address(12));
    expect(contacted(frontier)).toHaveLength(1_400);
    expect(frontier.withheld).toBe(0);
  });
});
