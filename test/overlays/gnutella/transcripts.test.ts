import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/claims.ts';
import { VERSION } from '../../../src/core/version.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { crawlerHandshake } from '../../../src/overlays/gnutella/crawler-handshake.ts';
import { address, converse, oneByOne, shares, splitAt } from './support.ts';
import { transcript, transcripts, TRANSCRIPTS_PRESENT } from './transcripts.ts';

/** What each recorded answer says, read from the file and from notes on that servent, not from this program. */
interface Expected {
  readonly outcome: Outcome;
  readonly code?: number;
  readonly role?: Role;
  readonly peers?: readonly string[];
  readonly leaves?: readonly string[];
  readonly mentions?: readonly string[];
}

/** The recorded network: superpeer .1k listens on 634k, leaf .2k on 635k, neighbours made for the record on 7000 + last octet. */
const net = (...hosts: number[]) => hosts.map((host) => `203.0.113.${host}:${6330 + host}`);
const made = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => `198.51.100.${from - i}:${7000 + from - i}`);
const cached = Array.from({ length: 10 }, (_, i) => `203.0.113.${117 - i}:6346`);

const u1: Expected = {
  outcome: 'ok',
  code: 200,
  role: 'superpeer',
  peers: net(13, 12),
  leaves: net(23, 24, 22, 21),
};
const silence: Expected = { outcome: 'closed' };
const http: Expected = { outcome: 'not-this-protocol' };
const accepted: Expected = { outcome: 'refused', code: 200, role: 'superpeer' };

const EXPECTED: Readonly<Record<string, Expected>> = {
  'connect-07': u1,
  'crawler-tcp-accept-deflate': u1,
  'crawler-tcp-empty-value': u1,
  'crawler-tcp-fake-gtkg': u1,
  'crawler-tcp-hidden-neighbour': { ...u1, peers: net(11), leaves: net(23, 21, 22) },
  'crawler-tcp-l1': { outcome: 'ok', code: 200, role: 'leaf', peers: net(12, 11) },
  'crawler-tcp-l5': { outcome: 'ok', code: 200, role: 'leaf', peers: net(13, 14) },
  'crawler-tcp-leaf-ultrapeer-true': { outcome: 'ok', code: 200, role: 'leaf', peers: net(12, 11) },
  'crawler-tcp-lf-only': u1,
  'crawler-tcp-limewire-ua': u1,
  'crawler-tcp-lowercase': u1,
  'crawler-tcp-many': {
    ...u1,
    peers: [...net(14), ...made(157, 130)],
    leaves: [...net(27, 26), ...made(229, 160)],
  },
  'crawler-tcp-minimal': u1,
  'crawler-tcp-no-third-block': u1,
  'crawler-tcp-too-frequent': { outcome: 'rate-limited', code: 403 },
  'crawler-tcp-u1': { ...u1, leaves: net(24, 22, 21) },
  'crawler-tcp-u2': { ...u1, peers: net(11), leaves: net(21, 22) },
  'crawler-tcp-u3': { ...u1, peers: net(11, 14), leaves: net(25, 24) },
  'crawler-tcp-u4': { ...u1, peers: net(15, 13), leaves: net(25) },
  'crawler-tcp-u5': { ...u1, peers: net(14), leaves: [] },
  'crawler-tcp-ultrapeer-true': u1,
  'deflate-leaf-to-up': accepted,
  'g2-accept': { outcome: 'not-this-protocol', code: 200 },
  'http-browse-host': http,
  'http-get-root': http,
  'http-get-root-disabled': http,
  'http-gwc': http,
  'http-head': http,
  'http-push-proxy': http,
  'http-robots': http,
  'leaf-to-leaf': { outcome: 'refused', code: 204, role: 'leaf' },
  'malformed-bad-version': silence,
  'malformed-binary': silence,
  'malformed-continuation': u1,
  'malformed-duplicate': u1,
  'malformed-extra-data': silence,
  'malformed-garbage': silence,
  'malformed-header-no-colon': u1,
  'malformed-header-space-before-colon': u1,
  'malformed-hello-only': silence,
  'malformed-leading-crlf': silence,
  'malformed-long-line': { outcome: 'refused', code: 413, mentions: net(15) },
  'malformed-lowercase-greeting': silence,
  'malformed-many-headers': { outcome: 'refused', code: 413, mentions: net(15) },
  'malformed-no-version': silence,
  'malformed-nul': u1,
  'malformed-pipelined-third': silence,
  minimal: { outcome: 'refused', code: 403 },
  'no-ultrapeer-header': { outcome: 'refused', code: 403 },
  'reject-204-xtry': { outcome: 'refused', code: 204, role: 'leaf', mentions: cached },
  'reject-403-compression-leaf': { outcome: 'refused', code: 403 },
  'reject-403-compression-up': { outcome: 'refused', code: 403 },
  'reject-503-xtry': { outcome: 'busy', code: 503, role: 'leaf', mentions: cached },
  'reject-duplicate': { outcome: 'refused', code: 409, mentions: net(11) },
  'session-leaf': accepted,
  'session-up': accepted,
  'tls-offer-leaf-to-up': accepted,
  'up-to-full-leaf': { outcome: 'busy', code: 503, role: 'leaf' },
};

