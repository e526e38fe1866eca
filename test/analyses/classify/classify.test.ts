import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, type Answer } from '../../../src/analyses/classify/classify.ts';
import { evidenceOf } from '../../../src/analyses/classify/evidence.ts';
import { MODELS } from '../../../src/models/index.ts';
import type { ModelOptions } from '../../../src/models/model.ts';
import { topologyOf } from '../support.ts';
import { graphOf, overlay, scrambled } from './overlays.ts';

/** What counts as right for each model with its defaults: docs/classify.md, written before the classifier. */
const RIGHT: Readonly<Record<string, readonly Answer[]>> = {
  pure: ['pure'],
  hybrid: ['hybrid'],
  configuration: ['pure'],
  'two-tier': ['hybrid'],
  star: ['client-server', 'centralized'],
  'erdos-renyi': ['pure'],
  'barabasi-albert': ['pure'],
  'watts-strogatz': ['structured'],
  'power-law-random-graph': ['pure'],
  ring: ['structured'],
  grid: ['structured'],
  chord: ['structured'],
  can: ['structured'],
  kademlia: ['structured'],
  freenet: ['pure', 'structured'],
  napster: ['centralized'],
  'seti-at-home': ['client-server', 'centralized'],
  jxta: ['hybrid'],
  usenet: ['pure'],
  dns: ['none'],
  skype: ['hybrid'],
  bittorrent: ['pure'],
  'multicast-tree': ['none'],
  'multicast-mesh': ['pure'],
  tor: ['pure'],
  vehicular: ['none'],
  conferencing: ['none'],
  'grid-computing': ['hybrid'],
  federation: ['pure'],
  semantic: ['pure'],
};

/** A radio range that reaches ten others or so, whatever the number of vehicles; the lecture's hubs need some peers to be a group. */
function optionsFor(model: string, peers: number): Partial<ModelOptions> {
  if (model === 'vehicular') return { peers, radioRange: Math.sqrt(10 / (Math.PI * peers)) };
  return { peers };
}

function answerTo(model: string, peers: number): Answer {
  return classify(overlay(model, optionsFor(model, peers)), 1).answer;
}

describe('classify, on the models', () => {
  it('knows all models', () => {
    expect(Object.keys(RIGHT)).toEqual(MODELS.map(({ name }) => name));
  });

  it.each(Object.entries(RIGHT))('tells %s at 222 peers, and at 1,000', (model, right) => {
    expect(right).toContain(answerTo(model, 222));
    expect(right).toContain(answerTo(model, 1000));
  });

  // At 100 peers the hybrid law makes one to four hubs, which are no group yet; its row in the docs says so.
  it.each(Object.entries(RIGHT).filter(([model]) => model !== 'hybrid'))(
    'tells %s at 100 peers',
    (model, right) => {
      expect(right).toContain(answerTo(model, 100));
    },
  );

  it('does not need roles, directions or ids', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS.map(({ name }) => name).filter((name) => name !== 'dns')),
        fc.integer({ min: 1, max: 1_000 }),
        (model, seed) => {
          const made = overlay(model, optionsFor(model, 222), seed);
          const plain = classify(made, 1);
          const bare = classify(scrambled(made, seed), 1);
          // Samples differ: scores near a threshold may, and then both say that they are in doubt.
          const isNear = plain.sureness === 'doubtful' || bare.sureness === 'doubtful';
          expect(isNear || plain.answer === bare.answer).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not tell an index without transfers from a server', () => {
    const { answer, cannotTellFrom } = classify(overlay('napster', { servers: 3, transfers: 0 }), 1);
    expect([answer, cannotTellFrom]).toEqual(['client-server', ['centralized']]);
  });

  it('takes a hybrid overlay with a login server for hybrid', () => {
    const { answer, measures } = classify(overlay('skype'), 1);
    expect(answer).toBe('hybrid');
    expect(measures.servers?.peers).toEqual([0]);
  });

  it('gives the same answer for the same seed', () => {
    const topology = overlay('kademlia', { peers: 300 });
    expect(classify(topology, 5)).toEqual(classify(topology, 5));
  });
});

