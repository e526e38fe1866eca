// Small overlays with one trouble each; every cause follows from the rules by hand. The crawl lasts from 100 to 200.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, type Behaviour } from '../../src/core/behaviour.ts';
import type { Role } from '../../src/core/claims.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Listing } from '../../src/core/visit.ts';
import { causesOf, type Causes } from '../../src/snapshot/causes.ts';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import type { LinkSessionRow, SessionRow } from '../../src/snapshot/rows.ts';

const BEGAN = 100;
const AT = 200;

interface Setting {
  /** Ids of one letter; a link is two of them. */
  readonly truth: { readonly peers: string; readonly links: readonly string[] };
  readonly found: { readonly peers: string; readonly links: readonly string[] };
  /** Found and never contacted, and found with a listing that may have been cut off; all others answered. */
  readonly skipped?: string;
  readonly truncated?: string;
  /** Those of the truth that are leaves, and those that were asked in a way that tells nothing of leaves. */
  readonly leaves?: string;
  readonly untold?: string;
  readonly behaviours?: Readonly<Record<string, Behaviour>>;
  /** Start and end of the sessions of peers; all others of the truth are up since 0. */
  readonly sessions?: Readonly<Record<string, readonly [number, number?]>>;
  readonly linkSessions?: Readonly<Record<string, readonly [number, number?]>>;
  readonly without?: 'sessions' | 'roles';
}

const lettersOf = (text: string): string[] => Array.from(text);

function causes(setting: Setting): Record<keyof Causes, Record<string, number>> {
  const roleOf = (id: string): Role => (setting.leaves?.includes(id) === true ? 'leaf' : 'superpeer');
  const link = (pair: string) => ({ source: pair.slice(0, 1), target: pair.slice(1) });
  const table = ({ peers, links }: Setting['truth']) => ({
    peers: lettersOf(peers)
      .sort()
      .map((id) => ({ id, role: roleOf(id) })),
    links: [...links].sort().map(link),
  });
  const { truth, found, behaviours = {}, sessions = {} } = setting;
  const ids = new Set([...lettersOf(truth.peers), ...Object.keys(behaviours), ...Object.keys(sessions)]);
  const rows = [...ids].map((id): SessionRow => {
    const [start = 0, end] = sessions[id] ?? [];
    return { id, role: roleOf(id), behaviour: behaviours[id] ?? 'healthy', start, end };
  });
  const linkRows = Object.entries(setting.linkSessions ?? {}).map(([pair, [start, end]]): LinkSessionRow => ({
    ...link(pair),
    relation: 'connection',
    start,
    end,
  }));
  const asked = lettersOf(found.peers).map((id) => {
    const skipped = setting.skipped?.includes(id) ?? false;
    const outcome: Outcome = skipped ? 'skipped' : 'ok';
    const listing: Listing = setting.untold?.includes(id) === true ? 'connections' : 'full';
    const truncated = setting.truncated?.includes(id) ?? false;
    return { id, outcome, respondent: !skipped, truncated, ...(skipped ? {} : { listing }) };
  });
  const result = causesOf(
    compareSnapshots(table(found), table(truth)),
    { startedAt: BEGAN, peers: asked },
    {
      at: AT,
      peers: setting.without === 'roles' ? undefined : table(truth).peers,
      sessions:
        setting.without === 'sessions'
          ? undefined
          : { sessions: rows, ...(setting.linkSessions === undefined ? {} : { linkSessions: linkRows }) },
    },
  );
  const counts = (kind: Causes['peersMissing']) =>
    Object.fromEntries(kind.map(({ cause, count }) => [cause, count]));
  return {
    peersMissing: counts(result.peersMissing),
    peersExtra: counts(result.peersExtra),
    linksMissing: counts(result.linksMissing),
    linksExtra: counts(result.linksExtra),
  };
}

