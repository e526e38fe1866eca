import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../../src/core/outcome.ts';
import type { Asked, Status } from '../../../src/core/visit.ts';
import { createQuestions, followUp } from '../../../src/overlays/gnutella/follow-up.ts';
import { gnutella } from '../../../src/overlays/gnutella/gnutella.ts';

const CRAWLER = 'crawler-handshake';
const UDP = 'udp-crawler-ping';
const PING = 'ping-crawl';
const OLD_PING = 'ping-crawl-0.4';

const was = (question: string, outcome: Outcome, code?: number, reason = ''): Asked => {
  return code === undefined ? { question, outcome } : { question, outcome, status: { code, reason } };
};

/** All questions that follow the first one, where those after it have these outcomes. */
function questionsAfter(first: Asked, later: Readonly<Record<string, Outcome>> = {}): string[] {
  const asked = [first];
  const names: string[] = [];
  for (;;) {
    const next = followUp(asked);
    if (next === undefined) return names;
    names.push(next.name);
    asked.push(was(next.name, later[next.name] ?? (next.carrier === 'udp' ? 'connect-timeout' : 'silent')));
    expect(asked.length).toBeLessThan(6);
  }
}

describe('what a peer is asked next', () => {
  it('is first of all the crawler handshake, which is also the question of the overlay', () => {
    expect(followUp([])).toBe(gnutella.question);
    expect(gnutella.followUp([was(CRAWLER, 'silent')])?.name).toBe(UDP);
  });

  it('is nothing once it told its neighbours, whichever question it was', () => {
    for (const outcome of ['ok', 'partial'] as const) {
      expect(questionsAfter(was(CRAWLER, outcome, 200))).toEqual([]);
      expect(questionsAfter(was(CRAWLER, 'closed'), { [UDP]: outcome })).toEqual([UDP]);
      expect(questionsAfter(was(CRAWLER, 'closed'), { [PING]: outcome })).toEqual([UDP, PING]);
    }
  });

  it('is nothing where it must not be, or need not be, contacted', () => {
    expect(questionsAfter(was(CRAWLER, 'excluded'))).toEqual([]);
    expect(questionsAfter(was(CRAWLER, 'skipped'))).toEqual([]);
    expect(questionsAfter(was(CRAWLER, 'closed'), { [UDP]: 'excluded' })).toEqual([UDP]);
  });

  it.each<Outcome>(['connect-refused', 'connect-timeout', 'unreachable'])(
    'is a datagram only, where TCP does not get through (%s)',
    (outcome) => {
      expect(questionsAfter(was(CRAWLER, outcome))).toEqual([UDP]);
    },
  );

  it('is a datagram only, where it is silent: it may be a ban, which another attempt prolongs', () => {
    expect(questionsAfter(was(CRAWLER, 'silent'))).toEqual([UDP]);
  });

  it.each([
    [403, 'Too frequent crawling'],
    [429, 'Banned for 5m 0s'],
    [550, 'Banned for 5m 0s'],
  ])('is a datagram only, where it says that we come too often (%i %s)', (code, reason) => {
    expect(questionsAfter(was(CRAWLER, 'rate-limited', code, reason))).toEqual([UDP]);
  });

  it('is a datagram only, where it is busy: an ordinary connection needs a slot too', () => {
    expect(questionsAfter(was(CRAWLER, 'busy', 503, 'Too many leaf connections (300 max)'))).toEqual([UDP]);
  });

  it.each([
    [204, 'Shielded leaf node (2 peers max)'],
    [403, 'Normal nodes refused'],
    [403, 'Limiting connections from XY'],
    [406, 'Protocol not acceptable'],
    [409, 'Already connected'],
    [413, 'Header line too long'],
    [503, 'I am a shielded leaf node'],
    [577, 'Locale'],
  ])('is a datagram only, where it refuses every connection (%i %s)', (code, reason) => {
    expect(questionsAfter(was(CRAWLER, 'refused', code, reason))).toEqual([UDP]);
  });

  it.each([
    [200, 'OK'],
    [593, 'Hi'],
    [403, 'Compressed connection preferred'],
    [403, 'Gnet connection not compressed'],
  ])('is a datagram, then a Ping, where an ordinary connection may be welcome (%i %s)', (code, reason) => {
    expect(questionsAfter(was(CRAWLER, 'refused', code, reason))).toEqual([UDP, PING]);
  });

  it.each<Outcome>(['closed', 'reset', 'malformed'])(
    'is a datagram, then a Ping, where the crawler handshake may be what it did not like (%s)',
    (outcome) => {
      expect(questionsAfter(was(CRAWLER, outcome))).toEqual([UDP, PING]);
    },
  );

  it('is a Ping in 0.4 where the one in 0.6 ended without a byte, too, and nothing after that', () => {
    for (const outcome of ['closed', 'reset'] as const) {
      expect(questionsAfter(was(CRAWLER, 'closed'), { [PING]: outcome })).toEqual([UDP, PING, OLD_PING]);
    }
    const first = [was(CRAWLER, 'closed'), was(UDP, 'connect-timeout')];
    expect(followUp([...first, was(PING, 'reset', 200, 'OK')])).toBeUndefined();
    expect(followUp([...first, was(PING, 'busy', 503, 'Full')])).toBeUndefined();
  });

  it('is a Ping in 0.4 at once, where it answered in 0.4', () => {
    expect(questionsAfter(was(CRAWLER, 'not-this-protocol', 0, 'GNUTELLA OK'))).toEqual([OLD_PING]);
  });

  it('is nothing where something else lives there', () => {
    expect(questionsAfter(was(CRAWLER, 'not-this-protocol'))).toEqual([]);
    expect(questionsAfter(was(CRAWLER, 'not-this-protocol', 200, 'OK'))).toEqual([]);
  });

  it('never repeats itself, and ends, whatever comes of the questions', () => {
    const outcome = fc.constantFrom(...OUTCOMES);
    const status: fc.Arbitrary<Status | undefined> = fc.option(
      fc.record({ code: fc.constantFrom(0, 200, 204, 403, 429, 503, 593), reason: fc.string() }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, status), { minLength: 5, maxLength: 5 }), (results) => {
        const asked: Asked[] = [];
        for (const [result, said] of results) {
          const next = followUp(asked);
          if (next === undefined) break;
          asked.push(was(next.name, result, said?.code, said?.reason));
        }
        expect(followUp(asked)).toBeUndefined();
        expect(new Set(asked.map(({ question }) => question)).size).toBe(asked.length);
      }),
    );
  });

  it('can be asked under another name', () => {
    const questions = createQuestions({ agent: 'lab/1', seed: 'x' });
    const next = followUp([was(CRAWLER, 'closed'), was(UDP, 'connect-timeout')], questions);
    expect(next).toBe(questions.pingCrawl);
  });
});
