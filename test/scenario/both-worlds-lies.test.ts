// Lies and the other switches, in virtual time and on loopback sockets: the same overlay and seed, asked by the same crawler.
import { describe, expect, it } from 'vitest';
import { ipOf } from '../../src/core/address.ts';
import type { Visit } from '../../src/core/visit.ts';
import { drawCharacters } from '../../src/simulate/character.ts';
import { LIES, NO_TROUBLE, type Lie } from '../../src/simulate/trouble.ts';
import { listedIn, peerAt, START } from '../simulate/support.ts';
import {
  bothWorlds,
  crawlBoth,
  expectAgreement,
  expectHealthyUnaffected,
  shownBy,
  visitsTo,
} from './two-worlds.ts';

describe('peers that lie', () => {
  it.each(LIES.filter((lie) => lie !== 'flood'))(
    'with the lie %s list their true neighbours too, and what they invent is the same in both worlds',
    async (lie) => {
      const both = await crawlBoth(await bothWorlds({ lying: 0.1, lies: [lie] }, { peers: 60 }));
      for (const crawled of both) {
        const affected = visitsTo(crawled, 'lying');
        expect(affected.length).toBeGreaterThan(1);
        for (const visit of affected) {
          expect(visit.outcome).toBe('ok');
          expect(listedIn(visit)).toEqual(expect.arrayContaining(shownBy(crawled.simulation, visit)));
          expectLie(lie, visit);
        }
        expectHealthyUnaffected(crawled);
      }
      expectAgreement(both);
    },
  );

  it('with the lie flood send more than a crawler reads: nothing of it counts, and nobody else is affected', async () => {
    const both = await crawlBoth(await bothWorlds({ lying: 0.03, lies: ['flood'] }, { peers: 60 }));
    for (const crawled of both) {
      const affected = visitsTo(crawled, 'lying');
      expect(affected.length).toBeGreaterThan(0);
      for (const visit of affected) {
        expect(visit).toMatchObject({ outcome: 'malformed', status: { code: 200 }, claims: { links: [] } });
      }
      expectHealthyUnaffected(crawled);
    }
    expectAgreement(both);
  });
});

/** Every second of the lies stands in `Leaves` too; so do 0 of 0 true leaves, in a flat overlay. */
function expectLie(lie: Lie, visit: Visit): void {
  const ips = listedIn(visit).map(ipOf);
  switch (lie) {
    case 'fake':
      expect(ips.filter((ip) => ip.startsWith('127.254.'))).toHaveLength(50 + 25);
      return;
    case 'bogon':
      expect(ips).toEqual(expect.arrayContaining(['10.1.2.3', '192.168.0.5', '240.0.0.1', '2001:db8::1']));
      return;
    case 'port-zero':
      // By hand: three in `Peers`, the first and the third in `Leaves`.
      expect(visit.claims.rejected).toBe(3 + 2);
      return;
    case 'crawler':
      expect(ips.filter((ip) => ip === '127.0.0.1')).toHaveLength(1 + 1);
      return;
    case 'self':
      expect(ips).not.toContain(ipOf(visit.endpoint));
      return;
    case 'garbage':
      expect(visit.claims.rejected).toBeGreaterThan(0);
      return;
    case 'flood':
      expect.unreachable();
  }
}

describe('the other switches', () => {
  it('sybil nets: invented superpeers answer, and list each other and a victim, in both worlds alike', async () => {
    const both = await crawlBoth(await bothWorlds({ sybilNets: 1 }, { peers: 60 }));
    for (const crawled of both) {
      const sybils = visitsTo(crawled, 'sybil');
      expect(sybils).toHaveLength(254);
      for (const visit of sybils) expect(visit.outcome).toBe('ok');
      expectHealthyUnaffected(crawled);
    }
    // A sybil has come up whenever it is asked: that is a time.
    const timeless = both.map((crawled) => ({
      ...crawled,
      visits: crawled.visits.map((visit) => ({
        ...visit,
        claims: {
          ...visit.claims,
          peers: visit.claims.peers.map(({ liveSince: _, ...peer }) => peer),
        },
      })),
    }));
    expectAgreement(timeless);
  });

  it('vendors: every peer names its own, and lists peers of it first, in both worlds alike', async () => {
    const trouble = { vendors: 3 };
    const characters = drawCharacters({ ...NO_TROUBLE, ...trouble }, 1);
    const vendorOf = (peer: number): number => characters.vendorOf(peer);
    const both = await crawlBoth(await bothWorlds(trouble));
    for (const crawled of both) {
      for (const visit of crawled.visits) {
        const own = vendorOf(peerAt(visit.endpoint));
        const agent = visit.claims.peers[0]?.agent ?? '';
        expect(agent).toMatch(own === 0 ? /^peerscope-servent\/[\d.]+$/ : new RegExp(` vendor-${own}$`));
        const others = listedIn(visit).map((address) => vendorOf(peerAt(address)) !== own);
        // First all that are of its own, then all that are not.
        expect(others).toEqual([...others].sort((a, b) => Number(a) - Number(b)));
      }
      expectHealthyUnaffected(crawled);
    }
    expectAgreement(both);
  });

  it('wrong clocks: a peer claims a start that is wrong by up to a year, the same in both worlds', async () => {
    const both = await crawlBoth(await bothWorlds({ wrongClocks: 0.3 }));
    for (const { simulation, visits } of both) {
      let wrong = 0;
      for (const visit of visits) {
        const claimed = simulation.population.claimedStart(peerAt(visit.endpoint));
        expect(visit.claims.peers[0]?.liveSince).toBe(Math.floor(claimed / 1000) * 1000);
        if (claimed !== START) wrong += 1;
      }
      expect(wrong).toBeGreaterThan(15);
    }
    expectAgreement(both);
  });

  it('delay: answers come late in both worlds, by exactly that in virtual time, and are the same', async () => {
    const both = await crawlBoth(await bothWorlds({ delay: 'constant:25' }, { peers: 60 }));
    for (const crawled of both) expectHealthyUnaffected(crawled);
    // Four one-way delays of 10 ms each.
    for (const { duration } of both[1]!.visits) expect(duration).toBe(40 + 25);
    expectAgreement(both);
  });

  it('none: the two worlds agree on everything', async () => {
    const both = await crawlBoth(await bothWorlds({}, { model: 'two-tier', peers: 200 }));
    for (const crawled of both) {
      expect(crawled.visits).toHaveLength(200);
      expectHealthyUnaffected(crawled);
    }
    expectAgreement(both);
  });
});
