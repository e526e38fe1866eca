import type { Crew, Kernel } from '../core/crew.ts';
import { createRandom } from '../core/random.ts';
import { familyNamed } from './families.ts';
import type { Support } from './family.ts';
import { LawDrawer } from './family-draws.ts';
import { familyKs } from './family-goodness.ts';
import { refit, supportOf, type FamilyFit } from './fit-family.ts';

/** One piece of a parametric bootstrap: the law by name and parameters, so that it can go to a worker thread. */
export interface FamilyPiece {
  readonly family: string;
  readonly support: Support;
  readonly point: readonly number[];
  readonly n: number;
  /** The distance that replicates are held against. */
  readonly ks: number;
  readonly replicates: number;
  readonly seed: number;
  readonly piece: number;
}

export interface PieceResult {
  /** Replicates at least as far from their own fit as the data are from theirs. */
  readonly asFar: number;
  readonly replicates: number;
}

/** Draws samples of the fitted law and fits each of them anew (Clauset, Shalizi and Newman 2009, section 4.1). */
export const familyBootstrap: Kernel<FamilyPiece, PieceResult> = {
  name: 'family-bootstrap',
  run: ({ family: name, support, point, n, ks, replicates, seed, piece }) => {
    const family = familyNamed(name);
    if (family === undefined) throw new RangeError(`no family is called ${name}`);
    const random = createRandom(seed).fork(`family-bootstrap:${name}:${piece}`);
    const drawer = new LawDrawer(family.at(point, support), support, n);
    // Equal distances may differ in their last bits; ties count against the law.
    const threshold = ks - 1e-12;
    let asFar = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const drawn = drawer.next(random);
      // A sample of a single value lies on its own fit: some parameter makes that value all but certain.
      if (drawn.values.length < 2) continue;
      const { law } = refit(family, drawn, support, point);
      if (familyKs(law, drawn, supportOf(family, drawn, support), threshold) >= threshold) asFar += 1;
    }
    return { asFar, replicates };
  },
};

/** Into so many pieces a bootstrap is cut, whoever computes them: each has its own stream of random numbers. */
export const PIECES = 32;

/** Replicates of each piece; they differ by one at most. */
export function piecesOf(replicates: number): number[] {
  return Array.from({ length: PIECES }, (_, piece) =>
    Math.floor((replicates + PIECES - 1 - piece) / PIECES),
  ).filter((count) => count > 0);
}

/** (1 + #{D* >= D}) / (B + 1). */
export function pValueOf(results: readonly PieceResult[]): number {
  let [asFar, replicates] = [0, 0];
  for (const result of results) {
    asFar += result.asFar;
    replicates += result.replicates;
  }
  return (1 + asFar) / (replicates + 1);
}

/** The p-value of a fit's distance, by so many replicates; null for none. */
export async function bootstrapFit(
  fit: FamilyFit,
  n: number,
  ks: number,
  {
    crew,
    replicates,
    seed,
    progress,
  }: { crew: Crew; replicates: number; seed: number; progress?: () => void },
): Promise<number | null> {
  if (replicates < 1) return null;
  const results = await Promise.all(
    piecesOf(replicates).map(async (count, piece) => {
      const input = {
        family: fit.family.name,
        support: fit.support,
        point: fit.point,
        n,
        ks,
        replicates: count,
        seed,
        piece,
      };
      const result = await crew.run(familyBootstrap, input);
      progress?.();
      return result;
    }),
  );
  return pValueOf(results);
}
