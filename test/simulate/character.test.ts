import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, type Behaviour } from '../../src/core/behaviour.ts';
import { drawCharacters } from '../../src/simulate/character.ts';
import { behaviourShares, isQuiet, LIES, NO_TROUBLE, type Trouble } from '../../src/simulate/trouble.ts';
import { peersThatAre, virtually } from './support.ts';

const SHARES = [
  ['silent', 'silent'],
  ['refusing', 'refusing'],
  ['busy', 'busy'],
  ['rateLimiting', 'rate-limiting'],
  ['slow', 'slow'],
  ['resetting', 'resetting'],
  ['truncating', 'truncating'],
  ['hidden', 'hidden'],
  ['firewalled', 'firewalled'],
  ['unreachable', 'unreachable'],
  ['lying', 'lying'],
] as const;

const PEERS = 2_000;

/** Whether a count of so many peers may come of this share: within 4 standard deviations of the binomial law. */
function expectShare(count: number, share: number, peers = PEERS): void {
  const deviation = Math.sqrt(peers * share * (1 - share));
  expect(Math.abs(count - peers * share)).toBeLessThanOrEqual(4 * deviation);
}

function countOf(matches: (peer: number) => boolean): number {
  return Array.from({ length: PEERS }, (_, peer) => peer).filter(matches).length;
}

