import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERSONALITIES } from '../../../src/overlays/gnutella/servent/personalities.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import { MAX_SENT_BYTES } from '../../../src/overlays/gnutella/servent/limits.ts';
import type { Manner, Reaction, Servent, ServentState } from '../../../src/overlays/overlay.ts';
import { fastRandom, mutate } from '../../support/mutations.js';
import { CRAWLER_IP } from './crawling.ts';
import { BLOCK_3, greeting, ping } from './servent-conversing.ts';
import { address, bytesOf, ipv4Address, oneByOne, servent, shares, splitAt, textOf } from './support.ts';
import { transcript, transcripts } from './transcripts.ts';
import { hexMessages, hexTranscripts } from './wire/hex-transcripts.ts';

/** Bytes of one block 2, or of one datagram, at most: gtk-gnutella's listing is 8,192, the others depend on the neighbours. */
const MAX_BLOCK_BYTES = 20_000;

const personality = fc.constantFrom(...PERSONALITIES.map(({ name }) => name));
const addresses = fc.array(ipv4Address, { maxLength: 20 });
const manner: fc.Arbitrary<Manner | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant('refusing' as const), code: fc.integer({ min: 400, max: 599 }) }),
  fc.record({ kind: fc.constant('busy' as const), hints: addresses }),
  fc.constant({ kind: 'rate-limiting' as const }),
  fc.record({ kind: fc.constant('truncating' as const), characters: fc.integer({ min: -10, max: 500 }) }),
  fc.array(fc.string({ unit: 'binary', maxLength: 30 })).map((entries): Manner => ({
    kind: 'lying',
    entries: (ip) => [...entries, `${ip}:1`],
  })),
);

const state: fc.Arbitrary<ServentState> = fc
  .record({
    personality,
    manner,
    isLeaf: fc.boolean(),
    peers: addresses,
    leaves: addresses,
    hasAddress: fc.boolean(),
  })
  .map(({ personality, manner, isLeaf, peers, leaves, hasAddress }) =>
    servent({
      personality,
      role: isLeaf ? 'leaf' : 'superpeer',
      peers,
      leaves: isLeaf ? [] : leaves,
      ...(hasAddress ? { address: address('192.0.2.9:6346') } : {}),
      ...(manner === undefined ? {} : { manner }),
    }),
  );

/** Whole conversations of a peer that connects, and their parts. */
const GREETINGS = [
  greeting('X-Ultrapeer: True', 'Vendor-Message: 0.1', 'Bye-Packet: 0.1'),
  greeting('X-Ultrapeer: False', 'Accept-Encoding: deflate'),
  greeting('Crawler: 0.1'),
  bytesOf('GNUTELLA CONNECT/0.4\n\n'),
];
const CONFIRM = 'GNUTELLA/0.6 200 OK\r\nContent-Encoding: deflate\r\n\r\n';

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(BLOCK_3, CONFIRM, '\r\n\r\n').map(bytesOf),
  fc.tuple(fc.nat(255), fc.nat(3)).map(([ttl, hops]) => ping(ttl, hops)),
);

function speak(peer: Servent, chunks: readonly Uint8Array[]): { bytes: number; reactions: Reaction[] } {
  const session = peer.accept(CRAWLER_IP);
  const reactions = chunks.map((chunk) => session.receive(chunk));
  expect(session.patience).toBeGreaterThan(0);
  const closedAt = reactions.findIndex(({ close }) => close === true);
  if (closedAt >= 0) {
    for (const after of reactions.slice(closedAt + 1)) expect(after).toEqual({ close: true });
  }
  return { bytes: reactions.reduce((sum, { send }) => sum + (send?.length ?? 0), 0), reactions };
}

describe('a servent of any personality', () => {
  it('that hears anything, after any greeting, never throws, and says no more than it may', () => {
    fc.assert(
      fc.property(
        state,
        fc.constantFrom(...GREETINGS),
        fc.array(anyBytes, { maxLength: 8 }),
        shares,
        (its, first, rest, at) => {
          const following = Buffer.concat(rest);
          for (const chunks of [[following], splitAt(following, at), oneByOne(following)]) {
            const peer = createServent(its, () => 0);
            const { bytes } = speak(peer, [first, ...chunks]);
            expect(bytes).toBeLessThan(MAX_SENT_BYTES + MAX_BLOCK_BYTES);
            for (const { send } of peer.datagram?.(following, CRAWLER_IP) ?? [])
              expect(send!.length).toBeLessThan(MAX_BLOCK_BYTES);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('says the same however the bytes of a connection are split', () => {
    const deflating = GREETINGS[1]!;
    fc.assert(
      fc.property(
        state,
        fc.constantFrom(...GREETINGS.filter((first) => first !== deflating)),
        fc.array(anyBytes, { maxLength: 8 }),
        shares,
        (its, first, rest, at) => {
          const following = Buffer.concat([bytesOf(BLOCK_3), ...rest]);
          const said = [[following], splitAt(following, at), oneByOne(following)].map((chunks) =>
            speak(
              createServent(its, () => 0),
              [first, ...chunks],
            )
              .reactions.map(({ send }) => textOf(send))
              .join(''),
          );
          expect(new Set(said).size).toBe(1);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Seeded, so that a failure can be repeated. */
const ROUNDS = 20_000;

describe('mutated transcripts', () => {
  const messages = hexTranscripts().flatMap((name) => hexMessages(name));
  const requests = transcripts('.req.txt').map((name) => transcript(`${name}.req.txt`));
  const corpus = messages.length > 0 ? [...messages, ...requests] : [ping(2), ...GREETINGS];
  const peers = Array.from({ length: 40 }, (_, i) => address(`10.0.0.${i}:6346`));
  const population = PERSONALITIES.map(({ name }) =>
    createServent(servent({ personality: name, peers, leaves: peers }), () => 0),
  );

  it('as datagrams make no servent throw or shout', () => {
    const random = fastRandom(4);
    for (let i = 0; i < ROUNDS; i++) {
      const bytes = mutate(corpus, random);
      for (const peer of population) {
        const reactions = peer.datagram?.(bytes, CRAWLER_IP) ?? [];
        if (reactions.length > 1 || (reactions[0]?.send?.length ?? 0) > MAX_BLOCK_BYTES)
          throw new Error(`round ${i}: ${Buffer.from(bytes).toString('hex')}`);
      }
    }
  });

  it('as greetings and as descriptors on one connection after the other make no servent throw or shout', () => {
    const random = fastRandom(5);
    for (let i = 0; i < ROUNDS / 4; i++) {
      for (const peer of population) {
        const session = peer.accept(CRAWLER_IP);
        let sent = 0;
        const opening = random() % 4 === 0 ? mutate(corpus, random) : GREETINGS[random() % GREETINGS.length]!;
        const parts = [opening, bytesOf(random() % 4 === 0 ? CONFIRM : BLOCK_3)];
        for (let k = 0; k < 6; k++) parts.push(mutate(corpus, random));
        for (const part of parts) sent += session.receive(part).send?.length ?? 0;
        expect(sent).toBeLessThan(MAX_SENT_BYTES + MAX_BLOCK_BYTES);
      }
    }
  });
});
