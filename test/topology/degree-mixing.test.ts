import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreeAssortativity, degreeAssortativityError } from '../../src/topology/degree-assortativity.ts';
import { degreeMixingOf } from '../../src/topology/degree-mixing.ts';
import { neighbourSets, relabelled } from './plain.ts';
import { linkLists, topologyOf, type LinkList } from './support.ts';

const rowsIn = (list: LinkList) => topologyOf(list, false).simple;

/** Pearson's correlation, by its definition, of the values in pairs. */
function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  const [vx, vy] = [mean(pairs.map(([x]) => (x - mx) ** 2)), mean(pairs.map(([, y]) => (y - my) ** 2))];
  return mean(pairs.map(([x, y]) => (x - mx) * (y - my))) / Math.sqrt(vx * vy);
}

/** The degrees at both ends of every link, each link from both ends; `[i, j]` are its peers. */
function ends(list: LinkList): { link: string; pair: [number, number] }[] {
  const sets = neighbourSets(list);
  return sets.flatMap((set, i) =>
    [...set].map((j) => ({
      link: `${Math.min(i, j)}-${Math.max(i, j)}`,
      pair: [set.size, sets[j]!.size] as [number, number],
    })),
  );
}

describe('the degree assortativity', () => {
  it("is Pearson's correlation of the degrees at the ends of links, and nothing where they are all equal", () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const r = degreeAssortativity(degreeMixingOf(rowsIn(list)));
        const pairs = ends(list).map(({ pair }) => pair);
        if (new Set(pairs.flat()).size < 2) expect(r).toBe(null);
        else expect(r).toBeCloseTo(correlation(pairs), 10);
      }),
    );
  });

  it('has the error that leaving out one link after the other gives', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const rows = rowsIn(list);
        const r = degreeAssortativity(degreeMixingOf(rows));
        if (r === null) return;
        const all = ends(list);
        const links = [...new Set(all.map(({ link }) => link))];
        const rest = links.map((left) => all.filter(({ link }) => link !== left).map(({ pair }) => pair));
        const error = degreeAssortativityError(rows, r);
        if (rest.some((pairs) => new Set(pairs.flat()).size < 2)) {
          expect(error).toBe(null);
          return;
        }
        const squares = rest.map((pairs) => (r - correlation(pairs)) ** 2);
        expect(error).toBeCloseTo(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)), 8);
      }),
    );
  });

  it('is the same to the last digit whatever the numbers of the peers', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const after = degreeMixingOf(rowsIn(relabelled(list, seed).list));
        expect(after).toEqual(degreeMixingOf(rowsIn(list)));
      }),
    );
  });

  it('is exact where a hub of 300,000 links makes sums that doubles do not hold', () => {
    // A star and a pair beside it, by hand: with h = 300,000 there are 2h + 2 ends; the sum of the degrees at them is
    // h² + h + 2, of their squares h³ + h + 2, of the products 2h² + 2.
    const h = 300_000;
    const peers = new Float64Array(h + 1);
    const neighbourDegrees = new Float64Array(h + 1);
    peers.set([h + 2], 1);
    peers.set([1], h);
    neighbourDegrees.set([h * h + 2], 1);
    neighbourDegrees.set([h], h);
    const [n, a, b, c] = [
      2n * 300_000n + 2n,
      300_000n ** 2n + 300_002n,
      300_000n ** 3n + 300_002n,
      2n * 300_000n ** 2n + 2n,
    ];
    const wanted = Number(((n * c - a * a) * 10n ** 18n) / (n * b - a * a)) / 1e18;
    expect(degreeAssortativity({ peers, neighbourDegrees, linksFrom: peers })).toBeCloseTo(wanted, 14);
  });
});

describe('the sums by degree', () => {
  it('count peers, their neighbours’ degrees, and links by their lesser end', () => {
    fc.assert(
      fc.property(linkLists, (list) => {
        const sums = degreeMixingOf(rowsIn(list));
        const sets = neighbourSets(list);
        const largest = Math.max(...sets.map((set) => set.size));
        const zeros = () => new Array<number>(largest + 1).fill(0);
        const [peers, neighbourDegrees, linksFrom] = [zeros(), zeros(), zeros()];
        for (const [i, set] of sets.entries()) {
          peers[set.size]! += 1;
          for (const j of set) {
            neighbourDegrees[set.size]! += sets[j]!.size;
            if (i < j) linksFrom[Math.min(set.size, sets[j]!.size)]! += 1;
          }
        }
        expect([...sums.peers]).toEqual(peers);
        expect([...sums.neighbourDegrees]).toEqual(neighbourDegrees);
        expect([...sums.linksFrom]).toEqual(linksFrom);
      }),
    );
  });
});
