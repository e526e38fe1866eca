import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/overlays/gnutella/explain/explain.ts';
import { MAX_CAPTURE_PIECE } from './support.ts';
import { bytesOf } from '../support.ts';
import { fastRandom, mutate } from '../../../support/mutations.js';
import { descriptor, kindsOf, only, PING, PONG, told } from './support.ts';

describe('handshake blocks', () => {
  it('several in a row, then descriptors: each is a part where it begins', () => {
    const greeting = 'GNUTELLA CONNECT/0.6\r\nUser-Agent: x\r\n\r\n';
    const third = 'GNUTELLA/0.6 200 OK\r\n\r\n';
    const parts = told(Buffer.concat([bytesOf(greeting + third), PING, PONG]));
    expect(parts.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['greeting', 0],
      ['reply', greeting.length],
      ['ping', greeting.length + third.length],
      ['pong', greeting.length + third.length + PING.length],
    ]);
    // Offsets are those of the capture: the type of a descriptor is its 17th byte.
    const type = parts[2]?.fields.find(({ name }) => name === 'type');
    expect(type).toMatchObject({ offset: greeting.length + third.length + 16, meaning: 'Ping' });
  });

  it('of 0.4 are known by their own words, on either side', () => {
    expect(kindsOf(Buffer.concat([bytesOf('GNUTELLA CONNECT/0.4\n\n'), PING]))).toEqual(['greeting', 'ping']);
    expect(kindsOf(Buffer.concat([bytesOf('GNUTELLA OK\n\n'), PONG]))).toEqual(['old-reply', 'pong']);
  });

  it('of a crawled superpeer give Peers and Leaves as addresses, port 6346 where there is none', () => {
    const part = only(
      'GNUTELLA/0.6 593 Hi\r\nX-Ultrapeer: true\r\nLeaves: 192.0.2.9:1\r\nPeers: 192.0.2.1,192.0.2.2:7\r\n\r\n',
    );
    expect(part.addresses).toEqual({
      peers: ['192.0.2.1:6346', '192.0.2.2:7'],
      leaves: ['192.0.2.9:1'],
      mentions: [],
    });
    expect(part.summary).toBe(
      'Answer to a crawler: 593 Hi; a superpeer, connected to 2 superpeers and 1 leaf',
    );
  });

  it.each([
    ['GNUTELLA/0.6 200 OK\r\nPeers: \r\n\r\n', 'a leaf, as it lists no Leaves, connected to 0 superpeers'],
    ['GNUTELLA/0.6 593 Hi\r\nX-Ultrapeer: false\r\nLeaves: \r\nPeers: \r\n\r\n', 'a leaf, connected to 0'],
    ['GNUTELLA/0.6 200 OK\r\nX-Ultrapeer: True\r\n\r\n', 'Answer: 200 OK, accepted by a superpeer'],
    ['GNUTELLA/0.6 204 Shielded leaf node (2 peers max)\r\n\r\n', 'refused: a leaf that takes no more'],
    ['GNUTELLA/0.6 429 Banned for 5m 0s\r\n\r\n', 'refused: asked too often'],
    [
      'GNUTELLA/0.6 503 Full\r\nX-Try: 192.0.2.1:1,192.0.2.2:2\r\n\r\n',
      'slots are taken; names 2 other peers',
    ],
    ['GNUTELLA/0.6 200 OK\r\nContent-Type: application/x-gnutella2\r\n\r\n', 'to speak Gnutella 2'],
    ['GNUTELLA CONNECT/0.6\r\nCrawler: 0.1\r\n\r\n', 'a crawler, which asks for the neighbours'],
    ['GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: False\r\n\r\n', 'wants to connect as a leaf'],
  ])('%j is told in plain words', (block, words) => {
    expect(only(block).summary).toContain(words);
  });

  it('are told line by line; a folded list is counted where it begins', () => {
    const block =
      'GNUTELLA/0.6 503 Full\r\nX-Try-Ultrapeers: 192.0.2.1:1,\r\n\t192.0.2.2:2\r\nnonsense\r\nX-Ultrapeer: True\r\n\r\n';
    expect(only(block).fields.map(({ offset, name, meaning }) => [offset, name, meaning])).toEqual([
      [0, 'first line', 'refused: all its slots are taken'],
      [23, 'X-Try-Ultrapeers', '2 peers to try instead: not its neighbours'],
      [55, 'continued', undefined],
      [69, 'no header', 'no colon: skipped'],
      [79, 'X-Ultrapeer', 'is a superpeer (Gnutella: ultrapeer)'],
      [98, 'empty line', 'end of the block'],
    ]);
  });

  it('without an end are told as far as they go, and the end is missed where it should be', () => {
    const parts = told(bytesOf('GNUTELLA/0.6 200 OK\r\nPeers: 192.0.2.1:1\r\nLea'));
    expect(parts.map(({ kind, offset, problem }) => [kind, offset, problem])).toEqual([
      ['reply', 0, undefined],
      ['malformed', 41, 'the block has no end: its empty line is missing'],
    ]);
    expect(parts[0]?.addresses.peers).toEqual(['192.0.2.1:1']);
  });

  it('beyond a bound say which', () => {
    const many = told(bytesOf(`GNUTELLA/0.6 200 OK\r\n${'A: b\r\n'.repeat(300)}\r\n`));
    expect(many.at(-1)).toMatchObject({ content: { why: 'too-many-lines' } });
    const large = told(bytesOf(`GNUTELLA/0.6 200 OK\r\nA: ${'b'.repeat(200_000)}\r\n\r\n`));
    expect(large.at(-1)).toMatchObject({ content: { why: 'too-large' } });
  });

  it('with a first line that is none are malformed, and reading goes on after them', () => {
    const parts = told(Buffer.concat([bytesOf('GNUTELLA CONNECT/\r\n\r\n'), PING]));
    expect(parts.map(({ kind }) => kind)).toEqual(['malformed', 'ping']);
    expect(parts[0]?.content).toEqual({ why: 'bad-first-line' });
  });
});