describe('the behaviour of peers', () => {
  it.each(SHARES)('%s: as many of 2,000 peers as its share says', (option, behaviour) => {
    for (const [seed, share] of [
      [1, 0.02],
      [2, 0.3],
      [3, 0.97],
    ] as const) {
      const { behaviourOf } = drawCharacters({ ...NO_TROUBLE, [option]: share }, seed);
      const count = countOf((peer) => behaviourOf(peer) === behaviour);
      expectShare(count, share);
      expect(countOf((peer) => behaviourOf(peer) === 'healthy')).toBe(PEERS - count);
    }
  });

  it('of a mixture is each as frequent as its share says, and nobody is healthy where they add up to 1', () => {
    const shares = Object.fromEntries(SHARES.map(([option], place) => [option, (place + 1) / 66]));
    const { behaviourOf } = drawCharacters({ ...NO_TROUBLE, ...shares }, 7);
    SHARES.forEach(([, behaviour], place) => {
      expectShare(
        countOf((peer) => behaviourOf(peer) === behaviour),
        (place + 1) / 66,
      );
    });
    expect(countOf((peer) => behaviourOf(peer) === 'healthy')).toBe(0);
  });

  it('belongs to the seed and the peer alone: the same again, another for another seed', () => {
    const trouble = { ...NO_TROUBLE, silent: 0.5 };
    const of = (seed: number): Behaviour[] => {
      const { behaviourOf } = drawCharacters(trouble, seed);
      return Array.from({ length: 200 }, (_, peer) => behaviourOf(peer));
    };
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    // Two fair coins for each of 200 peers agree for 100 of them, with a standard deviation of 7.
    const agreeing = of(1).filter((behaviour, peer) => behaviour === of(2)[peer]).length;
    expect(Math.abs(agreeing - 100)).toBeLessThan(4 * 7.1);
  });

  it.each(SHARES.map(([, behaviour], place) => [behaviour, SHARES[place]![0]] as const))(
    'is never %s at the bootstrap peer, though all others are',
    (behaviour, option) => {
      const simulation = virtually({ [option]: 1 }, { peers: 60 });
      expect(peersThatAre(simulation, 'healthy').map(simulation.population.addressOf)).toEqual([
        simulation.bootstrap,
      ]);
      expect(peersThatAre(simulation, behaviour)).toHaveLength(59);
    },
  );

  it('is one of the closed list, for any mixture (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 11, maxLength: 11 }), fc.nat(), (weights, seed) => {
        const total = Math.max(
          1,
          weights.reduce((sum, weight) => sum + weight, 0),
        );
        const shares = Object.fromEntries(SHARES.map(([option], i) => [option, weights[i]! / total]));
        const { behaviourOf } = drawCharacters({ ...NO_TROUBLE, ...shares }, seed);
        for (let peer = 0; peer < 50; peer++) {
          const behaviour = behaviourOf(peer);
          expect(BEHAVIOURS).toContain(behaviour);
          const [option] = SHARES.find(([, named]) => named === behaviour) ?? [];
          if (option !== undefined) expect(shares[option]).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('what peers draw besides their behaviour', () => {
  it('is a status code, a lie and a vendor from the lists, each as likely as the other', () => {
    const characters = drawCharacters({ ...NO_TROUBLE, refusalCodes: [403, 404, 503], vendors: 4 }, 3);
    for (const code of [403, 404, 503])
      expectShare(
        countOf((peer) => characters.codeOf(peer) === code),
        1 / 3,
      );
    for (const lie of LIES)
      expectShare(
        countOf((peer) => characters.lieOf(peer) === lie),
        1 / LIES.length,
      );
    for (const vendor of [0, 1, 2, 3])
      expectShare(
        countOf((peer) => characters.vendorOf(peer) === vendor),
        1 / 4,
      );
  });

  it('is a wrong clock for a share of them, by up to a year either way', () => {
    const characters = drawCharacters({ ...NO_TROUBLE, wrongClocks: 0.25 }, 5);
    const errors = Array.from({ length: PEERS }, (_, peer) => characters.clockErrorOf(peer)).filter(
      (ms) => ms !== 0,
    );
    expectShare(errors.length, 0.25);
    expectShare(errors.filter((ms) => ms > 0).length, 0.5, errors.length);
    const year = 365 * 86_400_000;
    for (const error of errors) expect(Math.abs(error)).toBeLessThanOrEqual(year);
    // The mean of |uniform on ±a year| is half a year, with a standard error of 2.6 % of that for 500 of them.
    const mean = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
    expect(Math.abs(mean / (year / 2) - 1)).toBeLessThan(0.11);
  });

  it('has nothing to do with the behaviour', () => {
    const characters = drawCharacters({ ...NO_TROUBLE, silent: 0.5, wrongClocks: 0.5, vendors: 2 }, 9);
    const silent = (peer: number): boolean => characters.behaviourOf(peer) === 'silent';
    expectShare(
      countOf((peer) => silent(peer) && characters.clockErrorOf(peer) !== 0),
      0.25,
    );
    expectShare(
      countOf((peer) => silent(peer) && characters.vendorOf(peer) === 1),
      0.25,
    );
  });
});

describe('the switches of trouble', () => {
  it('are off by default: nobody has a behaviour, and nothing differs from a quiet overlay', () => {
    expect(behaviourShares(NO_TROUBLE)).toEqual([]);
    expect(isQuiet(NO_TROUBLE)).toBe(true);
    expect(virtually().sessions()).toBeUndefined();
  });

  it.each<[string, Partial<Trouble>]>([
    ['churn', { churn: 'exponential:60' }],
    ['delay', { delay: 'constant:5' }],
    ['sybil nets', { sybilNets: 1 }],
    ['wrong clocks', { wrongClocks: 0.1 }],
    ['vendors', { vendors: 2 }],
    ...SHARES.map(([option]): [string, Partial<Trouble>] => [option, { [option]: 0.01 }]),
  ])('are not quiet with %s', (_, trouble) => {
    expect(isQuiet({ ...NO_TROUBLE, ...trouble })).toBe(false);
  });

  it('take shares that add up to 1, and refuse those beyond in one sentence that names them', () => {
    expect(behaviourShares({ ...NO_TROUBLE, silent: 0.7, busy: 0.2, lying: 0.1 })).toHaveLength(3);
    const message = 'the shares of troubled peers add up to more than 1: silent 0.7, busy 0.2, lying 0.2';
    expect(() => drawCharacters({ ...NO_TROUBLE, silent: 0.7, busy: 0.2, lying: 0.2 }, 1)).toThrow(message);
    expect(() => virtually({ silent: 0.7, busy: 0.2, lying: 0.2 })).toThrow(message);
  });
});
