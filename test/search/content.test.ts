import { Zipf } from '../../src/models/zipf.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { itemDraw, itemNamed } from '../../src/search/content.ts';
import { parseContentCsv } from '../../src/search/content-csv.ts';
import { placeContent, REPLICATIONS } from '../../src/search/place-content.ts';
import { SIX } from './support.ts';

function copiesOf({ offsets }: { readonly offsets: Uint32Array }): number[] {
  return [...offsets.subarray(1)].map((end, item) => end - (offsets[item] ?? 0));
}

describe('content that is placed', () => {
  it('has as many copies as there is room for, no two of an item at one peer (property)', () => {
    fc.assert(
      fc.property(
        fc.record({
          peers: fc.integer({ min: 2, max: 60 }),
          items: fc.integer({ min: 1, max: 30 }),
          zipf: fc.constantFrom(0, 0.5, 1, 2),
          replication: fc.constantFrom(...REPLICATIONS),
          capacity: fc.constantFrom(0.5, 1, 3),
        }),
        (placement) => {
          const { peers, items, capacity } = placement;
          const room = Math.round(peers * capacity);
          fc.pre(room >= items);
          const { holders } = placeContent(placement, createRandom(1));
          const copies = copiesOf(holders);
          expect(copies.reduce((a, b) => a + b, 0)).toBe(Math.min(room, peers * items));
          copies.forEach((count, item) => {
            const row = holders.targets.subarray(holders.offsets[item], holders.offsets[item + 1]);
            expect(new Set(row).size).toBe(count);
            expect([...row]).toEqual([...row].sort((a, b) => a - b));
            expect(count).toBeGreaterThan(0);
          });
        },
      ),
    );
  });

  it.each([
    ['uniform', [250, 250, 250, 250]],
    // Zipf's law on four items is 12, 6, 4, 3 of 25.
    ['proportional', [480, 240, 160, 120]],
    // The roots are 1, 0.7071, 0.5774, 0.5, together 2.7845.
    ['square-root', [359, 254, 207, 180]],
  ] as const)('has %s copies', (replication, expected) => {
    const placement = { peers: 1_000, items: 4, zipf: 1, replication, capacity: 1 };
    expect(copiesOf(placeContent(placement, createRandom(1)).holders)).toEqual(expected);
  });

  it('refuses more items than there is room for', () => {
    const placement = { peers: 10, items: 20, zipf: 1, replication: 'uniform' as const, capacity: 1 };
    expect(() => placeContent(placement, createRandom(1))).toThrow('20 items do not fit into 10 peers');
  });

  it('refuses more copies than fit into memory, and counts no more than can be', () => {
    const placement = {
      peers: 1_000_000,
      items: 1_000,
      zipf: 1,
      replication: 'uniform' as const,
      capacity: 900,
    };
    expect(() => placeContent(placement, createRandom(1))).toThrow('900000000 copies are more than');
    const few = { peers: 6, items: 3, zipf: 1, replication: 'uniform' as const, capacity: 1_000_000 };
    expect(copiesOf(placeContent(few, createRandom(1)).holders)).toEqual([6, 6, 6]);
  });

  it('is asked for by Zipf', () => {
    const placement = { peers: 100, items: 4, zipf: 1, replication: 'uniform' as const, capacity: 1 };
    const draw = itemDraw(placeContent(placement, createRandom(1)));
    const random = createRandom(2);
    const counts = [0, 0, 0, 0];
    for (let k = 0; k < 25_000; k++) counts[draw(random)]! += 1;
    [12_000, 6_000, 4_000, 3_000].forEach((expected, item) => {
      expect(Math.abs((counts[item] ?? 0) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    });
    expect([...new Zipf(4, 1).shares]).toEqual(
      [12, 6, 4, 3].map((part) => expect.closeTo(part / 25, 12) as number),
    );
  });
});

describe('content from CSV', () => {
  it('has its holders and popularities', () => {
    const content = parseContentCsv(
      'peer,item,popularity\n1,a song,0.75\n4,b,0.25\n6,a song,\n',
      'c.csv',
      SIX,
    );
    expect([content.nameOf(0), content.nameOf(1)]).toEqual(['a song', 'b']);
    expect([...content.popularity]).toEqual([0.75, 0.25]);
    expect([...content.holders.targets]).toEqual([0, 5, 3]);
    expect(itemNamed(content, 'b')).toBe(1);
  });

  it('asks for all items alike where it does not say otherwise', () => {
    expect([...parseContentCsv('peer,item\n1,a\n2,b\n', 'c.csv', SIX).popularity]).toEqual([0.5, 0.5]);
  });

  it.each([
    ['peer,item,popularity\n1,a,0.5\n2,b,0.4\n', 'the popularities of c.csv add up to 0.9, not to 1'],
    ['peer,item\n9,a\n', 'c.csv line 2 names the peer "9", whom the overlay does not have'],
    ['peer,thing\n1,a\n', 'c.csv needs the columns peer and item; it has "peer", "thing"'],
    ['peer,item\n', 'c.csv holds no content'],
    ['peer,item,popularity\n1,a,2\n', 'c.csv line 2 has the popularity "2"'],
    ['peer,item,popularity\n1,a,0.5\n2,a,0.6\n', 'c.csv line 3 gives "a" the popularity 0.6'],
    ['peer,item\n1,\n', 'c.csv line 2 has an empty "item"'],
    ['peer,item\n1\n', 'c.csv:'],
  ])('refuses %j', (text, message) => {
    expect(() => parseContentCsv(text, 'c.csv', SIX)).toThrow(message);
  });

  it('says which item may have been meant', () => {
    const content = parseContentCsv('peer,item\n1,ballad\n', 'c.csv', SIX);
    expect(() => itemNamed(content, 'balad')).toThrow('did you mean ballad?');
  });
});
