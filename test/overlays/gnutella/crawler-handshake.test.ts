import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CLAIMS } from '../../../src/core/claims.ts';
import { MAX_HANDSHAKE_BYTES, MAX_HEADER_LINES } from '../../../src/core/limits.ts';
import { OUTCOMES } from '../../../src/core/outcome.ts';
import { ENDINGS, type Answer, type Ending } from '../../../src/core/visit.ts';
import { createCrawlerQuestion, crawlerHandshake } from '../../../src/overlays/gnutella/crawler-handshake.ts';
import { address, bytesOf, converse, oneByOne, shares, splitAt, textOf } from './support.ts';

const ASKED = address('192.0.2.1:6346');

function answerTo(text: string, how: Ending = 'closed'): Answer {
  return converse(crawlerHandshake.ask(ASKED), [bytesOf(text)], how);
}

describe('the opening', () => {
  it('carries the name of the crawler, made harmless', () => {
    const question = createCrawlerQuestion({ agent: 'lab/1\r\nX: y (https://example.org)' });
    expect(textOf(question.ask(ASKED).opening)).toBe(
      'GNUTELLA CONNECT/0.6\r\nUser-Agent: lab/1??X: y (https://example.org)\r\n' +
        'X-Ultrapeer: False\r\nQuery-Routing: 0.1\r\nCrawler: 0.1\r\n\r\n',
    );
  });
});

describe('an answer to the crawler', () => {
  it('of the LimeWire family comes with 593 and says its role', () => {
    const answer = answerTo(
      'GNUTELLA/0.6 593 Hi\r\nLeaves: \r\nPeers: 1.2.3.4:5,6.7.8.9:10\r\nX-Ultrapeer: false\r\nUser-Agent: LimeWire/5\r\n' +
        'X-Try-Ultrapeers: 5.5.5.5:5\r\n\r\n',
    );
    expect(answer).toEqual({
      outcome: 'ok',
      status: { code: 593, reason: 'Hi' },
      claims: {
        peers: [{ address: ASKED, role: 'leaf', agent: 'LimeWire/5' }],
        links: [
          {
            relation: 'connection',
            evidence: 'self-report',
            sources: [ASKED],
            targets: ['1.2.3.4:5', '6.7.8.9:10'],
          },
        ],
        mentions: ['5.5.5.5:5'],
        rejected: 0,
      },
      listing: 'full',
    });
  });

  it('of a superpeer without neighbours has no links and is still an answer', () => {
    const { outcome, claims } = answerTo('GNUTELLA/0.6 200 OK\r\nPeers: \r\nLeaves: \r\n\r\n');
    expect([outcome, claims]).toEqual([
      'ok',
      { ...NO_CLAIMS, peers: [{ address: ASKED, role: 'superpeer' }] },
    ]);
  });

  it('may list in several lines; itself, repetitions and nonsense are rejected', () => {
    const { claims } = answerTo(
      'GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1\r\nLeaves: 2.2.2.2:2, x,\r\n\t3.3.3.3:3\r\npeers: 192.0.2.1, 4.4.4.4:4, 1.1.1.1:1\r\n\r\n',
    );
    expect(claims.links.map((link) => [link.sources, link.targets])).toEqual([
      [[ASKED], ['1.1.1.1:1', '4.4.4.4:4']],
      [['2.2.2.2:2', '3.3.3.3:3'], [ASKED]],
    ]);
    expect(claims.rejected).toBe(3);
  });

  it('that is suspiciously long is marked, and then a missing Leaves does not mean a leaf', () => {
    const list = Array.from({ length: 420 }, (_, i) => `100.100.${100 + (i >> 8)}.${i & 255}:1000`).join(
      ', ',
    );
    const [peer] = answerTo(`GNUTELLA/0.6 200 OK\r\nPeers: ${list}\r\n\r\n`).claims.peers;
    expect(peer).toEqual({ address: ASKED, truncated: true });
  });

  it('is complete at the empty line, whatever follows', () => {
    const conversation = crawlerHandshake.ask(ASKED);
    const { answer } = conversation.receive(bytesOf('GNUTELLA/0.6 200 OK\r\nPeers: \r\n\r\n\x01\x02'));
    expect(answer?.outcome).toBe('ok');
    expect(conversation.receive(bytesOf('more')).answer).toBe(answer);
    expect(conversation.end('reset')).toBe(answer);
  });
});

