import { PeerscopeError } from '../core/errors.ts';
import { shuffle, type Random } from '../core/random.ts';
import { fromLinks } from '../topology/builder.ts';
import type { PeerColumns, Topology } from '../topology/topology.ts';
import type { ConfigurationVariant } from './model.ts';
import { exchange, LinkSet } from './link-set.ts';

/** Whole matchings that `reject` tries before it gives up. */
const MAX_RESTARTS = 20;

/**
 * The configuration model (Molloy and Reed 1995): every peer gets as many stubs as its degree, and stubs are joined at
 * random. `erased` drops self-loops and repeated links, so that realised degrees fall short of the drawn ones, for hubs
 * most; `reject` lets a bad pair exchange its ends with a random good link, so that every degree is met.
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

/** One random matching whose bad pairs are exchanged with good links; undefined where one finds nothing to exchange. */
function tryJoinSimple(degrees: Uint32Array, random: Random): Pairs | undefined {
  const stubs = stubsOf(degrees);
  shuffle(stubs, random);
  const links = new LinkSet(degrees.length, stubs.length >> 1);
  const left: [number, number][] = [];
  for (let k = 0; k + 1 < stubs.length; k += 2) {
    if (!links.add(stubs[k]!, stubs[k + 1]!)) left.push([stubs[k]!, stubs[k + 1]!]);
  }
  const joined = left.every(([a, b]) => exchange(links, 0, a, b, random));
  return joined ? { ...links.list(), selfLoops: 0 } : undefined;
}
