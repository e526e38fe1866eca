import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/claims.ts';
import { createRandom } from '../../src/core/random.ts';
import { superpeers, type SuperpeersResult } from '../../src/analyses/superpeers.ts';
import { SUPERPEER_RULES } from '../../src/analyses/superpeer-rules.ts';
import { hybrid } from '../../src/models/degree-law-model.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { run, topologyOf } from './support.ts';

const ruleOf = (result: SuperpeersResult, name: string) => result.rules.find(({ rule }) => rule === name)!;

/** Peers that a rule takes for superpeers, by name. */
function found(topology: Topology, name: string): string[] {
  const rule = SUPERPEER_RULES.find((candidate) => candidate.name === name)!;
  const { flags } = rule.detect(topology.simple);
  return topology.ids.filter((_, peer) => flags[peer] === 1);
}

/** Hubs h0, h1 … with that many leaves each, the hubs in a row. */
function hubs(...leaves: number[]): string {
  const links = leaves.flatMap((count, hub) =>
    Array.from({ length: count }, (_, leaf) => `h${hub}-l${hub}.${leaf}`),
  );
  return [...links, ...leaves.slice(1).map((_, hub) => `h${hub}-h${hub + 1}`)].join(' ');
}

/** The mean F1 of each rule over 20 graphs of a model with 2,000 peers. */
function meanF1(model: Model, options: Partial<ModelOptions> = {}): Record<string, number> {
  const graphs = 20;
  const sums: Record<string, number> = {};
  for (let seed = 0; seed < graphs; seed++) {
    const all = { ...DEFAULT_MODEL_OPTIONS, peers: 2000, ...options };
    const { topology } = model.generate(all, createRandom(seed));
    for (const { rule, declared } of run(superpeers, topology).rules)
      sums[rule] = (sums[rule] ?? 0) + (declared!.f1 ?? 0) / graphs;
  }
  return sums;
}

describe('the rules for superpeers', () => {
  it('by hand: two hubs of 12 leaves stand above the gap from 1 to 13, and above 10, not above 20', () => {
    const topology = topologyOf(hubs(12, 12));
    for (const rule of ['gap', 'otsu', 'mixture', 'degree-10', 'leaf-adjacency'])
      expect(found(topology, rule), rule).toEqual(['h0', 'h1']);
    expect(found(topology, 'degree-20')).toEqual([]);
    const result = run(superpeers, topology);
    expect(
      ['gap', 'otsu', 'mixture', 'degree-10', 'leaf-adjacency'].map((name) => ruleOf(result, name).threshold),
    ).toEqual([13, 13, 13, 10, null]);
  });

  it('by hand: of two equal gaps the upper counts', () => {
    // A star of 4 and one of 2, apart: degrees 1, 2, 4; both gaps are of factor 2.
    expect(found(topologyOf('a-b a-c a-d a-e x-y x-z'), 'gap')).toEqual(['a']);
  });

  it('by hand: Otsu parts degrees 1, 2 from 16 where the gap is widest in the mean', () => {
    // Log degrees 0 (x 3 + 16), ln 3, ln 16; splitting below 3: groups {0 x 19} and {ln 3, ln 16} (variance between
    // 19 * 2 * 1.936^2 = 142.4); splitting below 16: {0 x 19, ln 3}, {ln 16}: 20 * 1 * 2.718^2 = 147.7.
    const sixteen = Array.from({ length: 16 }, (_, leaf) => `a-l${leaf}`).join(' ');
    expect(found(topologyOf(`${sixteen} x-u x-v x-w`), 'otsu')).toEqual(['a']);
  });

  it('by hand: five neighbours of degree 3 or less make a superpeer, four do not', () => {
    expect(found(topologyOf(hubs(5, 4)), 'leaf-adjacency')).toEqual(['h0']);
    // A neighbour of degree 4 is no leaf: h1 does not count for h0.
    expect(found(topologyOf(hubs(4, 4)), 'leaf-adjacency')).toEqual([]);
  });

  it.each(['', 'a', 'a b c', 'a-b', 'a-b b-c c-a'])('find none in "%s", where all are alike', (links) => {
    for (const { name } of SUPERPEER_RULES) expect(found(topologyOf(links), name)).toEqual([]);
  });
});