describe('what a peer lists that can be nobody’s', () => {
  it('is rejected: no address of this network, multicast, broadcast, and the mark of hosts without IPv4', () => {
    // By hand: RFC 1122, section 3.2.1.3; 127.0.0.0 is gtk-gnutella's.
    const nobodys =
      '0.0.0.0:1, 0.9.9.9:1, 127.0.0.0:6346, 224.0.0.0:1, 229.1.2.3:1, 239.255.255.255:1, 255.255.255.255:1';
    const { claims } = answerTo(
      `GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1, ${nobodys}\r\nLeaves: ${nobodys}\r\nX-Try: ${nobodys}\r\n\r\n`,
    );
    expect(claims.links.map(({ sources, targets }) => [sources, targets])).toEqual([
      [[ASKED], ['1.1.1.1:1']],
    ]);
    expect([claims.mentions, claims.rejected]).toEqual([[], 21]);
  });

  it('are no other addresses, though they look alike', () => {
    const others =
      '127.0.0.1:1, 127.0.0.10:1, 127.0.1.0:1, 22.4.0.1:1, 223.255.255.255:1, 240.0.0.1:1, 255.255.255.25:1, 2.0.0.0:1, 100.0.0.0:1';
    const { claims } = answerTo(`GNUTELLA/0.6 200 OK\r\nPeers: ${others}\r\n\r\n`);
    expect([claims.links[0]?.targets, claims.rejected]).toEqual([others.split(', '), 0]);
  });
});

describe('a refusal', () => {
  it.each([
    ['503 Too many leaf connections (30 max)', 'busy'],
    ['503 Service unavailable', 'busy'],
    ['503 Maximum connections reached', 'busy'],
    ['503 I am a shielded leaf node', 'refused'],
    ['503 Servent Shutdown', 'refused'],
    ['503 G2 Required', 'refused'],
    ['403 Too frequent crawling', 'rate-limited'],
    ['403 Normal nodes refused', 'refused'],
    ['429 Banned for 5m 0s', 'rate-limited'],
    ['429 Too frequent connections', 'rate-limited'],
    ['550 Banned', 'rate-limited'],
    ['204 Shielded leaf node (3 peers max)', 'refused'],
    ['577 Locale', 'refused'],
    ['593 Hi', 'refused'],
    ['200 OK', 'refused'],
  ])('%s is %s', (status, outcome) => {
    expect(answerTo(`GNUTELLA/0.6 ${status}\r\nUser-Agent: x\r\n\r\n`)).toMatchObject({
      outcome,
      claims: { links: [] },
    });
  });

  it('is one even where it lists neighbours', () => {
    const { outcome, claims } = answerTo(
      'GNUTELLA/0.6 503 Full\r\nPeers: 1.1.1.1:1\r\nLeaves: 2.2.2.2:2\r\n\r\n',
    );
    expect([outcome, claims.links]).toEqual(['busy', []]);
  });

  it('mentions other Gnutella peers, but not the hubs of Gnutella 2', () => {
    const { claims } = answerTo(
      'GNUTELLA/0.6 503 Full\r\nX-Try: 1.1.1.1, 2.2.2.2:2\r\nX-Try-Hubs: 3.3.3.3:3\r\nX-Try-Ultrapeers: 1.1.1.1:6346 2005-01-31T12:00Z\r\n\r\n',
    );
    expect([claims.mentions, claims.rejected]).toEqual([['1.1.1.1:6346', '2.2.2.2:2'], 1]);
  });

  it('has a reason that is bounded and plain', () => {
    const reason = answerTo(`GNUTELLA/0.6 404 \x1b[2J${'x'.repeat(500)}\r\n\r\n`).status?.reason;
    expect(reason).toBe(`?[2J${'x'.repeat(196)}`);
  });
});

