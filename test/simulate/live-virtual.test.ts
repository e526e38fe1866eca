import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { createRandom } from '../../src/core/random.ts';
import { MAX_ROUTES } from '../../src/overlays/gnutella/node/limits.ts';
import type { GnutellaNode } from '../../src/overlays/gnutella/node/node.ts';
import { mayHave, tableMessages } from '../../src/overlays/gnutella/node/query-routing-table.ts';
import { wordsOf } from '../../src/overlays/gnutella/node/words.ts';
import { PERSONALITIES } from '../../src/overlays/gnutella/servent/personalities.ts';
import { QrpTable } from '../../src/overlays/gnutella/wire/qrp-table.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { stateOf } from '../../src/simulate/live-overlay.ts';
import { givenNodes } from '../../src/simulate/live-population.ts';
import type { VirtualLiveOverlay } from '../../src/simulate/live-virtual.ts';
import { liveTruth } from '../../src/simulate/live-truth.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import {
  addressOf,
  hopsFrom,
  liveOverlay,
  MINUTE,
  neighboursOf,
  organised,
  visited,
} from './live-support.ts';
import { modelNamed } from './support.ts';

/** Nodes that hold the links of a model. */
function given(
  model: string,
  peers: number,
  seed = 1,
  personalityOf: (peer: number) => string | undefined = () => undefined,
) {
  const chosen = modelNamed(model);
  const options = { ...DEFAULT_MODEL_OPTIONS, peers, superpeerDegree: 6, superpeerShare: 0.25 };
  const { topology } = chosen.generate(options, createRandom(seed));
  const nodes = givenNodes(topology, chosen.tiers, {
    addressOf,
    random: createRandom(seed),
    files: { perPeer: 8, catalogue: 200 },
    personalityOf,
  });
  return { topology, ...liveOverlay(nodes, 0) };
}

/** Whether every neighbour has the node as its neighbour too. */
function isMutual(overlay: VirtualLiveOverlay): boolean {
  return overlay
    .nodes()
    .every((node) =>
      neighboursOf(node).every((other) => neighboursOf(nodeAt(overlay, other)).includes(node.address)),
    );
}

function nodeAt(overlay: VirtualLiveOverlay, address: Address): GnutellaNode {
  const node = overlay.at(address);
  if (node === undefined) throw new RangeError(address);
  return node;
}

function mayAnswer(text: string): (leaf: GnutellaNode) => boolean {
  const words = wordsOf(text);
  return (leaf) => {
    const table = new QrpTable();
    for (const message of tableMessages(leaf.library.words)) table.apply(message);
    return mayHave(table, words);
  };
}

/** The links that a crawl from the first node finds, as texts. */
async function crawled(overlay: VirtualLiveOverlay): Promise<string[]> {
  const fold = new Fold([addressOf(0)]);
  for (const visit of await visited(overlay)) fold.add(visit);
  return linksOf(fold.tables());
}

function linksOf({ links }: ReturnType<typeof liveTruth>): string[] {
  return [...links].map(({ source, target, relation }) => `${source} ${target} ${relation}`);
}

