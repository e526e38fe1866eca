import type { Role } from '../../../core/claims.ts';

/** At how many superpeers a leaf registers: the proposal had one, gtk-gnutella keeps four; with some more, one may go. */
export const SUPERPEERS_OF_LEAF = 3;

/** How many others a superpeer looks for, and below how many leaves it advises newcomers to become one of them. */
export interface Wants {
  readonly superpeers: number;
  readonly leaves: number;
}

/** What decides whether a node can be a superpeer. */
export interface Fitness {
  /** Whether its storage, processor and network connection are good enough, and it can be reached. */
  readonly isCapable: boolean;
  /** Milliseconds that it has been up, and that it must have been. */
  readonly uptime: number;
  readonly neededUptime: number;
}

/**
 * The lecture (slide "Gnutella 0.6"): an election decides which node becomes a superpeer or a leaf, by capabilities (storage,
 * processing power), network connection and uptime. How, it does not say; here it goes as in A. Singla and C. Rohrs, "Ultrapeers:
 * another step towards Gnutella scalability" (Lime Wire, working draft, 2001, section 3):
 *
 * 1. Who is not fit is a leaf.
 * 2. Who is fit and has not found its place greets as a superpeer. One that answers `X-Ultrapeer-Needed: False` has room for
 *    leaves, and the newcomer becomes one of them; else it becomes a superpeer.
 * 3. Who is fit and finds no superpeer with room, for as long as its patience lasts, makes itself one; at once, if it knows
 *    nobody whom it could ask. A leaf that has lost all its superpeers is in the same place.
 *
 * A superpeer stays one.
 */
export function isFit({ isCapable, uptime, neededUptime }: Fitness): boolean {
  return isCapable && uptime >= neededUptime;
}

/** What a node is after the answer of a superpeer that takes it; `needed` is its advice, undefined where it gives none. */
export function roleAfterAdvice(role: Role | undefined, fitness: Fitness, needed: boolean | undefined): Role {
  if (role !== undefined) return role;
  return isFit(fitness) && needed !== false ? 'superpeer' : 'leaf';
}

/** What a superpeer advises: become a superpeer too, once it has all the leaves that it wants. */
export function needsSuperpeers(leaves: number, wants: Wants): boolean {
  return leaves >= wants.leaves;
}

/** Whether a node that has no superpeer makes itself one. */
export function electsItself(
  fitness: Fitness,
  search: { readonly aloneFor: number; readonly patience: number; readonly knowsNobody: boolean },
): boolean {
  return isFit(fitness) && (search.knowsNobody || search.aloneFor >= search.patience);
}