describe('classify, on graphs that no model made', () => {
  const torus = (side: number): [number, number][] =>
    Array.from({ length: side * side }, (_, peer) => {
      const [row, column] = [Math.floor(peer / side), peer % side];
      const right = row * side + ((column + 1) % side);
      const below = ((row + 1) % side) * side + column;
      return [
        [peer, right],
        [peer, below],
      ] as [number, number][];
    }).flat();

  it('takes a torus and a hypercube for structured', () => {
    expect(classify(graphOf(400, torus(20)), 1).answer).toBe('structured');
    const cube = Array.from({ length: 256 }, (_, peer) =>
      Array.from({ length: 8 }, (__, bit) => [peer, peer ^ (1 << bit)] as [number, number]),
    );
    expect(classify(graphOf(256, cube.flat()), 1).answer).toBe('structured');
  });

  it('takes a full mesh for none, and names the reason', () => {
    const { answer, criteria } = classify(
      graphOf(
        40,
        Array.from({ length: 40 }, (_, a) => Array.from({ length: a }, (__, b) => [a, b] as const)).flat(),
      ),
      1,
    );
    expect(answer).toBe('none');
    expect(criteria.none.find(({ feature }) => feature === 'mesh')?.strength).toBe(1);
  });

  it('takes a path, a tree and a caterpillar for none', () => {
    const path = Array.from({ length: 50 }, (_, peer) => [peer, peer + 1] as const);
    const tree = Array.from({ length: 126 }, (_, peer) => [peer + 1, Math.floor(peer / 2)] as const);
    expect(classify(graphOf(51, path), 1).answer).toBe('none');
    expect(classify(graphOf(127, tree), 1).answer).toBe('none');
    expect(
      classify(graphOf(102, [...path, ...path.map(([peer]) => [peer, peer + 52] as const)]), 1).answer,
    ).toBe('none');
  });

  it('takes pointers that never lead back for a hierarchy', () => {
    const upwards = Array.from({ length: 300 }, (_, peer) => [
      [peer + 10, peer],
      [peer + 10, Math.floor(peer / 2)],
    ]).flat();
    const links = upwards.map(([a, b]) => `${a}-${b}`).join(' ');
    expect(classify(topologyOf(links, true), 1).answer).toBe('none');
  });

  it.each([
    ['two peers', '1-2'],
    ['a triangle', '1-2 2-3 3-1'],
    ['a star of four', '0-1 0-2 0-3 0-4'],
    ['peers without any link', '1 2 3 4 5 6 7 8 9 10 11 12'],
    ['nobody', ''],
  ])('has too little to tell by in %s', (_, links) => {
    const { answer, criteria } = classify(topologyOf(links), 1);
    expect(answer).toBe('none');
    expect(criteria.none.find(({ feature }) => feature === 'size')?.strength).toBe(1);
  });

  it('tells a star from ten peers on', () => {
    expect(classify(overlay('star', { peers: 9 }), 1).answer).toBe('client-server');
  });

  it('has finite scores from 0 to 1, and the best of them is the answer', () => {
    const link = fc.tuple(fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(fc.array(link, { maxLength: 120 }), (links) => {
        const { answer, scores } = classify(graphOf(31, links), 1);
        for (const score of Object.values(scores)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(scores[answer]).toBe(Math.max(...Object.values(scores)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('evidenceOf', () => {
  it('says what each column asks for and what the links show', () => {
    const star = evidenceOf(classify(overlay('star', { peers: 100 }), 1));
    const serverOf = (column: Answer) =>
      star.find((one) => one.column === column && one.feature === 'servers');
    expect(serverOf('client-server')).toMatchObject({
      lecture: '1: the server is the central entity',
      shown: 'one peer is linked to 100.0 % of the others, and has 100 times the links of anybody else',
      speaks: 'for',
    });
    expect(serverOf('pure')).toMatchObject({ lecture: '3: no central entities', speaks: 'against' });
  });

  it('gives a reason for none', () => {
    const tree = evidenceOf(classify(overlay('multicast-tree'), 1));
    const reasons = tree.filter(({ column }) => column === 'none').map(({ lecture }) => lecture);
    expect(reasons).toContain('a tree: whoever is not at an end of it cuts others off');
  });
});
