/**
 * What a message does, for a chart of who says what to whom: `connect` opens a connection or registers with somebody ·
 * `request` asks something · `answer` answers it · `transfer` belongs to the exchange of a file, beside the overlay ·
 * `upkeep` keeps a connection alive or says what a program can do, and tells nothing of how an overlay finds things.
 */
export type SpokenKind = 'connect' | 'request' | 'answer' | 'transfer' | 'upkeep';

/** One message in the few words of a chart; every system has its own. */
export interface Spoken {
  readonly kind: SpokenKind;
  /** Its type, as the lecture or the protocol spells it: `QUERY`. Messages of one type are counted together. */
  readonly type: string;
  /** What else a reader should know, in a few words: `"amber hymn", TTL 3`. */
  readonly detail: string | undefined;
  /** The request that it belongs to, where it says so: a receiver that has heard this request before drops it. */
  readonly request: string | undefined;
}
