// Switches of trouble, in virtual time and on loopback sockets: the same overlay and seed, asked by the same crawler.
import { describe, expect, it } from 'vitest';
import { ipOf, type Address } from '../../src/core/address.ts';
import type { Visit } from '../../src/core/visit.ts';
import { drawCharacters } from '../../src/simulate/character.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import { NO_TROUBLE, type Trouble } from '../../src/simulate/trouble.ts';
import { ask, listedIn, peerAt, peersThatAre, START } from '../simulate/support.ts';
import {
  bothWorlds,
  crawlBoth,
  expectAgreement,
  expectHealthyUnaffected,
  isPeer,
  type Shape,
  shownBy,
  sorted,
  transport,
  visitsTo,
} from './two-worlds.ts';

interface Case {
  readonly trouble: Partial<Trouble>;
  readonly shape?: Shape;
  readonly answerTimeout?: number;
  /** What the crawler records of a peer that is affected. */
  readonly expect: (visit: Visit, simulation: SimulatedOverlay) => void;
}

const REFUSING = {
  ...NO_TROUBLE,
  refusing: 0.4,
  refusalCodes: [204, 403, 404, 406, 409, 413, 429, 503, 550],
};

const CASES: Readonly<Record<string, Case>> = {
  silent: {
    trouble: { silent: 0.2 },
    answerTimeout: 2_000,
    expect: (visit) => {
      expect(visit).toMatchObject({ outcome: 'silent', bytesReceived: 0, claims: { peers: [], links: [] } });
    },
  },
  refusing: {
    trouble: REFUSING,
    expect: (visit) => {
      const code = drawCharacters(REFUSING, 1).codeOf(peerAt(visit.endpoint));
      const outcome = code === 429 || code === 550 ? 'rate-limited' : 'refused';
      expect(visit).toMatchObject({ outcome, status: { code }, claims: { links: [] } });
    },
  },
  busy: {
    trouble: { busy: 0.3, stale: 0.5 },
    expect: (visit, simulation) => {
      expect(visit).toMatchObject({ outcome: 'busy', status: { code: 503 }, claims: { links: [] } });
      const neighbours = shownBy(simulation, visit);
      expect(visit.claims.mentions).toHaveLength(Math.min(10, neighbours.length));
      for (const hint of visit.claims.mentions) {
        if (ipOf(hint).startsWith('127.254.')) continue;
        expect(neighbours).toContain(hint);
      }
    },
  },
  'rate-limiting': {
    trouble: { rateLimiting: 0.3 },
    expect: (visit, simulation) => {
      expect(visit.outcome).toBe('ok');
      expect(sorted(listedIn(visit))).toEqual(sorted(shownBy(simulation, visit)));
    },
  },
  slow: {
    trouble: { slow: 0.2, slowPace: 1 },
    shape: { peers: 60, meanDegree: 4 },
    expect: (visit, simulation) => {
      expect(visit.outcome).toBe('ok');
      expect(sorted(listedIn(visit))).toEqual(sorted(shownBy(simulation, visit)));
    },
  },
  resetting: {
    trouble: { resetting: 0.5 },
    expect: (visit, simulation) => {
      expect(['reset', 'partial']).toContain(visit.outcome);
      const neighbours = shownBy(simulation, visit);
      // It breaks off behind complete lines where it counts as partial: then the whole line is there.
      if (visit.outcome === 'partial') expect(sorted(listedIn(visit))).toEqual(sorted(neighbours));
      else expect(visit.claims.links).toEqual([]);
    },
  },
  truncating: {
    trouble: { truncating: 0.3, truncateAt: 100 },
    expect: (visit, simulation) => {
      expect(visit.outcome).toBe('ok');
      const listed = listedIn(visit);
      expect(`Peers: ${listed.join(', ')}\r\n`.length).toBeLessThanOrEqual(100);
      expect(listed).toEqual(shownBy(simulation, visit).slice(0, listed.length));
    },
  },
};

const NAMES = Object.keys(CASES);

describe.each(NAMES)('peers that are %s', (behaviour) => {
  const { trouble, shape, answerTimeout, expect: expectVisit } = CASES[behaviour]!;

  it('get the outcome that they should, and healthy ones none of it, in virtual time and on sockets alike', async () => {
    const both = await crawlBoth(await bothWorlds(trouble, shape), answerTimeout);
    for (const crawled of both) {
      const affected = visitsTo(crawled, behaviour);
      expect(affected.length).toBeGreaterThan(3);
      for (const visit of affected) expectVisit(visit, crawled.simulation);
      expectHealthyUnaffected(crawled);
    }
    expectAgreement(both);
  });
});

