import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../src/core/byte-reader.ts';
import { NO_CLAIMS } from '../../../src/core/claims.ts';
import { MAX_ANSWERED_PINGS, MAX_PONGS, MAX_SESSION_BYTES } from '../../../src/overlays/gnutella/limits.ts';
import { oldPingCrawl, pingCrawl } from '../../../src/overlays/gnutella/ping-crawl.ts';
import { type Endpoint, ipv4Endpoint } from '../../../src/overlays/gnutella/wire/endpoint.ts';
import { encodeExtension } from '../../../src/overlays/gnutella/wire/extension-value.ts';
import { ggepExtension } from '../../../src/overlays/gnutella/wire/ggep-extension.ts';
import { NO_TRAILER } from '../../../src/overlays/gnutella/wire/ggep.ts';
import { decodeMessage } from '../../../src/overlays/gnutella/wire/message.ts';
import { play } from './played.ts';
import { bytesOf, oneByOne, textOf } from './support.ts';
import {
  ASKED,
  ACCEPTED,
  LEAF,
  OLD,
  messagesIn,
  OLD_GUID,
  message,
  pong,
  bye,
  ping,
  answerTo,
} from './ping-crawl-support.ts';

describe('a Ping crawl', () => {
  it('asks under the name that the user gave, as a leaf that can not be called', () => {
    const opening = textOf(pingCrawl.ask(ASKED).opening);
    expect(opening).toContain('\r\nX-Ultrapeer: False\r\n');
    expect(opening).not.toMatch(/Listen-IP|Node:|Crawler:/);
  });

  it('announces a vendor message, sends one Ping of TTL 2, and at last a Bye', () => {
    const { sent, farewell } = play(pingCrawl.ask(ASKED), [bytesOf(ACCEPTED)]);
    const [supported, asked] = messagesIn(sent);
    expect(supported).toMatchObject({ kind: 'messages-supported', body: { messages: [{ vendor: 'BEAR' }] } });
    expect(asked).toMatchObject({ kind: 'ping', header: { ttl: 2, hops: 0, length: 0 } });
    expect(decodeMessage(farewell ?? EMPTY)).toMatchObject({
      kind: 'bye',
      header: { ttl: 1, hops: 0 },
      body: { code: 200, text: 'Survey finished, thank you' },
    });
  });

  it('sorts Pongs by their hops: the peer itself, its neighbours, others', () => {
    const { outcome, listing, claims } = answerTo(ACCEPTED, [
      pong('192.0.2.1:6346', 0),
      pong('1.1.1.1:1', 1),
      pong('2.2.2.2:2', 2),
      pong('3.3.3.3:3', 1),
    ]);
    expect([outcome, listing]).toEqual(['ok', 'connections']);
    expect(claims).toEqual({
      peers: [{ address: ASKED, role: 'superpeer', agent: 'x/1' }],
      links: [
        {
          relation: 'connection',
          evidence: 'self-report',
          sources: [ASKED],
          targets: ['1.1.1.1:1', '3.3.3.3:3'],
        },
      ],
      mentions: ['2.2.2.2:2'],
      rejected: 0,
    });
  });

  it('rejects port 0, repetitions, the peer itself, other Pings’ Pongs and those that are too short', () => {
    const short = Uint8Array.from(pong('1.1.1.1:1', 1).subarray(0, 26));
    short[19] = 3;
    const { claims } = answerTo(ACCEPTED, [
      pong('1.1.1.1:0', 1),
      pong('2.2.2.2:2', 1),
      pong('2.2.2.2:2', 1),
      pong(ASKED, 1),
      pong('3.3.3.3:3', 1, { guid: new Uint8Array(16) }),
      short,
    ]);
    expect([claims.links[0]?.targets, claims.rejected]).toEqual([['2.2.2.2:2'], 5]);
  });

  it('finds neighbours that have IPv6 only', () => {
    const ipv6 = encodeExtension({ id: '6', ip: '2001:db8::1' });
    const { claims } = answerTo(ACCEPTED, [pong('127.0.0.0:99', 1, { extensions: [ipv6] })]);
    expect(claims.links[0]?.targets).toEqual(['[2001:db8::1]:99']);
  });

  it('rejects the mark of IPv6 without a good address, and addresses that can be nobody’s', () => {
    const [bad, ipv4] = [ggepExtension('6', new Uint8Array(15)), encodeExtension({ id: '6', ip: '1.2.3.4' })];
    const { claims, listing } = answerTo(ACCEPTED, [
      pong('127.0.0.0:99', 1),
      pong('127.0.0.0:99', 1, { extensions: [ipv4] }),
      pong('0.0.0.7:1', 1),
      pong('224.0.0.1:1', 1),
      pong('255.255.255.255:1', 2),
      pong('127.0.0.0:1', 2),
    ]);
    expect([claims.links, claims.mentions, claims.rejected, listing]).toEqual([[], [], 6, undefined]);
    // Its extension is of no use, and so is its address.
    expect(answerTo(ACCEPTED, [pong('127.0.0.0:99', 1, { extensions: [bad] })]).claims.rejected).toBe(2);
  });

  it('counts extensions that are bombs or broken, and blocks of them, and keeps the Pong', () => {
    const bomb = ggepExtension('UP', new Uint8Array(1_000_000), { deflated: true });
    const broken = ggepExtension('IPP', new Uint8Array(7));
    const noBlock = Uint8Array.of(0xc3, 0x8f, 65);
    const { claims } = answerTo(ACCEPTED, [
      pong(ASKED, 0, { extensions: [bomb] }),
      pong('1.1.1.1:1', 1, { extensions: [bomb, broken] }),
      message('pong', 1, {
        ...NO_TRAILER,
        ...{ endpoint: '2.2.2.2:2' as Endpoint, files: 0, kib: 0, rest: noBlock },
      }),
    ]);
    expect([claims.links[0]?.targets, claims.rejected]).toEqual([['1.1.1.1:1', '2.2.2.2:2'], 4]);
  });

  it('waits 4 s for the first Pong of a neighbour, and 2 s after each Pong then; no other traffic prolongs it', () => {
    const conversation = pingCrawl.ask(ASKED);
    const quiet = [
      bytesOf(ACCEPTED.slice(0, 9)),
      bytesOf(ACCEPTED.slice(9)),
      ping(0),
      pong(ASKED, 0),
      pong('3.3.3.3:3', 2),
      pong('2.2.2.2:2', 1, { guid: new Uint8Array(16) }),
      pong('1.1.1.1:1', 1),
      ping(1),
      pong('4.4.4.4:4', 1).subarray(0, 30),
      pong('4.4.4.4:4', 1).subarray(30),
    ].map((chunk) => conversation.receive(chunk).quiet);
    expect(quiet).toEqual([
      ...[undefined, 4_000, undefined, 4_000, 4_000, undefined],
      ...[2_000, undefined, undefined, 2_000],
    ]);
  });

  it('goes on with what came right behind block 2', () => {
    const bytes = Buffer.concat([bytesOf(ACCEPTED), pong('1.1.1.1:1', 1)]);
    expect(play(pingCrawl.ask(ASKED), [bytes]).answer.claims.links[0]?.targets).toEqual(['1.1.1.1:1']);
  });

  it('passes over what it did not ask for', () => {
    const query = Buffer.concat([new Uint8Array(16), Uint8Array.of(0x80, 3, 1, 5, 0, 0, 0, 0, 0, 65, 66, 0)]);
    const { sent, answer } = play(pingCrawl.ask(ASKED), [bytesOf(ACCEPTED), query, pong('1.1.1.1:1', 1)]);
    expect([answer.outcome, messagesIn(sent).length]).toEqual(['ok', 2]);
  });

  it('answers the peer’s own Pings with a Pong that nobody can call, and only so many, but none that it passes on', () => {
    const many = Array.from({ length: MAX_ANSWERED_PINGS + 5 }, () => ping(0));
    const { sent } = play(pingCrawl.ask(ASKED), [bytesOf(ACCEPTED), ping(1), ...many]);
    const pongs = messagesIn(sent).slice(2);
    expect(pongs.length).toBe(MAX_ANSWERED_PINGS);
    for (const each of pongs) {
      expect(each).toMatchObject({
        kind: 'pong',
        header: { guid: new Uint8Array(16).fill(7), ttl: 1, hops: 0 },
        body: { endpoint: '0.0.0.0:0', files: 0, kib: 0, extensions: [] },
      });
    }
  });
});

