// Any mixture of troubles, in any small overlay, in virtual time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipOf, type Address } from '../../src/core/address.ts';
import type { Visit } from '../../src/core/visit.ts';
import { MODELS } from '../../src/models/index.ts';
import { parseLatency } from '../../src/simulate/latency.ts';
import { FIRST_SYBIL } from '../../src/simulate/loopback-addresses.ts';
import type { VirtualSimulation } from '../../src/simulate/virtual-simulation.ts';
import { LIES, type Trouble } from '../../src/simulate/trouble.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import type { LinkRow } from '../../src/snapshot/rows.ts';
import { peerAt, peersThatAre, virtually, visitsOf } from '../simulate/support.ts';

const SHARES = [
  'silent',
  'refusing',
  'busy',
  'rateLimiting',
  'slow',
  'resetting',
  'truncating',
  'hidden',
  'firewalled',
  'unreachable',
  'lying',
] as const;

/** Shares of which each may be 0, and which add up to at most 1; floods take a while, and have a test of their own. */
const trouble = fc
  .record({
    weights: fc.array(fc.oneof(fc.constant(0), fc.nat(20)), { minLength: 11, maxLength: 11 }),
    healthy: fc.nat(60),
    churn: fc.constantFrom('exponential:0.5', 'weibull:0.59:41.9', undefined, undefined),
    delay: fc.constantFrom('constant:30', 'log-normal:80:1000', undefined, undefined),
    rest: fc.record({
      stale: fc.double({ min: 0, max: 1, noNaN: true }),
      refusalCodes: fc.constantFrom([403, 503], [404], [429, 550, 204]),
      slowPace: fc.constantFrom(0.001, 1, 20, 500),
      truncateAt: fc.integer({ min: 20, max: 8_160 }),
      vendors: fc.integer({ min: 1, max: 4 }),
      lies: fc.subarray(
        LIES.filter((lie) => lie !== 'flood'),
        { minLength: 1 },
      ),
      sybilNets: fc.constantFrom(0, 0, 0, 1),
      wrongClocks: fc.double({ min: 0, max: 1, noNaN: true }),
      repair: fc.constantFrom(1, 30),
    }),
  })
  .map(({ weights, healthy, churn, delay, rest }): Partial<Trouble> => {
    const total = Math.max(
      1,
      weights.reduce((sum, weight) => sum + weight, healthy),
    );
    const shares = Object.fromEntries(SHARES.map((share, place) => [share, (weights[place] ?? 0) / total]));
    return {
      ...rest,
      ...shares,
      ...(churn === undefined ? {} : { churn }),
      ...(delay === undefined ? {} : { delay }),
    };
  });

const overlay = fc.record({
  model: fc.constantFrom(...MODELS.map(({ name }) => name)),
  // The lecture's hybrid law needs more than 20.
  peers: fc.integer({ min: 30, max: 80 }),
  seed: fc.nat(1_000_000),
  latency: fc.constantFrom('constant:10', 'uniform:1-500', 'log-normal:80:1000', 'coordinates:10-200'),
  concurrency: fc.constantFrom(1, 8, 256),
});

interface Drawn {
  readonly model: string;
  readonly peers: number;
  readonly seed: number;
  readonly latency: string;
  readonly concurrency: number;
}

async function crawled(
  troubles: Partial<Trouble>,
  { model, peers, seed, latency, concurrency }: Drawn,
): Promise<{ simulation: VirtualSimulation; visits: Visit[] }> {
  // The log-normal law has a long tail: where nothing shall go wrong, nobody is to time out by chance.
  const timeouts =
    Object.keys(troubles).length > 0 ? {} : { connectTimeout: 600_000, answerTimeout: 600_000 };
  const how = { seed, latency: parseLatency(latency), ...timeouts };
  const simulation = virtually(troubles, { model, peers }, how);
  return { simulation, visits: await visitsOf(simulation, simulation.network, concurrency) };
}

/** What liars name that nobody has: addresses of nobody, bogons, and the crawler's own. */
function mayBeInvented(address: Address): boolean {
  const ip = ipOf(address);
  return !ip.startsWith('127.') || ip.startsWith('127.254.') || ip === '127.0.0.1';
}

describe('a crawl in virtual time', () => {
  it(
    'of any overlay with any mixture of troubles ends, and whoever it reports was there or was invented (property)',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(trouble, overlay, async (troubles, drawn) => {
          const { simulation, visits } = await crawled(troubles, drawn);
          const fold = new Fold([simulation.bootstrap]);
          for (const visit of visits) fold.add(visit);
          const truth = simulation.truth();
          const known = new Set([...truth.peers].map(({ id }) => id));
          for (const { id } of simulation.sessions()?.sessions ?? []) known.add(id);
          const liars = (troubles.lying ?? 0) > 0;
          for (const { id, address, outcome } of fold.tables().peers) {
            if (known.has(id)) continue;
            expect({ id, liars, invented: mayBeInvented(address) }).toEqual({
              id,
              liars: true,
              invented: true,
            });
            expect(outcome).not.toBe('ok');
          }
          const bootstrap = visits.find(({ endpoint }) => endpoint === simulation.bootstrap);
          const byChance = drawn.latency.startsWith('log') || troubles.delay?.startsWith('log') === true;
          expect(byChance ? 'ok' : bootstrap?.outcome).toBe('ok');
          expect(new Set(visits.map(({ endpoint }) => endpoint)).size).toBe(visits.length);
          const sybils = visits.filter(({ endpoint }) => peerAt(endpoint) >= FIRST_SYBIL);
          expect(sybils.length).toBeLessThanOrEqual(254 * (troubles.sybilNets ?? 0));
        }),
        { numRuns: 120 },
      );
    },
  );

  it('gives the same visits for the same seed, whatever the troubles (property)', async () => {
    await fc.assert(
      fc.asyncProperty(trouble, overlay, async (troubles, drawn) => {
        const first = await crawled(troubles, drawn);
        expect((await crawled(troubles, drawn)).visits).toEqual(first.visits);
      }),
      { numRuns: 25 },
    );
  });

  it('of any overlay without troubles is exact: all that can be reached, and nothing else (property)', async () => {
    await fc.assert(
      fc.asyncProperty(overlay, async (drawn) => {
        const { simulation, visits } = await crawled({}, drawn);
        const fold = new Fold([simulation.bootstrap]);
        for (const visit of visits) fold.add(visit);
        const reach = simulation.reach();
        const truth = simulation.truth();
        const ids = [...truth.peers].filter(({ id }) => reach.has(id)).map(({ id, role }) => ({ id, role }));
        expect([...fold.tables().peers].map(({ id, role }) => ({ id, role }))).toEqual(ids);
        const plain = ({ source, target, relation }: LinkRow) => `${source} ${target} ${relation}`;
        const links = [...truth.links].filter(({ source }) => reach.has(source));
        expect([...fold.tables().links].map(plain)).toEqual(links.map(plain));
        expect({ peers: reach.peers, links: reach.links }).toEqual({
          peers: ids.length,
          links: links.length,
        });
        expect(peersThatAre(simulation, 'healthy')).toHaveLength(simulation.generated.topology.size);
      }),
      { numRuns: 60 },
    );
  });
});
