import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { barabasiAlbert } from '../../src/models/barabasi-albert.ts';
import { erdosRenyi } from '../../src/models/erdos-renyi.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../../src/models/model.ts';
import { star } from '../../src/models/star.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { createChurn, type Churn, type ChurnOptions } from '../../src/simulate/churn.ts';
import { distortionOfCrawl } from '../../src/simulate/crawl-distortion.ts';
import { SLACK } from '../../src/simulate/repaired-links.ts';
import { MINUTE, parseSessionLaw, traceLaw } from '../../src/simulate/session-law.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { weakComponents } from '../../src/topology/components.ts';

const START = Date.UTC(2005, 1, 2);
const LAW = parseSessionLaw('weibull:0.59:41.9');
const MEAN = LAW.meanMinutes * MINUTE;

function churnOf(model: Model, shape: Partial<ModelOptions>, options: Partial<ChurnOptions> = {}): Churn {
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, ...shape }, createRandom(1));
  return createChurn({
    topology,
    tiers: model.tiers,
    law: LAW,
    repair: 10_000,
    start: START,
    random: createRandom(2),
    peerLimit: 1_000_000,
    ...options,
  });
}

const slotsOf = (churn: Churn) => Array.from({ length: churn.size }, (_, slot) => slot);

/** How many superpeers every slot is linked to. */
const superpeerLinks = (churn: Churn) =>
  slotsOf(churn).map(
    (slot) => churn.links.neighbours(slot).filter((other) => churn.roleOfSlot(other) === 'superpeer').length,
  );

