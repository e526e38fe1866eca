import type { Adjacency } from '../../topology/adjacency.ts';
import type { Positions } from '../../topology/layout.ts';

/** Its multiples keep any number of directions apart. */
const GOLDEN_ANGLE = 2.399963;

/** The radius that the forces of the layout come to, for so much mass: where repulsion and gravity cancel out, by trial. */
const RADIUS_PER_ROOT_OF_MASS = 5;

/**
 * Where peers stand before any force has moved them, so that there is a picture at once: each component's peer of most links in its
 * middle, the others around it by their distance, and each below the one that it was found from, as in a radial tree (Eades 1992).
 * Small components stand around the largest one. O(n + links).
 *
 * @param rows undirected: every link from both of its ends.
 */
export function firstPlaces(rows: Adjacency): Positions {
  const size = rows.offsets.length - 1;
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const radius = RADIUS_PER_ROOT_OF_MASS * Math.sqrt(size + rows.targets.length);
  const trees = spanningTrees(rows);
  const [largest, ...others] = trees;
  if (largest !== undefined) placeTree(largest, { x, y }, { x: 0, y: 0, radius });
  others.forEach((tree, place) => {
    const share = Math.sqrt(tree.length / size);
    const angle = place * GOLDEN_ANGLE;
    const away = radius * (1.08 + share + 0.12 * Math.sqrt(place / others.length));
    placeTree(
      tree,
      { x, y },
      { x: away * Math.cos(angle), y: away * Math.sin(angle), radius: radius * share },
    );
  });
  return { x, y };
}

/**
 * The same places for those that have one, and for the peers after them a place beside a neighbour that has one by then; beyond all
 * others where there is none. Places of more peers than there are now are left out. O(n + links).
 *
 * @param rows undirected: every link from both of its ends.
 */
export function placesBesideNeighbours({ offsets, targets }: Adjacency, known: Positions): Positions {
  const size = offsets.length - 1;
  const kept = Math.min(size, known.x.length);
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  x.set(known.x.subarray(0, kept));
  y.set(known.y.subarray(0, kept));
  let reach = RADIUS_PER_ROOT_OF_MASS;
  for (let peer = 0; peer < kept; peer++) reach = Math.max(reach, Math.hypot(x[peer]!, y[peer]!));
  const isPlaced = new Uint8Array(size).fill(1, 0, kept);
  const place = (peer: number, besides: number | undefined): void => {
    const angle = peer * GOLDEN_ANGLE;
    const away = besides === undefined ? 1.1 * reach : 0.05 * reach * (0.5 + scattered(peer));
    x[peer] = (besides === undefined ? 0 : x[besides]!) + away * Math.cos(angle);
    y[peer] = (besides === undefined ? 0 : y[besides]!) + away * Math.sin(angle);
    isPlaced[peer] = 1;
  };
  for (let peer = kept; peer < size; peer++)
    place(
      peer,
      targets.subarray(offsets[peer], offsets[peer + 1]).find((other) => isPlaced[other] === 1),
    );
  return { x, y };
}

/** A peer of a tree, after the one it was found from. */
interface TreePeer {
  readonly peer: number;
  /** Its place in the list, -1 for the root. */
  readonly above: number;
  readonly depth: number;
}

/** One search in breadth for each component, from its peer of most links; the largest component first. */
function spanningTrees({ offsets, targets }: Adjacency): TreePeer[][] {
  const size = offsets.length - 1;
  const degree = (peer: number): number => offsets[peer + 1]! - offsets[peer]!;
  const roots = Array.from({ length: size }, (_, peer) => peer).sort((a, b) => degree(b) - degree(a));
  const seen = new Uint8Array(size);
  const trees: TreePeer[][] = [];
  for (const root of roots) {
    if (seen[root] === 1) continue;
    seen[root] = 1;
    const tree: TreePeer[] = [{ peer: root, above: -1, depth: 0 }];
    for (let next = 0; next < tree.length; next++) {
      const { peer, depth } = tree[next]!;
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
        const other = targets[k]!;
        if (seen[other] === 1) continue;
        seen[other] = 1;
        tree.push({ peer: other, above: next, depth: depth + 1 });
      }
    }
    trees.push(tree);
  }
  return trees.sort((a, b) => b.length - a.length);
}

function placeTree(
  tree: readonly TreePeer[],
  { x, y }: Positions,
  circle: { readonly x: number; readonly y: number; readonly radius: number },
): void {
  const rings = (tree.at(-1)?.depth ?? 0) + 1;
  const weights = new Uint32Array(tree.length).fill(1);
  for (let k = tree.length - 1; k > 0; k--) weights[tree[k]!.above]! += weights[k]!;
  // The part of the circle that each peer and all below it have, and how much of it is taken.
  const begins = new Float64Array(tree.length);
  const taken = new Float64Array(tree.length);
  const turn = 2 * Math.PI;
  tree.forEach(({ peer, above, depth }, k) => {
    const width = (turn * weights[k]!) / tree.length;
    if (above >= 0) {
      begins[k] = begins[above]! + taken[above]!;
      taken[above]! += width;
    }
    const angle = begins[k]! + width / 2;
    // Rings hold very different numbers of peers: within its ring, each stands at a distance of its own.
    const away = depth === 0 ? 0 : (circle.radius * (depth - 0.5 + 0.9 * scattered(peer))) / rings;
    x[peer] = circle.x + away * Math.cos(angle) + 1e-3 * scattered(peer + 1);
    y[peer] = circle.y + away * Math.sin(angle);
  });
}

/** A number from 0 to 1 for each peer, the same one every time, without a pattern that one sees: multiples of the golden ratio. */
function scattered(peer: number): number {
  return (peer * 0.618034) % 1;
}
