import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/core/outcome.ts';
import { MAX_REMEMBERED_SOURCES, RateLimits } from '../../../src/overlays/gnutella/servent/rate-limits.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import type { Manner, ServentState, Session } from '../../../src/overlays/overlay.ts';
import { crawl, CRAWLER_IP } from './crawling.ts';
import { bytesOf, ipv4Address, oneByOne, servent, shares, splitAt, textOf } from './support.ts';

const GREETING = 'GNUTELLA CONNECT/0.6\r\n';
const CRAWL = `${GREETING}User-Agent: x (crawl)\r\nX-Ultrapeer: False\r\nQuery-Routing: 0.1\r\nCrawler: 0.1\r\n\r\n`;

/** What gtk-gnutella reads of one block; a session reads two at most. */
const BLOCK_BYTES = 16_384;

const addresses = fc.array(ipv4Address, { maxLength: 20 });
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ', ', '\r\n\r\n', '😀'),
);

const manner: fc.Arbitrary<Manner | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant('refusing' as const), code: fc.integer({ min: 0, max: 1000 }) }),
  fc.record({ kind: fc.constant('busy' as const), hints: addresses }),
  fc.constant({ kind: 'rate-limiting' as const }),
  fc.record({ kind: fc.constant('truncating' as const), characters: fc.integer({ min: -10, max: 500 }) }),
  fc
    .array(anyText, { maxLength: 30 })
    .map((entries): Manner => ({ kind: 'lying', entries: (ip) => [...entries, `${ip}:1`] })),
);

const state: fc.Arbitrary<ServentState> = fc
  .tuple(manner, fc.boolean(), addresses, addresses, fc.string({ unit: 'binary' }))
  .map(([kept, leaf, peers, leaves, agent]) =>
    servent({
      role: leaf ? 'leaf' : 'superpeer',
      agent,
      peers,
      leaves: leaf ? [] : leaves,
      ...(kept === undefined ? {} : { manner: kept }),
    }),
  );

/** A valid greeting with some of its bytes changed, dropped or doubled. */
const mutated = fc
  .array(
    fc.tuple(fc.nat({ max: CRAWL.length - 1 }), fc.constantFrom('change', 'drop', 'double'), fc.nat(255)),
    {
      maxLength: 6,
    },
  )
  .map((edits) => {
    const bytes = Array.from(bytesOf(CRAWL), (byte) => [byte]);
    for (const [place, edit, byte] of edits) {
      const old = bytes[place]!;
      bytes[place] = edit === 'drop' ? [] : edit === 'change' ? [byte] : [...old, ...old];
    }
    return Uint8Array.from(bytes.flat());
  });

const anyBytes = fc.oneof(mutated, fc.uint8Array({ maxLength: 300 }));

/** All that is sent; after the end nothing may follow. Every reaction is a wait or an end. */
function talk(session: Session, chunks: readonly Uint8Array[]): { sent: string; closed: boolean } {
  let sent = '';
  let closed = false;
  for (const chunk of chunks) {
    const reaction = session.receive(chunk);
    if (closed) expect(reaction).toEqual({ close: true });
    sent += textOf(reaction.send);
    closed ||= reaction.close === true;
    expect(session.patience).toBeGreaterThan(0);
    expect(session.patience).toBeLessThan(2 ** 31);
  }
  return { sent, closed };
}

describe('a servent of any manner', () => {
  it('that hears any bytes never throws, says one block at most, and ends or waits', () => {
    fc.assert(
      fc.property(state, anyBytes, shares, fc.nat({ max: 4 }), (its, bytes, at, before) => {
        for (const chunks of [[bytes], splitAt(bytes, at), oneByOne(bytes)]) {
          const peer = createServent(its, () => 0);
          for (let i = 0; i < before; i++) peer.accept(CRAWLER_IP).receive(bytesOf(CRAWL));
          const { sent } = talk(peer.accept(CRAWLER_IP), chunks);
          expect(sent === '' || sent.startsWith('GNUTELLA/0.6 ')).toBe(true);
          if (its.manner?.kind !== 'lying') {
            expect(sent.split('\r\n\r\n').length).toBeLessThanOrEqual(2);
            expect(sent.length).toBeLessThan(10_000);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says the same however a greeting is split, where nothing follows it', () => {
    fc.assert(
      fc.property(
        state,
        fc.constantFrom(CRAWL, `${GREETING}\r\n`, 'GNUTELLA CONNECT/0.4\r\n\r\n'),
        shares,
        fc.nat({ max: 4 }),
        (its, text, at, before) => {
          const results = [[bytesOf(text)], splitAt(bytesOf(text), at), oneByOne(bytesOf(text))].map(
            (chunks) => {
              const peer = createServent(its, () => 0);
              for (let i = 0; i < before; i++) peer.accept(CRAWLER_IP).receive(bytesOf(CRAWL));
              return talk(peer.accept(CRAWLER_IP), chunks).sent;
            },
          );
          expect(new Set(results).size).toBe(1);
        },
      ),
    );
  });

  it('lets nobody talk for more than two blocks, unless it does not listen any more', () => {
    const chunk = fc.constantFrom('A: x\r\n', 'x'.repeat(1000), '\0', GREETING, '\r\n', CRAWL).map(bytesOf);
    fc.assert(
      fc.property(
        state,
        fc.constantFrom('', GREETING, CRAWL),
        fc.array(chunk, { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 4 }),
        (its, start, chunks, before) => {
          const peer = createServent(its, () => 0);
          for (let i = 0; i < before; i++) peer.accept(CRAWLER_IP).receive(bytesOf(CRAWL));
          const session = peer.accept(CRAWLER_IP);
          let heard = 0;
          let closed = session.receive(bytesOf(start)).close === true;
          for (let i = 0; !closed && heard <= 2 * BLOCK_BYTES; i++) {
            const next = chunks[i % chunks.length]!;
            closed = session.receive(next).close === true;
            heard += next.length;
          }
          expect(closed || session.patience > 90_000).toBe(true);
        },
      ),
    );
  });

  it('gives our crawler an answer that it understands, whoever it was before', () => {
    fc.assert(
      fc.property(state, fc.nat({ max: 20 }), (its, before) => {
        const peer = createServent(its, () => 0);
        for (let i = 0; i < before; i++) expect(OUTCOMES).toContain(crawl(peer).outcome);
        const { outcome, claims } = crawl(peer);
        expect(OUTCOMES).toContain(outcome);
        expect(claims.peers.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the sources that a servent remembers', () => {
  it('are at most MAX_REMEMBERED_SOURCES, whoever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { maxLength: 50 }), fc.nat({ max: 60_000 }), (ips, step) => {
        const limits = new RateLimits();
        for (let i = 0; i < MAX_REMEMBERED_SOURCES; i++) limits.admit(`10.0.${i >> 8}.${i & 255}`, 0);
        ips.forEach((ip, i) => {
          limits.admit(ip, i * step);
          limits.admitCrawl(ip, i * step);
          expect(limits.size).toBe(MAX_REMEMBERED_SOURCES);
        });
      }),
      { numRuns: 30 },
    );
  });
});
