import type { Crew } from '../core/crew.ts';
import type { Counted } from '../statistics/counted.ts';
import { piecesOf, pValueOf } from '../statistics/family-bootstrap.ts';
import { zetaBootstrap } from '../statistics/zeta-bootstrap.ts';
import { scanZeta } from '../statistics/zeta-scan.ts';
import type { TailResult } from './column-fit-result.ts';

/** Clauset, Shalizi and Newman (2009, section 4.2) find that fewer values let almost any law pass. */
const SMALL_TAIL = 100;

/**
 * Where a power law without an upper end begins, if anywhere, and how often a sample of it would lie as far from its own best tail. O(different
 * values²) a replicate at worst.
 * @param sample values of 1 or more. @returns null where no value can be its beginning.
 */
export async function tailOf(
  { values, counts, n }: Counted,
  options: {
    readonly crew: Crew;
    readonly replicates: number;
    readonly seed: number;
    /** Called once for each piece of the bootstrap. */
    readonly advance: () => void;
  },
): Promise<TailResult | null> {
  const { crew, replicates, seed, advance } = options;
  const tail = scanZeta(values, counts);
  if (tail === undefined) return null;
  const results = await Promise.all(
    piecesOf(replicates).map(async (count, piece) => {
      const result = await crew.run(zetaBootstrap, { values, counts, tail, replicates: count, seed, piece });
      advance();
      return result;
    }),
  );
  return {
    ...tail,
    share: tail.n / n,
    pValue: replicates < 1 ? null : pValueOf(results),
    isSmall: tail.n < SMALL_TAIL,
  };
}