describe('peers that are rate-limiting', () => {
  it('refuse the second crawl with 403 and the third with 429, and say nothing to the fourth, in both worlds', async () => {
    const worlds = await bothWorlds({ rateLimiting: 0.2 }, { peers: 60, meanDegree: 10 });
    const rounds: [string, number?][] = [
      ['ok', 200],
      ['rate-limited', 403],
      ['rate-limited', 429],
    ];
    for (const [outcome, code] of rounds) {
      const both = await crawlBoth(worlds);
      for (const crawled of both) {
        const affected = visitsTo(crawled, 'rate-limiting');
        expect(affected.length).toBeGreaterThan(3);
        for (const visit of affected) expect(visit).toMatchObject({ outcome, status: { code } });
        expectHealthyUnaffected(crawled);
      }
      expectAgreement(both);
    }
    const { sockets, virtual } = worlds;
    const banning = sockets.population.addressOf(peersThatAre(sockets, 'rate-limiting')[0]!);
    expect(await ask(transport(300), banning)).toMatchObject({ outcome: 'silent', bytesReceived: 0 });
    expect(await ask(virtual.network, banning)).toMatchObject({ outcome: 'silent', bytesReceived: 0 });
  });
});

describe('peers that are hidden', () => {
  it('stand in no listing, in virtual time and on sockets alike', async () => {
    const both = await crawlBoth(await bothWorlds({ hidden: 0.2 }));
    for (const crawled of both) {
      expect(peersThatAre(crawled.simulation, 'hidden').length).toBeGreaterThan(10);
      expect(visitsTo(crawled, 'hidden')).toEqual([]);
      for (const visit of crawled.visits) {
        for (const address of listedIn(visit))
          expect(isPeer(crawled.simulation, address, 'hidden')).toBe(false);
      }
      expectHealthyUnaffected(crawled);
    }
    expectAgreement(both);
  });
});

describe('peers that cannot be connected to', () => {
  it.each([
    ['firewalled', 'connect-timeout'],
    ['unreachable', 'unreachable'],
  ])(
    'are %s: %s in virtual time, and connect-refused on sockets, which says so; all else is the same',
    async (behaviour, inVirtualTime) => {
      const worlds = await bothWorlds({ [behaviour]: 0.25 });
      const both = await crawlBoth(worlds);
      for (const crawled of both) {
        const affected = visitsTo(crawled, behaviour);
        expect(affected.length).toBeGreaterThan(3);
        const outcome = crawled.world === 'virtual' ? inVirtualTime : 'connect-refused';
        for (const visit of affected) {
          expect(visit).toMatchObject({ outcome, bytesSent: 0, bytesReceived: 0, claims: { links: [] } });
        }
        expectHealthyUnaffected(crawled);
      }
      expectAgreement(both, [behaviour]);
      expect(worlds.sockets.notes.join()).toMatch(/refuse connections.*virtual time only/);
      expect(worlds.virtual.notes).toEqual([]);
    },
  );
});

describe('peers that have left', () => {
  it('refuse connections in virtual time and reset them on sockets, which says so; newcomers answer in both', async () => {
    const worlds = await bothWorlds({ churn: 'exponential:10', repair: 1 });
    const { sockets, virtual, clock } = worlds;
    clock.milliseconds = 600_000;
    virtual.population.membership.advance(START + 600_000);
    expect([...sockets.sessions()!.sessions]).toEqual([...virtual.sessions()!.sessions]);
    const ended = [...sockets.sessions()!.sessions].filter(({ end }) => end !== undefined);
    // In 10 minutes of sessions of 10 minutes, some 120 end.
    expect(ended.length).toBeGreaterThan(60);
    for (const { id } of ended.slice(0, 10)) {
      const gone = id as Address;
      expect((await ask(transport(), gone)).outcome).toBe('reset');
      expect((await ask(virtual.network, gone)).outcome).toBe('connect-refused');
    }
    const both = await crawlBoth(worlds);
    for (const crawled of both) {
      expect(crawled.visits.some(({ endpoint }) => peerAt(endpoint) >= 120)).toBe(true);
      expect(crawled.visits.every(({ outcome }) => outcome === 'ok')).toBe(true);
    }
    expect(sockets.notes.join()).toMatch(/a peer that has left resets connections/);
  });
});
