import { describe, expect, it } from 'vitest';
import { compareReport } from '../../src/reports/compare-report.ts';
import { causesOf } from '../../src/snapshot/causes.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { compareOverInterval } from '../../src/snapshot/interval.ts';

const NAMES = { snapshot: 'snapshot', reference: 'truth' };
const peers = (...ids: string[]) =>
  ids.map((id) => ({ id, outcome: 'ok' as const, respondent: true, truncated: false }));
const found = { peers: peers('a', 'x'), links: [] };
const truth = { peers: peers('a', 'b', 'c'), links: [{ source: 'a', target: 'b' }] };
const difference = compareSnapshots(found, truth);
const sessions = {
  sessions: ['a', 'b', 'c'].map((id) => ({
    id,
    role: 'leaf' as const,
    behaviour: id === 'b' ? ('hidden' as const) : ('healthy' as const),
    start: 0,
    end: undefined,
  })),
};
const causes = causesOf(difference, { startedAt: 10, peers: found.peers }, { at: 20, sessions });

describe('a comparison as a report', () => {
  it('gives every cause with its share of its kind', () => {
    const { tables, document } = compareReport({ difference, causes }, NAMES);
    const table = tables.find(({ name }) => name === 'causes');
    expect(table?.columns.map(({ name }) => name)).toEqual(['what', 'cause', 'count', 'share']);
    expect(table?.rows).toEqual([
      ['peers missing', 'hidden', 1, 0.5],
      ['peers missing', 'separate', 1, 0.5],
      ['peers extra', 'invented', 1, 1],
      ['links missing', 'hidden', 1, 1],
    ]);
    expect(document).toMatchObject({ schema: 'peerscope/compare/1', causes });
  });

  it('has a table for the interval where sessions are known', () => {
    const interval = compareOverInterval(found, sessions, { since: 10, until: 20 });
    const { tables, document } = compareReport({ difference, interval, causes }, NAMES);
    expect(tables.map(({ name }) => name)).toContain('compare-interval');
    expect(document).toMatchObject({ peersInInterval: { reference: 3 }, linksInInterval: null });
  });

  it('says nothing of causes where nothing differs, or where the reference is no truth', () => {
    const same = compareSnapshots(truth, truth);
    const none = causesOf(same, { startedAt: 10, peers: truth.peers }, { at: 20 });
    expect(compareReport({ difference: same, causes: none }, NAMES).tables.map(({ name }) => name)).toEqual([
      'compare',
    ]);
    expect(compareReport({ difference }, NAMES).document).toMatchObject({
      causes: null,
      peersInInterval: null,
    });
  });
});