describe('HTTP on the same port', () => {
  it('is an answer with its headers, and a body that is named', () => {
    const [head, body, ...more] = told(
      bytesOf('HTTP/1.1 200 OK\r\nServer: s/1\r\nContent-Type: text/html\r\n\r\n<html>'),
    );
    expect(more).toEqual([]);
    expect(head).toMatchObject({ kind: 'http-answer', content: { firstLine: 'HTTP/1.1 200 OK' } });
    expect(body).toMatchObject({
      kind: 'http-body',
      summary: 'Body: 6 bytes of text/html; not looked into',
    });
  });

  it('is a request', () => {
    expect(only('GET /?hostfile=1 HTTP/1.1\r\n\r\n').summary).toBe('HTTP request: GET /?hostfile=1 HTTP/1.1');
  });
});

describe('descriptors', () => {
  it('one after the other, cut off at the end: all but the last are told, and where it is cut off', () => {
    const parts = told(Buffer.concat([PONG, PING, PONG.subarray(0, 30)]));
    expect(parts.map(({ kind }) => kind)).toEqual(['pong', 'ping', 'malformed']);
    expect(parts[2]).toMatchObject({
      offset: PONG.length + PING.length,
      content: { why: 'cut-off' },
      problem: 'a Pong is cut off: its header says 14 bytes of payload, and 7 are there',
    });
  });

  it('with a broken payload are malformed, and the next one is read', () => {
    const parts = told(Buffer.concat([descriptor(0x01, '616263'), PING]));
    expect(parts.map(({ kind }) => kind)).toEqual(['malformed', 'ping']);
    expect(parts[0]?.content).toEqual({ why: 'bad-payload' });
  });

  it('that claim too much end the reading, for nobody knows where the next one begins', () => {
    const [part, ...more] = told(Buffer.alloc(100, 0xff));
    expect(more).toEqual([]);
    expect(part).toMatchObject({ offset: 0, content: { why: 'too-large' } });
  });

  it('of one datagram are inflated where the TTL says so and they are deflated; a large TTL alone means nothing', () => {
    const payload = PONG.subarray(23);
    const deflated = descriptor(0x01, deflateSync(payload).toString('hex'), 0x81);
    expect(told(deflated)[0]).toMatchObject({ kind: 'pong', addresses: { mentions: ['192.0.2.1:6346'] } });
    const farReaching = descriptor(0x01, payload.toString('hex'), 200);
    expect(told(farReaching)[0]).toMatchObject({ kind: 'pong', addresses: { mentions: ['192.0.2.1:6346'] } });
  });
});

