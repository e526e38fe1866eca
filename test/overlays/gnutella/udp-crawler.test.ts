import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/core/address.ts';
import { EMPTY } from '../../../src/core/byte-reader.ts';
import { NO_CLAIMS } from '../../../src/core/claims.ts';
import { WAIT, type Answer } from '../../../src/core/visit.ts';
import { createUdpCrawlerQuestion, udpCrawlerPing } from '../../../src/overlays/gnutella/udp-crawler.ts';
import type { CrawlerEntry } from '../../../src/overlays/gnutella/wire/crawler-pong.ts';
import { DESCRIPTOR_TYPES } from '../../../src/overlays/gnutella/wire/descriptor-type.ts';
import { type Endpoint, ipv4Endpoint } from '../../../src/overlays/gnutella/wire/endpoint.ts';
import { isModernGuid } from '../../../src/overlays/gnutella/wire/guid.ts';
import {
  decodeMessage,
  encodeMessage,
  type Message,
  newHeader,
} from '../../../src/overlays/gnutella/wire/message.ts';
import { packUserAgents } from '../../../src/overlays/gnutella/wire/user-agents.ts';
import { address } from './support.ts';
import { transcripts, TRANSCRIPTS_PRESENT } from './transcripts.ts';
import { hexMessages } from './wire/hex-transcripts.ts';

const ASKED = address('192.0.2.1:6346');

function askedIn(conversationOpening: Uint8Array): Message {
  const message = decodeMessage(conversationOpening, { transport: 'udp' });
  if (message.kind === 'malformed') throw new Error(message.why);
  return message;
}

/** The pong of a servent that was asked by us, without agents unless they are given. */
function pongTo(
  opening: Uint8Array,
  superpeers: readonly Endpoint[],
  leaves: readonly Endpoint[],
  agents?: readonly string[],
): Uint8Array {
  const entry = (endpoint: Endpoint): CrawlerEntry => ({
    endpoint,
    minutes: undefined,
    language: undefined,
    replies: undefined,
  });
  return encodeMessage({
    kind: 'crawler-pong',
    header: newHeader({ guid: askedIn(opening).header.guid, type: DESCRIPTOR_TYPES.vendor, ttl: 1 }),
    body: {
      version: 1,
      features: agents === undefined ? 0x10 : 0x18,
      uptime: 3600,
      dhtStatus: undefined,
      superpeers: superpeers.map(entry),
      leaves: leaves.map(entry),
      agents:
        agents === undefined ? undefined : packUserAgents('gzip', agents.slice(0, -1), agents.at(-1) ?? ''),
      rest: EMPTY,
    },
  });
}

const endpoints = (...texts: string[]) => texts as Endpoint[];

function answerTo(superpeers: readonly Endpoint[], leaves: readonly Endpoint[], agents?: readonly string[]) {
  const conversation = udpCrawlerPing.ask(ASKED);
  return conversation.receive(pongTo(conversation.opening, superpeers, leaves, agents)).answer;
}

describe('the UDP crawler ping', () => {
  it('asks for all neighbours, their agents and the uptime, in the form that gtk-gnutella was seen to answer', () => {
    const { header, kind, body } = askedIn(udpCrawlerPing.ask(ASKED).opening);
    expect([kind, header.type, header.ttl, header.hops]).toEqual(['crawler-ping', 0x31, 1, 0]);
    expect(body).toMatchObject({ version: 1, superpeers: 255, leaves: 255, features: 0x18 });
    expect(udpCrawlerPing.ask(ASKED).opening.length).toBe(23 + 8 + 3);
  });

  it('has a GUID that follows from seed and endpoint, and from nothing else', () => {
    const guid = (seed: string, endpoint: Address) =>
      Buffer.from(askedIn(createUdpCrawlerQuestion({ seed }).ask(endpoint).opening).header.guid).toString(
        'hex',
      );
    expect(guid('a', ASKED)).toBe(guid('a', ASKED));
    const all = ['a', 'b'].flatMap((seed) =>
      [ASKED, address('192.0.2.1:6347')].map((peer) => guid(seed, peer)),
    );
    expect(new Set(all).size).toBe(4);
    expect(all.every((text) => isModernGuid(Buffer.from(text, 'hex')))).toBe(true);
  });

  it('without an answer is a connect-timeout: datagrams are lost, and servents do not answer everybody', () => {
    for (const how of ['silent', 'closed', 'reset'] as const) {
      expect(udpCrawlerPing.ask(ASKED).end(how)).toEqual({ outcome: 'connect-timeout', claims: NO_CLAIMS });
    }
  });
});

