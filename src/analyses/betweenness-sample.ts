import { pieceBegin, runPieces, shareWith } from '../core/pieces.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { foldTrees, type FoldedTrees } from '../topology/fold-trees.ts';
import { pairSearch, type PairSearchInput } from '../topology/pair-search.ts';
import { renumber, type PeerOrder } from '../topology/peer-order.ts';
import type { AnalysisOptions, Work } from './analysis.ts';
import { largestError, planSamples, type PairSample, type SampleAim } from './betweenness-plan.ts';
import { partOfWork } from './part-of-work.ts';

/** Betweenness from random pairs of peers, and how far from the truth it may be. */
export interface SampledBetweenness {
  /** For each peer: unordered pairs of other peers, each by the share of its shortest paths that go through. */
  readonly values: Float64Array;
  /** No value is farther than this from the exact one, in pairs, with probability 1 - delta for all peers together. */
  readonly error: number;
  /** Pairs of the sample that counts; those that planned it are not among them. */
  readonly samples: number;
}

/** The error, as a share of the largest value, that is aimed at where the effort is bearable. */
const WISHED_SHARE = 0.05;

/** What that may take, on one core: about ten seconds with two workers. */
export const SECONDS_OF_EFFORT = 18;

/** Measured: seconds for a link that is looked at, where what is known of the peers fits into the cache and where not. */
const SECONDS_IN_CACHE = 9e-9;
const SECONDS_OUTSIDE = 25e-9;
const PEERS_IN_CACHE = 200_000;

/** Always as many pieces a sample, each with its own stream of random numbers. */
const PIECES = 64;

/** The pairs of a first look; and which share of the sample that it asks for a look should have. */
const FIRST_LOOK = 2048;
const LOOK_SHARE = 1 / 8;

const MOST_ROUNDS = 8;

/**
 * Approximate betweenness with a guarantee: with probability 1 - delta every peer's normalised value is within epsilon;
 * and within 5 % of the largest value, as far as ten seconds go.
 *
 * Trees that hang off are counted exactly. For the rest, random pairs are drawn, and for each peer the share of a pair's
 * shortest paths that go through it (Riondato and Upfal 2018). A first sample tells how much these shares vary, and from
 * that how many pairs are needed. A second, independent one gives the values, and by the empirical Bernstein bound the
 * error. Where that is too large the sample becomes the first of another round, with half of the delta that is left.
 */
export async function sampleBetweenness(
  rows: Adjacency,
  order: PeerOrder,
  { epsilon, delta, seed }: Pick<AnalysisOptions, 'epsilon' | 'delta' | 'seed'>,
  work: Work,
): Promise<SampledBetweenness> {
  const folded = foldTrees(rows, order);
  const input = prepare(rows, order, folded, work);
  if (input.targets.length === 0) return { values: folded.betweenness, error: 0, samples: 0 };
  const pairs = input.pairs.at(-1)!;
  const size = rows.offsets.length - 1;
  const effort =
    SECONDS_OF_EFFORT / (folded.core.length > PEERS_IN_CACHE ? SECONDS_OUTSIDE : SECONDS_IN_CACHE);
  const aimFrom = (look: Drawn): Omit<SampleAim, 'delta'> => ({
    error: (epsilon * (size - 1) * (size - 2)) / pairs,
    wish: WISHED_SHARE * largestShare(folded, look, pairs),
    most: (effort / look.visits) * look.samples,
  });
  let done = 0;
  const draw = (stream: string, samples: number, upTo: number): Promise<Drawn> => {
    const part = partOfWork(work, done, upTo);
    done = upTo;
    return drawPairs(input, seed, `betweenness: ${stream}`, samples, part);
  };
  let look = await draw('first look', FIRST_LOOK, 0.01);
  const { samples: needed } = planSamples(look, { ...aimFrom(look), delta: delta / 2 });
  if (needed * LOOK_SHARE > FIRST_LOOK) {
    look = await draw('second look', Math.ceil(needed * LOOK_SHARE), LOOK_SHARE);
  }
  for (let round = 1; ; round++) {
    const plan = planSamples(look, { ...aimFrom(look), delta: delta / 2 ** round });
    const drawn = await draw(`round ${round}`, plan.samples, 1 - LOOK_SHARE ** (round + 1));
    const error = largestError(drawn, plan);
    if (error <= plan.error || round === MOST_ROUNDS) {
      const { samples } = drawn;
      return { values: valuesOf(folded, drawn, pairs), error: (error * pairs) / 2, samples };
    }
    look = drawn;
  }
}

type SharedInput = Omit<PairSearchInput, 'samples' | 'seed' | 'stream'>;

function prepare(
  rows: Adjacency,
  order: PeerOrder,
  { core, roots }: FoldedTrees,
  { crew }: Work,
): SharedInput {
  const places = new Uint32Array(rows.offsets.length - 1);
  for (let i = 0; i < core.length; i++) places[core[i]!] = i;
  const pairs = new Float64Array(order.begins.length - 1);
  let before = 0;
  for (let which = 0; which < pairs.length; which++) {
    const peers = order.begins[which + 1]! - order.begins[which]!;
    before += peers * (peers - 1);
    pairs[which] = before;
  }
  const inner = renumber(rows, core);
  return {
    offsets: shareWith(crew, inner.offsets),
    targets: shareWith(crew, inner.targets),
    roots: shareWith(
      crew,
      order.peers.map((peer) => places[roots[peer]!]!),
    ),
    begins: shareWith(crew, order.begins),
    pairs: shareWith(crew, pairs),
  };
}

interface Drawn extends PairSample {
  readonly visits: number;
}

async function drawPairs(
  input: SharedInput,
  seed: number,
  stream: string,
  samples: number,
  { crew, progress }: Work,
): Promise<Drawn> {
  const size = input.offsets.length - 1;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  let visits = 0;
  await runPieces(
    crew,
    pairSearch,
    {
      count: PIECES,
      at: (index) => ({
        ...input,
        seed,
        stream: `${stream}, piece ${index}`,
        samples: pieceBegin(samples, PIECES, index + 1) - pieceBegin(samples, PIECES, index),
      }),
    },
    (output) => {
      for (let i = 0; i < size; i++) {
        sums[i]! += output.sums[i]!;
        squares[i]! += output.squares[i]!;
      }
      visits += output.visits;
    },
    progress,
  );
  return { samples, sums, squares, visits };
}

/** The largest betweenness as a share of all pairs, three standard deviations below what was seen. */
function largestShare({ core, betweenness }: FoldedTrees, look: Drawn, pairs: number): number {
  let largest = 0;
  core.forEach((peer, i) => {
    const seen = Math.max(0, look.sums[i]! - 3 * Math.sqrt(look.squares[i]!)) / look.samples;
    largest = Math.max(largest, (2 * betweenness[peer]!) / pairs + seen);
  });
  return largest;
}

function valuesOf({ core, betweenness }: FoldedTrees, { sums, samples }: Drawn, pairs: number): Float64Array {
  const values = betweenness.slice();
  core.forEach((peer, i) => (values[peer]! += ((sums[i]! / samples) * pairs) / 2));
  return values;
}
