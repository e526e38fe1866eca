import type { Random } from '../core/random.ts';
import { PairSet } from '../topology/pair-set.ts';
import type { Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { Zipf } from './zipf.ts';

/**
 * Tor: circuits over three relays, a guard, a middle and an exit, each chosen in proportion to its bandwidth among its kind.
 * Relays take kinds by turns: 0, 3, 6 … are guards, 1, 4, 7 … middles, 2, 5, 8 … exits; the bandwidths of a kind fall off by Zipf's
 * law. A link joins two relays that stand next to each other in some circuit. O(circuits).
 */
export const tor: Model = {
  name: 'tor',
  title: 'Tor: circuits over a guard, a middle and an exit, chosen in proportion to their bandwidths',
  options: ['circuits'],
  tiers: false,
  generate: (options, random) => {
    const { peers, circuits } = options;
    const kinds = kindsOf(options);
    const links = new GrowingLinks();
    const pairs = new PairSet(peers, 2 * circuits);
    const link = (a: number, b: number): void => {
      if (pairs.add(a, b)) links.add(a, b);
    };
    for (let circuit = 0; circuit < circuits; circuit++) {
      const [guard, middle, exit] = drawCircuit(kinds, random);
      link(guard, middle);
      link(middle, exit);
    }
    const notes = [`${circuits} circuits; guards, middles and exits by turns.`];
    return { topology: numberedGraph(peers, links.list()), notes };
  },
  expected: (options) => {
    const { circuits } = options;
    const [guards, middles, exits] = kindsOf(options);
    let [links, variance] = [0, 0];
    // Large networks would take long: pairs of equal chances are many, and all are summed.
    if (guards.shares.length > MOST_OF_A_KIND) return [];
    for (const ends of [guards, exits])
      for (const a of ends.shares)
        for (const b of middles.shares) {
          const chance = 1 - (1 - a * b) ** circuits;
          links += chance;
          variance += chance * (1 - chance);
        }
    return [
      {
        metric: 'links',
        value: links,
        tolerance: 4 * Math.sqrt(variance) + 1e-9,
        source: 'each pair that may be neighbours with 1 - (1 - w w)^circuits, w the shares of bandwidth',
      },
    ];
  },
};

/**
 * How evenly choices fall: the entropy of the shares in bits, of at most log2 n. An observer with one relay of share w sees
 * that share of all circuits; one that has a guard and an exit sees both ends of w w' of them.
 */
export function selectionEntropy(shares: Float64Array): number {
  return shares.reduce((bits, share) => bits - (share > 0 ? share * Math.log2(share) : 0), 0);
}

const MOST_OF_A_KIND = 3_000;

type Kinds = readonly [Zipf, Zipf, Zipf];

function kindsOf({ peers, circuits }: ModelOptions): Kinds {
  requireWhole('peers', peers, 3);
  requireWhole('circuits', circuits, 0);
  const kind = (first: number): Zipf => new Zipf(Math.ceil((peers - first) / 3));
  return [kind(0), kind(1), kind(2)];
}

function drawCircuit([guards, middles, exits]: Kinds, random: Random): [number, number, number] {
  return [3 * guards.draw(random), 3 * middles.draw(random) + 1, 3 * exits.draw(random) + 2];
}
