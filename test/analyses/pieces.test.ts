import { describe, expect, it } from 'vitest';
import { inPieces } from '../../src/analyses/pieces.ts';
import { ALONE } from '../../src/core/crew.ts';

describe('work in pieces', () => {
  it('has its results in the order of the pieces, and never more of them begun than the crew has hands', async () => {
    let open = 0;
    let most = 0;
    const shares: number[] = [];
    const work = { crew: { ...ALONE, size: 3 }, progress: (share: number) => shares.push(share) };
    const results = await inPieces(
      work,
      7,
      async (index) => {
        most = Math.max(most, ++open);
        // Later pieces are ready sooner.
        for (let turn = index; turn < 7; turn++) await Promise.resolve();
        open -= 1;
        return 10 * index;
      },
      0.5,
    );
    expect(results).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(most).toBe(3);
    expect(shares).toEqual([1, 2, 3, 4, 5, 6, 7].map((done) => done / 14));
  });

  it('tells how far it is after each piece, not when all are done', async () => {
    const log: string[] = [];
    const work = { crew: ALONE, progress: (share: number) => log.push(`told ${share}`) };
    await inPieces(work, 2, (index) => Promise.resolve(log.push(`piece ${index}`)));
    expect(log).toEqual(['piece 0', 'told 0.5', 'piece 1', 'told 1']);
  });

  it('of none is nothing', async () => {
    const work = { crew: ALONE, progress: () => undefined };
    expect(await inPieces(work, 0, () => Promise.resolve(1))).toEqual([]);
  });
});