describe('what is no Gnutella 0.6', () => {
  it('is seen at the first byte that does not fit, without waiting for a line', () => {
    for (const text of ['HTTP/1.1 200 OK', 'SSH-2.0', '\x16\x03', '\r\n', 'gnutella/0.6', 'GNUTELLA OKAY']) {
      expect(crawlerHandshake.ask(ASKED).receive(bytesOf(text)).answer).toEqual({
        outcome: 'not-this-protocol',
        claims: NO_CLAIMS,
      });
    }
  });

  it('may be a servent of 0.4, which is said', () => {
    const expected = {
      outcome: 'not-this-protocol',
      status: { code: 0, reason: 'GNUTELLA OK' },
      claims: NO_CLAIMS,
    };
    expect(answerTo('GNUTELLA OK\n\n')).toEqual(expected);
    expect(converse(crawlerHandshake.ask(ASKED), oneByOne(bytesOf('GNUTELLA OK\r\n\r\n')))).toEqual(expected);
  });

  it('may be Gnutella 2', () => {
    const answer = answerTo(
      'GNUTELLA/0.6 200 OK\r\nContent-Type: application/x-gnutella2\r\nX-Try-Hubs: 1.1.1.1:1\r\n\r\n',
    );
    expect(answer).toEqual({
      outcome: 'not-this-protocol',
      status: { code: 200, reason: 'OK' },
      claims: NO_CLAIMS,
    });
  });

  it('is malformed where it begins like it and then breaks the grammar', () => {
    expect(crawlerHandshake.ask(ASKED).receive(bytesOf('GNUTELLA/0.6 fine\r\n')).answer?.outcome).toBe(
      'malformed',
    );
  });
});

describe('a connection that ends', () => {
  it.each(['closed', 'reset', 'silent'] as const)('without a byte is %s', (how) => {
    expect(answerTo('', how)).toEqual({ outcome: how, claims: NO_CLAIMS });
  });

  it.each(['closed', 'reset', 'silent'] as const)(
    'after neighbours were listed is a partial answer (%s)',
    (how) => {
      const { outcome, claims } = answerTo('GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1\r\nLeaves: 2.2', how);
      expect([outcome, claims.peers, claims.links.length]).toEqual(['partial', [{ address: ASKED }], 1]);
    },
  );

  it.each(['closed', 'silent', 'quiet'] as const)(
    'in the middle of a list gives the entries before its last comma (%s)',
    (how) => {
      const { outcome, claims } = answerTo(
        'GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1, 2.2.2.2:2, 3.3.3.3:3',
        how,
      );
      expect([outcome, claims.links.map(({ targets }) => targets)]).toEqual([
        'partial',
        [['1.1.1.1:1', '2.2.2.2:2']],
      ]);
    },
  );

  it('by a reset in the middle of a list gives nothing of that line', () => {
    const { outcome, claims } = answerTo('GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1, 2.2.2.2:2', 'reset');
    expect([outcome, claims.links]).toEqual(['reset', []]);
  });

  it('in the middle of a folded list gives the lines before it, and of this one what stands before its last comma', () => {
    const text = 'GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1,\r\n\t2.2.2.2:2, 3.3.3.3:3,\r\n\t4.4.4.4:4, 5.5';
    expect(answerTo(text).claims.links[0]?.targets).toEqual([
      '1.1.1.1:1',
      '2.2.2.2:2',
      '3.3.3.3:3',
      '4.4.4.4:4',
    ]);
  });

  it('in the middle of the first entry, or of a line that is no list, gives nothing of it', () => {
    expect(answerTo('GNUTELLA/0.6 200 OK\r\nPeers: 1.1.1.1:1').claims.links).toEqual([]);
    const agent = 'GNUTELLA/0.6 503 No\r\nUser-Agent: gtk-gnutella/1.2 (x, y';
    expect(answerTo(agent).claims.peers).toEqual([{ address: ASKED }]);
  });

  it('in the quiet that no question asked for is as silent as any', () => {
    expect(answerTo('', 'quiet').outcome).toBe('silent');
  });

  it('before any neighbour was listed is malformed, reset or silent, with the status where it came', () => {
    const text = 'GNUTELLA/0.6 503 Full\r\nX-Try: 1.1.1.1:1\r\nX-Ul';
    expect(answerTo(text)).toMatchObject({
      outcome: 'malformed',
      status: { code: 503 },
      claims: { mentions: ['1.1.1.1:1'] },
    });
    expect(answerTo(text, 'reset')).toMatchObject({ outcome: 'reset', status: { code: 503 } });
    expect(answerTo('GNUTELLA/0.6 2', 'silent')).toEqual({ outcome: 'silent', claims: NO_CLAIMS });
  });
});

