import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { AdaptivePatience } from '../../src/crawl/adaptive-patience.ts';
import { address, visit } from '../support/visits.ts';

const full = { connect: 5_000, answer: 8_000 };

/** Contacts at 200 a second, each answered after `wait(i)` milliseconds if that is within its patience. */
function crawlFor(seconds: number, wait: (contact: number) => number) {
  let now = 0;
  const patience = new AdaptivePatience(full, () => now);
  const pending: { readonly at: number; readonly wait: number; readonly given: number }[] = [];
  const given: number[] = [];
  for (let contact = 0; contact < 200 * seconds; contact++) {
    now = 5 * contact;
    const { answer } = patience.begin();
    given.push(answer);
    pending.push({ at: now + Math.min(wait(contact), answer), wait: wait(contact), given: answer });
    pending.sort((a, b) => b.at - a.at);
    for (let next = pending.at(-1); next !== undefined && next.at <= now; next = pending.at(-1)) {
      pending.pop();
      const isLate = next.wait > next.given;
      patience.record(
        visit(address(1), {
          roundTrip: 1,
          duration: 1 + Math.min(next.wait, next.given),
          outcome: isLate ? 'silent' : 'ok',
        }),
      );
    }
  }
  return { patience, given };
}

describe('adaptive patience', () => {
  it('is full until there is something to go by', () => {
    expect(new AdaptivePatience(full, () => 0).begin()).toEqual(full);
    const nobodyAnswers = crawlFor(30, () => Infinity);
    expect(new Set(nobodyAnswers.given)).toEqual(new Set([full.answer]));
  });

  it('falls to its least where all who answer do so at once, and never below', () => {
    const { given } = crawlFor(20, (contact) => (contact % 3 === 0 ? Infinity : 20));
    expect(Math.min(...given)).toBe(1_000);
    expect(given.slice(-100).filter((answer) => answer === 1_000)).toHaveLength(95);
  });

  it('waits in full for every twentieth, so that slow ones go on being seen', () => {
    const { given } = crawlFor(20, () => 20);
    expect(given.slice(-100).filter((answer) => answer === full.answer)).toHaveLength(5);
  });

  it('covers the slow ones where a few need much longer than the others', () => {
    // Of 97, one needs three seconds: haste would lose it.
    const { given } = crawlFor(60, (contact) => (contact % 97 === 7 ? 3_000 : 20));
    expect(Math.min(...given)).toBeGreaterThan(3_000);
  });

  it('lets go of one answer in some hundred at most, where answers take log-normal times', () => {
    // Median 80 ms and 99th percentile 1 s: sigma = ln(12.5) / 2.3263 = 1.0857.
    const random = createRandom(7);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    const waits = Array.from({ length: 12_000 }, () => 80 * Math.exp(1.0857 * normal()));
    const { given } = crawlFor(60, (contact) => waits[contact]!);
    const last = given.slice(-2_000);
    expect(Math.min(...last)).toBeLessThan(5_000);
    const lost = waits.filter((wait, contact) => contact > 2_000 && wait > given[contact]!);
    expect(lost.length / 10_000).toBeLessThan(0.004);
  });

  it('gives a second contact half as much again, within what is full', () => {
    const { patience } = crawlFor(20, () => 20);
    expect(patience.again()).toEqual({ connect: 2_250, answer: 1_500 });
    expect(new AdaptivePatience(full, () => 0).again()).toEqual(full);
  });

  it('gives a second contact more where a few in a thousand need it', () => {
    const { patience, given } = crawlFor(60, (contact) => (contact % 499 === 7 ? 2_500 : 20));
    expect(Math.min(...given)).toBe(1_000);
    expect(patience.again().answer).toBeGreaterThan(2_500);
  });

  it('calls a contact hasty that was given up early, and no other', () => {
    const patience = new AdaptivePatience(full, () => 0);
    const short = { connect: 1_000, answer: 1_000 };
    const silent = visit(address(1), { outcome: 'silent', roundTrip: 2, duration: 1_003 });
    expect(patience.wasHasty(silent, short)).toBe(true);
    expect(patience.wasHasty({ ...silent, outcome: 'partial' }, short)).toBe(true);
    expect(patience.wasHasty(silent, full)).toBe(false);
    expect(patience.wasHasty({ ...silent, duration: 500, outcome: 'malformed' }, short)).toBe(false);
    const unconnected = visit(address(1), { outcome: 'connect-timeout', duration: 1_000 });
    expect(patience.wasHasty(unconnected, short)).toBe(true);
    expect(patience.wasHasty({ ...unconnected, outcome: 'connect-refused' }, short)).toBe(false);
  });
});
