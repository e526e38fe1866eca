import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkRow, LinkSessionRow, SessionRow } from '../../src/snapshot/rows.ts';
import { parseLatency } from '../../src/simulate/latency.ts';
import { traceLaw } from '../../src/simulate/session-law.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import { listedIn, START, virtually, visitsOf } from './support.ts';

/** Sessions of a minute on average; contacts take two seconds each, so that many come and go while a crawl goes on. */
function churning(peers = 150, seed = 1, model = 'two-tier') {
  return virtually(
    { churn: 'exponential:1', repair: 5 },
    { model, peers, superpeerDegree: 8 },
    { latency: parseLatency('constant:500'), connectTimeout: 60_000, answerTimeout: 60_000, seed },
  );
}

const text = ({ source, target, relation }: LinkRow | LinkSessionRow) => `${source} ${target} ${relation}`;

function sessionsIn(simulation: SimulatedOverlay): { sessions: SessionRow[]; links: LinkSessionRow[] } {
  const told = simulation.sessions();
  return { sessions: [...(told?.sessions ?? [])], links: [...(told?.linkSessions ?? [])] };
}

/** What the truth of the present and the sessions have to say of one another. */
function expectOneTruth(simulation: SimulatedOverlay): void {
  const { sessions, links } = sessionsIn(simulation);
  const truth = simulation.truth();
  const up = sessions.filter(({ end }) => end === undefined);
  const peers = [...truth.peers];
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(peers.map(({ id, role, firstSeen }) => ({ id, role, start: firstSeen }))).toEqual(
    up.map(({ id, role, start }) => ({ id, role, start })).sort(byId),
  );
  expect([...truth.links].map(text)).toEqual(
    links
      .filter(({ end }) => end === undefined)
      .map(text)
      .sort(),
  );
  expect(peers.map(({ id }) => id)).toContain(simulation.bootstrap);
}

describe('the truth of an overlay under churn', () => {
  it('is at every instant what its sessions say: peers and links without an end (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('two-tier', 'erdos-renyi', 'star'),
        fc.nat(1000),
        (steps, model, seed) => {
          const simulation = churning(60, seed, model);
          let at = START;
          for (const step of steps) {
            at += step;
            simulation.population.membership.advance(at);
            expectOneTruth(simulation);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is that of the end of a crawl, and of as many peers as ever', async () => {
    const simulation = churning();
    await visitsOf(simulation, simulation.network, 4);
    expect(simulation.now()).toBeGreaterThan(START + 60_000);
    expect([...simulation.truth().peers]).toHaveLength(150);
    expect(simulation.population.membership.ended).toBeGreaterThan(75);
    expectOneTruth(simulation);
  });

  it('says the same again and again while time stands still', () => {
    const simulation = churning();
    simulation.population.membership.advance(START + 90_000);
    const told = () => [[...simulation.truth().peers], [...simulation.truth().links], sessionsIn(simulation)];
    expect(told()).toEqual(told());
  });
});

describe('a crawl of an overlay under churn', () => {
  it('finds only peers that were up for a part of it, and leaves the bootstrap peer where it is', async () => {
    const simulation = churning();
    const visits = await visitsOf(simulation, simulation.network, 4);
    const { sessions } = sessionsIn(simulation);
    const sessionOf = new Map(sessions.map((session) => [session.id, session]));
    const found = new Set(visits.flatMap((visit) => [visit.endpoint, ...listedIn(visit)]));
    expect(found.size).toBeGreaterThan(150);
    for (const id of found) {
      const { start, end } = sessionOf.get(id) ?? expect.unreachable(`${id} was never up`);
      expect(start).toBeLessThanOrEqual(simulation.now());
      expect(end ?? Infinity).toBeGreaterThanOrEqual(START);
    }
    const bootstrap = sessionOf.get(simulation.bootstrap);
    expect(bootstrap).toMatchObject({ end: undefined, behaviour: 'healthy' });
    expect(bootstrap!.start).toBeLessThanOrEqual(START);
  });

  it('hears the neighbours that a peer had when the contact came in, and a refused connection where it had left', async () => {
    const simulation = churning();
    const visits = await visitsOf(simulation, simulation.network, 4);
    const { sessions, links } = sessionsIn(simulation);
    const ends = new Map(sessions.map(({ id, end }) => [id, end ?? Infinity]));
    let gone = 0;
    for (const visit of visits) {
      // One way takes 500 ms. What happens at an instant has happened by then.
      const at = visit.startedAt + 500;
      if (ends.get(visit.endpoint)! <= at) {
        gone += 1;
        expect(visit).toMatchObject({ outcome: 'connect-refused', duration: 1000 });
        continue;
      }
      const stood = links.filter(
        ({ source, target, start, end }) =>
          (source === visit.endpoint || target === visit.endpoint) && start <= at && at < (end ?? Infinity),
      );
      const neighbours = stood.map(({ source, target }) => (source === visit.endpoint ? target : source));
      expect(visit).toMatchObject({ outcome: 'ok', duration: 2000 });
      expect(listedIn(visit).sort()).toEqual(neighbours.sort());
    }
    expect(gone).toBeGreaterThan(10);
  });

  it('follows a trace of sessions, which only the caller can read', () => {
    const churn = 'trace:lengths.csv';
    const sessionLaw = traceLaw(churn, [2, 2, 2]);
    const simulation = virtually({ churn }, { peers: 40 }, { sessionLaw });
    simulation.population.membership.advance(START + 600_000);
    const { sessions } = sessionsIn(simulation);
    const whole = sessions.filter(({ start, end }) => start >= START && end !== undefined);
    expect(whole.length).toBeGreaterThan(100);
    for (const { start, end } of whole) expect((end ?? 0) - start).toBeCloseTo(120_000, 3);
  });
});