describe('the role of the peer', () => {
  const accepted = 'GNUTELLA/0.6 200 OK\r\n\r\n';
  const roleIn = (greeting: string, own: Uint8Array) => answerTo(greeting, [own]).claims.peers[0]?.role;

  it('is what the handshake says, whatever its Pong says', () => {
    expect(roleIn(LEAF, pong(ASKED, 0, { kib: 8 }))).toBe('leaf');
    expect(roleIn(ACCEPTED, pong(ASKED, 0, { kib: 7 }))).toBe('superpeer');
  });

  it('is superpeer by the mark in the Pong’s KiB or its GGEP, where the handshake does not say', () => {
    const up = encodeExtension({ id: 'UP', version: 2, freeLeafSlots: 255, freeSuperpeerSlots: 48 });
    expect(roleIn(accepted, pong(ASKED, 0, { kib: 1024 }))).toBe('superpeer');
    expect(roleIn(accepted, pong(ASKED, 0, { extensions: [up] }))).toBe('superpeer');
    expect(roleIn(accepted, pong(ASKED, 0, { kib: 1000 }))).toBeUndefined();
    expect(roleIn(accepted, pong('1.1.1.1:1', 1, { kib: 1024 }))).toBeUndefined();
  });
});

describe('a Ping crawl that nobody answers', () => {
  it('is all that a leaf has to say, and leaves a superpeer’s neighbours unknown; a listing is neither', () => {
    expect(answerTo(LEAF, [])).toMatchObject({
      outcome: 'ok',
      claims: { peers: [{ role: 'leaf' }], links: [] },
    });
    expect(answerTo(ACCEPTED, []).outcome).toBe('partial');
    expect(answerTo('GNUTELLA/0.6 200 OK\r\n\r\n', []).outcome).toBe('partial');
    for (const greeting of [LEAF, ACCEPTED]) expect(answerTo(greeting, []).listing).toBeUndefined();
  });

  it('is not answered by the peer’s own Pong, which tells nothing of its neighbours', () => {
    for (const own of [pong(ASKED, 0), pong(ASKED, 1)]) {
      const { outcome, listing, claims } = answerTo(ACCEPTED, [own]);
      expect([outcome, listing, claims.links]).toEqual(['partial', undefined, []]);
    }
    expect(answerTo(LEAF, [pong(ASKED, 0)]).outcome).toBe('ok');
  });

  it('is refused by who takes the connection and closes it, or says Bye', () => {
    expect(answerTo(ACCEPTED, [], 'closed')).toMatchObject({ outcome: 'refused', status: { code: 200 } });
    expect(answerTo(ACCEPTED, [], 'reset').outcome).toBe('reset');
    expect(answerTo(ACCEPTED, [bye(503, 'Too many\r\nServer: x')])).toMatchObject({
      outcome: 'busy',
      status: { code: 503, reason: 'Too many' },
      claims: { peers: [{ address: ASKED, agent: 'x/1' }], links: [] },
    });
    expect(answerTo(ACCEPTED, [bye(405, 'Idle')]).outcome).toBe('refused');
  });
});