describe('nodes that know one well-known host', () => {
  it('find each other, elect superpeers, and stay connected (property over seeds)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const { overlay } = liveOverlay(organised(30, seed));
        overlay.run(3 * MINUTE);
        for (let look = 0; look < 5; look++) {
          overlay.run(MINUTE);
          const state = stateOf(overlay);
          expect(state.undecided).toBe(0);
          expect(state.superpeers).toBeGreaterThan(0);
          expect(hopsFrom(overlay, addressOf(0)).size).toBe(30);
          expect(isMutual(overlay)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('give every leaf superpeers only, three of them where there are as many', () => {
    const { overlay } = liveOverlay(organised(60, 3));
    overlay.run(5 * MINUTE);
    const { superpeers } = stateOf(overlay);
    expect(superpeers).toBeGreaterThanOrEqual(3);
    for (const node of overlay.nodes()) {
      if (node.role !== 'leaf') continue;
      expect(node.neighbours().map(({ role }) => role)).toEqual(['superpeer', 'superpeer', 'superpeer']);
    }
  });

  it('never make a superpeer of one that is not fit', () => {
    const nodes = organised(40, 5);
    const { overlay } = liveOverlay(nodes);
    overlay.run(5 * MINUTE);
    for (const { address, plan } of nodes) {
      const isCapable = plan.kind === 'self-organised' && plan.isCapable;
      if (!isCapable) expect(overlay.at(address)?.role).not.toBe('superpeer');
    }
  });

  it('find together again when superpeers have gone without a word (property over seeds)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const { overlay } = liveOverlay(organised(30, seed));
        overlay.run(4 * MINUTE);
        const superpeers = overlay
          .nodes()
          .filter(({ role, address }) => role === 'superpeer' && address !== addressOf(0));
        for (const { address } of superpeers.slice(0, 2)) overlay.remove(address, 'abruptly');
        overlay.run(6 * MINUTE);
        expect(hopsFrom(overlay, addressOf(0)).size).toBe(overlay.nodes().length);
        expect(isMutual(overlay)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('find each other where they know 0.4 only, whose addresses are learned by Pongs', () => {
    const { overlay } = liveOverlay(organised(20, 6, { personality: 'legacy-0.4' }));
    overlay.run(5 * MINUTE);
    expect(hopsFrom(overlay, addressOf(0)).size).toBe(20);
    expect(stateOf(overlay)).toMatchObject({ superpeers: 20, leaves: 0, undecided: 0 });
    expect(isMutual(overlay)).toBe(true);
  });

  it('form two overlays where some know 0.4 only, on whom all others close (property over seeds)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const names = PERSONALITIES.map(({ name }) => name);
        const personalityOf = (peer: number) => names[peer % names.length];
        const isOld = (peer: number): boolean => personalityOf(peer) === 'legacy-0.4';
        const { overlay } = liveOverlay(organised(32, seed, {}, personalityOf));
        overlay.run(6 * MINUTE);
        const peers = Array.from({ length: 32 }, (_, peer) => peer);
        const first = peers.findIndex(isOld);
        const found = (from: number): readonly string[] => [...hopsFrom(overlay, addressOf(from)).keys()];
        const oldOnes = peers.filter(isOld).map(addressOf);
        const others = peers.filter((peer) => !isOld(peer)).map(addressOf);
        expect([...found(first)].sort()).toEqual([...oldOnes].sort());
        expect([...found(0)].sort()).toEqual([...others].sort());
      }),
      { numRuns: 10 },
    );
  });

  it('do the same again for the same seed, and something else for another', () => {
    const reportsOf = (seed: number): unknown => {
      const { overlay, reports } = liveOverlay(organised(25, seed));
      overlay.run(2 * MINUTE);
      return reports;
    };
    const first = reportsOf(1);
    expect(reportsOf(1)).toEqual(first);
    expect(reportsOf(2)).not.toEqual(first);
  });
});

describe('nodes that hold the links of a model', () => {
  it.each(['pure', 'erdos-renyi', 'two-tier'])('%s: have exactly these connections', (model) => {
    const { overlay, topology } = given(model, 80);
    overlay.run(MINUTE);
    const { offsets, targets } = topology.simple;
    for (let peer = 0; peer < topology.size; peer++) {
      const expected = Array.from(targets.subarray(offsets[peer], offsets[peer + 1]), addressOf);
      expect([...neighboursOf(nodeAt(overlay, addressOf(peer)))].sort()).toEqual(expected.sort());
    }
  });
});

describe('a search', () => {
  it('reaches exactly the peers within its TTL, each once, where leaves have the words (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(59),
        fc.constantFrom('two-tier', 'pure'),
        (seed, queryTtl, from, model) => {
          const { topology } = given(model, 60, seed);
          const nodes = givenNodes(topology, modelNamed(model).tiers, {
            addressOf,
            random: createRandom(seed),
            files: { perPeer: 8, catalogue: 200 },
          });
          const { overlay, reports } = liveOverlay(
            nodes.map((node) => ({ ...node, queryTtl })),
            0,
          );
          overlay.run(MINUTE);
          const [text = ''] = nodes[0]?.files ?? [];
          const origin = addressOf(from);
          const hops = hopsFrom(overlay, origin, mayAnswer(text));
          overlay.search(origin, text);
          overlay.run(5_000);
          const heard = reports.flatMap((report) =>
            report.kind === 'query' ? [[report.node, report.hops] as const] : [],
          );
          const expected = [...hops].filter(([, far]) => far > 0 && far <= queryTtl);
          expect([...heard].sort(byAddress)).toEqual(expected.sort(byAddress));

          // The hits come back by the way of the query, so that they have come as many hops as it has.
          const hits = reports.flatMap((report) =>
            report.kind === 'hit' ? [[report.provider, report.hops] as const] : [],
          );
          const words = wordsOf(text);
          const holders = expected.filter(([at]) => nodeAt(overlay, at).library.matching(words).length > 0);
          expect([...hits].sort(byAddress)).toEqual(holders);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('costs what flooding costs: deg(s), and deg(v) - 1 for everybody that passes it on', () => {
    const { overlay } = given('erdos-renyi', 80);
    overlay.run(MINUTE);
    const origin = addressOf(3);
    const degree = (address: Address): number => neighboursOf(nodeAt(overlay, address)).length;
    const passers = [...hopsFrom(overlay, origin)].filter(([, far]) => far > 0 && far < 4);
    const expected = passers.reduce((sum, [address]) => sum + degree(address) - 1, degree(origin));
    const before = stateOf(overlay).sent.query;
    overlay.search(origin, 'nothing');
    overlay.run(5_000);
    expect(stateOf(overlay).sent.query - before).toBe(expected);
    const reached = [...hopsFrom(overlay, origin).values()].filter((far) => far > 0 && far <= 4).length;
    const dropped = overlay.nodes().reduce((sum, { counts }) => sum + counts.duplicates, 0);
    expect(dropped).toBe(expected - reached);
  });

  it('spares exactly those leaves whose tables do not have its words', () => {
    const { overlay } = given('two-tier', 80);
    overlay.run(MINUTE);
    const origin = overlay.nodes().find(({ role }) => role === 'superpeer');
    // The rarest of its files is that of the highest rank.
    const rank = ({ name }: { readonly name: string }): number => Number(/\d+/.exec(name)?.[0]);
    const text = [...(origin?.library.files ?? [])].sort((a, b) => rank(b) - rank(a))[0]?.name ?? '';
    const start = origin?.address ?? addressOf(0);
    const passers = [...hopsFrom(overlay, start, () => false)].filter(([, far]) => far < 4);
    let [sparing, passing] = [0, 0];
    for (const [address] of passers) {
      for (const other of neighboursOf(nodeAt(overlay, address))) {
        const neighbour = nodeAt(overlay, other);
        if (neighbour.role !== 'leaf') continue;
        if (mayAnswer(text)(neighbour)) passing += 1;
        else sparing += 1;
      }
    }
    const leaves = overlay.nodes().filter(({ role }) => role === 'leaf');
    const heardBefore = leaves.reduce((sum, { counts }) => sum + counts.received.query.messages, 0);
    overlay.search(start, text);
    overlay.run(5_000);
    expect(overlay.nodes().reduce((sum, { counts }) => sum + counts.spared, 0)).toBe(sparing);
    const heard = leaves.reduce((sum, { counts }) => sum + counts.received.query.messages, 0);
    expect(heard - heardBefore).toBe(passing);
    expect(sparing).toBeGreaterThan(passing);
  });

  it('finds what a leaf shares anew, once its superpeers have its new table', () => {
    const { overlay, reports } = liveOverlay(organised(20, 4));
    overlay.run(4 * MINUTE);
    const leaf = overlay.nodes().find(({ role }) => role === 'leaf');
    const address = leaf?.address ?? addressOf(0);
    overlay.share(address, ['quite unheard of 9.ogg']);
    overlay.run(1_000);
    overlay.search(addressOf(0), 'unheard 9');
    overlay.run(5_000);
    expect(reports.filter(({ kind }) => kind === 'hit')).toMatchObject([{ provider: address, results: 1 }]);
  });

  it('leaves no more GUIDs behind than the bound', () => {
    const { overlay } = given('star', 4);
    overlay.run(MINUTE);
    for (let i = 0; i < MAX_ROUTES + 100; i++) overlay.search(addressOf(1), `word${i}`);
    overlay.run(5_000);
    const remembered = overlay.nodes().map(({ rememberedQueries }) => rememberedQueries);
    expect(Math.max(...remembered)).toBe(MAX_ROUTES);
  });
});

describe('a download', () => {
  it('brings the bytes of the file that was found, past the overlay, and is recorded', () => {
    const { overlay, reports } = liveOverlay(organised(30, 2, { downloads: true }));
    overlay.run(4 * MINUTE);
    const [receiver, provider] = [addressOf(3), overlay.nodes().at(-1)];
    const name = provider?.library.files[0]?.name ?? '';
    const holders = overlay.nodes().filter(({ library }) => library.matching(wordsOf(name)).length > 0);
    overlay.search(receiver, name);
    overlay.run(10_000);
    const { transfers } = overlay.tally;
    expect(transfers).toHaveLength(1);
    expect(transfers[0]).toMatchObject({
      receiver,
      name,
      bytes: provider?.library.files.find((file) => file.name === name)?.size,
    });
    expect(holders.map(({ address }) => address)).toContain(transfers[0]?.provider);
    expect(reports.filter(({ kind }) => kind === 'transfer')).toHaveLength(1);
  });
});

describe('a crawl of live nodes', () => {
  it('finds exactly their connections, by their own table (property over seeds)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10_000 }), async (seed) => {
        const { overlay } = liveOverlay(organised(40, seed));
        overlay.run(6 * MINUTE);
        const truth = linksOf(liveTruth(overlay));
        expect(truth).toHaveLength(stateOf(overlay).connections);
        expect(await crawled(overlay)).toEqual(truth);
        expect(linksOf(liveTruth(overlay))).toEqual(truth);
      }),
      { numRuns: 10 },
    );
  });

  it.each(PERSONALITIES.map(({ name }) => name))('finds those of %s superpeers', async (personality) => {
    const { overlay } = given('erdos-renyi', 50, 2, () => personality);
    overlay.run(2 * MINUTE);
    const truth = linksOf(liveTruth(overlay));
    expect(truth.length).toBeGreaterThan(50);
    expect(await crawled(overlay)).toEqual(truth);
  });

  it('finds all of a busy overlay of 0.4 by Pings, and no search of others keeps it waiting', async () => {
    const { overlay } = liveOverlay(organised(20, 6, { personality: 'legacy-0.4' }));
    overlay.run(5 * MINUTE);
    const searchAgain = (): void => {
      overlay.search(addressOf(3), 'nothing');
      overlay.events.after(200, searchAgain);
    };
    searchAgain();
    const visits = (await visited(overlay)).filter(({ question }) => question.startsWith('ping-crawl'));
    expect(visits.filter(({ outcome }) => outcome === 'ok')).toHaveLength(20);
    // What comes after the last Pong, 2 s, and some round trips of 40 ms.
    expect(Math.max(...visits.map(({ duration }) => duration))).toBeLessThan(3_000);
  });

  it('finds those of superpeers of all programs together', async () => {
    const names = PERSONALITIES.map(({ name }) => name);
    const { overlay } = given('erdos-renyi', 60, 2, (peer) => names[peer % names.length]);
    overlay.run(2 * MINUTE);
    expect(await crawled(overlay)).toEqual(linksOf(liveTruth(overlay)));
  });
});

function byAddress(a: readonly [Address, number], b: readonly [Address, number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1];
}
