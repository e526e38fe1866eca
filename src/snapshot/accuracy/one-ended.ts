import type { AddressBook } from '../../core/address-book.ts';
import { ANSWERED, FAILED, NOT_ASKED, SPOKE, type Attendance } from './attendance.ts';
import { survivalFrom, type Trial } from './residual-law.ts';
import type { Balance } from './second-look-estimate.ts';

/** When a peer was seen, that is answered or was listed; milliseconds since 1970, infinite where it never was. */
export interface SeenTimes {
  firstSeen(peer: number): number;
  lastSeen(peer: number): number;
}

export interface OneEndedOptions {
  readonly attendance: Attendance;
  readonly book: AddressBook;
  readonly seen: SeenTimes;
  /** The instant for which it is estimated, milliseconds since 1970: the end of the crawl. */
  readonly at: number;
  /** Numbers of peers that there may not be. */
  readonly doubted?: ReadonlyMap<number, unknown>;
}

export interface OneEndedEstimate {
  readonly peers: Balance;
  /** The share of the asked peers that are there and cannot be reached. */
  readonly unreachable: number;
  /** Contacts that showed whether a listed peer was still there. */
  readonly trials: number;
}

/**
 * What of a snapshot has gone and what it lacks without asking anybody again: from peers that were listed by others, and
 * were there or not when their own turn came. How many of those had gone after a time s is the law F of the residual
 * session; a peer last seen s before the end has gone since then with probability F(s), and as many came unseen.
 *
 * It takes learned peers to come and go as asked ones do. O(addresses log addresses).
 */
export function oneEnded({ attendance, book, seen, at, doubted }: OneEndedOptions): OneEndedEstimate {
  const trials: Trial[] = [];
  let relistable = 0;
  let relisted = 0;
  let failed = 0;
  let failedRelisted = 0;
  for (let peer = 0; peer < book.size; peer++) {
    const state = attendance.stateOf(peer);
    const first = seen.firstSeen(peer);
    if (state === NOT_ASKED || !Number.isFinite(first) || doubted?.has(peer) === true) continue;
    const asked = attendance.askedAt(peer);
    // Whoever is listed after it failed was there, and could not be reached.
    const again = seen.lastSeen(peer) > asked;
    if (state === ANSWERED) {
      relistable += 1;
      if (again) relisted += 1;
    }
    if (state === FAILED) {
      failed += 1;
      if (again) failedRelisted += 1;
    }
    if (state >= SPOKE || !again) trials.push({ lag: Math.max(0, asked - first), gone: state === FAILED });
  }
  // Some who are there were asked so late that nobody was left to list them again.
  const chance = relistable === 0 ? 1 : relisted / relistable;
  const unreachable = Math.min(failed, chance > 0 ? failedRelisted / chance : 0);
  const gone = survivalFrom(trials, unreachable - failedRelisted);
  return {
    peers: balanceOf({ attendance, book, seen, at, ...(doubted && { doubted }) }, gone, failed - unreachable),
    unreachable: unreachable / Math.max(1, relistable + unreachable),
    trials: trials.length,
  };
}

function balanceOf(
  { attendance, book, seen, at, doubted }: OneEndedOptions,
  law: (lag: number) => number,
  goneWhenAsked: number,
): Balance {
  let captured = 0;
  let gone = goneWhenAsked;
  let missing = 0;
  for (let peer = 0; peer < book.size; peer++) {
    const last = seen.lastSeen(peer);
    if (!Number.isFinite(last) || doubted?.has(peer) === true) continue;
    captured += 1;
    const share = law(at - last);
    // Those that failed and have gone are counted already.
    if (attendance.stateOf(peer) === FAILED && last <= attendance.askedAt(peer)) continue;
    gone += share;
    missing += share;
  }
  return { captured, gone, missing };
}