describe('a session that does not end in quiet', () => {
  it.each(['silent', 'closed', 'reset'] as const)(
    'is partial where all time ran out, or it was closed (%s)',
    (how) => {
      const { outcome, listing } = answerTo(ACCEPTED, [pong('1.1.1.1:1', 1)], how);
      expect([outcome, listing]).toEqual(['partial', 'connections']);
    },
  );

  it('leaves open whether a leaf had more to say where time ran out', () => {
    expect(answerTo(LEAF, [], 'silent').outcome).toBe('partial');
  });

  it('is partial where the quiet comes in the middle of a descriptor', () => {
    const begun = pong('2.2.2.2:2', 1).subarray(0, 30);
    expect(answerTo(ACCEPTED, [pong('1.1.1.1:1', 1), begun])).toMatchObject({
      outcome: 'partial',
      listing: 'connections',
      claims: { links: [{ targets: ['1.1.1.1:1'] }] },
    });
  });

  it.each(['closed', 'reset'] as const)('needs no farewell where the peer is gone (%s)', (how) => {
    const { answer, farewell } = play(pingCrawl.ask(ASKED), [bytesOf(ACCEPTED), pong('1.1.1.1:1', 1)], how);
    expect([answer.outcome, answer.listing]).toEqual(['partial', 'connections']);
    expect(farewell).toBeUndefined();
  });

  it('is malformed by garbage, which is the end of it, and partial where Pongs came before', () => {
    const garbage = new Uint8Array(100).fill(255);
    const before = play(pingCrawl.ask(ASKED), [bytesOf(ACCEPTED), garbage, pong('1.1.1.1:1', 1)]);
    expect([before.answer.outcome, before.answer.claims.links, before.farewell]).toEqual([
      'malformed',
      [],
      undefined,
    ]);
    expect(answerTo(ACCEPTED, [pong('1.1.1.1:1', 1), garbage])).toMatchObject({
      outcome: 'partial',
      claims: { links: [{ targets: ['1.1.1.1:1'] }] },
    });
  });

  it('is partial and cut off by a flood of Pongs', () => {
    const conversation = pingCrawl.ask(ASKED);
    conversation.receive(bytesOf(ACCEPTED));
    const flood = Array.from({ length: MAX_PONGS + 1 }, (_, i) => pong(ipv4Endpoint(0x0a000000 + i, 1), 1));
    expect(conversation.receive(Buffer.concat(flood.slice(0, MAX_PONGS))).answer).toBeUndefined();
    const { answer } = conversation.receive(Buffer.concat(flood.slice(MAX_PONGS)));
    expect(answer?.outcome).toBe('partial');
    expect(answer?.claims.peers[0]?.truncated).toBe(true);
    expect(answer?.claims.links[0]?.targets.length).toBe(MAX_PONGS);
  });

  it('ends after so many bytes of anything', () => {
    const conversation = pingCrawl.ask(ASKED);
    conversation.receive(bytesOf(ACCEPTED));
    const chatter = Buffer.concat(
      Array.from({ length: 1_000 }, () => pong('1.1.1.1:1', 1, { guid: new Uint8Array(16) })),
    );
    let bytes = 0;
    while (conversation.receive(chatter).answer === undefined) bytes += chatter.length;
    expect(bytes).toBeLessThanOrEqual(MAX_SESSION_BYTES);
    expect(conversation.end('silent').outcome).toBe('malformed');
  });

  it('is malformed by a deflate bomb, and by what is not deflated though it was announced', () => {
    const deflated = ACCEPTED.replace('Bye-', 'Content-Encoding: deflate\r\nBye-');
    const bomb = deflateSync(new Uint8Array(8 * 1024 * 1024));
    expect(answerTo(deflated, [bomb]).outcome).toBe('malformed');
    expect(answerTo(deflated, [pong('1.1.1.1:1', 1)]).outcome).toBe('malformed');
  });
});

