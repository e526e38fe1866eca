import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mayHave,
  qrpHash,
  tableMessages,
} from '../../../../src/overlays/gnutella/node/query-routing-table.ts';
import { wordsOf } from '../../../../src/overlays/gnutella/node/words.ts';
import { QrpTable } from '../../../../src/overlays/gnutella/wire/qrp-table.ts';

// The test vectors of the reference implementation, as the appendix of the proposal lists them (Rohrs, "Query Routing
// for the Gnutella Network", 2002); gtk-gnutella checks some of them at its start.
const VECTORS: readonly (readonly [string, number, number])[] = [
  ['', 13, 0],
  ['eb', 13, 6791],
  ['ebc', 13, 7082],
  ['ebck', 13, 6698],
  ['ebckl', 13, 3179],
  ['ebcklm', 13, 3235],
  ['ebcklme', 13, 6438],
  ['ebcklmen', 13, 1062],
  ['ebcklmenq', 13, 3527],
  ['', 16, 0],
  ['n', 16, 65003],
  ['nd', 16, 54193],
  ['ndf', 16, 4953],
  ['ndfl', 16, 58201],
  ['ndfla', 16, 34830],
  ['ndflal', 16, 36910],
  ['ndflale', 16, 34586],
  ['ndflalem', 16, 37658],
  ['ndflaleme', 16, 45559],
  ['ol2j34lj', 10, 318],
  ['asdfas23', 10, 503],
  ['9um3o34fd', 10, 758],
  ['a234d', 10, 281],
  ['a3f', 10, 767],
  ['3nja9', 10, 581],
  ['2459345938032343', 10, 146],
  ['7777a88a8a8a8', 10, 342],
  ['asdfjklkj3k', 10, 861],
  ['adfk32l', 10, 1011],
  ['zzzzzzzzzzz', 10, 944],
  ['3NJA9', 10, 581],
  ['3nJa9', 10, 581],
];

function tableOf(words: readonly string[]): QrpTable {
  const table = new QrpTable();
  for (const message of tableMessages(words)) expect(table.apply(message)).toBeUndefined();
  return table;
}

describe('the hash of the query routing protocol', () => {
  it.each(VECTORS)('puts "%s" in %i bits into the slot %i of the proposal', (word, bits, slot) => {
    expect(qrpHash(word, bits)).toBe(slot);
  });
});

describe('the table of a leaf', () => {
  it('lets every search pass whose words it has, whatever the words (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 60 }),
        (texts) => {
          const words = texts.flatMap(wordsOf);
          const table = tableOf(words);
          for (let i = 0; i + 1 < words.length; i++) expect(mayHave(table, words.slice(i, i + 2))).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('lets few others pass: at most one slot in sixteen is taken, so that two strange words pass once in 256 times', () => {
    const table = tableOf(Array.from({ length: 100 }, (_, i) => `word${i}`));
    expect(table.count() / table.slots).toBeLessThanOrEqual(1 / 16);
    const strange = Array.from({ length: 2000 }, (_, i) => [`strange${i}`, `other${i}`]);
    const passed = strange.filter((words) => mayHave(table, words)).length;
    expect(passed).toBeLessThan(40);
  });

  it('lets nothing pass before it has come, and no search without words', () => {
    expect(mayHave(new QrpTable(), ['word'])).toBe(false);
    expect(mayHave(tableOf(['word']), [])).toBe(false);
  });
});