describe('why a peer is missing', () => {
  it('is churn, if it came up after the crawl began, whatever else is wrong with it', () => {
    const { peersMissing, linksMissing } = causes({
      truth: { peers: 'ab', links: ['ab'] },
      found: { peers: 'a', links: [] },
      behaviours: { b: 'hidden' },
      sessions: { b: [101] },
    });
    expect({ peersMissing, linksMissing }).toEqual({
      peersMissing: { churn: 1 },
      linksMissing: { churn: 1 },
    });
  });

  it('is its own behaviour, if it announced no address', () => {
    expect(
      causes({
        truth: { peers: 'ab', links: ['ab'] },
        found: { peers: 'a', links: [] },
        behaviours: { b: 'hidden' },
      }),
    ).toMatchObject({ peersMissing: { hidden: 1 }, linksMissing: { hidden: 1 } });
  });

  it('is that it sits behind peers that do not tell of it; the most frequent trouble is named', () => {
    const behind = (behaviours: Record<string, Behaviour>) =>
      causes({
        truth: { peers: 'abcdx', links: ['ab', 'ac', 'ad', 'bx', 'cx', 'dx'] },
        found: { peers: 'abcd', links: ['ab', 'ac', 'ad'] },
        behaviours,
      }).peersMissing;
    expect(behind({ b: 'silent', c: 'refusing', d: 'refusing' })).toEqual({ 'behind refusing': 1 });
    // A tie: silent stands before busy in the list of behaviours.
    expect(behind({ b: 'busy', c: 'silent', d: 'slow' })).toEqual({ 'behind silent': 1 });
    expect(behind({ b: 'silent', c: 'silent' })).toEqual({ unexplained: 1 });
  });

  it('is the same for all that hang together behind them', () => {
    // a - b (silent) - x - y - z
    expect(
      causes({
        truth: { peers: 'abxyz', links: ['ab', 'bx', 'xy', 'yz'] },
        found: { peers: 'ab', links: ['ab'] },
        behaviours: { b: 'silent' },
      }),
    ).toMatchObject({
      peersMissing: { 'behind silent': 3 },
      linksMissing: { 'not asked + silent': 1, 'not asked': 2 },
    });
  });

  it('is separate, if no link leads there from anybody found, even where somebody there is in trouble', () => {
    expect(
      causes({
        truth: { peers: 'abwxyz', links: ['ab', 'xy', 'yz'] },
        found: { peers: 'ab', links: ['ab'] },
        behaviours: { z: 'silent' },
      }),
    ).toMatchObject({
      // w has no link at all.
      peersMissing: { separate: 3, silent: 1 },
      linksMissing: { separate: 1, 'not asked + silent': 1 },
    });
  });

  it('is behind churn, if every way to it came up after the crawl began', () => {
    const truth = { peers: 'abx', links: ['ab', 'ax', 'bx'] };
    const found = { peers: 'ab', links: ['ab'] };
    const linkSessions = { ab: [0], ax: [150], bx: [120] } as const;
    expect(causes({ truth, found, linkSessions }).peersMissing).toEqual({ 'behind churn': 1 });
    expect(causes({ truth, found, linkSessions: { ...linkSessions, bx: [50] } }).peersMissing).toEqual({
      unexplained: 1,
    });
  });

  it('is behind cut-off listings, and behind peers that were never asked, who otherwise count for nothing', () => {
    const truth = { peers: 'abcx', links: ['ab', 'ac', 'bx', 'cx'] };
    const found = { peers: 'abc', links: ['ab', 'ac'] };
    expect(causes({ truth, found, truncated: 'b', skipped: 'c' }).peersMissing).toEqual({
      'behind truncating': 1,
    });
    expect(causes({ truth, found, skipped: 'bc' }).peersMissing).toEqual({ 'behind not asked': 1 });
  });

  it('is not known, if somebody healthy answered and should have listed it', () => {
    expect(
      causes({
        truth: { peers: 'ab', links: ['ab'] },
        found: { peers: 'a', links: [] },
        without: 'sessions',
      }),
    ).toMatchObject({ peersMissing: { unexplained: 1 } });
  });
});

describe('why a peer is extra', () => {
  it('follows from its sessions', () => {
    expect(
      causes({
        truth: { peers: 'a', links: [] },
        found: { peers: 'abcdefg', links: [] },
        behaviours: { d: 'sybil', e: 'lying', g: 'lying' },
        sessions: { b: [0, 150], c: [0, 99], d: [0], e: [0], g: [0, 199] },
      }).peersExtra,
      // b and g left during the crawl, c before, f never was.
    ).toEqual({ departed: 2, stale: 1, sybil: 1, lying: 1, invented: 1 });
  });
});

