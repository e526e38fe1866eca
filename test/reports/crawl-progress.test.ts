import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Visit } from '../../src/core/visit.ts';
import { CrawlMeter } from '../../src/reports/crawl-progress.ts';

function visits(count: number, outcome: Outcome = 'ok', hasty = false): Visit[] {
  const visit: Visit = {
    endpoint: '127.1.0.1:6346' as Address,
    question: 'crawler-handshake',
    outcome,
    claims: NO_CLAIMS,
    startedAt: 0,
    duration: 1,
    bytesSent: 10,
    bytesReceived: 100,
    ...(hasty ? { hasty } : {}),
  };
  return Array.from({ length: count }, () => visit);
}

function progress(waiting: number, inFlight: number, ended: readonly Visit[]) {
  return { visited: 0, waiting, inFlight, visits: ended };
}

/** A meter that began at 0; milliseconds. */
function meter(): CrawlMeter {
  return new CrawlMeter(0);
}

describe('the meter of a crawl', () => {
  it('counts visits by outcome, and as contacts only those for which a packet went out', () => {
    const counting = meter();
    counting.add({ ...progress(7, 3, [...visits(4), ...visits(2, 'excluded')]), known: 20 }, 500);
    counting.add(progress(5, 2, visits(1, 'silent')), 1_000);
    expect(counting.state(2_000)).toMatchObject({
      phase: 'crawl',
      seconds: 2,
      contacted: 5,
      found: 20,
      queued: 5,
      inFlight: 2,
      byOutcome: { ok: 4, silent: 1, excluded: 2 },
      bytesReceived: 700,
      perSecondOverall: 3.5,
      perSecond: 3.5,
    });
  });

  it('has the rate of the last five seconds beside that of the whole, and the rate falls while nobody answers', () => {
    const counting = meter();
    // By hand: 100 visits in the first second, then 10 a second up to second 11.
    counting.add(progress(900, 0, visits(100)), 1_000);
    for (let second = 2; second <= 11; second++) counting.add(progress(900, 0, visits(10)), 1_000 * second);
    expect(counting.state(11_000).perSecond).toBe(10);
    expect(counting.state(11_000).perSecondOverall).toBeCloseTo(200 / 11);
    // The last mark that is five seconds old is that of second 11: nothing has come since.
    expect(counting.state(16_000).perSecond).toBe(0);
  });

  it('estimates the end from the queue, the rate, and what visits bring that is new', () => {
    const counting = meter();
    counting.add(progress(500, 0, visits(100)), 1_000);
    counting.add(progress(400, 20, visits(100)), 2_000);
    // By hand: 600 questions were open at the beginning, 420 are; 200 visits brought 20 new ones, 0.1 each, at 100 visits a
    // second. 420 visits are to come if nothing else is new, 420 / (1 - 0.1) = 466.7 if that goes on.
    const { newPerVisit, secondsLeft } = counting.state(2_000);
    expect(newPerVisit).toBeCloseTo(0.1);
    expect(secondsLeft).toBeCloseTo((4.2 + 4.6667) / 2, 4);
  });

  it('takes what is put back after hasty giving up for work to come, not for something new', () => {
    const counting = meter();
    counting.add(progress(500, 0, visits(100)), 1_000);
    counting.add(progress(470, 0, [...visits(50), ...visits(50, 'silent', true)]), 2_000);
    // By hand: 200 visits opened 70 questions, 50 of them again: 0.1 new ones each; a quarter of the visits is repeated.
    const { newPerVisit, secondsLeft } = counting.state(2_000);
    expect(newPerVisit).toBeCloseTo(0.1);
    expect(secondsLeft).toBeCloseTo((5.875 + 5.875 / 0.9) / 2, 6);
  });

  it('gives no estimate while the frontier grows, too early, of too few visits, or when nobody waits for a turn', () => {
    const growing = meter();
    growing.add(progress(1_000, 0, visits(100)), 1_000);
    growing.add(progress(1_100, 0, visits(200)), 3_000);
    // By hand: (1,100 - 1,100) / 300 + 1 = 1 new question a visit.
    expect(growing.state(3_000)).toMatchObject({ newPerVisit: 1, secondsLeft: undefined });

    const early = meter();
    early.add(progress(500, 0, visits(150)), 1_900);
    expect(early.state(1_900)).toMatchObject({ newPerVisit: 0, secondsLeft: undefined });
    expect(early.state(2_000).secondsLeft).toBeDefined();

    const few = meter();
    few.add(progress(500, 0, visits(99)), 60_000);
    expect(few.state(60_000)).toMatchObject({ newPerVisit: undefined, secondsLeft: undefined });

    const waiting = meter();
    waiting.add(progress(0, 100, visits(200)), 5_000);
    expect(waiting.state(5_000).secondsLeft).toBeUndefined();
  });

  it('takes a slow crawl by its last hundred visits', () => {
    const slow = meter();
    for (let second = 1; second <= 300; second++)
      slow.add(progress(600 - second, 0, visits(1)), 1_000 * second);
    const { perSecond, newPerVisit, secondsLeft } = slow.state(300_000);
    expect(perSecond).toBe(1);
    expect(newPerVisit).toBe(0);
    expect(secondsLeft).toBe(300);
  });

  it('does not take the queue of a crawl that goes on for something new', () => {
    const resumed = meter();
    resumed.add(progress(100_000, 256, visits(200)), 2_000);
    expect(resumed.state(2_000).newPerVisit).toBe(0);
  });

  it('is at most half too long and a quarter too short in crawls of random overlays, from the first estimate on', () => {
    // Independent of its formula: every answer names 30 peers of 20,000 at random, 1,000 visits a second.
    const random = createRandom(5);
    const known = new Uint8Array(20_000);
    const counting = meter();
    const estimates: { at: number; left: number }[] = [];
    let [queue, asked, at] = [1, 0, 0];
    known[0] = 1;
    while (queue > 0) {
      const batch = Math.min(10, queue);
      for (let visit = 0; visit < batch; visit++) {
        for (let entry = 0; entry < 30; entry++) {
          const peer = random.int(known.length);
          if (known[peer] === 0) queue += 1;
          known[peer] = 1;
        }
      }
      queue -= batch;
      asked += batch;
      at += batch;
      counting.add(progress(queue, 0, visits(batch)), at);
      const { secondsLeft } = counting.state(at);
      if (secondsLeft !== undefined) estimates.push({ at, left: 1_000 * secondsLeft });
    }
    expect(asked).toBe(20_000);
    expect(estimates[0]?.at).toBeLessThan(0.4 * at);
    const useful = estimates.filter((estimate) => estimate.at < 0.95 * at);
    const ratios = useful.map((estimate) => estimate.left / (at - estimate.at));
    expect(Math.max(...ratios)).toBeLessThan(1.5);
    expect(Math.min(...ratios)).toBeGreaterThan(0.75);
  });
});

describe('the phases of a crawl', () => {
  it('have no estimate and nothing in flight once the queue is empty', () => {
    const counting = meter();
    counting.add(progress(500, 10, visits(200)), 4_000);
    counting.enter('second-look', 2_000);
    expect(counting.state(4_000)).toMatchObject({
      phase: 'second-look',
      askedAgain: 2_000,
      inFlight: 0,
      secondsLeft: undefined,
    });
    counting.enter('tables');
    expect(counting.state(4_000)).toMatchObject({ phase: 'tables', askedAgain: undefined });
  });
});
