import { endsOf } from './id-numbers.ts';
import { ANSWERED, LEAF, SUPERPEER, type SnapshotColumns } from './series-columns.ts';

/** Who of a population stayed between two snapshots, who went and who is new. */
export interface Turnover {
  readonly before: number;
  readonly after: number;
  readonly stayed: number;
  readonly gone: number;
  readonly new: number;
}

/** Links between two snapshots. */
export interface LinkTurnover {
  readonly before: number;
  readonly after: number;
  /** In both. */
  readonly stable: number;
  /** No longer there because an end has gone, and although both ends stayed. */
  readonly goneWithPeer: number;
  readonly goneBetweenStayers: number;
  /** New because an end is new, and although both ends were there before. */
  readonly newWithPeer: number;
  readonly newBetweenStayers: number;
  /** stable / (stable + goneBetweenStayers): of links whose ends both stayed; null where there were none. */
  readonly stability: number | null;
}

/** How one snapshot of a series differs from the one before it. */
export interface LookComparison {
  readonly peers: Readonly<Record<Population, Turnover>>;
  /** Peers in both that were a superpeer and are a leaf, or the other way round. */
  readonly roleChanges: number;
  /** All links; and those whose two ends answered in both snapshots, so that a link which is not listed does not stand. */
  readonly links: Readonly<Record<'all' | 'answered', LinkTurnover>>;
}

/** Each is a set of its own in each snapshot: a superpeer that became a leaf has gone from the superpeers. */
export const POPULATIONS = ['all', 'answered', 'superpeer', 'leaf'] as const;
export type Population = (typeof POPULATIONS)[number];

/** Whether a peer with these flags belongs to a population. */
export function belongsTo(population: Population, flags: number): boolean {
  switch (population) {
    case 'all':
      return true;
    case 'answered':
      return (flags & ANSWERED) !== 0;
    case 'superpeer':
      return (flags & SUPERPEER) !== 0;
    case 'leaf':
      return (flags & LEAF) !== 0;
  }
}

/** In a snapshot, besides the flags. */
const THERE = 8;
/** The flags of the second snapshot stand above those of the first. */
const SECOND = 4;

/**
 * Lays two snapshots over each other. O(peers + links), a byte a peer of the whole series.
 * @param size numbers of peers are below it.
 */
export function compareLooks(first: SnapshotColumns, second: SnapshotColumns, size: number): LookComparison {
  const states = new Uint8Array(size);
  first.peers.forEach((peer, k) => (states[peer] = THERE | (first.flags[k] ?? 0)));
  second.peers.forEach((peer, k) => {
    states[peer] = (states[peer] ?? 0) | ((THERE | (second.flags[k] ?? 0)) << SECOND);
  });
  const tallies = POPULATIONS.map((population) => ({ population, before: 0, after: 0, stayed: 0 }));
  let roleChanges = 0;
  for (const state of states) {
    if (state === 0) continue;
    const [before, after] = [state & 15, state >> SECOND];
    for (const tally of tallies) {
      const was = before !== 0 && belongsTo(tally.population, before);
      const is = after !== 0 && belongsTo(tally.population, after);
      if (was) tally.before += 1;
      if (is) tally.after += 1;
      if (was && is) tally.stayed += 1;
    }
    const roles = (before | after) & (SUPERPEER | LEAF);
    if (roles === (SUPERPEER | LEAF)) roleChanges += 1;
  }
  const peers = Object.fromEntries(
    tallies.map(({ population, before, after, stayed }): [Population, Turnover] => [
      population,
      { before, after, stayed, gone: before - stayed, new: after - stayed },
    ]),
  ) as Record<Population, Turnover>;
  return { peers, roleChanges, links: compareLinks(first.links, second.links, states) };
}

const BOTH = THERE | (THERE << SECOND);
const BOTH_ANSWERED = ANSWERED | (ANSWERED << SECOND);

function compareLinks(
  before: Float64Array,
  after: Float64Array,
  states: Uint8Array,
): LookComparison['links'] {
  const all = new LinkTally();
  const answered = new LinkTally();
  const show = (pair: number, was: boolean, is: boolean): void => {
    const [a, b] = endsOf(pair);
    const common = (states[a] ?? 0) & (states[b] ?? 0);
    const stayed = (common & BOTH) === BOTH;
    all.count(was, is, stayed);
    if (stayed && (common & BOTH_ANSWERED) === BOTH_ANSWERED) answered.count(was, is, true);
  };
  let k = 0;
  let l = 0;
  while (k < before.length || l < after.length) {
    const old = before[k] ?? Infinity;
    const present = after[l] ?? Infinity;
    show(Math.min(old, present), old <= present, present <= old);
    if (old <= present) k += 1;
    if (present <= old) l += 1;
  }
  return { all: all.turnover, answered: answered.turnover };
}

class LinkTally {
  #stable = 0;
  readonly #gone = { withPeer: 0, betweenStayers: 0 };
  readonly #new = { withPeer: 0, betweenStayers: 0 };

  count(was: boolean, is: boolean, endsStayed: boolean): void {
    if (was && is) this.#stable += 1;
    else (was ? this.#gone : this.#new)[endsStayed ? 'betweenStayers' : 'withPeer'] += 1;
  }

  get turnover(): LinkTurnover {
    const stable = this.#stable;
    const betweenStayers = stable + this.#gone.betweenStayers;
    return {
      before: betweenStayers + this.#gone.withPeer,
      after: stable + this.#new.withPeer + this.#new.betweenStayers,
      stable,
      goneWithPeer: this.#gone.withPeer,
      goneBetweenStayers: this.#gone.betweenStayers,
      newWithPeer: this.#new.withPeer,
      newBetweenStayers: this.#new.betweenStayers,
      stability: betweenStayers === 0 ? null : stable / betweenStayers,
    };
  }
}
