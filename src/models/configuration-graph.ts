import { PeerscopeError } from '../core/errors.ts';
import { shuffle, type Random } from '../core/random.ts';
import { fromLinks } from '../topology/builder.ts';
import type { PeerColumns, Topology } from '../topology/topology.ts';
import type { ConfigurationVariant } from './model.ts';
import { PairSet } from './pair-set.ts';

/** Whole matchings that `reject` tries before it gives up. */
const MAX_RESTARTS = 200;

/**
 * The configuration model (Molloy and Reed 1995): every peer gets as many stubs as its degree, and stubs are joined at
 * random. `erased` drops self-loops and repeated links, so that realised degrees fall short of the drawn ones, for hubs
 * most; `reject` puts the stubs of a bad pair back and draws again, so that every degree is met.
 *
 * The sum of the degrees has to be even. O(links).
 * @throws {PeerscopeError} (usage) where `reject` finds no simple graph.
 */
export function configurationGraph(
  degrees: Uint32Array,
  variant: ConfigurationVariant,
  random: Random,
  columns: PeerColumns = {},
): Topology {
  const ids = Array.from(degrees, (_, peer) => String(peer));
  const pairs = variant === 'erased' ? joinAll(stubsOf(degrees), random) : joinSimple(degrees, random);
  return fromLinks({ directed: false, ids, ...pairs, columns });
}

interface Pairs {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly selfLoops: number;
}

function stubsOf(degrees: Uint32Array): Uint32Array {
  const stubs = new Uint32Array(degrees.reduce((sum, degree) => sum + degree, 0));
  let end = 0;
  degrees.forEach((degree, peer) => {
    stubs.fill(peer, end, end + degree);
    end += degree;
  });
  return stubs;
}

function joinAll(stubs: Uint32Array, random: Random): Pairs {
  shuffle(stubs, random);
  const sources = new Uint32Array(stubs.length >> 1);
  const targets = new Uint32Array(stubs.length >> 1);
  let count = 0;
  for (let k = 0; k + 1 < stubs.length; k += 2) {
    if (stubs[k] === stubs[k + 1]) continue;
    sources[count] = stubs[k]!;
    targets[count++] = stubs[k + 1]!;
  }
  return {
    sources: sources.subarray(0, count),
    targets: targets.subarray(0, count),
    selfLoops: (stubs.length >> 1) - count,
  };
}

function joinSimple(degrees: Uint32Array, random: Random): Pairs {
  for (let attempt = 0; attempt < MAX_RESTARTS; attempt++) {
    const pairs = tryJoinSimple(degrees, random);
    if (pairs !== undefined) return pairs;
  }
  throw new PeerscopeError(
    'usage',
    `no simple graph with these degrees was found in ${MAX_RESTARTS} attempts`,
    {
      hint: 'Use the variant `erased`, more peers, or a law with a smaller largest degree.',
    },
  );
}

/** Rounds of joining what is left over; undefined where a round joins nothing. */
function tryJoinSimple(degrees: Uint32Array, random: Random): Pairs | undefined {
  let stubs = stubsOf(degrees);
  const sources = new Uint32Array(stubs.length >> 1);
  const targets = new Uint32Array(stubs.length >> 1);
  const seen = new PairSet(degrees.length, sources.length);
  let count = 0;
  while (stubs.length > 0) {
    shuffle(stubs, random);
    let left = 0;
    for (let k = 0; k + 1 < stubs.length; k += 2) {
      const a = stubs[k]!;
      const b = stubs[k + 1]!;
      if (a !== b && seen.add(a, b)) {
        sources[count] = a;
        targets[count++] = b;
      } else {
        stubs[left++] = a;
        stubs[left++] = b;
      }
    }
    if (left === stubs.length) return undefined;
    stubs = stubs.subarray(0, left);
  }
  return { sources, targets, selfLoops: 0 };
}