const ASKED = address('192.0.2.1:6346');

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'answers of gtk-gnutella 1.2.3 (skipped where ../shared is absent)',
  () => {
    it('are all named in this test', () => {
      expect(transcripts('.resp.txt').sort()).toEqual(Object.keys(EXPECTED).sort());
    });

    it.each(Object.entries(EXPECTED))('%s is read as what it says', (name, expected) => {
      const bytes = transcript(`${name}.resp.txt`);
      const answer = converse(crawlerHandshake.ask(ASKED), [bytes]);
      const { peers, links, mentions, rejected } = answer.claims;

      expect(answer.outcome).toBe(expected.outcome);
      expect(answer.status?.code).toBe(expected.code);
      expect(peers[0]?.role).toBe(expected.role);
      const connections = links.filter((link) => link.relation === 'connection');
      const registrations = links.filter((link) => link.relation === 'registration');
      expect(connections.flatMap((link) => link.targets)).toEqual(expected.peers ?? []);
      expect(registrations.flatMap((link) => link.sources)).toEqual(expected.leaves ?? []);
      expect(connections.every((link) => link.sources.join() === ASKED)).toBe(true);
      expect(registrations.every((link) => link.targets.join() === ASKED)).toBe(true);
      expect(mentions).toEqual(expected.mentions ?? []);
      expect(rejected).toBe(0);
    });

    it.each(Object.keys(EXPECTED))('%s is read the same however it is split', (name) => {
      const bytes = transcript(`${name}.resp.txt`);
      const whole = converse(crawlerHandshake.ask(ASKED), [bytes]);
      expect(converse(crawlerHandshake.ask(ASKED), oneByOne(bytes))).toEqual(whole);
      fc.assert(
        fc.property(shares, (at) => {
          expect(converse(crawlerHandshake.ask(ASKED), splitAt(bytes, at))).toEqual(whole);
        }),
        { numRuns: 30 },
      );
    });

    it('say who answered and since when it runs', () => {
      const answer = converse(crawlerHandshake.ask(ASKED), [transcript('crawler-tcp-u1.resp.txt')]);
      expect(answer.claims.peers).toEqual([
        {
          address: ASKED,
          role: 'superpeer',
          agent: 'gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)',
          liveSince: Date.UTC(2025, 0, 1, 11, 38, 34),
        },
      ]);
    });

    it('were given to the same block 1 that this crawler sends, apart from its name', () => {
      const recorded = Buffer.from(transcript('crawler-tcp-u1.req.txt')).toString('latin1');
      const sent = Buffer.from(crawlerHandshake.ask(ASKED).opening).toString('latin1');
      expect(sent).toBe(recorded.replace('peerscope/0.1 (crawl)', `peerscope/${VERSION} (crawl)`));
    });
  },
);
