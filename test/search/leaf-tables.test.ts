import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/search/content.ts';
import { LeafTables } from '../../src/search/leaf-tables.ts';

const NAMES = ['blue moon', 'blue sky', 'moon', 'grateful dead live', '!', 'sky live'];

describe('query routing tables', () => {
  it('match the same peers, looked up by slot or asked one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.nat(19), { maxLength: 8 }), { minLength: 6, maxLength: 6 }),
        (held) => {
          const tables = new LeafTables(contentOf(held), 20);
          NAMES.forEach((_, item) => {
            const asked = Array.from({ length: 20 }, (__, peer) => peer).filter((peer) =>
              tables.mayHave(peer, item),
            );
            expect([...new Set(tables.matching(item))].sort((a, b) => a - b)).toEqual(asked);
          });
        },
      ),
    );
  });
});

function contentOf(held: readonly (readonly number[])[]): Content {
  const offsets = new Uint32Array(held.length + 1);
  held.forEach((peers, item) => (offsets[item + 1] = (offsets[item] ?? 0) + peers.length));
  const targets = Uint32Array.from(held.flatMap((peers) => peers.toSorted((a, b) => a - b)));
  return {
    nameOf: (item) => NAMES[item] ?? '',
    popularity: new Float64Array(held.length).fill(1 / held.length),
    holders: { offsets, targets },
  };
}
