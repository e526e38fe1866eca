import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { AddressBook } from '../../src/core/address-book.ts';
import { packIpv4, textRank, unpackIpv4 } from '../../src/core/packed-address.ts';

const ipv4 = fc
  .tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }))
  .map(([ip, port]) => `${ip}:${port}` as Address);
/** Few octets, so that texts share their beginnings. */
const near = fc
  .tuple(
    fc.constantFrom(1, 10, 100, 101, 2, 20, 200),
    fc.constantFrom(1, 10, 100, 19, 9),
    fc.constantFrom(6, 63, 634, 6346),
  )
  .map(([a, b, port]) => `127.${a}.${a}.${b}:${port}` as Address);
const ipv6 = fc.constantFrom('[::1]:6346', '[::1]:6347', '[2001:db8::1]:1').map((text) => text as Address);
const address = fc.oneof(ipv4, near, ipv6);

describe('packed addresses', () => {
  it('unpack to what was packed', () => {
    fc.assert(fc.property(ipv4, (text) => unpackIpv4(packIpv4(text)) === text));
  });

  it('rank as their texts compare', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, near), fc.oneof(ipv4, near), (a, b) => {
        expect(textRank(packIpv4(a)) < textRank(packIpv4(b))).toBe(a < b);
      }),
    );
  });
});

describe('an address book', () => {
  it('numbers addresses like a Map would, in the order in which they come, and sorts them as texts', () => {
    fc.assert(
      fc.property(fc.array(address, { maxLength: 3000 }), (addresses) => {
        const book = new AddressBook();
        const numbers = new Map<Address, number>();
        for (const text of addresses) {
          if (!numbers.has(text)) numbers.set(text, numbers.size);
          expect(book.add(text)).toBe(numbers.get(text));
        }
        expect(book.size).toBe(numbers.size);
        for (const [text, number] of numbers) {
          expect(book.find(text)).toBe(number);
          expect(book.at(number)).toBe(text);
        }
        expect(book.find('192.0.2.77:1' as Address)).toBe(numbers.get('192.0.2.77:1' as Address) ?? -1);
        const sorted = book.sorted();
        const texts = [...numbers.keys()].sort();
        expect(Array.from(texts, (_, rank) => sorted.at(rank))).toEqual(texts);
        expect(Array.from(sorted.order, (number) => book.at(number))).toEqual(texts);
        expect(Array.from(sorted.ranks(), (rank) => texts[rank])).toEqual([...numbers.keys()]);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps a hundred thousand neighbouring addresses apart', () => {
    const book = new AddressBook();
    for (let ip = 0; ip < 100_000; ip++)
      expect(book.add(unpackIpv4((0x7f010000 + ip) * 65_536 + 6346))).toBe(ip);
    expect(book.size).toBe(100_000);
  });
});
