// Superpeers from degrees and links together, without knowing what an overlay is like: where do the degrees part, do those below
// keep apart from each other, and are there superpeers among them that nobody got an answer from?
import type { Adjacency } from '../topology/adjacency.ts';
import { clearestValley, type Valley, type ValueCount } from '../statistics/valley.ts';
import { surpriseOfFewerThan } from '../statistics/unlikely.ts';
import { degreesOf } from './degrees.ts';
import { flagsOf, heedNeighbours } from './superpeer-neighbours.ts';
import { oddsByDegree } from './superpeer-odds.ts';
import { shoulderOf } from './superpeer-shoulder.ts';

/**
 * What an overlay's links look like. `tiers`: peers of low degree are linked to those of high degree only, as leaves are. `hubs`: they
 * are linked among each other too. `flat`: the degrees are of one kind, and nobody is a superpeer.
 */
export type SuperpeerStructure = 'tiers' | 'hubs' | 'flat';

export interface CombinedRule {
  readonly flags: Uint8Array;
  /** The least degree that is taken for a superpeer's by itself, without a look at neighbours. */
  readonly threshold: number | null;
  /** How probable it is that a peer is a superpeer, under the groups that were found. */
  readonly confidence: Float32Array;
  readonly structure: SuperpeerStructure;
  /** Where the degrees part; null where they do not. */
  readonly valley: Valley | null;
  /** Links among the peers below the valley, by those that a random graph of the same degrees has; null without a valley. */
  readonly linksBelow: number | null;
  /** Whether some below the valley have too many links for leaves: superpeers that did not answer. */
  readonly silent: boolean;
}

/**
 * The rule `combined`:
 * 1. The degrees have a valley on a logarithmic scale (`clearestValley`), or there are no superpeers. A hub or two make no
 *    valley; they count where all others have a third of their degree at most and keep apart from each other.
 * 2. `tiers` where peers below it have at most a fifth of the links among each other that chance would bring; else `hubs`.
 * 3. In tiers, those below the valley are leaves, unless their degrees have a shoulder: more of them with many links than a
 *    law that falls ever faster allows. Those are superpeers that did not answer, so that only their links to others are known.
 * 4. Each degree gets odds from the groups and their tails, and in tiers each peer from its neighbours too: a leaf has no
 *    leaves.
 * O(n + links + K^2) for K different degrees (some 600 at most).
 */
export function combinedRule(rows: Adjacency, degrees = degreesOf(rows)): CombinedRule {
  const counts = countsOf(degrees);
  const parting = partingOf(rows, degrees, counts);
  if (parting === undefined) {
    return {
      flags: new Uint8Array(degrees.length),
      threshold: null,
      confidence: new Float32Array(degrees.length),
      structure: 'flat',
      valley: null,
      linksBelow: null,
      silent: false,
    };
  }
  const { valley, among, tiers } = parting;
  const shoulder = tiers ? shoulderOf(counts, valley.below, SURPRISE) : undefined;
  const odds = oddsByDegree(counts, valley, shoulder);
  const logOdds = Float32Array.from(degrees, (degree) => odds[degree]!);
  if (tiers) heedNeighbours(rows, degrees, logOdds, shoulder !== undefined);
  const threshold = odds.findIndex((odd, degree) => counts[degree]! > 0 && odd > 0);
  return {
    flags: flagsOf(logOdds),
    threshold: threshold === -1 ? null : threshold,
    confidence: logOdds.map((odd) => 1 / (1 + Math.exp(-odd))),
    structure: tiers ? 'tiers' : 'hubs',
    valley,
    linksBelow: among.ratio,
    silent: shoulder !== undefined,
  };
}

/** In nats: less likely than one in 160,000. Overlays of one kind reach 8 in some hundreds (docs/superpeers.md). */
const SURPRISE = 12;
/** For a lone hub: that all others keep apart leaves no other shape than a star or a few, so that a dozen leaves tell. */
const SURPRISE_OF_STAR = 3;
/** Links among the peers below the valley, by chance's, that are still no more than an error. */
const APART = 0.2;
/** How far a hub that is too much alone for a valley stands above all others. */
const LONE_HUB = 3;

function countsOf(degrees: Uint32Array): Float64Array {
  let largest = 0;
  for (const degree of degrees) if (degree > largest) largest = degree;
  const counts = new Float64Array(largest + 1);
  for (const degree of degrees) counts[degree]! += 1;
  return counts;
}

interface Parting {
  readonly valley: Valley;
  readonly among: LinksAmong;
  readonly tiers: boolean;
}

function partingOf(rows: Adjacency, degrees: Uint32Array, counts: Float64Array): Parting | undefined {
  const values: ValueCount[] = [];
  counts.forEach((count, value) => {
    if (count > 0 && value > 0) values.push({ value, count });
  });
  const valley = clearestValley(values);
  if (valley !== undefined && valley.surprise >= SURPRISE) {
    const among = linksAmong(rows, degrees, valley.below);
    return { valley, among, tiers: isApart(among, SURPRISE) };
  }
  const gap = widestGap(values);
  if (gap === undefined || gap.above < LONE_HUB * gap.below) return undefined;
  const among = linksAmong(rows, degrees, gap.below);
  return isApart(among, SURPRISE_OF_STAR) ? { valley: gap, among, tiers: true } : undefined;
}

function widestGap(values: readonly ValueCount[]): Valley | undefined {
  let best: Valley | undefined;
  let upper = 0;
  for (let k = values.length - 1; k > 0; k--) {
    upper += values[k]!.count;
    const [below, above] = [values[k - 1]!.value, values[k]!.value];
    if (best === undefined || above * best.below > best.above * below)
      best = { below, above, upper, between: 0, surprise: 0 };
  }
  return best;
}

interface LinksAmong {
  readonly links: number;
  /** In a random graph with the same degrees. */
  readonly expected: number;
  readonly ratio: number;
}

/** Links between two peers of at most this degree. O(links at them). */
function linksAmong({ offsets, targets }: Adjacency, degrees: Uint32Array, most: number): LinksAmong {
  let [links, stubs] = [0, 0];
  for (let peer = 0; peer < degrees.length; peer++) {
    if (degrees[peer]! > most) continue;
    stubs += degrees[peer]!;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) if (degrees[targets[k]!]! <= most) links += 1;
  }
  links /= 2;
  const expected = targets.length === 0 ? 0 : stubs ** 2 / (2 * targets.length);
  return { links, expected, ratio: expected === 0 ? 0 : links / expected };
}

function isApart({ links, expected, ratio }: LinksAmong, surprise: number): boolean {
  return ratio <= APART && surpriseOfFewerThan(expected, links) >= surprise;
}
