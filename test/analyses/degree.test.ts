import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degree, populations, type DegreeRow } from '../../src/analyses/degree.ts';
import { respondentsOf } from '../../src/analyses/respondents.ts';
import { linkLists, topologyOf as topologyOfList } from '../topology/support.ts';
import { run, topologyOf } from './support.ts';

const counts = (rows: readonly DegreeRow[] | null | undefined) =>
  rows?.map(({ degree: value, count }) => [value, count]);

describe('the degree distribution', () => {
  it('of a path of three and a peer alone, by hand', () => {
    const result = run(degree, topologyOf('a-b b-c d'));
    expect(result.distribution).toEqual([
      { degree: 0, count: 1, probability: 0.25, ccdf: 1 },
      { degree: 1, count: 2, probability: 0.5, ccdf: 0.75 },
      { degree: 2, count: 1, probability: 0.25, ccdf: 0.25 },
    ]);
    expect(result).toMatchObject({
      respondentRule: null,
      respondents: null,
      mentioned: null,
      roles: {},
      in: null,
      out: null,
    });
  });

  it('of directed links stands for the projection, and in and out apart', () => {
    // a->b b->a b->c d->b: out 1 2 0 1, in 1 2 1 0, undirected 1 3 1 1.
    const result = run(degree, topologyOf('a-b b-a b-c d-b', true));
    expect(counts(result.distribution)).toEqual([
      [1, 3],
      [3, 1],
    ]);
    expect(counts(result.out)).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
    expect(counts(result.in)).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
    // c reports nothing: it was only mentioned.
    expect(result.respondentRule).toBe('out-degree');
    expect(counts(result.respondents)).toEqual([
      [1, 2],
      [3, 1],
    ]);
    expect(counts(result.mentioned)).toEqual([[1, 1]]);
  });

  it('tells roles and recorded respondents apart; the record goes before the rule of the out-degree', () => {
    const columns = { roles: ['superpeer', 'leaf', undefined] as const, respondents: Uint8Array.of(0, 1, 1) };
    const result = run(degree, topologyOf('a-b a-c', true, columns));
    expect(result.respondentRule).toBe('recorded');
    expect(counts(result.respondents)).toEqual([[1, 2]]);
    expect(counts(result.mentioned)).toEqual([[2, 1]]);
    expect(counts(result.roles.superpeer)).toEqual([[2, 1]]);
    expect(counts(result.roles.leaf)).toEqual([[1, 1]]);
  });

  it('leaves out roles that nobody has', () => {
    const roles = ['leaf', 'leaf'] as const;
    expect(Object.keys(run(degree, topologyOf('a-b', false, { roles })).roles)).toEqual(['leaf']);
  });

  it('of nothing is empty', () => {
    const result = run(degree, topologyOf('', true));
    expect(populations(result).every(({ rows }) => rows.length === 0)).toBe(true);
    expect(degree.tables(result)[0]!.rows).toEqual([]);
  });

  it('sums up: counts to the peers, probabilities to 1, degrees to the links; ccdf falls from 1 (property)', () => {
    fc.assert(
      fc.property(linkLists, fc.boolean(), (list, directed) => {
        const topology = topologyOfList(list, directed);
        const result = run(degree, topology);
        for (const { rows, population } of populations(result)) {
          const total = rows.reduce((sum, { count }) => sum + count, 0);
          if (population === 'all') expect(total).toBe(topology.size);
          if (total === 0) continue;
          expect(rows.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
          expect(rows[0]!.ccdf).toBe(1);
          rows.forEach((row, i) => {
            expect(row.ccdf - (rows[i + 1]?.ccdf ?? 0)).toBeCloseTo(row.probability, 12);
            expect(row.degree).toBeGreaterThan(rows[i - 1]?.degree ?? -1);
          });
        }
        const stubs = (rows: readonly DegreeRow[]) =>
          rows.reduce((sum, row) => sum + row.degree * row.count, 0);
        expect(stubs(result.distribution)).toBe(topology.simple.targets.length);
        if (directed)
          expect([stubs(result.in!), stubs(result.out!)]).toEqual([topology.linkCount, topology.linkCount]);
      }),
    );
  });

  it('names population and direction in each row of its table', () => {
    const [table] = degree.tables(run(degree, topologyOf('a-b', true)));
    expect(table!.rows.map((row) => row.slice(0, 4))).toEqual([
      ['all', 'both', 1, 2],
      ['respondents', 'both', 1, 1],
      ['mentioned', 'both', 1, 1],
      ['all', 'in', 0, 1],
      ['all', 'in', 1, 1],
      ['all', 'out', 0, 1],
      ['all', 'out', 1, 1],
    ]);
    expect(table!.notes).toHaveLength(1);
  });
});

describe('respondents', () => {
  it('are unknown where links have no direction and nobody recorded them', () => {
    expect(respondentsOf(topologyOf('a-b'))).toBeUndefined();
  });

  it('are by the record where there is one, else those that report a link', () => {
    const respondents = Uint8Array.of(0, 1);
    expect(respondentsOf(topologyOf('a-b', false, { respondents }))).toEqual({
      rule: 'recorded',
      flags: respondents,
    });
    expect(respondentsOf(topologyOf('a-b c-a b-b', true))).toEqual({
      rule: 'out-degree',
      flags: Uint8Array.of(1, 0, 1),
    });
  });
});
