import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/core/outcome.ts';
import { ENDINGS } from '../../../src/core/visit.ts';
import { oldPingCrawl, pingCrawl } from '../../../src/overlays/gnutella/ping-crawl.ts';
import { play } from './played.ts';
import { bytesOf, oneByOne, shares, splitAt } from './support.ts';
import { ASKED, ACCEPTED, LEAF, OLD, pong, bye, ping } from './ping-crawl-support.ts';

describe('any bytes to a Ping crawl', () => {
  const descriptor = fc.oneof(
    fc.tuple(fc.nat(255), fc.nat(3)).map(([host, hops]) => pong(`10.0.0.${host}:1`, hops)),
    fc.constant(ping(0)),
    fc.constant(bye(200, 'x')),
    fc.uint8Array({ maxLength: 40 }),
  );
  const lifelike = fc
    .tuple(
      fc.constantFrom('', ACCEPTED, LEAF, OLD, 'GNUTELLA/0.6 503 No\r\n\r\n', 'GNUTELLA OK\r'),
      fc.array(descriptor, { maxLength: 12 }),
    )
    .map(([greeting, parts]) => Uint8Array.from(Buffer.concat([bytesOf(greeting), ...parts])));

  it('give one answer, the same however they are split, and nothing throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(lifelike, fc.uint8Array({ maxLength: 200 })),
        shares,
        fc.constantFrom(...ENDINGS),
        fc.constantFrom(pingCrawl, oldPingCrawl),
        (bytes, at, how, question) => {
          const whole = play(question.ask(ASKED), [bytes], how);
          expect(OUTCOMES).toContain(whole.answer.outcome);
          for (const chunks of [splitAt(bytes, at), oneByOne(bytes)]) {
            const { answer, sent, farewell } = play(question.ask(ASKED), chunks, how);
            expect([answer, sent, farewell]).toEqual([whole.answer, whole.sent, whole.farewell]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that are deflated never throw', () => {
    const greeting = bytesOf('GNUTELLA/0.6 200 OK\r\nContent-Encoding: deflate\r\n\r\n');
    fc.assert(
      fc.property(fc.array(descriptor, { maxLength: 8 }), fc.nat(500), fc.nat(255), (parts, at, value) => {
        const deflated = Uint8Array.from(deflateSync(Buffer.concat(parts)));
        if (at < deflated.length) deflated[at] = value;
        expect(OUTCOMES).toContain(play(pingCrawl.ask(ASKED), [greeting, deflated]).answer.outcome);
      }),
    );
  });
});
