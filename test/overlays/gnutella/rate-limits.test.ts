import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Admission,
  MAX_REMEMBERED_SOURCES,
  RateLimits,
} from '../../../src/overlays/gnutella/servent/rate-limits.ts';

// The expected values are those of the observations at gtk-gnutella 1.2.3 that docs/gnutella.md lists, and where these are
// silent (decay, length of bans) computed by hand from the rules of its core/ban.c.

const IP = '198.51.100.2';
const banned = (length: string): Admission => ({ refuse: { code: 429, reason: `Banned for ${length}` } });
const REMINDED: Admission = { refuse: { code: 429, reason: 'Too frequent connections' } };

/** The verdicts on connections of one source at these seconds. */
function verdicts(seconds: readonly number[], limits = new RateLimits()): Admission[] {
  return seconds.map((second) => limits.admit(IP, second * 1000));
}

function every(seconds: number, from: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / seconds) + 1 }, (_, i) => from + i * seconds);
}

describe('connections of one source', () => {
  it('are free if there are two of them in a minute; the third is banned for five minutes', () => {
    expect(verdicts([0, 1, 2])).toEqual(['answer', 'answer', banned('5m 0s')]);
  });

  it('are forgotten one by one, every 30 s: the third is free 30 s after the first, and not sooner', () => {
    expect(verdicts([0, 0, 29.999])).toEqual(['answer', 'answer', banned('5m 0s')]);
    expect(verdicts([0, 0, 30])).toEqual(['answer', 'answer', 'answer']);
  });

  it('may go on for ever every 30 s, and soon no more every 29 s', () => {
    expect(new Set(verdicts(every(30, 0, 36_000)))).toEqual(new Set(['answer']));
    // Each leaves 1 s behind: the 31st adds up to more than 60 s.
    expect(verdicts(every(29, 0, 3600)).findIndex((verdict) => verdict !== 'answer')).toBe(31);
  });

  it('do not count for another source', () => {
    const limits = new RateLimits();
    verdicts([0, 1, 2, 3], limits);
    expect(limits.admit('198.51.100.3', 3000)).toBe('answer');
  });
});

describe('a ban', () => {
  it('is a tarpit, but for every 15th attempt', () => {
    const attempts = verdicts([0, 1, 2, ...every(1, 3, 32)]).slice(3);
    expect(attempts.length).toBe(30);
    attempts.forEach((verdict, i) => {
      expect(verdict).toEqual(i === 14 || i === 29 ? REMINDED : 'tarpit');
    });
  });

  it('ends after five minutes of silence, and is forgotten', () => {
    expect(verdicts([0, 1, 2, 302, 303, 304])).toEqual([
      'answer',
      'answer',
      banned('5m 0s'),
      'answer',
      'answer',
      banned('5m 0s'),
    ]);
  });

  it('is followed by a longer one where attempts went on, up to an hour', () => {
    const limits = new RateLimits();
    const lengths: Admission[] = [];
    for (const second of every(5, 0, 4 * 3600)) {
      const verdict = limits.admit(IP, second * 1000);
      if (
        verdict !== 'answer' &&
        verdict !== 'tarpit' &&
        verdict.refuse.reason !== 'Too frequent connections'
      ) {
        lengths.push(verdict);
      }
    }
    expect(lengths).toEqual(
      ['5m 0s', '10m 0s', '20m 0s', '40m 0s', '60m 0s', '60m 0s', '60m 0s'].map(banned),
    );
  });

  it('counts what was attempted shortly before its end', () => {
    // Two attempts within the last second leave 60 s less that second: one more connection is too many.
    expect(verdicts([0, 1, 2, 301, 301, 302]).slice(3)).toEqual(['tarpit', 'tarpit', banned('10m 0s')]);
    // One leaves 29 s: one more is free, and the next one banned for longer, since the ban was not forgotten.
    expect(verdicts([0, 1, 2, 301, 302, 303]).slice(3)).toEqual(['tarpit', 'answer', banned('10m 0s')]);
  });

  it('outlasts a clock that steps back', () => {
    expect(verdicts([0, 1, 2, -1000, 301, 303]).slice(3)).toEqual(['tarpit', 'tarpit', 'answer']);
  });
});

describe('a crawl', () => {
  it('is answered once in 300 s', () => {
    const limits = new RateLimits();
    expect([0, 299.999, 300].map((second) => limits.admitCrawl(IP, second * 1000))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is answered 302 s after the last answer, whatever was refused in between', () => {
    const limits = new RateLimits();
    expect([0, 100, 250, 302].map((second) => limits.admitCrawl(IP, second * 1000))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('memory', () => {
  it('holds the latest sources, and gives up the one that was not heard of for longest', () => {
    const limits = new RateLimits();
    limits.admitCrawl('old', 0);
    limits.admitCrawl('regular', 0);
    for (let i = 0; i < MAX_REMEMBERED_SOURCES - 1; i++) {
      limits.admit(`stranger ${i}`, i);
      limits.admit('regular', 0);
    }
    expect(limits.size).toBe(MAX_REMEMBERED_SOURCES);
    expect(limits.admitCrawl('regular', 1)).toBe(false);
    expect(limits.admitCrawl('old', 1)).toBe(true);
    expect(limits.size).toBe(MAX_REMEMBERED_SOURCES);
  });
});

describe('any order of connections', () => {
  const arrivals = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: -5_000, max: 60_000 })), {
    maxLength: 300,
  });

  it('lets at most two connections of a source through, and one more for every 30 s', () => {
    fc.assert(
      fc.property(arrivals, (order) => {
        const limits = new RateLimits();
        const answered = new Map<number, number[]>();
        let now = 0;
        for (const [source, wait] of order) {
          now += Math.max(0, wait);
          if (limits.admit(`10.0.0.${source}`, now) !== 'answer') continue;
          const times = answered.get(source) ?? [];
          times.push(now);
          answered.set(source, times);
          times.forEach((time, i) => {
            expect(times.length - i).toBeLessThanOrEqual(2 + (now - time) / 30_000);
          });
        }
        expect(limits.size).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('never throws, wherever the clock goes', () => {
    fc.assert(
      fc.property(arrivals, (order) => {
        const limits = new RateLimits();
        let now = 0;
        for (const [source, wait] of order) {
          now += wait;
          limits.admit(`10.0.0.${source}`, now);
          limits.admitCrawl(`10.0.0.${source}`, now);
        }
      }),
    );
  });
});
