import { describe, expect, it } from 'vitest';
import { compareOverInterval } from '../../src/snapshot/interval.ts';
import type { LinkSessionRow, SessionRow } from '../../src/snapshot/rows.ts';

const session = (id: string, start: number, end?: number): SessionRow => ({
  id,
  role: 'leaf',
  behaviour: 'healthy',
  start,
  end,
});
const stood = (pair: string, start: number, end?: number): LinkSessionRow => ({
  source: pair.slice(0, 1),
  target: pair.slice(1),
  relation: 'connection',
  start,
  end,
});
const link = (pair: string) => ({ source: pair.slice(0, 1), target: pair.slice(1) });

// The crawl lasts from 100 to 200. By hand: a all the time, b left and c came in it, d came back, e left before, f came after.
const sessions = [
  session('a', 0),
  session('b', 0, 150),
  session('c', 150),
  session('d', 0, 110),
  session('d', 190),
  session('e', 0, 99),
  session('f', 201),
];
const linkSessions = [stood('ab', 0, 150), stood('ac', 160), stood('ad', 0, 105), stood('ae', 0, 99)];
const interval = { since: 100, until: 200 };

describe('comparing over the interval of a crawl', () => {
  it('counts everybody who was up, and every link that stood, at any time of it', () => {
    const snapshot = { peers: [{ id: 'a' }, { id: 'b' }, { id: 'e' }], links: [link('ab'), link('ae')] };
    expect(compareOverInterval(snapshot, { sessions, linkSessions }, interval)).toMatchObject({
      peersInInterval: { found: 3, reference: 4, both: 2, missing: 2, extra: 1, completeness: 0.5 },
      linksInInterval: { found: 2, reference: 3, both: 1, missing: 2, extra: 1 },
    });
  });

  it('counts a link once that stood twice, in whatever order the sessions come', () => {
    const twice = [stood('ad', 0, 105), stood('ab', 0), stood('ad', 150), stood('ba', 190)];
    const snapshot = { peers: [], links: [link('ab')] };
    const ascending = [stood('ab', 0), stood('ad', 0, 105), stood('ad', 150)];
    for (const linkSessions of [twice, ascending]) {
      const { linksInInterval } = compareOverInterval(snapshot, { sessions, linkSessions }, interval);
      expect(linksInInterval).toMatchObject({ found: 1, reference: 2, both: 1, missing: 1 });
    }
  });

  it('knows nothing of links without their sessions, and takes no sybil for a peer', () => {
    const sybil: SessionRow = { ...session('s', 0), behaviour: 'sybil' };
    const snapshot = { peers: [{ id: 's' }], links: [] };
    expect(compareOverInterval(snapshot, { sessions: [sybil] }, interval)).toMatchObject({
      peersInInterval: { found: 1, reference: 0, extra: 1 },
      linksInInterval: undefined,
    });
  });
});
