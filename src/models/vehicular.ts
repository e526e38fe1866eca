import { PeerscopeError } from '../core/errors.ts';
import type { Positions } from '../topology/positions.ts';
import type { Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedGraph, type Links } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';

/**
 * A vehicular network at one instant: vehicles anywhere on a square of side 1, linked where they are within radio range of each
 * other (unit disks, Gilbert 1961). O(n + links), by looking only into squares of the side of the range.
 */
export const vehicular: Model = {
  name: 'vehicular',
  title: 'a vehicular network: vehicles on a square, linked where they are within radio range',
  options: ['radioRange'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, radioRange } = options;
    const coordinates = Float64Array.from({ length: 2 * peers }, () => random.uniform());
    const positions: Positions = { geometry: 'plane', dimension: 2, coordinates };
    return { topology: numberedGraph(peers, unitDisks(coordinates, radioRange), { positions }), notes: [] };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, radioRange: r } = options;
    const pair = Math.PI * r ** 2 - (8 / 3) * r ** 3 + r ** 4 / 2;
    const pairs = (peers * (peers - 1)) / 2;
    const source = 'two points of the square are within r with pi r^2 - 8/3 r^3 + r^4/2';
    // Pairs that share a vehicle are not independent: near the border all of its links are rarer.
    const tolerance = 4 * Math.sqrt(pairs * pair) + 0.04 * pairs * pair;
    return [
      { metric: 'links', value: pairs * pair, tolerance, source },
      { metric: 'meanDegree', value: (peers - 1) * pair, tolerance: (2 * tolerance) / peers, source },
    ];
  },
};

/**
 * Who is within range of whom, each pair once; for positions of any origin, one instant of a mobility trace too.
 * @throws {PeerscopeError} (usage) where that is more than `most` pairs.
 */
export function unitDisks(coordinates: Float64Array, range: number, most = Infinity): Links {
  const cells = new Map<number, number[]>();
  const cellOf = (k: number): number => Math.floor(coordinates[k]! / range);
  const key = (x: number, y: number): number => x * 2 ** 26 + y;
  const links = new GrowingLinks();
  for (let peer = 0; 2 * peer < coordinates.length; peer++) {
    const [x, y] = [cellOf(2 * peer), cellOf(2 * peer + 1)];
    if (links.count > most) {
      throw new PeerscopeError(
        'usage',
        `more than ${most} pairs are within ${range} of each other at a time`,
        {
          hint: 'A smaller --range has fewer.',
        },
      );
    }
    for (let i = x - 1; i <= x + 1; i++)
      for (let j = y - 1; j <= y + 1; j++)
        for (const other of cells.get(key(i, j)) ?? []) {
          const dx = coordinates[2 * peer]! - coordinates[2 * other]!;
          const dy = coordinates[2 * peer + 1]! - coordinates[2 * other + 1]!;
          if (dx * dx + dy * dy <= range * range) links.add(other, peer);
        }
    const cell = cells.get(key(x, y));
    if (cell === undefined) cells.set(key(x, y), [peer]);
    else cell.push(peer);
  }
  return links.list();
}

function requireShape({ peers, radioRange }: ModelOptions): void {
  requireWhole('peers', peers, 1);
  if (radioRange > 0 && radioRange <= 1) return;
  throw new PeerscopeError('usage', `the radio range has to be above 0 and at most 1, and is ${radioRange}`);
}
