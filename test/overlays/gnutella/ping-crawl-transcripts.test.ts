import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/claims.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { createPingCrawlQuestion, pingCrawl } from '../../../src/overlays/gnutella/ping-crawl.ts';
import { play } from './played.ts';
import { address, oneByOne, shares, splitAt, textOf } from './support.ts';
import { transcript, TRANSCRIPTS_PRESENT } from './transcripts.ts';
import { hexMessages } from './wire/hex-transcripts.ts';

const ASKED = address('192.0.2.1:6346');

/** The recorded network: superpeer .1k listens on 634k, neighbours made for the record on 7000 + last octet. */
const net = (...hosts: number[]) => hosts.map((host) => `203.0.113.${host}:${6330 + host}`);
const made = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => `198.51.100.${from - i}:${7000 + from - i}`);
const cached = Array.from({ length: 10 }, (_, i) => `203.0.113.${117 - i}:6346`);
const GTKG = 'gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)';

function block(name: string): Uint8Array {
  return transcript(`${name}.resp.txt`);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** A conversation whose Ping has the GUID that was recorded. */
function asking(pingWithGuid: Uint8Array | undefined) {
  return createPingCrawlQuestion({ guidOf: () => (pingWithGuid as Uint8Array).subarray(0, 16) }).ask(ASKED);
}

/** Whole sessions: the Ping whose GUID was asked under, and all bytes of the peer. */
const SESSIONS: Readonly<Record<string, () => { ping: Uint8Array | undefined; bytes: Uint8Array }>> = {
  'session-up': () => ({
    ping: hexMessages('session-up.sent')[1],
    bytes: join(block('session-up'), ...hexMessages('session-up.recv')),
  }),
  'session-leaf': () => ({
    ping: hexMessages('session-leaf.sent')[1],
    bytes: join(block('session-leaf'), ...hexMessages('session-leaf.recv')),
  }),
  'ttl2-many': () => ({
    ping: hexMessages('ttl2-many')[0],
    bytes: join(block('session-leaf'), ...hexMessages('ttl2-many')),
  }),
  'ttl2-many, deflated with a small window': () => ({
    ping: hexMessages('ttl2-many')[0],
    bytes: join(
      block('deflate-leaf-to-up'),
      deflateSync(join(...hexMessages('deflate-leaf-to-up.inflated'), ...hexMessages('ttl2-many')), {
        windowBits: 14,
        finishFlush: constants.Z_SYNC_FLUSH,
      }),
    ),
  }),
};

/** Read from the bytes and the notes on that network: the superpeer has 31 neighbours, and told of 28. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  'session-up': net(11),
  'session-leaf': net(11),
  'ttl2-many': [...made(157, 131), ...net(14)],
  'ttl2-many, deflated with a small window': [...made(157, 131), ...net(14)],
};

/** Pongs that answer other Pings of the same session. */
const OTHER_PONGS: Readonly<Record<string, number>> = { 'session-up': 5, 'session-leaf': 5 };

interface Refused {
  readonly outcome: Outcome;
  readonly code?: number;
  readonly role?: Role;
  readonly mentions?: readonly string[];
}

const http: Refused = { outcome: 'not-this-protocol' };
const REFUSALS: Readonly<Record<string, Refused>> = {
  'crawler-tcp-too-frequent': { outcome: 'rate-limited', code: 403 },
  'g2-accept': { outcome: 'not-this-protocol', code: 200 },
  'http-browse-host': http,
  'http-get-root': http,
  'http-get-root-disabled': http,
  'http-gwc': http,
  'http-head': http,
  'leaf-to-leaf': { outcome: 'refused', code: 204, role: 'leaf' },
  'malformed-garbage': { outcome: 'closed' },
  minimal: { outcome: 'refused', code: 403 },
  'no-ultrapeer-header': { outcome: 'refused', code: 403 },
  'reject-204-xtry': { outcome: 'refused', code: 204, role: 'leaf', mentions: cached },
  'reject-403-compression-leaf': { outcome: 'refused', code: 403 },
  'reject-403-compression-up': { outcome: 'refused', code: 403 },
  'reject-503-xtry': { outcome: 'busy', code: 503, role: 'leaf', mentions: cached },
  'reject-duplicate': { outcome: 'refused', code: 409, mentions: net(11) },
  'up-to-full-leaf': { outcome: 'busy', code: 503, role: 'leaf' },
};

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'a Ping crawl of gtk-gnutella 1.2.3 (skipped where ../shared is absent)',
  () => {
    it('opens as in the recorded handshake of a leaf that offers deflate, apart from its name', () => {
      const opening = textOf(pingCrawl.ask(ASKED).opening).replace(/User-Agent: .*\r\n/, '');
      const recorded = textOf(transcript('deflate-leaf-to-up.req.txt')).replace(/User-Agent: .*\r\n/, '');
      expect(opening).toBe(recorded);
    });

    it('goes on with a plain block 3, the vendor messages that it knows, and the recorded Ping of TTL 2', () => {
      const [, ping] = hexMessages('session-up.sent');
      const { sent } = play(asking(ping), [block('deflate-leaf-to-up')]);
      const third = textOf(transcript('deflate-leaf-to-up.third.txt'));
      const plain = third.replace('Content-Encoding: deflate\r\n', '');
      expect(textOf(sent.subarray(0, plain.length))).toBe(plain);
      expect(sent.subarray(plain.length + 16, plain.length + 19)).toEqual(Uint8Array.of(0x31, 1, 0));
      expect(sent.subarray(-23)).toEqual(ping);
    });

    it.each(Object.keys(SESSIONS))('finds the neighbours in %s', (name) => {
      const { ping, bytes } = (SESSIONS[name] as NonNullable<(typeof SESSIONS)[string]>)();
      const { answer, farewell } = play(asking(ping), [bytes]);
      expect(answer).toMatchObject({ outcome: 'ok', listing: 'connections', status: { code: 200 } });
      expect(answer.claims).toMatchObject({
        peers: [{ address: ASKED, role: 'superpeer', agent: GTKG }],
        links: [{ relation: 'connection', sources: [ASKED], targets: NEIGHBOURS[name] }],
        mentions: [],
        rejected: OTHER_PONGS[name] ?? 0,
      });
      expect(farewell).toBeDefined();
    });

    it.each(Object.keys(SESSIONS))('finds the same, and says the same, however %s is split', (name) => {
      const { ping, bytes } = (SESSIONS[name] as NonNullable<(typeof SESSIONS)[string]>)();
      const whole = play(asking(ping), [bytes]);
      expect(play(asking(ping), oneByOne(bytes))).toEqual(whole);
      fc.assert(
        fc.property(shares, (at) => {
          expect(play(asking(ping), splitAt(bytes, at))).toEqual(whole);
        }),
        { numRuns: 40 },
      );
    });

    it('knows since when the peer runs', () => {
      const { answer } = play(pingCrawl.ask(ASKED), [block('session-up')]);
      expect(answer.claims.peers[0]?.liveSince).toBe(Date.UTC(2025, 0, 1, 11, 38, 31));
    });

    it('reads the recorded deflated stream, in which no Pong came: who its neighbours are stays unknown', () => {
      const bytes = join(block('deflate-leaf-to-up'), ...hexMessages('deflate-leaf-to-up.raw'));
      const { answer, farewell } = play(pingCrawl.ask(ASKED), [bytes]);
      expect([answer.outcome, answer.listing, answer.claims.links]).toEqual(['partial', undefined, []]);
      expect(farewell).toBeDefined();
    });

    it('takes the recorded Bye for the end, and answers none', () => {
      const bye = hexMessages('bye-node-drop');
      const before = play(pingCrawl.ask(ASKED), [block('session-up'), ...bye]);
      expect(before.answer).toMatchObject({
        outcome: 'refused',
        status: { code: 201, reason: 'User manual removal' },
      });
      const [, ping] = hexMessages('session-up.sent');
      const after = play(asking(ping), [block('session-up'), ...hexMessages('session-up.recv'), ...bye]);
      expect(after.answer).toMatchObject({
        outcome: 'partial',
        listing: 'connections',
        status: { code: 200 },
      });
      expect([before.farewell, after.farewell]).toEqual([undefined, undefined]);
    });

    it.each(Object.entries(REFUSALS))('is ended by %s', (name, expected) => {
      const { answer, sent, farewell } = play(pingCrawl.ask(ASKED), [block(name)], 'closed');
      expect([answer.outcome, answer.status?.code]).toEqual([expected.outcome, expected.code]);
      expect([answer.claims.links, answer.claims.mentions]).toEqual([[], expected.mentions ?? []]);
      expect(answer.claims.peers[0]?.role).toBe(expected.role);
      expect([sent.length, farewell]).toEqual([0, undefined]);
    });

    it('is not confused by a listing for crawlers: it was not asked for', () => {
      const { answer } = play(pingCrawl.ask(ASKED), [block('crawler-tcp-u1')], 'closed');
      expect(answer).toMatchObject({ outcome: 'refused', status: { code: 200 }, claims: { links: [] } });
      expect(answer.listing).toBeUndefined();
    });
  },
);
