import type { Address } from '../core/address.ts';

/**
 * Whom to contact next, and who has been on that list before. One in memory serves a crawl (memory-frontier.ts); another one
 * could be shared by several machines, which is why `take` may answer later.
 */
export interface Frontier {
  /** Puts addresses on the list, but for those that have been there before. */
  offer(addresses: readonly Address[]): void;
  /** This address has been contacted: it is not given out any more. */
  settle(address: Address): void;
  /**
   * At most so many addresses to contact now, each given out once, to one crawler; none where none is waiting. A shared one
   * answers only when it has some, or when nobody is under way who could bring more.
   */
  take(most: number): readonly Address[] | Promise<readonly Address[]>;
  /** How many wait for their contact. */
  readonly waiting: number;
}
