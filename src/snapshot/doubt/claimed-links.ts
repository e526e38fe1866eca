/** What the ends of links said, for whoever judges those who said it. Peers are places in the list of ids. */
export interface ClaimedLinks {
  /** How many places there are. */
  readonly size: number;
  /**
   * Goes through all that was said, by pairs: one end reports a link to the other.
   * @param tell `isConnection` where some end called it a connection, not just a registration of a leaf.
   */
  forEachClaim(tell: (reporter: number, other: number, isConnection: boolean) => void): void;
}
