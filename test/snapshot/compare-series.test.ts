import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSeries, presenceOf } from '../../src/snapshot/compare-series.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { uptimeGraph } from '../../src/snapshot/series-uptimes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { START, writeTestSeries, type TestSnapshot } from './series-support.ts';

const BAD_INPUT: unknown = expect.objectContaining({ kind: 'bad-input' });

/** b goes, d comes, c becomes a leaf, e is silent the second time; a-c is new among stayers, a-e goes among them. */
const BY_HAND: readonly TestSnapshot[] = [
  {
    peers: [
      { id: 'a', role: 'superpeer' },
      { id: 'b', role: 'leaf' },
      { id: 'c', role: 'superpeer' },
      { id: 'e', role: 'superpeer' },
      { id: 'x', unseen: true },
    ],
    links: [
      ['a', 'b'],
      ['a', 'e'],
      ['c', 'e'],
    ],
  },
  {
    peers: [
      { id: 'a', role: 'superpeer' },
      { id: 'c', role: 'leaf' },
      { id: 'd', role: 'leaf' },
      { id: 'e', role: 'superpeer', silent: true },
    ],
    links: [
      ['c', 'e'],
      ['a', 'c'],
      ['a', 'd'],
    ],
  },
];

describe('a series laid over itself', () => {
  it('says who went, came and stayed, and which links stood: by hand', async () => {
    const directory = join(temporaryFolder(), 'series');
    writeTestSeries(directory, BY_HAND);
    const { steps, union, intersection, seenTimes, leftOut } = await compareSeries(directory);
    expect(leftOut).toEqual([]);
    expect([union, intersection, seenTimes]).toEqual([5, 3, [2, 3]]);
    expect(steps[0]).toMatchObject({ name: '000001', peers: 4, superpeers: 3, respondents: 4, links: 3 });
    expect(steps[1]).toMatchObject({ peersSinceFirst: 3, linksSinceFirst: 1 });
    expect(steps[1]!.hours).toBeCloseTo(1 / 60, 12);
    expect(steps[1]!.change).toEqual({
      peers: {
        all: { before: 4, after: 4, stayed: 3, gone: 1, new: 1 },
        answered: { before: 4, after: 3, stayed: 2, gone: 2, new: 1 },
        superpeer: { before: 3, after: 2, stayed: 2, gone: 1, new: 0 },
        leaf: { before: 1, after: 2, stayed: 0, gone: 1, new: 2 },
      },
      roleChanges: 1,
      links: {
        all: {
          before: 3,
          after: 3,
          stable: 1,
          goneWithPeer: 1,
          goneBetweenStayers: 1,
          newWithPeer: 1,
          newBetweenStayers: 1,
          stability: 0.5,
        },
        // Only a and c answered both times.
        answered: {
          before: 0,
          after: 1,
          stable: 0,
          goneWithPeer: 0,
          goneBetweenStayers: 0,
          newWithPeer: 0,
          newBetweenStayers: 1,
          stability: null,
        },
      },
    });
  });

  it('leaves incomplete snapshots out: that a peer is not there means nothing', async () => {
    const directory = join(temporaryFolder(), 'series');
    const [first, second] = BY_HAND;
    writeTestSeries(directory, [first!, { peers: [], links: [], state: 'incomplete' }, second!]);
    const { steps, leftOut } = await compareSeries(directory);
    expect(steps.map(({ name }) => name)).toEqual(['000001', '000003']);
    expect(leftOut).toEqual(['000002']);
    expect(steps[1]!.hours).toBeCloseTo(2 / 60, 12);
  });

  it('agrees with the comparison of two snapshots, whatever they are', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const snapshot = fc.record({
      there: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 2 }),
      pairs: fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5)), { selector: String, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(snapshot, { minLength: 2, maxLength: 4 }), async (drawn) => {
        const directory = join(temporaryFolder(), 'series');
        writeTestSeries(
          directory,
          drawn.map(({ there, pairs }) => ({
            peers: there.map((id) => ({ id, role: 'superpeer' as const })),
            links: [...new Set(pairs.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`))]
              .map((pair) => pair.split(' ').map((k) => ids[Number(k)]!) as [string, string])
              .filter(([a, b]) => a !== b && there.includes(a) && there.includes(b))
              .sort(([a, b], [c, d]) => (`${a} ${b}` < `${c} ${d}` ? -1 : 1)),
          })),
        );
        const { steps, intersection } = await compareSeries(directory);
        for (const [k, { change }] of steps.entries()) {
          if (change === undefined) continue;
          const older = await readSnapshot(join(directory, steps[k - 1]!.name));
          const newer = await readSnapshot(join(directory, steps[k]!.name));
          const { peers, links } = compareSnapshots(newer, older);
          expect(change.peers.all).toMatchObject({
            stayed: peers.both,
            gone: peers.missing,
            new: peers.extra,
          });
          const { all, answered } = change.links;
          expect(all.stable).toBe(links.both);
          expect(all.goneWithPeer + all.goneBetweenStayers).toBe(links.missing);
          expect(all.newWithPeer + all.newBetweenStayers).toBe(links.extra);
          // Everybody answers here.
          expect(answered.stable).toBe(all.stable);
          expect(answered.goneBetweenStayers).toBe(all.goneBetweenStayers);
        }
        const inAll = ids.filter((id) => drawn.every(({ there }) => there.includes(id)));
        expect(intersection).toBe(inAll.length);
        expect(steps.at(-1)!.peersSinceFirst).toBe(inAll.length);
      }),
      { numRuns: 25 },
    );
  });

  it('gives the columns of a part of the peers', async () => {
    const directory = join(temporaryFolder(), 'series');
    writeTestSeries(directory, BY_HAND);
    const { presence } = await compareSeries(directory);
    expect(presenceOf('all', presence).map(({ length }) => length)).toEqual([4, 4]);
    expect(presenceOf('superpeer', presence).map(({ length }) => length)).toEqual([3, 2]);
    expect(presenceOf('answered', presence).map(({ length }) => length)).toEqual([4, 3]);
  });

  it('is refused with fewer than two complete snapshots, and where a file is not the one that was written', async () => {
    const short = join(temporaryFolder(), 'series');
    writeTestSeries(short, BY_HAND.slice(0, 1));
    await expect(compareSeries(short)).rejects.toEqual(BAD_INPUT);
    await expect(compareSeries(temporaryFolder())).rejects.toEqual(BAD_INPUT);
    const edited = join(temporaryFolder(), 'series');
    writeTestSeries(edited, BY_HAND);
    appendFileSync(join(edited, '000002', 'links.csv'), 'a,q,connection,self-report,both\n');
    await expect(compareSeries(edited)).rejects.toEqual(BAD_INPUT);
    rmSync(join(edited, '000002', 'links.csv'));
    await expect(compareSeries(edited)).rejects.toEqual(BAD_INPUT);
  });
});

describe('the uptimes of a series', () => {
  const peers = (ids: string, liveSince?: number) =>
    Array.from(ids, (id) => ({
      id,
      role: 'superpeer' as const,
      ...(liveSince === undefined ? {} : { liveSince }),
    }));

  it('are what the superpeers say, where enough of them say it', async () => {
    const directory = join(temporaryFolder(), 'series');
    const last = { peers: [...peers('ab', START - 58_000), ...peers('c')], links: [['a', 'b']] as const };
    writeTestSeries(directory, [{ peers: peers('a'), links: [] }, last]);
    const graph = uptimeGraph(await compareSeries(directory));
    // The second crawl ends 62 s after the start of the first one.
    expect(graph).toMatchObject({ from: 'claimed', known: 2, size: 3 });
    expect([...graph.uptimes]).toEqual([120_000, 120_000, NaN]);
    expect(graph.sources).toHaveLength(1);
  });

  it('are otherwise how long the series has seen them without a gap', async () => {
    const directory = join(temporaryFolder(), 'series');
    writeTestSeries(
      directory,
      ['ab', 'a', 'abc', 'abcd'].map((ids) => ({ peers: peers(ids), links: [] })),
    );
    const graph = uptimeGraph(await compareSeries(directory));
    expect(graph).toMatchObject({ from: 'observed', known: 3 });
    // a from the first on, b again from the third, c from the third, d from the last one, which ends at 182 s.
    expect([...graph.uptimes]).toEqual([182_000, 62_000, 62_000, 2_000]);
  });
});
