import type { Batches } from './parallel-search.ts';
import type { PeerOrder } from './peer-order.ts';

const BITS = 32;
const WORDS = 4;

/**
 * Cuts sources into batches for `parallelSearch`: 128 sources that have equally many leaves, component by component, and
 * otherwise in the order given. Sources near each other meet the same peers at about the same time, which is faster.
 *
 * @param begins where each component begins in the numbering of the peers, and the end of the last.
 * @param sources each once.
 * @param leaves of each peer.
 * @param fill how many sources go into a word; fewer than 32 make more words, and so more groups for an error estimate.
 */
export function cutIntoBatches(
  begins: PeerOrder['begins'],
  sources: Uint32Array,
  leaves: Uint32Array,
  fill = BITS,
): Batches {
  const component = sources.map((source) => componentOf(begins, source));
  const order = Uint32Array.from(sources.keys()).sort(
    (a, b) => component[a]! - component[b]! || leaves[sources[a]!]! - leaves[sources[b]!]! || a - b,
  );
  const words: number[] = [];
  const ranges: number[] = [];
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    const alike = leaves[sources[order[begin]!]!];
    while (end < order.length && end - begin < WORDS * fill && leaves[sources[order[end]!]!] === alike) end++;
    for (let word = 0; word < WORDS; word++) words.push(Math.min(begin + word * fill, end));
    ranges.push(begins[component[order[begin]!]!]!, begins[component[order[end - 1]!]! + 1]!);
    begin = end;
  }
  words.push(order.length);
  return {
    sources: order.map((i) => sources[i]!),
    words: Uint32Array.from(words),
    ranges: Uint32Array.from(ranges),
  };
}

/** How many batches there are. */
export function batchCount({ ranges }: Batches): number {
  return ranges.length / 2;
}

/** The last component that begins at the peer or before it; an empty one, whose peers are all leaves, begins with the next. */
function componentOf(begins: Uint32Array, peer: number): number {
  let low = 0;
  let high = begins.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (begins[middle]! <= peer) low = middle;
    else high = middle;
  }
  return low;
}
