// What single troubled peers do, to the millisecond, in virtual time: ten milliseconds one way, unless a test says otherwise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { drawCharacters } from '../../src/simulate/character.ts';
import { parseLatency } from '../../src/simulate/latency.ts';
import { nobodysAddress } from '../../src/simulate/loopback-addresses.ts';
import type { VirtualSimulation } from '../../src/simulate/virtual-simulation.ts';
import { NO_TROUBLE, type Trouble } from '../../src/simulate/trouble.ts';
import { ask, listedIn, neighboursOf, peersThatAre, START, virtually, visitsOf } from './support.ts';

/** An overlay in which all but the bootstrap peer behave alike, and one of them. */
function allAre(
  option: keyof Trouble,
  more: Partial<Trouble> = {},
  how: Parameters<typeof virtually>[2] = {},
): { simulation: VirtualSimulation; address: Address; peer: number } {
  const simulation = virtually({ [option]: 1, ...more }, { peers: 40 }, how);
  const peer = simulation.population.addressOf(0) === simulation.bootstrap ? 1 : 0;
  return { simulation, peer, address: simulation.population.addressOf(peer) };
}

describe('a peer without a connection', () => {
  it('that is firewalled takes exactly the connect timeout; one behind no route, or nobody, two delays', async () => {
    const how = { connectTimeout: 1_234 };
    const firewalled = allAre('firewalled', {}, how);
    const unreachable = allAre('unreachable', {}, how);
    expect(await ask(firewalled.simulation.network, firewalled.address)).toMatchObject({
      outcome: 'connect-timeout',
      duration: 1_234,
      bytesSent: 0,
    });
    expect(await ask(unreachable.simulation.network, unreachable.address)).toMatchObject({
      outcome: 'unreachable',
      duration: 20,
      bytesSent: 0,
    });
  });

  it('that takes longer than the connect timeout to be reached times out at exactly that, whoever it is', async () => {
    const latency = parseLatency('constant:700');
    const { simulation, address } = allAre('silent', {}, { latency, connectTimeout: 1_399 });
    expect(await ask(simulation.network, address)).toMatchObject({
      outcome: 'connect-timeout',
      duration: 1_399,
    });
  });

  it.each(['firewalled', 'unreachable', 'silent'] as const)(
    'that does not exist refuses connections, though all peers are %s',
    async (option) => {
      const { simulation } = allAre(option);
      for (const nobody of [nobodysAddress(0, 6346), nobodysAddress(77, 6346), '127.1.0.41:6346' as Address])
        expect(await ask(simulation.network, nobody)).toMatchObject({
          outcome: 'connect-refused',
          duration: 20,
        });
    },
  );
});

