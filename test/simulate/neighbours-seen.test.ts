import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { createChurn } from '../../src/simulate/churn.ts';
import { neighboursSeen } from '../../src/simulate/neighbours-seen.ts';
import { MINUTE, parseSessionLaw } from '../../src/simulate/session-law.ts';

const START = Date.UTC(2005, 1, 2);
const DEGREE = 30;

/**
 * The mean number of neighbours that a crawl finds of superpeers of degree 30, counted link by link: every place is asked at
 * a random instant, and a link is found if either end is asked while it stands.
 */
function measured(minutes: number): { stays: number; answers: number } {
  const law = parseSessionLaw('weibull:0.59:41.9');
  const duration = minutes * MINUTE;
  const shape = { ...DEFAULT_MODEL_OPTIONS, peers: 2_000, superpeerShare: 1, superpeerDegree: DEGREE };
  const { topology } = twoTier.generate(shape, createRandom(1));
  const random = createRandom(2);
  const churn = createChurn({
    topology,
    tiers: true,
    law,
    repair: 1_000,
    start: START,
    random: random.fork('churn'),
    peerLimit: 1_000_000,
    recordLinks: true,
  });
  const crawler = random.fork('crawler');
  const askedAt = Float64Array.from({ length: churn.size }, () => START + crawler.uniform() * duration);
  churn.advance(START + duration);
  const slotOf = new Map<number, number>();
  const stayers = new Set<number>();
  const respondents = new Set<number>();
  for (const { peer, slot, start, end = Infinity } of churn.sessions()) {
    slotOf.set(peer, slot);
    const instant = askedAt[slot]!;
    if (start <= START && end === Infinity) stayers.add(peer);
    if (start <= instant && instant < end) respondents.add(peer);
  }
  let [ofStayers, ofRespondents] = [0, 0];
  for (const { a, b, start, end = Infinity } of churn.linkSessions()) {
    const isFound = [a, b].some((peer) => {
      const instant = askedAt[slotOf.get(peer)!]!;
      return start <= instant && instant < end;
    });
    if (!isFound) continue;
    for (const peer of [a, b]) {
      if (stayers.has(peer)) ofStayers += 1;
      if (respondents.has(peer)) ofRespondents += 1;
    }
  }
  return { stays: ofStayers / stayers.size, answers: ofRespondents / respondents.size };
}

describe('how many neighbours a crawl finds of a peer', () => {
  it.each([0.1, 1, 5, 40])('of exponential sessions by hand, crawls of %s mean sessions', (a) => {
    const law = parseSessionLaw('exponential:60');
    // F = 1 - exp(-x): the integral of 2 (a - x) exp(-k x) / a² is 2 (k a - 1 + exp(-k a)) / (k a)².
    const decay = (k: number) => (2 * (k * a - 1 + Math.exp(-k * a))) / (k * a) ** 2;
    expect(neighboursSeen(law, a * 60 * MINUTE, 'stays')).toBeCloseTo(2 - decay(1), 6);
    expect(neighboursSeen(law, a * 60 * MINUTE, 'answers')).toBeCloseTo(1 + decay(1) - decay(2), 6);
  });

  it('is 1 for a crawl of an instant, and never reaches 2, since each end is asked once', () => {
    const law = parseSessionLaw('weibull:0.59:41.9');
    expect(neighboursSeen(law, 0, 'stays')).toBe(1);
    expect(neighboursSeen(law, 1e6 * MINUTE, 'stays')).toBeLessThan(2);
    expect(neighboursSeen(law, 1e6 * MINUTE, 'stays')).toBeGreaterThan(1.99);
  });

  // Measured: the simulator's own links. It mends a link after a second and keeps degrees within 1 %; 3 % beside that.
  it.each([6, 20, 60])(
    'agrees within 3 %% with the links of superpeers of degree 30, crawls of %s minutes',
    (minutes) => {
      const law = parseSessionLaw('weibull:0.59:41.9');
      const { stays, answers } = measured(minutes);
      const expected = (presence: 'stays' | 'answers') =>
        DEGREE * neighboursSeen(law, minutes * MINUTE, presence);
      expect(Math.abs(stays / expected('stays') - 1)).toBeLessThan(0.03);
      expect(Math.abs(answers / expected('answers') - 1)).toBeLessThan(0.03);
      expect(stays).toBeGreaterThan(answers);
    },
  );
});
