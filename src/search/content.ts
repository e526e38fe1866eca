import { PeerscopeError } from '../core/errors.ts';
import { unknownName } from '../core/nearest.ts';
import type { Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';

/** What is searched for: items 0, 1, …, who holds each, and how often each is asked for. */
export interface Content {
  readonly nameOf: (item: number) => string;
  /** How likely a query asks for each item; they add up to 1. */
  readonly popularity: Float64Array;
  /** The holders of each item, each once. */
  readonly holders: Adjacency;
}

/** Draws items by their popularity. O(log items) each. */
export function itemDraw({ popularity }: Content): (random: Random) => number {
  const upTo = new Float64Array(popularity.length);
  let sum = 0;
  for (let item = 0; item < popularity.length; item++) upTo[item] = sum += popularity[item]!;
  return (random) => {
    const drawn = random.uniform() * sum;
    let [low, high] = [0, popularity.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Most names that are compared with one that is not there. */
const MOST_NAMES = 20_000;

/**
 * The item of that name.
 * @throws {PeerscopeError} (usage) where nobody has one, with the nearest name.
 */
export function itemNamed({ nameOf, popularity }: Content, name: string): number {
  for (let item = 0; item < popularity.length; item++) if (nameOf(item) === name) return item;
  const names = Array.from({ length: Math.min(popularity.length, MOST_NAMES) }, (_, item) => nameOf(item));
  const near = unknownName(name, names, 'item');
  const few = names.length <= 10 || near.includes('did you mean');
  throw new PeerscopeError(
    'usage',
    few ? near : `there is no item "${name}": items are ${names[0]}, ${names[1]}, …`,
  );
}
