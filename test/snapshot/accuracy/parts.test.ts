import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../../src/core/address-book.ts';
import { createRandom } from '../../../src/core/random.ts';
import {
  ANSWERED,
  Attendance,
  FAILED,
  NOT_ASKED,
  vendorOf,
} from '../../../src/snapshot/accuracy/attendance.ts';
import { presenceOf } from '../../../src/snapshot/accuracy/presence.ts';
import { Reservoir } from '../../../src/snapshot/accuracy/reservoir.ts';
import { survivalFrom } from '../../../src/snapshot/accuracy/residual-law.ts';
import { address, listing, visit } from '../../support/visits.ts';

describe('the reservoir', () => {
  it('keeps every offer with the same probability', () => {
    const counts = new Uint32Array(20);
    for (let seed = 0; seed < 4000; seed++) {
      const reservoir = new Reservoir<number>(5, createRandom(seed));
      for (let item = 0; item < 20; item++) reservoir.offer(item);
      expect(reservoir.kept).toHaveLength(5);
      for (const item of reservoir.kept) counts[item] = (counts[item] ?? 0) + 1;
    }
    // Binomial with mean 1,000 and standard deviation 27: five of them.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });
});

describe('who was asked', () => {
  it('keeps the best of what came of an address, and each respondent once in the sample', () => {
    const book = new AddressBook();
    const attendance = new Attendance(book, createRandom(1), 10);
    attendance.add(visit(address(1), { outcome: 'connect-timeout' }));
    const answer = visit(address(1), { listing: 'full', claims: listing(address(1), [address(2)]) });
    attendance.add(answer);
    attendance.add(answer);
    attendance.add(visit(address(2), { outcome: 'connect-refused' }));
    expect([1, 2].map((peer) => attendance.stateOf(book.add(address(peer))))).toEqual([ANSWERED, FAILED]);
    expect(attendance.stateOf(book.add(address(3)))).toBe(NOT_ASKED);
    expect(attendance.sample).toHaveLength(1);
  });

  it('tells vendors apart by the name before the version', () => {
    expect(['LimeWire/4.18', 'LimeWire 5', 'gtk-gnutella/1.2 (Linux)', ''].map(vendorOf)).toEqual([
      'limewire',
      'limewire',
      'gtk-gnutella',
      '',
    ]);
  });

  it('takes silence for no sign of anything, and a refusal for a sign of life', () => {
    expect(presenceOf('rate-limited')).toBe('up');
    expect(presenceOf('connect-refused')).toBe('gone');
    expect(presenceOf('silent')).toBe('unknown');
  });
});

describe('the law of residual sessions from those who were asked after they had been listed', () => {
  it('gives the share of gone ones back, rising and linear in between', () => {
    const trials = [1, 2, 3].flatMap((group) =>
      Array.from({ length: 100 }, (_, i) => ({ lag: group * 10, gone: i < [0, 10, 8, 30][group]! })),
    );
    const law = survivalFrom(trials, 0);
    // The second group falls below the first: both are pooled to 18 of 200 at a lag of 15.
    expect([0, 7.5, 15, 30, 99].map(law)).toEqual([0, 0.045, 0.09, 0.3, 0.3]);
  });
});