describe('the handshake of a Ping crawl', () => {
  it.each([
    ['503 Too many leaf connections (30 max)', 'busy'],
    ['429 Banned for 5m 0s', 'rate-limited'],
    ['593 Hi', 'refused'],
    ['204 Shielded leaf node (3 peers max)', 'refused'],
  ])('may be refused with %s: %s', (status, outcome) => {
    const { answer, sent } = play(pingCrawl.ask(ASKED), [
      bytesOf(`GNUTELLA/0.6 ${status}\r\nX-Try-Ultrapeers: 5.5.5.5:5\r\nPeers: 1.1.1.1:1\r\n\r\n`),
    ]);
    expect(answer).toMatchObject({ outcome, claims: { links: [], mentions: ['5.5.5.5:5'] } });
    expect(sent.length).toBe(0);
  });

  it('is with something else where the first bytes do not fit', () => {
    for (const text of ['HTTP/1.1 200 OK', 'SSH-2.0', '\r\n', 'GNUTELLA OKAY']) {
      expect(pingCrawl.ask(ASKED).receive(bytesOf(text)).answer).toEqual({
        outcome: 'not-this-protocol',
        claims: NO_CLAIMS,
      });
    }
    expect(pingCrawl.ask(ASKED).receive(bytesOf('GNUTELLA/0.6 fine\r\n')).answer?.outcome).toBe('malformed');
  });

  it('that ends too early says how, and what it said until then', () => {
    expect(answerTo('', [], 'closed')).toEqual({ outcome: 'closed', claims: NO_CLAIMS });
    expect(answerTo('', [], 'silent').outcome).toBe('silent');
    expect(answerTo('GNUTELLA/0.6 200 OK\r\nUser-A', [], 'closed')).toMatchObject({
      outcome: 'malformed',
      status: { code: 200 },
    });
    expect(answerTo('GNUTELLA/0.6 200 OK\r\n', [], 'reset').outcome).toBe('reset');
  });
});

describe('a Ping crawl in 0.4', () => {
  it('has its own greeting, and sends nothing but the Ping: 0.4 knows neither vendor messages nor Bye', () => {
    expect(textOf(oldPingCrawl.ask(ASKED).opening)).toBe('GNUTELLA CONNECT/0.4\n\n');
    const { sent, answer, farewell } = play(oldPingCrawl.ask(ASKED), [
      bytesOf(OLD),
      pong(ASKED, 0, { guid: OLD_GUID }),
      pong('1.1.1.1:1', 1, { guid: OLD_GUID }),
    ]);
    expect(messagesIn(sent, '')).toMatchObject([{ kind: 'ping', header: { ttl: 2 } }]);
    expect(farewell).toBeUndefined();
    expect(answer).toMatchObject({
      outcome: 'ok',
      status: { code: 0, reason: 'GNUTELLA OK' },
      listing: 'connections',
      claims: { peers: [{ address: ASKED, role: 'superpeer' }], links: [{ targets: ['1.1.1.1:1'] }] },
    });
  });

  it('may follow on a 0.6 greeting', () => {
    const chunks = oneByOne(Buffer.concat([bytesOf('GNUTELLA OK\r\n\r\n'), pong('1.1.1.1:1', 1)]));
    const { sent, answer } = play(pingCrawl.ask(ASKED), chunks);
    expect(messagesIn(sent, '').map(({ kind }) => kind)).toEqual(['ping']);
    expect([answer.outcome, answer.claims.links[0]?.targets]).toEqual(['ok', ['1.1.1.1:1']]);
  });

  it('may be refused in 0.6', () => {
    const text = 'GNUTELLA/0.6 503 Full\r\n\r\n';
    expect(play(oldPingCrawl.ask(ASKED), [bytesOf(text)]).answer.outcome).toBe('busy');
  });
});
