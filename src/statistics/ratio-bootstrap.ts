import type { Crew, Kernel } from '../core/crew.ts';
import { createRandom } from '../core/random.ts';
import { familyNamed } from './families.ts';
import type { Support } from './family.ts';
import { piecesOf, pValueOf, type PieceResult } from './family-bootstrap.ts';
import { LawDrawer } from './family-draws.ts';
import { refit, type FamilyFit } from './fit-family.ts';

/** One piece of a bootstrap of a likelihood ratio. */
export interface RatioPiece {
  readonly smaller: string;
  readonly larger: string;
  readonly support: Support;
  /** The fitted points: where the samples come from, and where the climbs begin. */
  readonly smallerPoint: readonly number[];
  readonly largerPoint: readonly number[];
  readonly n: number;
  /** Twice the difference of the log-likelihoods, in the data. */
  readonly statistic: number;
  readonly replicates: number;
  readonly seed: number;
  readonly piece: number;
}

/** Draws samples of the smaller law and fits both to each. */
export const ratioBootstrap: Kernel<RatioPiece, PieceResult> = {
  name: 'ratio-bootstrap',
  run: ({ support, smallerPoint, largerPoint, n, statistic, replicates, seed, piece, ...names }) => {
    const [smaller, larger] = [familyNamed(names.smaller), familyNamed(names.larger)];
    if (smaller === undefined || larger === undefined) throw new RangeError('no family is called so');
    const random = createRandom(seed).fork(`ratio-bootstrap:${names.smaller}:${names.larger}:${piece}`);
    const drawer = new LawDrawer(smaller.at(smallerPoint, support), support, n);
    let asFar = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const drawn = drawer.next(random);
      if (drawn.values.length < 2) continue;
      const own = refit(smaller, drawn, support, smallerPoint).logLikelihood;
      const other = refit(larger, drawn, support, largerPoint).logLikelihood;
      if (2 * (other - own) >= statistic) asFar += 1;
    }
    return { asFar, replicates };
  },
};

/**
 * How often would samples of the smaller law prefer the larger one as much as the data do? For pairs where Wilks's and Self and Liang's limits do not
 * hold: the slope of a zeta law's likelihood by the lambda of a cut-off is E[x] - x, which has no variance for an exponent of 3 or less.
 */
export async function bootstrapRatio(
  smaller: FamilyFit,
  larger: FamilyFit,
  n: number,
  { crew, replicates, seed }: { readonly crew: Crew; readonly replicates: number; readonly seed: number },
): Promise<number> {
  const statistic = Math.max(0, 2 * (larger.logLikelihood - smaller.logLikelihood));
  const results = await Promise.all(
    piecesOf(replicates).map((count, piece) =>
      crew.run(ratioBootstrap, {
        ...{ smaller: smaller.family.name, larger: larger.family.name, support: smaller.support },
        ...{ smallerPoint: smaller.point, largerPoint: larger.point, n, statistic },
        ...{ replicates: count, seed, piece },
      }),
    ),
  );
  return pValueOf(results);
}
