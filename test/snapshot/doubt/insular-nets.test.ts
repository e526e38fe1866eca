import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { insularNets } from '../../../src/snapshot/doubt/insular-nets.ts';

/** Links claimed by both ends, as pairs of places. */
function of(size: number, pairs: readonly (readonly [number, number])[]) {
  return {
    size,
    forEachClaim: (tell: (reporter: number, other: number, isConnection: boolean) => void) => {
      for (const [one, other] of pairs) {
        tell(one, other, true);
        tell(other, one, true);
      }
    },
  };
}

function randomPairs(seed: number, first: number, count: number, links: number): [number, number][] {
  const random = createRandom(seed);
  return Array.from({ length: links }, (): [number, number] => [
    first + random.int(count),
    first + random.int(count),
  ]).filter(([one, other]) => one !== other);
}

/** 1,000 peers in 20 nets of 50, linked at random; then one net more of 50 that are linked to each other. */
const netOf = Int32Array.from({ length: 1_050 }, (_, place) => Math.floor(place / 50));
const honest = randomPairs(1, 0, 1_000, 10_000);
const insular = randomPairs(2, 1_000, 50, 500);
/** Peers that took one of them. */
const victims = [3, 300, 700].map((place, k): [number, number] => [place, 1_000 + k]);

describe('insular nets', () => {
  it('are none where peers are linked at random, however many share a net', () => {
    expect(insularNets(of(1_000, honest), netOf.subarray(0, 1_000), 20)).toEqual({ nets: [], members: [] });
  });

  it('are those whose peers list each other, and their victims are no members', () => {
    const { nets, members } = insularNets(of(1_050, [...honest, ...insular, ...victims]), netOf, 21);
    const claims = 2 * insular.length + 3;
    expect(nets).toEqual([{ net: 20, peers: 50, claims, inside: 2 * insular.length }]);
    expect(members.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, k) => 1_000 + k));
  });

  it('are found where such peers are spread over several nets', () => {
    const spread = Int32Array.from(netOf, (net, place) => (net < 20 ? net : 20 + (place % 3)));
    const { nets, members } = insularNets(of(1_050, [...honest, ...insular, ...victims]), spread, 23);
    expect(nets.map(({ net }) => net).toSorted()).toEqual([20, 21, 22]);
    expect(members).toHaveLength(50);
  });

  it('are found where they are a third of all, and everybody else is linked among themselves', () => {
    // Four nets of 100 at random, two of 100 that list each other.
    const nets6 = Int32Array.from({ length: 600 }, (_, place) => Math.floor(place / 100));
    const pairs = [...randomPairs(4, 0, 400, 6_000), ...randomPairs(5, 400, 200, 3_000)];
    const { nets, members } = insularNets(of(600, pairs), nets6, 6);
    // Within one of the four is a quarter of its claims, where a sixth would be chance; within one of the two a half.
    expect(nets.map(({ net }) => net).toSorted()).toEqual([4, 5]);
    expect(members).toHaveLength(200);
  });

  it('are none in a ring of neighbouring addresses: all of it is built that way', () => {
    const ring = Array.from({ length: 1_000 }, (_, place): [number, number] => [place, (place + 1) % 1_000]);
    expect(insularNets(of(1_000, ring), netOf.subarray(0, 1_000), 20).nets).toEqual([]);
  });

  it('are none where a net has few peers, who are friends', () => {
    const few = Int32Array.from(netOf, (net, place) => (place < 1_010 ? net : -1));
    const pairs = [...honest, ...randomPairs(3, 1_000, 10, 100)];
    expect(insularNets(of(1_050, pairs), few, 21).nets).toEqual([]);
  });
});
