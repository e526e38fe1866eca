import { describe, expect, it } from 'vitest';
import { ALONE, type Crew, type Kernel } from '../../src/core/crew.ts';
import { pieceBegin, runPieces, shareWith } from '../../src/core/pieces.ts';

const double: Kernel<number, number> = { name: 'double', run: (value) => 2 * value };

/** A crew whose later pieces are ready sooner, and which counts how many are begun at a time. */
function lateCrew(size: number): Crew & { readonly most: () => number } {
  let open = 0;
  let most = 0;
  return {
    size,
    most: () => most,
    run: async (kernel, input) => {
      most = Math.max(most, ++open);
      for (let turn = 20 - Number(input); turn > 0; turn--) await Promise.resolve();
      open -= 1;
      return kernel.run(input);
    },
  };
}

async function run(crew: Crew, count: number): Promise<{ outputs: number[]; shares: number[] }> {
  const outputs: number[] = [];
  const shares: number[] = [];
  const inputs = { count, at: (index: number) => index };
  await runPieces(
    crew,
    double,
    inputs,
    (output) => outputs.push(output),
    (share) => shares.push(share),
  );
  return { outputs, shares };
}

describe('work in pieces', () => {
  it('gives its outputs in the order of the pieces, whoever was ready first', async () => {
    const crew = lateCrew(3);
    const { outputs, shares } = await run(crew, 7);
    expect(outputs).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(shares).toEqual([1, 2, 3, 4, 5, 6, 7].map((done) => done / 7));
    // One at work and one that waits for each hand.
    expect(crew.most()).toBe(6);
  });

  it('is one piece after the other where one works alone, and none at all where there is none', async () => {
    expect((await run(ALONE, 3)).outputs).toEqual([0, 2, 4]);
    expect(await run(ALONE, 0)).toEqual({ outputs: [], shares: [] });
  });

  it('cuts things into pieces that differ by one at most', () => {
    const begins = [0, 1, 2, 3].map((index) => pieceBegin(10, 3, index));
    expect(begins).toEqual([0, 3, 6, 10]);
  });

  it('shares numbers with threads, and leaves them alone where there are none', () => {
    const values = Uint32Array.of(1, 2, 3);
    expect(shareWith(ALONE, values)).toBe(values);
    const shared = shareWith({ ...ALONE, size: 2 }, values);
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...shared]).toEqual([1, 2, 3]);
  });
});