describe('a crawler pong', () => {
  it('tells connections, registrations, and of its sender the agent; an average uptime is no start', () => {
    const answer = answerTo(endpoints('1.1.1.1:1', '2.2.2.2:2'), endpoints('3.3.3.3:3'), [
      'a', 'b', 'c', 'LimeWire/5',
    ]); // prettier-ignore
    const link = { evidence: 'self-report' };
    expect(answer).toEqual({
      outcome: 'ok',
      listing: 'full',
      claims: {
        peers: [{ address: ASKED, role: 'superpeer', agent: 'LimeWire/5', truncated: true }],
        links: [
          { ...link, relation: 'connection', sources: [ASKED], targets: ['1.1.1.1:1', '2.2.2.2:2'] },
          { ...link, relation: 'registration', sources: ['3.3.3.3:3'], targets: [ASKED] },
        ],
        mentions: [],
        rejected: 0,
      },
    });
  });

  it('without leaves does not tell the role: leaves answer too', () => {
    expect(answerTo(endpoints('1.1.1.1:1'), [])?.claims.peers).toEqual([{ address: ASKED }]);
  });

  it('of nobody is an answer without links', () => {
    expect(answerTo([], [])).toEqual({
      outcome: 'ok',
      listing: 'full',
      claims: { ...NO_CLAIMS, peers: [{ address: ASKED }] },
    });
  });

  it('may list port 0, repetitions and itself: rejected', () => {
    const claims = answerTo(
      endpoints('1.1.1.1:0', '1.1.1.1:1', '1.1.1.1:1', ASKED),
      endpoints('2.2.2.2:2', '3.3.3.3:0'),
    )?.claims;
    expect(claims?.links.map(({ sources, targets }) => [sources, targets])).toEqual([
      [[ASKED], ['1.1.1.1:1']],
      [['2.2.2.2:2'], [ASKED]],
    ]);
    expect(claims?.rejected).toBe(4);
  });

  it('may list addresses that can be nobody’s: rejected', () => {
    const claims = answerTo(
      endpoints('0.1.2.3:1', '127.0.0.0:1', '1.1.1.1:1', '127.0.0.9:1'),
      endpoints('224.0.0.1:1', '255.255.255.255:1'),
    )?.claims;
    expect(claims?.links.map(({ targets }) => targets)).toEqual([['1.1.1.1:1', '127.0.0.9:1']]);
    expect(claims?.rejected).toBe(4);
  });

  it('of the LimeWire family may not tell all: it leaves out superpeers that it takes for bad ones', () => {
    for (const own of ['LimeWire/5.5', 'FrostWire/4.21', '']) {
      expect(answerTo(endpoints('1.1.1.1:1'), [], ['x', own])?.claims.peers[0]?.truncated).toBe(true);
    }
    expect(answerTo(endpoints('1.1.1.1:1'), [])?.claims.peers[0]?.truncated).toBeUndefined();
  });

  it('that is full may not tell all', () => {
    const many = Array.from({ length: 255 }, (_, i) => ipv4Endpoint(0x0a000000 + i, 1));
    expect(answerTo(many, [])?.claims.peers).toEqual([{ address: ASKED, truncated: true }]);
    expect(answerTo(many.slice(1), [])?.claims.peers).toEqual([{ address: ASKED }]);
  });

  it('that is cut off is malformed', () => {
    const { opening } = udpCrawlerPing.ask(ASKED);
    const whole = pongTo(opening, endpoints('1.1.1.1:1', '2.2.2.2:2'), []);
    const body = whole.subarray(23, -3);
    const shorter = Uint8Array.from(Buffer.concat([whole.subarray(0, 23), body]));
    shorter[19] = body.length;
    for (const bytes of [whole.subarray(0, -3), shorter]) {
      expect(udpCrawlerPing.ask(ASKED).receive(bytes).answer).toEqual({
        outcome: 'malformed',
        claims: NO_CLAIMS,
      });
    }
  });

  it('under another GUID, or another message under ours, is waited over', () => {
    const conversation = udpCrawlerPing.ask(ASKED);
    const other = createUdpCrawlerQuestion({ seed: 'other' }).ask(ASKED).opening;
    const stray = [
      pongTo(other, endpoints('1.1.1.1:1'), []),
      conversation.opening,
      EMPTY,
      new Uint8Array(10),
    ];
    for (const bytes of stray) expect(conversation.receive(bytes)).toEqual(WAIT);
    expect(conversation.receive(pongTo(conversation.opening, [], [])).answer?.outcome).toBe('ok');
  });

  it('is judged once', () => {
    const conversation = udpCrawlerPing.ask(ASKED);
    const { answer } = conversation.receive(pongTo(conversation.opening, [], []));
    expect(conversation.receive(pongTo(conversation.opening, endpoints('1.1.1.1:1'), [])).answer).toBe(
      answer,
    );
    expect(conversation.end('silent')).toBe(answer);
  });
});

/** The recorded network: superpeer .1k listens on 634k, leaf .2k on 635k, neighbours made for the record on 7000 + last octet. */
const net = (...hosts: number[]) => hosts.map((host) => `203.0.113.${host}:${6330 + host}`);
const made = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => `198.51.100.${from - i}:${7000 + from - i}`);
const GTKG = 'gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)';

