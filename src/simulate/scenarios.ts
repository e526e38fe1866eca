import type { ModelOptions } from '../models/model.ts';

/** A model with its options under a name of its own. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly model: string;
  readonly options: Partial<ModelOptions>;
}

/** The shape of Gnutella in February 2005 (Stutzbach, Rejaie and Sen): superpeers and leaves. */
const SUPERPEERS = 158_345;
const LEAVES = 873_130;

/** Shipped scenarios; any of their options can be set otherwise on the command line. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'lecture',
    title: "the lecture's hybrid overlay of 222 peers",
    model: 'hybrid',
    options: { peers: 222 },
  },
  {
    name: 'quiet',
    title: 'a two-tier overlay of 5,000 peers in which nothing goes wrong',
    model: 'two-tier',
    options: { peers: 5_000 },
  },
  {
    name: 'february-2005',
    title: '158,345 superpeers of mean degree 25 and cap 32, 873,130 leaves with 1 to 3 superpeers',
    model: 'two-tier',
    options: {
      peers: SUPERPEERS + LEAVES,
      superpeerShare: SUPERPEERS / (SUPERPEERS + LEAVES),
      superpeerDegree: 25,
      superpeerDegreeCap: 32,
      superpeersPerLeaf: { least: 1, most: 3 },
    },
  },
];
