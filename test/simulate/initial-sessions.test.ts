import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { createChurn } from '../../src/simulate/churn.ts';
import { agesOfStayers, initialSessions } from '../../src/simulate/initial-sessions.ts';
import { roleIn, staticMembership } from '../../src/simulate/membership.ts';
import { parseSessionLaw } from '../../src/simulate/session-law.ts';
import type { Topology } from '../../src/topology/topology.ts';

const START = Date.UTC(2005, 1, 2);
const LAW = parseSessionLaw('weibull:0.59:41.9');

const overlay = (uptimeBias: number): Topology =>
  twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 4000, uptimeBias }, createRandom(1)).topology;

/** The slots of a role, the longest-lived first, as the column of uptimes says. */
function byUptime(topology: Topology, role: 'superpeer' | 'leaf'): number[] {
  const slots = topology.ids.map((_, slot) => slot).filter((slot) => roleIn(topology, slot) === role);
  return slots.sort((a, b) => topology.columns.uptimes![b]! - topology.columns.uptimes![a]!);
}

function expectOldestFirst(topology: Topology, startOf: (slot: number) => number): void {
  for (const role of ['superpeer', 'leaf'] as const) {
    const starts = byUptime(topology, role).map(startOf);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(starts).size).toBeGreaterThan(starts.length / 2);
  }
}

describe('the first sessions', () => {
  it('are drawn as ever where there are no uptimes', () => {
    const random = createRandom(3);
    const { ages, residuals } = initialSessions(overlay(0), LAW, createRandom(3));
    ages.forEach((age, slot) => {
      expect({ age, residual: residuals[slot] }).toEqual(LAW.drawStationary(random));
    });
  });

  it('are the same ones in the order of the uptimes, each age with its residual and at its role', () => {
    const topology = overlay(0.5);
    const pairs = ({ ages, residuals }: ReturnType<typeof initialSessions>, role: string) =>
      Array.from(ages, (age, slot) => [roleIn(topology, slot), age, residuals[slot]] as const)
        .filter(([of]) => of === role)
        .map(([, age, residual]) => `${age} ${residual}`)
        .sort();
    const [dealt, plain] = [topology, overlay(0)].map((one) => initialSessions(one, LAW, createRandom(3)));
    for (const role of ['superpeer', 'leaf']) expect(pairs(dealt!, role)).toEqual(pairs(plain!, role));
    expectOldestFirst(topology, (slot) => -dealt!.ages[slot]!);
  });

  it('of an overlay under churn are older where the uptime is larger', () => {
    const topology = overlay(0.5);
    const churn = createChurn({
      topology,
      tiers: true,
      law: LAW,
      repair: 10_000,
      start: START,
      random: createRandom(2),
      peerLimit: 1_000_000,
    });
    expectOldestFirst(topology, (slot) => churn.startOf(slot));
  });
});

describe('peers that never leave', () => {
  it('came up before the start, in the order of their uptimes, by stationary ages', () => {
    const topology = overlay(0.5);
    const ages = agesOfStayers(topology, createRandom(4))!;
    const membership = staticMembership(topology, START, { ages });
    expectOldestFirst(topology, (slot) => membership.startOf(slot));
    for (const { slot, start } of membership.sessions()) {
      expect(start).toBe(membership.startOf(slot));
      expect(Number.isInteger(start) && start <= START).toBe(true);
    }
    // The age of a stationary session follows the law of its residual: Kolmogorov's 1 % point of 4000 draws.
    const sorted = ages.slice().sort();
    const distance = Math.max(...sorted.map((age, i) => Math.abs(LAW.residualCdf(age) - (i + 0.5) / 4000)));
    expect(distance).toBeLessThan(1.63 / Math.sqrt(4000));
  });

  it('all came up at the start where there are no uptimes', () => {
    const topology = overlay(0);
    expect(agesOfStayers(topology, createRandom(4))).toBeUndefined();
    const membership = staticMembership(topology, START);
    expect(topology.ids.every((_, slot) => membership.startOf(slot) === START)).toBe(true);
  });
});