describe('a deflated connection', () => {
  it('is told as it is sent, then as what it inflates to, with offsets in that', () => {
    const stream = deflateSync(Buffer.concat([PING, PONG]));
    const parts = told(Buffer.concat([bytesOf('GNUTELLA/0.6 200 OK\r\n\r\n'), stream]));
    expect(parts.map(({ kind, offset, inflated }) => [kind, offset, inflated])).toEqual([
      ['reply', 0, false],
      ['deflated', 23, false],
      ['ping', 0, true],
      ['pong', 23, true],
    ]);
  });

  it('that inflates without end is a bomb, and ends', () => {
    const parts = told(deflateSync(Buffer.alloc(16 * 1024 * 1024)));
    expect(parts.at(-1)).toMatchObject({ kind: 'malformed', content: { why: 'inflate-too-large' } });
  });

  it('that is corrupt gives what came before', () => {
    const stream = deflateSync(Buffer.concat([PONG, Buffer.alloc(2000, 7)]), { finishFlush: 2 });
    const parts = told(Buffer.concat([stream, Buffer.alloc(40, 0xff)]));
    expect(parts.map(({ kind }) => kind).slice(0, 2)).toEqual(['deflated', 'pong']);
    expect(parts.at(-1)).toMatchObject({ content: { why: 'inflate-corrupt' } });
  });

  it('is not seen in a descriptor whose GUID begins like one', () => {
    const guid = Buffer.from(PONG);
    guid.set([0x78, 0x9c, 0x03, 0x00]);
    expect(kindsOf(guid)).toEqual(['pong']);
  });
});

describe('what is nothing of all that', () => {
  it.each([
    ['gnutella connect/0.6\r\n\r\n', 'not-gnutella', /GNUTELLA in capitals/],
    ['\r\nGNUTELLA CONNECT/0.6\r\n\r\n', 'not-gnutella', /neither a handshake/],
    ['0123456789', 'not-gnutella', /neither a handshake/],
    ['\x01\x02', 'no-header', /^2 bytes, and the header of a message has 23$/],
  ])('%j is malformed: %s', (text, why, words) => {
    const part = only(text);
    expect(part).toMatchObject({ kind: 'malformed', content: { why } });
    expect(part.problem).toMatch(words);
  });

  it('a TLS handshake is named', () => {
    expect(kindsOf(Buffer.from('16030100050100000100', 'hex'))).toEqual(['tls']);
  });

  it('no bytes have no parts', () => {
    expect(told(new Uint8Array(0))).toEqual([]);
  });
});

describe('any bytes', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(PING, PONG, bytesOf('GNUTELLA/0.6 200 OK\r\nA: b\r\n\r\n'), deflateSync(PONG)),
      fc.uint8Array({ maxLength: 60 }),
    ),
    { maxLength: 6 },
  );

  it('are told from the first to the last, none twice and none left out', () => {
    fc.assert(
      fc.property(pieces, (chunks) => {
        const bytes = Buffer.concat(chunks);
        let at = 0;
        for (const part of explain(bytes)) {
          if (part.inflated) continue;
          expect(part.offset).toBe(at);
          at += part.bytes.length;
        }
        expect(at).toBe(bytes.length);
      }),
    );
  });

  it('never throw, mutated 20,000 times', () => {
    const random = fastRandom(4);
    const corpus = [
      PING,
      PONG,
      bytesOf('GNUTELLA/0.6 200 OK\r\nPeers: 192.0.2.1:1\r\n\r\n'),
      deflateSync(PONG),
    ];
    for (let round = 0; round < 20_000; round++) {
      const bytes = mutate(corpus, random);
      for (const part of explain(bytes)) expect(part.bytes.length).toBeLessThanOrEqual(MAX_CAPTURE_PIECE);
    }
  });
});