describe('a silent peer', () => {
  it('takes two delays and exactly the answer timeout, however short that is (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 600_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        async (answerTimeout, delay) => {
          const how = { answerTimeout, latency: parseLatency(`constant:${delay}`), connectTimeout: 4_000 };
          const { simulation, address } = allAre('silent', {}, how);
          const visit = await ask(simulation.network, address);
          expect(visit).toMatchObject({ outcome: 'silent', bytesReceived: 0 });
          expect(visit.duration).toBe(2 * delay + answerTimeout);
          expect(visit.bytesSent).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a slow peer', () => {
  it.each([0.5, 1, 20])('with %s ms between bytes takes as long as its bytes do', async (slowPace) => {
    const { simulation, address } = allAre('slow', { slowPace }, { answerTimeout: 600_000 });
    const visit = await ask(simulation.network, address);
    expect(visit.outcome).toBe('ok');
    expect(visit.duration).toBe(4 * 10 + (visit.bytesReceived - 1) * slowPace);
    expect(listedIn(visit)).toHaveLength(
      neighboursOf(simulation, Number(address.split('.')[3]?.split(':')[0]) - 1).length,
    );
  });

  it('is cut off by the answer timeout: what came by then counts, the lines of a listing too', async () => {
    const { simulation, address } = allAre('slow', { slowPace: 100 }, { answerTimeout: 5_000 });
    // By hand: the question arrives after 30 ms, and the first byte 10 ms later; 20 + 5,000 ms have passed after 49 more.
    expect(await ask(simulation.network, address)).toMatchObject({
      outcome: 'silent',
      status: { code: 200 },
      duration: 5_020,
      bytesReceived: 50,
      claims: { links: [] },
    });
    const patient = allAre('slow', { slowPace: 100 }, { answerTimeout: 600_000 });
    const whole = await ask(patient.simulation.network, patient.address);
    const almost = allAre('slow', { slowPace: 100 }, { answerTimeout: 100 * (whole.bytesReceived - 3) });
    const partial = await ask(almost.simulation.network, almost.address);
    expect(partial.outcome).toBe('partial');
    expect(listedIn(partial)).toEqual(listedIn(whole));
  });

  it('may think first: then both times add up', async () => {
    const trouble = { slowPace: 2, delay: 'constant:333' };
    const { simulation, address } = allAre('slow', trouble, { answerTimeout: 600_000 });
    const visit = await ask(simulation.network, address);
    expect(visit.duration).toBe(4 * 10 + 333 + (visit.bytesReceived - 1) * 2);
  });
});

describe('a peer that thinks for a while', () => {
  it('is silent where it thinks longer than the answer timeout', async () => {
    const inTime = virtually({ delay: 'constant:979' }, { peers: 40 }, { answerTimeout: 1_000 });
    const late = virtually({ delay: 'constant:981' }, { peers: 40 }, { answerTimeout: 1_000 });
    // Question and answer take a delay of 10 ms each.
    expect(await ask(inTime.network, inTime.bootstrap)).toMatchObject({ outcome: 'ok', duration: 1_019 });
    expect(await ask(late.network, late.bootstrap)).toMatchObject({ outcome: 'silent', duration: 1_020 });
  });
});

describe('a peer that resets', () => {
  it('breaks off at a place of its own, anywhere in its answer', async () => {
    const { simulation } = allAre('resetting');
    const shares: number[] = [];
    const healthy = virtually({}, { peers: 40 });
    for (const peer of peersThatAre(simulation, 'resetting')) {
      const address = simulation.population.addressOf(peer);
      const [cut, whole] = [await ask(simulation.network, address), await ask(healthy.network, address)];
      expect(['reset', 'partial']).toContain(cut.outcome);
      expect(cut.bytesReceived).toBeLessThan(whole.bytesReceived);
      expect(cut).toMatchObject({ duration: 40 });
      expect(await ask(simulation.network, address)).toMatchObject({ bytesReceived: cut.bytesReceived });
      shares.push(cut.bytesReceived / whole.bytesReceived);
    }
    // 39 uniform shares: their mean lies within 4 standard errors of a half.
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 39));
  });
});