interface Expected {
  readonly peers: readonly string[];
  readonly leaves: readonly string[];
  readonly agent?: string;
}

const u1: Expected = { peers: net(13, 12), leaves: net(23, 24, 22, 21) };
const u1WithAgents: Expected = { ...u1, agent: GTKG };

/** Read from the bytes with an independent program, and from notes on that network; undefined is no answer at all. */
const EXPECTED: Readonly<Record<string, Expected | undefined>> = {
  '0-0': undefined,
  '1-1': { peers: net(13), leaves: net(23) },
  '2-0': { peers: net(13, 12), leaves: [] },
  f00: u1,
  f01: u1,
  f02: u1,
  f04: u1,
  f08: u1WithAgents,
  f09: u1WithAgents,
  f0f: u1WithAgents,
  f10: u1,
  f7f: u1WithAgents,
  fff: u1WithAgents,
  leaf: { peers: net(12, 11), leaves: [], agent: GTKG },
  long: u1,
  'many-10-10': { peers: [...net(14), ...made(155, 147)], leaves: [...net(27, 26), ...made(226, 219)] },
  'many-f0b': {
    peers: [...net(14), ...made(157, 130)],
    leaves: [...net(27, 26), ...made(229, 160)],
    agent: GTKG,
  },
  'many-newonly': { peers: net(14), leaves: net(27, 26) },
  short: undefined,
  std32: u1,
  ttl0: u1,
  ttl4: u1,
  'ttl9-f09': { peers: net(11, 14), leaves: net(25, 24), agent: GTKG },
  v2: u1,
};

const PREFIX = 'udp-crawler-';

/** Plays the datagrams of a transcript to a conversation that asked with its GUID. */
function replay(name: string): Answer {
  const [ping, ...pongs] = hexMessages(PREFIX + name);
  const guidOf = () => (ping as Uint8Array).subarray(0, 16);
  const conversation = createUdpCrawlerQuestion({ guidOf }).ask(ASKED);
  for (const pong of pongs) {
    const { answer } = conversation.receive(pong);
    if (answer !== undefined) return answer;
  }
  return conversation.end('silent');
}

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'crawler pongs of gtk-gnutella 1.2.3 (skipped where ../shared is absent)',
  () => {
    it('are all named in this test', () => {
      const names = transcripts('.hex').filter((name) => name.startsWith(PREFIX));
      expect(names.map((name) => name.slice(PREFIX.length)).sort()).toEqual(Object.keys(EXPECTED).sort());
    });

    it.each(Object.entries(EXPECTED))('%s is read as what it says', (name, expected) => {
      const { outcome, claims, listing } = replay(name);
      if (expected === undefined) {
        expect([outcome, listing, claims]).toEqual(['connect-timeout', undefined, NO_CLAIMS]);
        return;
      }
      const { peers, leaves, agent } = expected;
      expect([outcome, listing, claims.rejected]).toEqual(['ok', 'full', 0]);
      expect(claims.links.flatMap((link) => (link.relation === 'connection' ? link.targets : []))).toEqual(
        peers,
      );
      expect(claims.links.flatMap((link) => (link.relation === 'registration' ? link.sources : []))).toEqual(
        leaves,
      );
      expect(claims.peers).toEqual([
        {
          address: ASKED,
          ...(leaves.length > 0 && { role: 'superpeer' }),
          ...(agent !== undefined && { agent }),
        },
      ]);
    });

    it('that were damaged never throw, and give at most one answer', () => {
      const all = Object.keys(EXPECTED).map((name) => hexMessages(PREFIX + name));
      fc.assert(
        fc.property(
          fc.constantFrom(...all.filter((lines) => lines.length > 1)),
          fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 8 }),
          fc.nat(2_000),
          ([ping, pong], changes, length) => {
            const bytes = Uint8Array.from(pong as Uint8Array).subarray(0, length);
            for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
            const guidOf = () => (ping as Uint8Array).subarray(0, 16);
            const conversation = createUdpCrawlerQuestion({ guidOf }).ask(ASKED);
            const { answer } = conversation.receive(bytes);
            expect(['ok', 'malformed', undefined]).toContain(answer?.outcome);
            if (answer !== undefined) expect(conversation.end('silent')).toBe(answer);
          },
        ),
        { numRuns: 1_000 },
      );
    });
  },
);

describe('any datagrams', () => {
  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, underOurGuid) => {
        const conversation = udpCrawlerPing.ask(ASKED);
        const begin = underOurGuid ? conversation.opening.subarray(0, 16) : EMPTY;
        const { answer } = conversation.receive(Uint8Array.from(Buffer.concat([begin, bytes])));
        expect([undefined, 'ok', 'malformed']).toContain(answer?.outcome);
      }),
    );
  });
});