function meanOf(churn: Churn, role: 'superpeer' | 'leaf'): number {
  const counts = superpeerLinks(churn).filter((_, slot) => churn.roleOfSlot(slot) === role);
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

function pairsOf(churn: Churn): [number, number][] {
  return slotsOf(churn).flatMap((slot) =>
    churn.links
      .neighbours(slot)
      .filter((other) => slot < other)
      .map((other): [number, number] => [slot, other]),
  );
}

/** The share of peers in the largest component. */
function giantShare(churn: Churn): number {
  const pairs = pairsOf(churn);
  const { sizes } = weakComponents(
    fromLinks({
      directed: false,
      ids: slotsOf(churn).map(String),
      sources: Uint32Array.from(pairs, ([source]) => source),
      targets: Uint32Array.from(pairs, ([, target]) => target),
    }),
  );
  return Math.max(...sizes) / churn.size;
}

/** Everything that can be seen of it. */
const stateOf = (churn: Churn) => ({
  now: churn.now,
  counters: [churn.up, churn.peers, churn.started, churn.ended, churn.links.count],
  occupants: slotsOf(churn).map((slot) => churn.occupant(slot)),
  starts: slotsOf(churn).map((slot) => churn.startOf(slot)),
  neighbours: slotsOf(churn).map((slot) => churn.links.neighbours(slot)),
  sessions: [...churn.sessions()],
  linkSessions: [...churn.linkSessions()],
});

describe('an overlay under churn', () => {
  it('is the same at an instant in however many steps it got there', () => {
    const build = () => churnOf(twoTier, { peers: 60, superpeerDegree: 4 }, { recordLinks: true });
    const whole = build();
    whole.advance(START + 90 * MINUTE);
    const expected = stateOf(whole);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 90, noNaN: true }), { maxLength: 20 }), (minutes) => {
        const stepped = build();
        for (const minute of minutes) stepped.advance(START + minute * MINUTE);
        stepped.advance(START + 90 * MINUTE);
        expect(stateOf(stepped)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('is another for another seed', () => {
    const [one, other] = [1, 2].map((seed) =>
      churnOf(twoTier, { peers: 60, superpeerDegree: 4 }, { random: createRandom(seed) }),
    );
    expect([...one!.sessions()]).not.toEqual([...other!.sessions()]);
  });

  it('begins as its topology, with sessions that began before', () => {
    const churn = churnOf(twoTier, { peers: 500 });
    expect(churn).toMatchObject({ now: START, size: 500, up: 500, peers: 500, started: 0, ended: 0 });
    expect(churn.links.count).toBe(75 * 15 + 425 * 3);
    expect(slotsOf(churn).every((slot) => churn.occupant(slot) === slot && churn.slotOf(slot) === slot)).toBe(
      true,
    );
    expect(slotsOf(churn).every((slot) => churn.startOf(slot) < START)).toBe(true);
    expect([...churn.linkSessions()]).toEqual([]);
  });

  it('keeps its degrees, its roles and its connection over five mean sessions', () => {
    const churn = churnOf(twoTier, { peers: 3000, leafCap: 40 }, { leafCap: 40 });
    const before = { superpeer: meanOf(churn, 'superpeer'), leaf: meanOf(churn, 'leaf') };
    expect(before).toEqual({ superpeer: 30, leaf: 3 });
    for (let step = 1; step <= 5; step++) {
      churn.advance(START + step * MEAN);
      expect(Math.abs(meanOf(churn, 'superpeer') / 30 - 1)).toBeLessThan(0.03);
      expect(Math.abs(meanOf(churn, 'leaf') / 3 - 1)).toBeLessThan(0.03);
      expect(giantShare(churn)).toBeGreaterThan(0.995);
      superpeerLinks(churn).forEach((count, slot) => {
        const isLeaf = churn.roleOfSlot(slot) === 'leaf';
        expect(count).toBeLessThanOrEqual(isLeaf ? 3 : 30 + SLACK);
        if (isLeaf) expect(churn.links.degree(slot)).toBe(count);
        else expect(churn.links.degree(slot) - count).toBeLessThanOrEqual(40);
      });
    }
    // As many sessions end per mean session as there are slots (renewal theory).
    expect(Math.abs(churn.ended / 15_000 - 1)).toBeLessThan(0.04);
    expect(churn.started).toBe(churn.ended);
    expect(churn.peers).toBe(3000 + churn.started);
  });

  it.each([
    ['Erdős and Rényi', erdosRenyi, 0.97],
    ['Barabási and Albert', barabasiAlbert, 0.99],
  ])('keeps the degrees of a flat overlay by %s, each slot its own', (_, model, connected) => {
    const churn = churnOf(model, { peers: 2000 });
    const targets = slotsOf(churn).map((slot) => churn.links.degree(slot));
    const links = churn.links.count;
    churn.advance(START + 5 * MEAN);
    expect(Math.abs(churn.links.count / links - 1)).toBeLessThan(0.03);
    slotsOf(churn).forEach((slot) => {
      expect(churn.links.degree(slot)).toBeLessThanOrEqual(targets[slot]! + SLACK);
    });
    expect(giantShare(churn)).toBeGreaterThan(connected);
  });

  it('gives a star its server back after every session of the server', () => {
    const churn = churnOf(star, { peers: 50 }, { repair: 1000 });
    for (let step = 1; step <= 20; step++) churn.advance(START + step * MEAN);
    const server = slotsOf(churn).find((slot) => churn.roleOfSlot(slot) === 'superpeer')!;
    // Whoever lost the server in the last second still waits; at this instant nobody does.
    expect(churn.links.degree(server)).toBe(churn.size - 1);
    expect(churn.occupant(server)).toBeGreaterThanOrEqual(churn.size);
  });

  it('never repeats a link, links nobody to itself, and no two leaves', () => {
    const churn = churnOf(twoTier, { peers: 400, superpeerDegree: 6 });
    churn.advance(START + 10 * MEAN);
    for (const slot of slotsOf(churn)) {
      const neighbours = churn.links.neighbours(slot);
      expect(new Set(neighbours).size).toBe(neighbours.length);
      expect(neighbours).not.toContain(slot);
      for (const other of neighbours) {
        const roles = [churn.roleOfSlot(slot), churn.roleOfSlot(other)];
        expect(roles).toContain('superpeer');
        expect(churn.isRegistration(slot, other)).toBe(roles.includes('leaf'));
      }
    }
  });

  it('never loses the peer that is endless', () => {
    const churn = churnOf(twoTier, { peers: 200, superpeerDegree: 6 }, { endless: 3 });
    churn.advance(START + 20 * MEAN);
    expect(churn.slotOf(3)).toBe(3);
    expect(churn.occupant(3)).toBe(3);
    expect([...churn.sessions()].filter(({ end }) => end === undefined)).toHaveLength(200);
  });

  it('lets peers come back when the numbers are used up, nobody at two places or after itself', () => {
    const churn = churnOf(erdosRenyi, { peers: 50 }, { peerLimit: 60 });
    churn.advance(START + 20 * MEAN);
    expect(churn.peers).toBe(60);
    const occupants = slotsOf(churn).map((slot) => churn.occupant(slot));
    expect(new Set(occupants).size).toBe(50);
    occupants.forEach((peer, slot) => {
      expect(churn.slotOf(peer)).toBe(slot);
    });
    const lastOf = new Map<number, { end: number | undefined; slot: number }>();
    for (const session of churn.sessions()) {
      const last = lastOf.get(session.peer);
      // Its session before had ended, and it did not come at the instant at which it left.
      if (last) expect(last.end).toBeLessThan(session.start);
      lastOf.set(session.peer, session);
    }
  });

  it('knows every session and link of an interval: links stand only while both ends are up', () => {
    const churn = churnOf(twoTier, { peers: 300, superpeerDegree: 6 }, { recordLinks: true });
    churn.advance(START + 3 * MEAN);
    const sessions = new Map([...churn.sessions()].map((session) => [session.peer, session]));
    expect(sessions.size).toBe(churn.peers);
    let open = 0;
    for (const link of churn.linkSessions()) {
      const [a, b] = [sessions.get(link.a)!, sessions.get(link.b)!];
      expect(link.start).toBeGreaterThanOrEqual(Math.max(a.start, b.start));
      expect(link.end ?? Infinity).toBe(Math.min(a.end ?? Infinity, b.end ?? Infinity));
      expect(link.registration).toBe(churn.isRegistration(a.slot, b.slot));
      if (link.registration) expect(churn.roleOfSlot(a.slot)).toBe('leaf');
      if (link.end !== undefined) continue;
      open += 1;
      expect(churn.links.has(a.slot, b.slot)).toBe(true);
    }
    expect(open).toBe(churn.links.count);
  });

  it('dates links that stood at the start from the later of both sessions', () => {
    const churn = churnOf(erdosRenyi, { peers: 100 }, { recordLinks: true });
    const links = [...churn.linkSessions()];
    expect(links).toHaveLength(churn.links.count);
    for (const { a, b, start } of links) expect(start).toBe(Math.max(churn.startOf(a), churn.startOf(b)));
  });

  it('is stationary: those gone after some time are as many as the residual law says', () => {
    const churn = churnOf(erdosRenyi, { peers: 20_000, meanDegree: 0 });
    for (const minutes of [1, 7, 60, 120]) {
      churn.advance(START + minutes * MINUTE);
      const gone = slotsOf(churn).filter((slot) => churn.occupant(slot) !== slot).length;
      const share = LAW.residualCdf(minutes * MINUTE);
      expect(Math.abs(gone / 20_000 - share)).toBeLessThan(3 * Math.sqrt((share * (1 - share)) / 20_000));
    }
  });

  it('distorts a crawl as the closed form says', () => {
    const churn = churnOf(erdosRenyi, { peers: 20_000, meanDegree: 0 });
    const duration = 20 * MINUTE;
    const met = slotsOf(churn).map((slot) => {
      // The slots have nothing to do with each other, so that their order is as random as any.
      churn.advance(START + ((slot + 0.5) / 20_000) * duration);
      return churn.occupant(slot);
    });
    churn.advance(START + duration);
    const missed = met.filter((peer) => churn.slotOf(peer) === undefined).length;
    const expected = distortionOfCrawl(LAW, duration);
    expect(Math.abs(missed / 20_000 - expected)).toBeLessThan(3 * Math.sqrt(expected / 20_000));
  });

  it('follows a trace', () => {
    const churn = churnOf(erdosRenyi, { peers: 100 }, { law: traceLaw('t.csv', [3, 5]) });
    churn.advance(START + 30 * MINUTE);
    const lengths = [...churn.sessions()].flatMap(({ start, end }) =>
      end === undefined ? [] : [Math.round((end - start) / 100)],
    );
    expect(new Set(lengths)).toEqual(new Set([1800, 3000]));
  });

  it('may be of a single peer, or of nobody', () => {
    const topologyOf = (size: number) =>
      fromLinks({
        directed: false,
        ids: Array.from({ length: size }, (_, i) => String(i)),
        sources: new Uint32Array(0),
        targets: new Uint32Array(0),
      });
    for (const size of [0, 1]) {
      const churn = churnOf(erdosRenyi, { peers: 10 }, { topology: topologyOf(size) });
      churn.advance(START + 10 * MEAN);
      expect(churn).toMatchObject({ size, now: START + 10 * MEAN });
      expect(churn.links.count).toBe(0);
    }
  });

  it.each([
    [{ repair: 0 }, 'a peer cannot wait 0 ms before it mends a lost link; 1 ms is the least'],
    [{ repair: NaN }, 'a peer cannot wait NaN ms'],
    [
      { peerLimit: 100 },
      'an overlay of 100 peers that come and go needs room for more than the 100 there can be',
    ],
    [{ endless: 100 }, 'there is no slot 100'],
    [{ start: Infinity }, 'an overlay cannot start at Infinity'],
  ])('%j is refused', (options, message) => {
    expect(() => churnOf(erdosRenyi, { peers: 100 }, options)).toThrow(message);
  });

  it('cannot be advanced for ever', () => {
    expect(() => {
      churnOf(erdosRenyi, { peers: 100 }).advance(Infinity);
    }).toThrow('cannot be advanced to Infinity');
  });
});