describe('the bounds', () => {
  it('make an answer malformed when they are broken', () => {
    const status = { code: 200, reason: 'OK' };
    const tooMany = `GNUTELLA/0.6 200 OK\r\n${'A: 1\r\n'.repeat(MAX_HEADER_LINES + 1)}`;
    expect(answerTo(tooMany)).toMatchObject({ outcome: 'malformed', status, claims: { links: [] } });
    const tooLarge = `GNUTELLA/0.6 200 OK\r\n${`A: ${'1'.repeat(1000)}\r\n`.repeat(200)}`;
    expect(answerTo(tooLarge)).toMatchObject({ outcome: 'malformed', status, claims: { links: [] } });
  });

  it('leave what was listed before they were broken, as when the peer had ended there', () => {
    const listed = 'GNUTELLA/0.6 200 OK\r\nPeers: 203.0.113.1:1, 203.0.113.2:2\r\n';
    const answer = answerTo(`${listed}${'A: 1\r\n'.repeat(MAX_HEADER_LINES + 1)}`);
    expect(answer.outcome).toBe('partial');
    expect(answer.claims.links[0]?.targets).toEqual(['203.0.113.1:1', '203.0.113.2:2']);
  });

  it('stop a peer that never ends its line', () => {
    const conversation = crawlerHandshake.ask(ASKED);
    const chunk = bytesOf('GNUTELLA/'.padEnd(10_000, '1'));
    let sent = 0;
    while (conversation.receive(chunk).answer === undefined) sent += chunk.length;
    expect(sent).toBeLessThanOrEqual(MAX_HANDSHAKE_BYTES);
  });
});

describe('any bytes', () => {
  const piece = fc.constantFrom(
    'GNUTELLA', '/0.6', ' ', '200', ' OK', '503', '\r\n', '\n', '\r', '\t', ':', 'Peers: ', 'Leaves:', '1.2.3.4:5', ', ',
    '[::1]:9', 'X-Ultrapeer: True', 'X-Try: 6.6.6.6', 'Content-Type: application/x-gnutella2', '\0', '\xff', 'HTTP/1.1',
  ); // prettier-ignore
  const lifelike = fc
    .tuple(
      fc.constantFrom('', 'GNUTELLA/0.6 200 OK\r\n', 'GNUTELLA/0.6 503 No\r\n'),
      fc.array(piece, { maxLength: 40 }),
    )
    .map(([start, pieces]) => bytesOf(start + pieces.join('')));

  it('give one answer, the same however they are split, and nothing throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(lifelike, fc.uint8Array({ maxLength: 300 })),
        shares,
        fc.constantFrom(...ENDINGS),
        (bytes, at, how) => {
          const whole = converse(crawlerHandshake.ask(ASKED), [bytes], how);
          expect(OUTCOMES).toContain(whole.outcome);
          expect(converse(crawlerHandshake.ask(ASKED), splitAt(bytes, at), how)).toEqual(whole);
          expect(converse(crawlerHandshake.ask(ASKED), oneByOne(bytes), how)).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });
});
