import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/core/address.ts';
import type { Visit } from '../../../src/core/visit.ts';
import { LiveCrawl } from '../../../src/reports/view/live-crawl.ts';
import type { LivePicture } from '../../../src/reports/view/live-picture.ts';
import { Fold } from '../../../src/snapshot/fold.ts';
import { address, listing, visit } from '../../support/visits.ts';

const itself = (one: Address): string => one;
const PLENTY = { peers: 1_000, links: 1_000, perSecond: 1_000 };

/** The picture in words that do not depend on the order in which peers came into it. */
function told({ peers, links }: LivePicture) {
  return {
    peers: peers
      .map(({ id, role, outcome }) => ({ id, role, outcome }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    links: links
      .map(({ source, target, relation }) => {
        const ends = [peers[source]!.id, peers[target]!.id];
        return `${(relation === 'connection' ? ends.sort() : ends).join(' ')} ${relation}`;
      })
      .sort(),
  };
}

/** A superpeer of some connections and leaves, by small numbers; or a peer that does not answer. */
const visits = fc.array(
  fc
    .record({
      self: fc.integer({ min: 1, max: 12 }),
      others: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }),
      leaves: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
      answers: fc.boolean(),
    })
    .map(({ self, others, leaves, answers }): Visit => {
      const own = address(self);
      const isOther = (one: Address): boolean => one !== own;
      const claims = listing(own, others.map(address).filter(isOther), leaves.map(address).filter(isOther));
      return answers ? visit(own, { claims }) : visit(own, { outcome: 'connect-timeout' });
    }),
  { maxLength: 30 },
);

describe('a crawl as it is drawn while it goes on', () => {
  it('is what the tables will say, where there is room for all and those who are listed were asked later (property)', () => {
    fc.assert(
      fc.property(visits, (list) => {
        const fold = new Fold([]);
        const live = new LiveCrawl(itself, PLENTY);
        // A crawl asks whom it has heard of: who is listed comes before the visit there.
        const known = new Set<Address>();
        const asked = list.filter(({ endpoint, outcome, claims }) => {
          const isHeardOf = outcome === 'ok' || known.has(endpoint);
          if (isHeardOf && outcome === 'ok')
            for (const { sources, targets } of claims.links)
              for (const one of [...sources, ...targets])
                if (sources.length * targets.length > 0) known.add(one);
          return isHeardOf;
        });
        for (const one of asked) {
          fold.add(one);
          live.add([one]);
          live.grow(1);
        }
        const { peers, links } = fold.tables();
        expect(told(live.picture() ?? { peers: [], links: [], notes: [] })).toEqual({
          // Who has not been asked yet may still be.
          peers: [...peers].map(({ id, role, outcome }) => ({
            id,
            role,
            outcome: outcome === 'skipped' ? undefined : outcome,
          })),
          links: [...links].map(({ source, target, relation }) => `${source} ${target} ${relation}`).sort(),
        });
      }),
    );
  });

  it('draws no more new peers a second than the eye can follow, one half of them such as have answered', () => {
    const live = new LiveCrawl(itself, { peers: 100, links: 100, perSecond: 10 });
    const everybody = Array.from({ length: 40 }, (_, k) => address(k + 1));
    // Each of the first 20 lists 20 leaves that never answer.
    live.add(
      everybody.slice(0, 20).map((own) => visit(own, { claims: listing(own, [], everybody.slice(20)) })),
    );
    live.grow(0);
    const outcomes = (): (string | undefined)[] =>
      (live.picture()?.peers ?? []).map(({ outcome }) => outcome);
    expect(outcomes().filter((outcome) => outcome === 'ok')).toHaveLength(5);
    live.grow(0.5);
    expect(outcomes()).toHaveLength(15);
    // Who waits for an hour is not let in all at once.
    live.grow(3_600);
    expect(outcomes()).toHaveLength(25);
  });

  it('draws so many peers and no more, says so, and goes on telling what comes of those', () => {
    const live = new LiveCrawl(itself, { peers: 2, links: 10, perSecond: 10 });
    live.add([visit(address(1), { claims: listing(address(1), [address(2), address(3)]) })]);
    live.grow(1);
    const first = live.picture();
    expect(first?.peers.map(({ id, outcome }) => [id, outcome])).toEqual([
      [address(1), 'ok'],
      [address(2), undefined],
    ]);
    expect(first?.notes.join(' ')).toContain('The picture is full');
    expect(live.picture()).toBeUndefined();
    live.add([visit(address(2), { outcome: 'refused' }), visit(address(3))]);
    live.grow(1);
    expect(live.picture()?.peers.map(({ outcome }) => outcome)).toEqual(['ok', 'refused']);
  });

  it('draws no more peers where there are links enough', () => {
    const live = new LiveCrawl(itself, { peers: 10, links: 2, perSecond: 3 });
    live.add([visit(address(1), { claims: listing(address(1), [2, 3, 4, 5, 6].map(address)) })]);
    live.grow(0);
    live.grow(1);
    expect(live.picture()?.peers).toHaveLength(3);
  });

  it('bounds what hostile peers list, and says that links are left out', () => {
    const live = new LiveCrawl(itself, { peers: 200, links: 10, perSecond: 200 });
    const everybody = Array.from({ length: 200 }, (_, k) => address(k + 1));
    live.add(
      everybody.map((own) =>
        visit(own, {
          claims: listing(
            own,
            everybody.filter((one) => one !== own),
          ),
        }),
      ),
    );
    live.grow(0);
    const picture = live.picture();
    expect(picture?.links).toHaveLength(20);
    expect(picture?.notes).toContain('Some links between the peers that are drawn are left out.');
  });

  it('knows what came of a peer that was asked before there was room to draw it', () => {
    const live = new LiveCrawl(itself, { peers: 10, links: 10, perSecond: 1 });
    live.add([visit(address(1), { claims: listing(address(1), [address(2)]) })]);
    live.grow(0);
    live.add([visit(address(2), { outcome: 'busy' })]);
    live.grow(1);
    expect(live.picture()?.peers[1]).toMatchObject({ id: address(2), outcome: 'busy' });
  });

  it('calls peers what the tables call them', () => {
    const live = new LiveCrawl((one) => `pseudonym of ${one}`);
    live.add([visit(address(1))]);
    live.grow(0);
    expect(live.picture()?.peers.map(({ id }) => id)).toEqual([`pseudonym of ${address(1)}`]);
  });
});
