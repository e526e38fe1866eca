import type { Adjacency } from '../../topology/adjacency.ts';
import { clearestValley, type Valley, type ValueCount } from '../../statistics/valley.ts';
import { degreeCounts, degreeMoments } from '../degrees.ts';
import { combinedRule } from '../superpeer-combined.ts';
import { componentCount } from './component-count.ts';
import { peersWhere } from './peers-where.ts';
import { renumber } from '../../topology/peer-order.ts';

/** A minority of peers that stands apart from the others by its links (docs/superpeers.md). */
export interface SuperpeerGroup {
  /** `tiers`: the others are linked to them and not to each other; `hubs`: they are linked to each other too. */
  readonly structure: 'tiers' | 'hubs';
  readonly size: number;
  /** Of all peers that have a link. */
  readonly share: number;
  /** The least degree above the valley of the degrees, by the largest below. */
  readonly gap: number;
  /** How surprising the valley is under a law with one peak, in nats; null for a few hubs, which have none. */
  readonly surprise: number | null;
  /** Links among the others, by those that chance would have there; null where nobody counted. */
  readonly linksBelow: number | null;
  /** Independent loops of the links between superpeers, for each of them. */
  readonly loops: number;
  /** Standard deviation of their degrees by the mean. */
  readonly inequality: number;
}

/**
 * The group that the rule `combined` finds. That rule sets its bar high, as whom it takes for a superpeer counts by itself; here a lower valley is
 * told too, and whoever asks judges by its surprise. Null where the degrees are of one kind. O(n + links).
 */
export function superpeerGroup(rows: Adjacency, degrees: Uint32Array): SuperpeerGroup | null {
  const combined = combinedRule(rows, degrees);
  if (combined.structure !== 'flat' && combined.valley !== null) {
    return groupOf(rows, degrees, {
      structure: combined.structure,
      superpeers: peersWhere(degrees.length, (peer) => combined.flags[peer] === 1),
      valley: combined.valley,
      linksBelow: combined.linksBelow,
    });
  }
  const counts = valueCounts(degrees);
  const [gap, valley] = [widestGap(counts), clearestValley(counts)].map((parting) =>
    parting === undefined ? null : hubsAbove(rows, degrees, parting),
  );
  const areAlike = gap != null && gap.inequality <= ALIKE && gap.gap >= LEAST_GAP;
  return (areAlike ? gap : valley) ?? null;
}

/** Few hubs make no valley, as nobody can say how dense a group of three is; but they are a group where all have about as many links. */
export const ALIKE = 0.15;
/** Hubs have so many times the links of all others. */
export const LEAST_GAP = 1.8;
const LEAST_GROUP = 3;

/** Between neighbouring degrees, with three peers or more above and most of them below. Whole numbers reach half a step to either side. */
function widestGap(counts: readonly ValueCount[]): Valley | undefined {
  const peers = counts.reduce((sum, { count }) => sum + count, 0);
  let [best, widest]: [Valley | undefined, number] = [undefined, 1];
  let upper = 0;
  for (let k = counts.length - 1; k > 0; k--) {
    upper += counts[k]!.count;
    if (2 * upper > peers) break;
    const [below, above] = [counts[k - 1]!.value, counts[k]!.value];
    const width = (above - 0.5) / (below + 0.5);
    if (upper < LEAST_GROUP || width <= widest) continue;
    widest = width;
    best = { below, above, upper, between: 0, surprise: 0 };
  }
  return best;
}

function hubsAbove(rows: Adjacency, degrees: Uint32Array, valley: Valley): SuperpeerGroup {
  const superpeers = peersWhere(degrees.length, (peer) => degrees[peer]! >= valley.above);
  return groupOf(rows, degrees, { structure: 'hubs', superpeers, valley, linksBelow: null });
}

interface Found {
  readonly structure: 'tiers' | 'hubs';
  readonly superpeers: Uint32Array;
  readonly valley: Valley;
  readonly linksBelow: number | null;
}

function groupOf(
  rows: Adjacency,
  degrees: Uint32Array,
  { structure, superpeers, valley, linksBelow }: Found,
): SuperpeerGroup {
  const size = superpeers.length;
  const core = renumber(rows, superpeers);
  const { mean, variance } = degreeMoments(superpeers.map((peer) => degrees[peer]!));
  return {
    structure,
    size,
    share: size / peersWhere(degrees.length, (peer) => degrees[peer]! > 0).length,
    gap: valley.above / valley.below,
    surprise: valley.surprise > 0 ? valley.surprise : null,
    linksBelow,
    loops: size === 0 ? 0 : (core.targets.length / 2 - size + componentCount(core)) / size,
    inequality: mean === 0 ? 0 : Math.sqrt(variance) / mean,
  };
}

function valueCounts(degrees: Uint32Array): ValueCount[] {
  const counts: ValueCount[] = [];
  degreeCounts(degrees).forEach((count, value) => {
    if (count > 0 && value > 0) counts.push({ value, count });
  });
  return counts;
}
