import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/core/address.ts';
import { crawlerHandshake } from '../../../src/overlays/gnutella/crawler-handshake.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import type { ServentState } from '../../../src/overlays/overlay.ts';
import {
  address,
  bytesOf,
  converse,
  ipv4Address,
  oneByOne,
  servent,
  shares,
  splitAt,
  textOf,
} from './support.ts';

const GREETING = 'GNUTELLA CONNECT/0.6\r\n';
const CRAWL = `${GREETING}Crawler: 0.1\r\n\r\n`;

function session(state: Partial<ServentState> = {}) {
  return createServent(servent(state), () => 0).accept('198.51.100.2');
}

/** Everything that is sent, and whether the connection was closed. */
function exchange(chunks: readonly Uint8Array[], state: Partial<ServentState> = {}) {
  const open = session(state);
  let sent = '';
  for (const chunk of chunks) {
    const reaction = open.receive(chunk);
    sent += textOf(reaction.send);
    if (reaction.close === true) return { sent, closed: true };
  }
  return { sent, closed: false };
}

/** Addresses that differ. */
function manyAddresses(count: number, from = 0): Address[] {
  return Array.from({ length: count }, (_, i) => address(`10.0.${(from + i) >> 8}.${(from + i) & 255}:6346`));
}

const to = (text: string, state: Partial<ServentState> = {}) => exchange([bytesOf(text)], state);

describe('a crawler', () => {
  it('gets Peers and Leaves from a superpeer, even if they are empty', () => {
    expect(to(CRAWL)).toEqual({
      sent:
        'GNUTELLA/0.6 200 OK\r\nUser-Agent: test/1.0\r\nPeers: \r\nLeaves: \r\n' +
        'X-Live-Since: Thu, 01 Jan 1970 00:00:00 +0000\r\n\r\n',
      closed: false,
    });
  });

  it('gets Peers only from a leaf', () => {
    expect(to(CRAWL, { role: 'leaf', peers: [address('1.1.1.1:1'), address('2.2.2.2:2')] }).sent).toBe(
      'GNUTELLA/0.6 200 OK\r\nUser-Agent: test/1.0\r\nPeers: 1.1.1.1:1, 2.2.2.2:2\r\n' +
        'X-Live-Since: Thu, 01 Jan 1970 00:00:00 +0000\r\n\r\n',
    );
  });

  it('gets the neighbours of that moment', () => {
    const state = { ...servent(), peers: [] as Address[] };
    const peer = createServent(state, () => 0);
    state.peers = [address('1.1.1.1:1')];
    expect(textOf(peer.accept('198.51.100.2').receive(bytesOf(CRAWL)).send)).toContain(
      'Peers: 1.1.1.1:1\r\n',
    );
  });

  it('is let go after block 3, and no sooner', () => {
    const open = session();
    open.receive(bytesOf(CRAWL));
    expect(open.receive(bytesOf('GNUTELLA/0.6 200 OK\r\n'))).toEqual({});
    expect(open.receive(bytesOf('\r\n'))).toEqual({ close: true });
    expect(open.receive(bytesOf('x'))).toEqual({ close: true });
  });

  it('never gets a cut entry: what passes 8,160 characters is dropped from the end', () => {
    const long = Array.from({ length: 400 }, (_, i) =>
      address(`100.100.${100 + (i >> 8)}.${100 + (i % 100)}:${10_000 + i}`),
    );
    const lists = (state: Partial<ServentState>) =>
      /Peers: [^]*?(?=X-Live)/.exec(to(CRAWL, state).sent)?.[0] ?? '';

    const both = lists({ peers: long.slice(0, 100), leaves: long });
    expect(both.length).toBeLessThanOrEqual(8160);
    expect(both.length).toBeGreaterThan(8160 - 24);
    const kept = /Leaves: (.*)\r\n/.exec(both)?.[1]?.split(', ') ?? [];
    expect(kept).toEqual(long.slice(0, kept.length));

    const peersOnly = lists({ peers: long, leaves: [address('1.1.1.1:1')] });
    expect(peersOnly.length).toBeLessThanOrEqual(8160);
    expect(peersOnly.length).toBeGreaterThan(8160 - 24 - 12);
  });
});