describe('a truncating peer', () => {
  it('lists as many whole entries as its room has characters for, of its own vendor first (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 400 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(50),
        async (truncateAt, vendors, seed) => {
          const trouble = { truncateAt, vendors, truncating: 1 };
          const simulation = virtually(trouble, { peers: 40 }, { seed });
          const characters = drawCharacters({ ...NO_TROUBLE, ...trouble }, seed);
          const visits = await visitsOf(simulation, simulation.network);
          for (const visit of visits.filter(({ endpoint }) => endpoint !== simulation.bootstrap)) {
            const peer = Number(visit.endpoint.split('.')[3]?.split(':')[0]) - 1;
            const neighbours = neighboursOf(simulation, peer);
            const own = (other: number) => characters.vendorOf(other) === characters.vendorOf(peer);
            const inOrder = [...neighbours.filter(own), ...neighbours.filter((other) => !own(other))];
            // By the rule: `Peers: a, b\r\n` and an empty `Leaves: \r\n` where there is room for it.
            const all = inOrder.map(simulation.population.addressOf);
            const fitting = all.filter(
              (_, place) => `Peers: ${all.slice(0, place + 1).join(', ')}\r\n`.length <= truncateAt,
            );
            expect(visit.outcome).toBe('ok');
            expect(listedIn(visit)).toEqual(fitting);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a busy peer', () => {
  it('names ten of its neighbours at most, stale ones as often as the switch says, and always the same', async () => {
    const count = async (stale: number) => {
      const simulation = virtually({ busy: 1, stale }, { peers: 150, meanDegree: 14 });
      let [named, gone] = [0, 0];
      for (const peer of peersThatAre(simulation, 'busy')) {
        const address = simulation.population.addressOf(peer);
        const { claims, outcome } = await ask(simulation.network, address);
        expect(outcome).toBe('busy');
        const neighbours = neighboursOf(simulation, peer).map(simulation.population.addressOf);
        expect(claims.mentions).toHaveLength(Math.min(10, neighbours.length));
        named += claims.mentions.length;
        for (const hint of claims.mentions) {
          if (neighbours.includes(hint)) continue;
          gone += 1;
          expect(hint).toMatch(/^127\.254\./);
        }
        expect((await ask(simulation.network, address)).claims).toEqual(claims);
      }
      return { named, gone };
    };
    expect((await count(0)).gone).toBe(0);
    const all = await count(1);
    expect(all.gone).toBe(all.named);
    const { named, gone } = await count(0.3);
    expect(named).toBeGreaterThan(1_000);
    expect(Math.abs(gone - 0.3 * named)).toBeLessThan(4 * Math.sqrt(0.21 * named));
  });

  it('names addresses where nobody answers, which are no peers of the snapshot', async () => {
    const simulation = virtually({ busy: 0.5, stale: 1 });
    const visits = await visitsOf(simulation, simulation.network);
    const stale = visits.filter(({ endpoint }) => endpoint.startsWith('127.254.'));
    expect(stale.length).toBeGreaterThan(50);
    for (const visit of stale) expect(visit.outcome).toBe('connect-refused');
  });
});

describe('a rate-limiting peer', () => {
  /** As many milliseconds in which nobody asks it anything. */
  const wait = async (simulation: VirtualSimulation, milliseconds: number): Promise<void> => {
    const until = simulation.now() + milliseconds;
    while (simulation.now() < until) await ask(simulation.network, nobodysAddress(0, 6346));
  };

  it('answers, refuses with 403, bans with 429, then is a tarpit that reminds every fifteenth', async () => {
    const { simulation, address } = allAre('rateLimiting', {}, { answerTimeout: 1_000 });
    const asked = async () => {
      const { outcome, status } = await ask(simulation.network, address);
      return status === undefined ? outcome : `${outcome} ${status.code} ${status.reason}`;
    };
    expect([await asked(), await asked(), await asked()]).toEqual([
      'ok 200 OK',
      'rate-limited 403 Too frequent crawling',
      'rate-limited 429 Banned for 5m 0s',
    ]);
    for (let attempt = 1; attempt <= 30; attempt++) {
      expect(await asked()).toBe(attempt % 15 === 0 ? 'rate-limited 429 Too frequent connections' : 'silent');
    }
  });

  it('answers again after 5 minutes to who stays away for long enough, and goes on refusing who does not', async () => {
    const latency = parseLatency('constant:1000');
    const { simulation, address } = allAre('rateLimiting', {}, { latency });
    const code = async () => (await ask(simulation.network, address)).status?.code;
    expect(await code()).toBe(200);
    await wait(simulation, 100_000);
    expect(await code()).toBe(403);
    await wait(simulation, 150_000);
    expect(await code()).toBe(403);
    // A refused crawl does not restart the 300 s.
    await wait(simulation, 50_000);
    expect(await code()).toBe(200);
  });

  it('treats every peer that asks it alike: a ban of one peer is no ban of another', async () => {
    const { simulation, address } = allAre('rateLimiting');
    for (let time = 0; time < 4; time++) await ask(simulation.network, address);
    const other = simulation.population.addressOf(
      peersThatAre(simulation, 'rate-limiting').find(
        (peer) => simulation.population.addressOf(peer) !== address,
      ) ?? NaN,
    );
    expect(await ask(simulation.network, other)).toMatchObject({ outcome: 'ok' });
  });
});

describe('contacts', () => {
  it('are counted by the kind of peer that they met', async () => {
    const simulation = virtually({ silent: 0.2, busy: 0.2, firewalled: 0.1, sybilNets: 1, stale: 1 });
    const visits = await visitsOf(simulation, simulation.network);
    const total = [...simulation.population.contacts.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(visits.length);
    const { contacts } = simulation.population;
    expect(contacts.get('silent')).toBe(visits.filter(({ outcome }) => outcome === 'silent').length);
    expect(contacts.get('busy')).toBe(visits.filter(({ outcome }) => outcome === 'busy').length);
    expect(contacts.get('firewalled')).toBe(
      visits.filter(({ outcome }) => outcome === 'connect-timeout').length,
    );
    expect(contacts.get('gone')).toBe(visits.filter(({ outcome }) => outcome === 'connect-refused').length);
    expect(contacts.get('sybil')).toBe(254);
  });
});

describe('the time of a virtual overlay', () => {
  it('begins at its start, and moves only when something happens', async () => {
    const simulation = virtually();
    expect(simulation.now()).toBe(START);
    await ask(simulation.network, simulation.bootstrap);
    expect(simulation.now()).toBe(START + 40);
  });
});
