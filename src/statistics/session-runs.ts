/** Sessions as a series of looks saw them, in columns: the first and the last look at which each peer was there. */
export interface SessionRuns {
  /** How many looks there were. */
  readonly looks: number;
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  /** Absences that were bridged, in looks; and all looks strictly between the first and the last one of a session. */
  readonly bridged: number;
  readonly inner: number;
}

/**
 * Joins the looks at which a peer was there to sessions. An absence of up to `gap` looks in a row is taken for a look that
 * missed the peer, a longer one for its absence.
 *
 * @param columns for each look the numbers of the peers that were there, each once.
 * @param peers how many different peers there are: their numbers are below it.
 * @param gap looks in a row, 0 or more.
 * O(entries), and 16 bytes a peer and session.
 */
export function sessionRuns(columns: readonly Uint32Array[], peers: number, gap: number): SessionRuns {
  const entries = columns.reduce((sum, column) => sum + column.length, 0);
  const firsts = new Uint32Array(entries);
  const lasts = new Uint32Array(entries);
  /** The session that each peer is in, from 1. */
  const present = new Uint32Array(peers);
  let count = 0;
  let bridged = 0;
  columns.forEach((column, look) => {
    for (const peer of column) {
      const session = present[peer]! - 1;
      const missed = session < 0 ? Infinity : look - lasts[session]! - 1;
      if (missed <= gap) {
        bridged += missed;
        lasts[session] = look;
        continue;
      }
      firsts[count] = look;
      lasts[count] = look;
      present[peer] = ++count;
    }
  });
  let inner = 0;
  for (let k = 0; k < count; k++) inner += Math.max(0, lasts[k]! - firsts[k]! - 1);
  return {
    looks: columns.length,
    firsts: firsts.slice(0, count),
    lasts: lasts.slice(0, count),
    bridged,
    inner,
  };
}