describe('the analysis of superpeers', () => {
  it('scores each rule against declared roles, by hand', () => {
    // h0, h1 and h2 of 12, 12 and 3 leaves; l0.0 declares to be a superpeer, l0.1 nothing. degree-10 finds h0 and h1.
    const topology = topologyOf(hubs(12, 12, 3));
    const roles = topology.ids.map((id): Role | undefined => {
      if (id === 'l0.1') return undefined;
      return id.startsWith('h') || id === 'l0.0' ? 'superpeer' : 'leaf';
    });
    const respondents = Uint8Array.from(topology.ids, (id) => (id === 'l0.0' ? 0 : 1));
    const withRoles = topologyOf(hubs(12, 12, 3), false, { roles, respondents });
    const result = run(superpeers, withRoles);
    expect(result.declared).toEqual({ peers: 29, superpeers: 4, coverage: 29 / 30 });
    expect(ruleOf(result, 'degree-10')).toMatchObject({
      superpeers: 2,
      declared: {
        truePositives: 2,
        falsePositives: 0,
        falseNegatives: 2,
        precision: 1,
        recall: 0.5,
        f1: 2 / 3,
      },
      respondents: {
        truePositives: 2,
        falsePositives: 0,
        falseNegatives: 1,
        precision: 1,
        recall: 2 / 3,
        f1: 0.8,
      },
    });
    expect(ruleOf(result, 'degree-20')).toMatchObject({ declared: { precision: null, recall: 0, f1: 0 } });
  });

  it('has no scores where nobody declared a role, or all the same', () => {
    const silent = run(superpeers, topologyOf(hubs(12, 12)));
    expect(silent.declared).toEqual({ peers: 0, superpeers: 0, coverage: 0 });
    const flat = topologyOf('a-b', false, { roles: ['superpeer', 'superpeer'] });
    for (const result of [silent, run(superpeers, flat)])
      expect(
        result.rules.every(({ declared, respondents }) => declared === null && respondents === null),
      ).toBe(true);
  });

  it('compares every two rules (Jaccard), and counts the votes of each peer', () => {
    const result = run(superpeers, topologyOf(hubs(12, 12)));
    expect(result.agreement).toHaveLength((7 * 6) / 2);
    const jaccard = (a: string, b: string) =>
      result.agreement.find((pair) => pair.a === a && pair.b === b)!.jaccard;
    expect([jaccard('gap', 'otsu'), jaccard('gap', 'degree-20')]).toEqual([1, 0]);
    // All rules but degree-20 take the two hubs; nobody takes the 24 leaves.
    expect(result.votes.filter(({ peers }) => peers > 0)).toEqual([
      { rules: 0, peers: 24 },
      { rules: 6, peers: 2 },
    ]);
    expect(run(superpeers, topologyOf('')).agreement.every(({ jaccard: index }) => index === 1)).toBe(true);
  });

  it('has one row for each rule, with as many cells as columns', () => {
    for (const table of superpeers.tables(run(superpeers, topologyOf(hubs(12, 12)))))
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });
});

// The toy baseline of lecture.md, section D (n = 2000), an independent implementation. The parameters of its two-tier
// overlay are not known, so only what holds in any clean one is tested: there is a gap, and superpeers have degree >= 10.
describe('the rules on 20 graphs of 2,000 peers', () => {
  it.each<[string, Partial<ModelOptions>]>([
    ['the default', {}],
    ['one superpeer per leaf', { superpeersPerLeaf: 1 }],
    ['superpeers of degree 10', { superpeerDegree: 10 }],
    ['few superpeers of degree 6', { superpeerShare: 0.05, superpeerDegree: 6 }],
  ])('find all superpeers of a clean two-tier overlay (%s)', (_, options) => {
    const f1 = meanF1(twoTier, options);
    for (const rule of ['gap', 'otsu', 'mixture', 'degree-10']) expect(f1[rule], rule).toBeGreaterThan(0.995);
  });

  it('find the hubs of the hybrid law by gap and degree, hardly by Otsu, and miss some where links were erased', () => {
    const f1 = meanF1(hybrid);
    expect(f1.gap).toBeGreaterThan(0.995); // 1.00
    expect(f1['degree-10']).toBeGreaterThan(0.995); // 1.00
    expect(Math.abs(f1.otsu! - 0.15)).toBeLessThan(0.04); // .15
    expect(Math.abs(f1['degree-20']! - 0.85)).toBeLessThan(0.06); // .85
    expect(Math.abs(f1['leaf-adjacency']! - 0.85)).toBeLessThan(0.04); // .85
  });

  it('miss none by degree 20 where every drawn degree is met', () => {
    expect(meanF1(hybrid, { variant: 'reject' })['degree-20']).toBeCloseTo(1, 12);
  });
});