describe('an ordinary handshake', () => {
  const peers = [address('1.1.1.1:1'), address('2.2.2.2:2')];

  it('is refused without X-Ultrapeer', () => {
    expect(to(`${GREETING}User-Agent: x\r\n\r\n`, { peers })).toEqual({
      sent: 'GNUTELLA/0.6 403 Normal nodes refused\r\nUser-Agent: test/1.0\r\nRemote-IP: 198.51.100.2\r\n\r\n',
      closed: true,
    });
  });

  const full = { peers: manyAddresses(50), leaves: manyAddresses(300, 1000) };

  it.each([
    ['superpeer', 'True', '503 Too many ultra connections (50 max)', 'True'],
    ['superpeer', 'False', '503 Too many leaf connections (300 max)', 'True'],
    ['leaf', 'True', '503 Too many ultra connections (2 max)', 'False'],
    ['leaf', 'False', '204 Shielded leaf node (2 peers max)', 'False'],
  ] as const)(
    'is refused by a full %s to a peer that says X-Ultrapeer: %s with %s',
    (role, asks, status, is) => {
      const state = role === 'leaf' ? { role, peers } : { role, ...full };
      const { sent, closed } = to(`${GREETING}User-Agent: x\r\nX-Ultrapeer: ${asks}\r\n\r\n`, state);
      const [head, hints = ''] = sent.split('X-Try-Ultrapeers: ');
      expect(head).toBe(
        `GNUTELLA/0.6 ${status}\r\nUser-Agent: test/1.0\r\nRemote-IP: 198.51.100.2\r\nX-Ultrapeer: ${is}\r\n`,
      );
      expect(hints.trim().split(/,\s+/)).toEqual(state.peers.slice(0, 10));
      expect(closed).toBe(true);
    },
  );

  it.each(['True', 'False'])('is accepted where one slot is free, with X-Ultrapeer: %s', (asks) => {
    const room = { peers: full.peers.slice(1), leaves: full.leaves.slice(1) };
    const { sent, closed } = to(`${GREETING}User-Agent: x\r\nX-Ultrapeer: ${asks}\r\n\r\n`, room);
    expect([sent.split('\r\n')[0], closed]).toEqual(['GNUTELLA/0.6 200 OK', false]);
  });
});

describe('silence', () => {
  it.each([
    ['lower case', 'gnutella connect/0.6\r\ncrawler: 0.1\r\n\r\n'],
    ['garbage', 'HELLO WORLD\r\n\r\n'],
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
    ['version 0.4', 'GNUTELLA CONNECT/0.4\n\n'],
    ['no version', 'GNUTELLA CONNECT\r\n\r\n'],
    ['no numeric version', 'GNUTELLA CONNECT/abc\r\nCrawler: 0.1\r\n\r\n'],
    ['empty lines first', `\r\n\r\n${CRAWL}`],
    ['a byte more than block 1', `${CRAWL}x`],
    ['block 3 with block 1', `${CRAWL}GNUTELLA/0.6 200 OK\r\n\r\n`],
  ])('and the end is what %s gets', (_, text) => {
    expect(to(text)).toEqual({ sent: '', closed: true });
  });

  it('is kept while block 1 is not complete, for 75 s before the first byte and 90 s after it', () => {
    const open = session();
    expect(open.patience).toBe(75_000);
    expect(open.receive(bytesOf(`${GREETING}Crawler: 0.1\r\n`))).toEqual({});
    expect(open.patience).toBe(90_000);
    open.receive(bytesOf('\r\n'));
    expect(open.patience).toBe(90_000);
  });
});

