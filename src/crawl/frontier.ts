import type { Address } from '../core/address.ts';

/**
 * Whom to contact next, and who has been on that list before. One in memory serves a crawl (memory-frontier.ts); another one
 * could be shared by several machines, which is why `take` may answer later.
 */
export interface Frontier {
  /**
   * Puts addresses on the list, but for those that have been there before.
   * @param source who told of them; undefined for the user, whose word needs no other.
   */
  offer(addresses: readonly Address[], source?: Address): void;
  /** This address has been contacted: it is not given out any more. */
  settle(address: Address): void;
  /** A contact with it has ended; whether somebody spoke there. */
  ended(address: Address, spoke: boolean): void;
  /**
   * At most so many addresses to contact now, each given out once, to one crawler; none where none is waiting. A shared one
   * answers only when it has some, or when nobody is under way who could bring more.
   */
  take(most: number): readonly Address[] | Promise<readonly Address[]>;
  /** Whether more than one peer, or the user, stands for this address; or a peer whose word alone is reason enough. */
  isVouchedFor(address: Address): boolean;
  /** How many wait for their contact. */
  readonly waiting: number;
  /** How many are not contacted because nobody whose word is good tells of them. */
  readonly withheld: number;
}
