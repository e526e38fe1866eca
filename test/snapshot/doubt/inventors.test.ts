import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import type { ClaimedLinks } from '../../../src/snapshot/doubt/claimed-links.ts';
import { inventionsIn } from '../../../src/snapshot/doubt/inventors.ts';

type Claim = readonly [reporter: number, other: number, isConnection?: boolean];

function claimed(size: number, claims: readonly Claim[]): ClaimedLinks {
  return {
    size,
    forEachClaim: (tell) => {
      for (const [reporter, other, isConnection = true] of claims) tell(reporter, other, isConnection);
    },
  };
}

/** A random overlay of `peers`, everybody with some 20 neighbours; a share of them does not speak. */
function overlay(peers: number, unreachable: number) {
  const random = createRandom(5);
  const speaks = Array.from({ length: peers }, () => random.uniform() >= unreachable);
  const claims: Claim[] = [];
  for (let link = 0; link < 10 * peers; link++) {
    const [one, other] = [random.int(peers), random.int(peers)];
    if (one === other) continue;
    if (speaks[one] === true) claims.push([one, other]);
    if (speaks[other] === true) claims.push([other, one]);
  }
  return { claims, speaks };
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k);

describe('inventions', () => {
  it.each([0, 0.1, 0.3, 0.6])('are none where a share of %d cannot be reached', (unreachable) => {
    const { claims, speaks } = overlay(500, unreachable);
    expect(inventionsIn(claimed(500, claims), (place) => speaks[place] === true)).toEqual({
      inventors: [],
      invented: [],
    });
  });

  it('are those that one peer lists and nobody else knows, besides its true neighbours', () => {
    const { claims, speaks } = overlay(500, 0.3);
    const inventor = speaks.indexOf(true);
    const own = claims.filter(([reporter]) => reporter === inventor).length;
    claims.push(...range(500, 60).map((other): Claim => [inventor, other]));
    const { inventors, invented } = inventionsIn(claimed(560, claims), (place) => speaks[place] === true);
    expect(inventors).toEqual([{ place: inventor, claims: own + 60, unconfirmed: 60 }]);
    expect(invented.toSorted((a, b) => a - b)).toEqual(range(500, 60));
  });

  it('are found where two inventors made up some of the same', () => {
    const { claims, speaks } = overlay(500, 0);
    claims.push(...range(500, 60).map((other): Claim => [1, other]));
    claims.push(...range(530, 60).map((other): Claim => [2, other]));
    const { inventors, invented } = inventionsIn(claimed(590, claims), (place) => speaks[place] === true);
    expect(inventors.map(({ place }) => place).toSorted()).toEqual([1, 2]);
    expect(invented).toHaveLength(90);
  });

  it('are found where several inventors made up all of the same', () => {
    const { claims, speaks } = overlay(500, 0.2);
    const three = [...speaks.keys()].filter((place) => speaks[place] === true).slice(0, 3);
    for (const inventor of three) {
      claims.push(...range(500, 200).map((other): Claim => [inventor, other]));
    }
    const { inventors, invented } = inventionsIn(claimed(700, claims), (place) => speaks[place] === true);
    expect(inventors.map(({ place }) => place).toSorted((a, b) => a - b)).toEqual(three);
    expect(invented.toSorted((a, b) => a - b)).toEqual(range(500, 200));
  });

  it('are no leaves that are only said to be registered: nobody asked them', () => {
    const { claims, speaks } = overlay(100, 0);
    claims.push(...range(100, 60).map((leaf): Claim => [1, leaf, false]));
    expect(inventionsIn(claimed(160, claims), (place) => speaks[place] === true).inventors).toEqual([]);
  });

  it('spare an unreachable peer that an inventor and somebody else list', () => {
    const { claims, speaks } = overlay(200, 0);
    claims.push(...range(200, 60).map((other): Claim => [1, other]), [2, 259]);
    const { invented } = inventionsIn(claimed(260, claims), (place) => speaks[place] === true);
    expect(invented.toSorted((a, b) => a - b)).toEqual(range(200, 59));
  });
});