describe('a greeting that is too big', () => {
  it.each([
    ['a line of 1,025 bytes', `A: ${'x'.repeat(1021)}\r\n`, '413 Header line too long'],
    ['129 lines', 'A: x\r\n'.repeat(129), '413 Header has too many lines'],
    ['more than 16,384 bytes', `A: ${'x'.repeat(1000)}\r\n`.repeat(17), '413 Header too large'],
  ])('with %s is answered at once', (_, lines, status) => {
    const { sent, closed } = to(GREETING + lines);
    expect([sent.split('\r\n')[0], closed]).toEqual([`GNUTELLA/0.6 ${status}`, true]);
  });

  it.each([
    ['a line of 1,024 bytes', `A: ${'x'.repeat(1020)}\r\n`],
    ['128 lines', 'A: x\r\n'.repeat(127)],
  ])('begins above %s', (_, lines) => {
    expect(to(`${GREETING}${lines}Crawler: 0.1\r\n\r\n`).sent).toContain('200 OK');
  });
});

describe('any bytes', () => {
  const piece = fc.constantFrom(
    'GNUTELLA CONNECT/',
    '0.6',
    '0.4',
    '\r\n',
    '\n',
    'Crawler: 1',
    'X-Ultrapeer: True',
    ':',
    '\0',
    ' ',
  );
  const lifelike = fc
    .tuple(fc.constantFrom('', GREETING), fc.array(piece, { maxLength: 20 }))
    .map(([start, pieces]) => bytesOf(start + pieces.join('')));

  it('never make it throw or say more than one block', () => {
    fc.assert(
      fc.property(fc.oneof(lifelike, fc.uint8Array({ maxLength: 300 })), shares, (bytes, at) => {
        for (const chunks of [[bytes], splitAt(bytes, at), oneByOne(bytes)]) {
          expect(exchange(chunks).sent.split('GNUTELLA/0.6').length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('give the same answer however they are split, unless more follows than block 1', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), shares, (pieces, at) => {
        const text =
          GREETING +
          pieces
            .join('')
            .replace(/(\r?\n)+/g, '\r\n')
            .replace(/^\r\n/, '');
        const bytes = bytesOf(`${text.endsWith('\n') ? text : `${text}\r\n`}\r\n`);
        expect(exchange(splitAt(bytes, at))).toEqual(exchange([bytes]));
        expect(exchange(oneByOne(bytes))).toEqual(exchange([bytes]));
      }),
    );
  });
});

describe('our crawler at our servent', () => {
  const list = fc.uniqueArray(ipv4Address, { maxLength: 150 });
  const ASKED = address('192.0.2.1:6346');

  it('learns exactly its neighbours', () => {
    fc.assert(
      fc.property(
        list,
        list,
        fc.boolean(),
        fc.integer({ min: 0, max: 2e9 }),
        shares,
        (peers, leaves, leaf, start, at) => {
          fc.pre(!peers.includes(ASKED) && !leaves.includes(ASKED));
          const state = servent({
            role: leaf ? 'leaf' : 'superpeer',
            peers,
            leaves: leaf ? [] : leaves,
            startedAt: start * 1000,
          });
          const conversation = crawlerHandshake.ask(ASKED);
          const { send } = createServent(state, () => 0)
            .accept('127.0.0.1')
            .receive(conversation.opening);
          const { outcome, claims } = converse(conversation, splitAt(send ?? bytesOf(''), at));

          expect(outcome).toBe('ok');
          expect(claims.peers).toEqual([
            { address: ASKED, role: state.role, agent: 'test/1.0', liveSince: start * 1000 },
          ]);
          expect(
            claims.links.filter((link) => link.relation === 'connection').flatMap((link) => link.targets),
          ).toEqual(peers);
          expect(
            claims.links.filter((link) => link.relation === 'registration').flatMap((link) => link.sources),
          ).toEqual(state.leaves);
          expect([claims.mentions, claims.rejected]).toEqual([[], 0]);
        },
      ),
    );
  });
});
