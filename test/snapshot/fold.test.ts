import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Visit } from '../../src/core/visit.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import type { LinkRow, PeerRow } from '../../src/snapshot/rows.ts';
import { address, listing, visit } from '../support/visits.ts';

function fold(
  visits: readonly Visit[],
  bootstrap = [address(1)],
): { peers: readonly PeerRow[]; links: LinkRow[] } {
  const result = new Fold(bootstrap);
  for (const one of visits) result.add(one);
  const { peers, links } = result.tables();
  return { peers: [...peers], links: [...links] };
}

const row = (source: number, target: number, relation: string, reportedBy: string) => ({
  source: address(source),
  target: address(target),
  relation,
  evidence: 'self-report',
  reportedBy,
});

describe('folding visits', () => {
  it('stores a connection once, lesser id first, and says who reported it', () => {
    const visits = [
      visit(address(2), { claims: listing(address(2), [address(1), address(3)]) }),
      visit(address(1), { claims: listing(address(1), [address(2)]) }),
    ];
    expect(fold(visits).links).toEqual([row(1, 2, 'connection', 'both'), row(2, 3, 'connection', 'source')]);
  });

  it('stores a registration from the leaf to its superpeer, also where the leaf only tells of a connection', () => {
    const superpeer = visit(address(1), { claims: listing(address(1), [], [address(2)]) });
    const leaf = visit(address(2), {
      claims: {
        peers: [{ address: address(2), role: 'leaf' }],
        links: listing(address(2), [address(1)]).links ?? [],
      },
    });
    expect(fold([superpeer]).links).toEqual([row(2, 1, 'registration', 'target')]);
    expect(fold([superpeer, leaf]).links).toEqual([row(2, 1, 'registration', 'both')]);
  });

  it('takes two that list each other as leaves for connected', () => {
    const visits = [1, 2].map((self) =>
      visit(address(self), { claims: listing(address(self), [], [address(3 - self)]) }),
    );
    expect(fold(visits).links).toEqual([row(1, 2, 'connection', 'both')]);
  });

  it('knows a leaf from its superpeer alone, as skipped and no respondent', () => {
    const { peers } = fold([visit(address(1), { claims: listing(address(1), [], [address(2)]) })]);
    expect(peers).toMatchObject([
      { id: address(1), role: 'superpeer', outcome: 'ok', respondent: true },
      { id: address(2), role: 'leaf', outcome: 'skipped', respondent: false },
    ]);
  });

  it('believes what a peer says of its own role over what others list it as', () => {
    const visits = [
      visit(address(1), { claims: listing(address(1), [], [address(2)]) }),
      visit(address(2), { claims: listing(address(2), []) }),
    ];
    expect(fold(visits).peers[1]).toMatchObject({ role: 'superpeer' });
  });

  it('keeps peers that did not answer with their outcome, and the one whose turn never came without', () => {
    const visits = [
      visit(address(1), { claims: listing(address(1), [address(2), address(3)]) }),
      visit(address(2), { outcome: 'silent' }),
    ];
    expect(fold(visits).peers.map(({ outcome, respondent }) => [outcome, respondent])).toEqual([
      ['ok', true],
      ['silent', false],
      [undefined, false],
    ]);
  });

  it('does not take a mention for a peer, unless it answers', () => {
    const mentioning = visit(address(1), { outcome: 'busy', claims: { mentions: [address(2), address(3)] } });
    expect(fold([mentioning, visit(address(2), { outcome: 'closed' })]).peers.map(({ id }) => id)).toEqual([
      address(1),
    ]);
    expect(fold([mentioning, visit(address(2))]).peers.map(({ id }) => id)).toEqual([address(1), address(2)]);
  });

  it('keeps a mentioned peer that refused: it is there', () => {
    const mentioning = visit(address(1), { outcome: 'busy', claims: { mentions: [address(2)] } });
    const refusing = visit(address(2), {
      outcome: 'busy',
      status: { code: 503, reason: 'Full' },
      startedAt: 2_000,
    });
    expect(fold([mentioning, refusing]).peers[1]).toMatchObject({
      outcome: 'busy',
      respondent: false,
      firstSeen: 2_000,
    });
  });

  it('drops self-loops, and keeps the bootstrap peer whatever came of it', () => {
    const { peers, links } = fold([
      visit(address(1), { outcome: 'connect-refused', claims: listing(address(1), [address(1)]) }),
    ]);
    expect(links).toEqual([]);
    expect(peers).toMatchObject([{ id: address(1), outcome: 'connect-refused' }]);
  });

  it('counts visits by outcome, and what was rejected', () => {
    const result = new Fold([]);
    result.add(visit(address(1), { claims: { rejected: 3 } }));
    result.add(visit(address(2), { outcome: 'reset' }));
    expect(result.counts).toMatchObject({ visits: 2, rejectedEntries: 3, bytesSent: 20, bytesReceived: 40 });
    expect(result.counts.byOutcome).toMatchObject({ ok: 1, reset: 1, silent: 0 });
  });

  it('does not depend on the order of the visits, and agrees with a naive merge', () => {
    const peer = fc.integer({ min: 1, max: 9 });
    const oneVisit = fc
      .tuple(peer, fc.uniqueArray(peer), fc.uniqueArray(peer))
      .map(([self, peers, leaves]) =>
        visit(address(self), { claims: listing(address(self), peers.map(address), leaves.map(address)) }),
      );
    fc.assert(
      fc.property(fc.array(oneVisit), (visits) => {
        const result = fold(visits, []);
        expect(fold([...visits].reverse(), [])).toEqual(result);
        expect(result.links).toEqual(naiveLinks(visits));
        const ids = result.peers.map(({ id }) => id);
        expect(ids).toEqual([...ids].sort());
      }),
    );
  });
});

/** The merge rule once more, in the plainest way: a map from unordered pairs to what was claimed of them. */
function naiveLinks(visits: readonly Visit[]): LinkRow[] {
  const pairs = new Map<string, { ends: string[]; reporters: Set<string>; leaves: Set<string> }>();
  for (const { endpoint, claims } of visits) {
    for (const { relation, sources, targets } of claims.links) {
      for (const source of sources) {
        for (const target of targets) {
          if (source === target) continue;
          const ends = [source, target].sort();
          const pair = pairs.get(ends.join()) ?? { ends, reporters: new Set(), leaves: new Set() };
          pair.reporters.add(endpoint);
          if (relation === 'registration') pair.leaves.add(source);
          pairs.set(ends.join(), pair);
        }
      }
    }
  }
  const rows = [...pairs.values()].map(({ ends, reporters, leaves }): LinkRow => {
    const [leaf] = leaves.size === 1 ? leaves : [];
    const [source = '', target = ''] = leaf === undefined || leaf === ends[0] ? ends : [...ends].reverse();
    const reportedBy = reporters.size === 2 ? 'both' : reporters.has(source) ? 'source' : 'target';
    return {
      source,
      target,
      relation: leaf === undefined ? 'connection' : 'registration',
      evidence: 'self-report',
      reportedBy,
    };
  });
  const key = (link: LinkRow): string => `${link.source} ${link.target}`;
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