describe('why a link is missing', () => {
  const truth = { peers: 'abc', links: ['ab', 'bc'] };
  const found = { peers: 'abc', links: ['bc'] };

  it('is what kept both of its ends from telling', () => {
    const missing = (setting: Partial<Setting>) => causes({ truth, found, ...setting }).linksMissing;
    expect(missing({ behaviours: { a: 'silent', b: 'refusing' } })).toEqual({ 'refusing + silent': 1 });
    expect(missing({ behaviours: { a: 'silent', b: 'silent' } })).toEqual({ silent: 1 });
    expect(missing({ behaviours: { a: 'silent' }, skipped: 'b' })).toEqual({ 'not asked + silent': 1 });
    expect(missing({ skipped: 'a', truncated: 'b' })).toEqual({ 'not asked + truncating': 1 });
    expect(missing({ behaviours: { a: 'silent' } })).toEqual({ unexplained: 1 });
  });

  it('is churn, if the link came up after the crawl began', () => {
    expect(causes({ truth, found, linkSessions: { ab: [150], bc: [0] } }).linksMissing).toEqual({ churn: 1 });
    expect(causes({ truth, found, linkSessions: { ab: [50], bc: [0] } }).linksMissing).toEqual({
      unexplained: 1,
    });
  });
});

describe('what was not askable', () => {
  // l and m are leaves of s, which was only asked for its connections; nobody else knows m.
  const setting = {
    truth: { peers: 'lmst', links: ['ls', 'ms', 'st', 'lt'] },
    found: { peers: 'lst', links: ['st', 'lt'] },
    leaves: 'lm',
    skipped: 'l',
    untold: 's',
  };

  it.each(['sessions', 'roles'] as const)(
    'is what concerns leaves, also where the truth is without %s',
    (without) => {
      expect(causes({ ...setting, without })).toMatchObject({
        peersMissing: { 'behind not askable': 1 },
        linksMissing: { 'not askable + not asked': 2 },
      });
    },
  );

  it('is nothing that concerns superpeers only', () => {
    expect(causes({ ...setting, leaves: 'l', without: 'sessions' })).toMatchObject({
      peersMissing: { unexplained: 1 },
      linksMissing: { 'not askable + not asked': 1, unexplained: 1 },
    });
  });
});

describe('why a link is extra', () => {
  const extra = (links: readonly string[], more: Partial<Setting>) =>
    causes({ truth: { peers: 'abc', links: ['ab'] }, found: { peers: 'abcde', links }, ...more }).linksExtra;

  it('is that it ended, or an end of it left, before the instant of the truth', () => {
    expect(
      extra(['ab', 'ac', 'ad'], {
        sessions: { d: [0, 150] },
        linkSessions: { ab: [0], ac: [0, 150], ad: [0, 150] },
      }),
    ).toEqual({ dropped: 1, departed: 1 });
  });

  it('is that it never was', () => {
    // e has no session; a and c were never linked.
    expect(extra(['ab', 'ac', 'ae'], { linkSessions: { ab: [0] } })).toEqual({ invented: 2 });
    expect(extra(['ab', 'ac', 'ae'], {})).toEqual({ invented: 2 });
    expect(extra(['ab', 'ad'], { behaviours: { d: 'sybil' } })).toEqual({ sybil: 1 });
  });
});

describe('the causes', () => {
  it('count every difference exactly once, most frequent first', () => {
    const letters = lettersOf('abcdefgh');
    const side = fc.record({
      peers: fc.subarray(letters).map((ids) => ids.join('')),
      pairs: fc.uniqueArray(fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters)), {
        selector: ([a, b]) => (a < b ? a + b : b + a),
      }),
    });
    // Ends of links are peers, as in every snapshot.
    const whole = side.map(({ peers, pairs }) => ({
      peers,
      links: pairs
        .filter(([a, b]) => a !== b && peers.includes(a) && peers.includes(b))
        .map(([a, b]) => a + b),
    }));
    const behaviours = fc.dictionary(fc.constantFrom(...letters), fc.constantFrom(...BEHAVIOURS));
    fc.assert(
      fc.property(whole, whole, behaviours, (truth, found, trouble) => {
        const result = causes({ truth, found, behaviours: trouble });
        const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
        const pairs = (links: readonly string[]) => links.map((pair) => lettersOf(pair).sort().join(''));
        const only = (a: readonly string[], b: readonly string[]) =>
          a.filter((key) => !b.includes(key)).length;
        expect(sum(result.peersMissing)).toBe(only(lettersOf(truth.peers), lettersOf(found.peers)));
        expect(sum(result.peersExtra)).toBe(only(lettersOf(found.peers), lettersOf(truth.peers)));
        expect(sum(result.linksMissing)).toBe(only(pairs(truth.links), pairs(found.links)));
        expect(sum(result.linksExtra)).toBe(only(pairs(found.links), pairs(truth.links)));
        for (const kind of Object.values(result)) {
          const counts = Object.values(kind);
          expect(counts).toEqual([...counts].sort((a, b) => b - a));
        }
      }),
    );
  });
});
