import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/core/address.ts';
import type { Claims, Relation, Role } from '../../../src/core/claims.ts';
import { PeerscopeError } from '../../../src/core/errors.ts';
import type { Asked } from '../../../src/core/visit.ts';
import { crawlerHandshake } from '../../../src/overlays/gnutella/crawler-handshake.ts';
import { followUp } from '../../../src/overlays/gnutella/follow-up.ts';
import { gnutella } from '../../../src/overlays/gnutella/gnutella.ts';
import { oldPingCrawl, pingCrawl } from '../../../src/overlays/gnutella/ping-crawl.ts';
import { PERSONALITIES } from '../../../src/overlays/gnutella/servent/personalities.ts';
import { udpCrawlerPing } from '../../../src/overlays/gnutella/udp-crawler.ts';
import type { Manner, ServentState } from '../../../src/overlays/overlay.ts';
import { CRAWLER_IP, handClock } from './crawling.ts';
import { BLOCK_3, gnutellaServent, greeting, meet, ping, pongsIn } from './servent-conversing.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import { address, bytesOf, servent, textOf } from './support.ts';

const NAMES = ['gtk-gnutella', 'limewire', 'shareaza', 'legacy-0.4'] as const;
type Name = (typeof NAMES)[number];

const PEERS = ['1.1.1.1:1', '2.2.2.2:2'].map(address);
const LEAVES = ['3.3.3.3:3'].map(address);
const HERE = address('192.0.2.9:6346');

function as(personality: string, state: Partial<ServentState> = {}) {
  return gnutellaServent({ personality, peers: PEERS, leaves: LEAVES, address: HERE, ...state });
}

/** The first block that comes back, and whether the connection is closed with it. */
function hears(personality: string, bytes: Uint8Array, state: Partial<ServentState> = {}) {
  const { send, close } = as(personality, state).accept(CRAWLER_IP).receive(bytes);
  return { text: textOf(send), closed: close ?? false };
}

const neighbours = ({ links }: Claims, relation: Relation): readonly Address[] =>
  links
    .filter((link) => link.relation === relation)
    .flatMap((l) => (relation === 'connection' ? l.targets : l.sources));

const CRAWL = greeting('X-Ultrapeer: False', 'Crawler: 0.1');

describe('personalities', () => {
  it('are four, the first of them the default', () => {
    expect(gnutella.personalities.map(({ name }) => name)).toEqual(NAMES);
    expect(hears('gtk-gnutella', CRAWL).text).toBe(
      textOf(gnutellaServent({ peers: PEERS, leaves: LEAVES }).accept(CRAWLER_IP).receive(CRAWL).send),
    );
  });

  it('that there are not are a usage error, which names those that there are', () => {
    expect(() => as('bearshare')).toThrow(PeerscopeError);
    expect(() => as('bearshare')).toThrow(/bearshare/);
  });

  it.each(PERSONALITIES)('say truly whether they answer datagrams: $name', ({ name, datagrams }) => {
    const reactions = as(name).datagram?.(udpCrawlerPing.ask(HERE).opening, CRAWLER_IP) ?? [];
    expect(reactions.length > 0).toBe(datagrams);
    expect((as(name).datagram?.(ping(1), CRAWLER_IP) ?? []).length > 0).toBe(datagrams);
  });
});

describe('limewire', () => {
  it('greets a crawler with 593 and both lists, without blanks, even if they are empty', () => {
    expect(hears('limewire', CRAWL).text).toBe(
      'GNUTELLA/0.6 593 Hi\r\nUser-Agent: test/1.0\r\nX-Ultrapeer: true\r\n' +
        'Leaves: 3.3.3.3:3\r\nPeers: 1.1.1.1:1,2.2.2.2:2\r\n\r\n',
    );
    expect(hears('limewire', CRAWL, { role: 'leaf', peers: [], leaves: [] }).text).toBe(
      'GNUTELLA/0.6 593 Hi\r\nUser-Agent: test/1.0\r\nX-Ultrapeer: false\r\nLeaves: \r\nPeers: \r\n\r\n',
    );
  });

  it.each([
    ['0.1', true],
    ['9', true],
    ['0.05', false],
    ['', false],
    ['yes', false],
  ])('takes "%s" for a crawler: %s', (value, taken) => {
    const { text } = hears('limewire', greeting('X-Ultrapeer: False', `Crawler: ${value}`));
    expect(text.startsWith('GNUTELLA/0.6 593 Hi')).toBe(taken);
  });

  it('lists everybody, where gtk-gnutella has no room any more', () => {
    const many = Array.from({ length: 1000 }, (_, i) => address(`10.1.${i >> 8}.${i & 255}:6346`));
    const listed = (name: Name) =>
      neighbours(meet(as(name, { leaves: many }), crawlerHandshake).claims, 'registration').length;
    expect(listed('limewire')).toBe(1000);
    expect(listed('gtk-gnutella')).toBeLessThan(500);
  });

  it('cuts nothing but whole entries where a manner leaves it less room', () => {
    const lists = (characters: number) =>
      /Leaves: (.*)\r\nPeers: (.*)\r\n/
        .exec(hears('limewire', CRAWL, { manner: { kind: 'truncating', characters } }).text)
        ?.slice(1);
    expect([-1, 5, 9, 18, 19, 28].map(lists)).toEqual([
      ['', ''],
      ['', ''],
      ['', '1.1.1.1:1'],
      ['3.3.3.3:3', '1.1.1.1:1'],
      ['', '1.1.1.1:1,2.2.2.2:2'],
      ['3.3.3.3:3', '1.1.1.1:1,2.2.2.2:2'],
    ]);
  });

  it('tells lies as gtk-gnutella does: all as peers, every second one as a leaf', () => {
    const manner: Manner = { kind: 'lying', entries: () => ['9.9.9.9:9', 'x', '8.8.8.8:8'] };
    expect(hears('limewire', CRAWL, { manner }).text).toContain(
      'Leaves: 9.9.9.9:9,8.8.8.8:8,3.3.3.3:3\r\nPeers: 9.9.9.9:9,x,8.8.8.8:8,1.1.1.1:1,2.2.2.2:2\r\n',
    );
  });

  it('never minds how often somebody comes over TCP, and answers a datagram once in 600 s', () => {
    const clock = handClock();
    const state = servent({ personality: 'limewire', peers: PEERS, manner: { kind: 'rate-limiting' } });
    const peer = createServent(state, clock.now);
    for (let i = 0; i < 20; i++) expect(meet(peer, crawlerHandshake).outcome).toBe('ok');
    const answered = [0, 10, 300, 280, 20].map((seconds) => {
      clock.pass(seconds);
      return meet(peer, udpCrawlerPing).outcome;
    });
    expect(answered).toEqual(['ok', ...Array<string>(3).fill('connect-timeout'), 'ok']);
  });

  it('wants a crawler ping of exactly three bytes', () => {
    const longer = Buffer.from(
      'ae9fcf38c181696cff091cf2ed3d9a003101000d0000004c494d4505000100ffff000000',
      'hex',
    );
    expect(as('limewire').datagram?.(longer, CRAWLER_IP)).toEqual([]);
    expect(as('gtk-gnutella').datagram?.(longer, CRAWLER_IP).length).toBe(1);
  });
});

describe('gtk-gnutella that limits rates', () => {
  it('answers a crawler ping once in 120 s and a Ping once in 60 s, each for itself and each source', () => {
    const clock = handClock();
    const peer = createServent(servent({ peers: PEERS, manner: { kind: 'rate-limiting' } }), clock.now);
    const crawls = (ip: string) => peer.datagram?.(udpCrawlerPing.ask(HERE).opening, ip).length;
    const pings = (ip: string) => peer.datagram?.(ping(1), ip).length;
    expect([crawls('9.9.9.1'), pings('9.9.9.1'), crawls('9.9.9.2'), pings('9.9.9.2')]).toEqual([1, 1, 1, 1]);
    // Attempts in between do not start the time anew.
    clock.pass(30);
    expect([crawls('9.9.9.1'), pings('9.9.9.1')]).toEqual([0, 0]);
    clock.pass(31);
    expect([crawls('9.9.9.1'), pings('9.9.9.1')]).toEqual([0, 1]);
    clock.pass(60);
    expect([crawls('9.9.9.1'), pings('9.9.9.1')]).toEqual([1, 1]);
  });
});

describe('refusals', () => {
  const full: Partial<ServentState> = {
    peers: Array.from({ length: 60 }, (_, i) => address(`10.2.0.${i}:6346`)),
    startedAt: Date.UTC(2025, 0, 1, 11, 38, 34),
  };
  const first = (name: Name, state: Partial<ServentState>, asks = 'True') =>
    hears(name, greeting(`X-Ultrapeer: ${asks}`), state).text.split('\r\n')[0];

  it.each([
    ['gtk-gnutella', 'GNUTELLA/0.6 503 Too many ultra connections (60 max)'],
    ['limewire', 'GNUTELLA/0.6 503 Service unavailable'],
    ['shareaza', 'GNUTELLA/0.6 503 Maximum connections reached'],
  ] as const)('of a full superpeer are in the words of %s', (name, status) => {
    expect(first(name, full)).toBe(status);
  });

  it.each([
    ['gtk-gnutella', 'GNUTELLA/0.6 204 Shielded leaf node (2 peers max)'],
    ['limewire', 'GNUTELLA/0.6 503 I am a shielded leaf node'],
    ['shareaza', 'GNUTELLA/0.6 503 Shielded leaf node'],
  ] as const)('of a leaf are in the words of %s', (name, status) => {
    expect(first(name, { role: 'leaf', leaves: [] }, 'False')).toBe(status);
  });

  it('spell X-Try-Ultrapeers each in its way: folded, in one line, with times', () => {
    const tries = (name: Name) =>
      /X-Try-Ultrapeers: ([^]*?)\r\n(?!\t)/.exec(hears(name, greeting('X-Ultrapeer: True'), full).text)?.[1];
    expect(tries('gtk-gnutella')).toContain(',\r\n\t');
    expect(tries('limewire')).toBe(full.peers!.slice(0, 10).join(','));
    expect(tries('shareaza')?.split(',')[0]).toBe('10.2.0.0:6346 2025-01-01T11:38Z');
    expect(tries('shareaza')?.split(',').length).toBe(10);
  });

  it('are mentions to our crawler, however they are spelled', () => {
    const busy: Manner = { kind: 'busy', hints: PEERS };
    for (const name of ['gtk-gnutella', 'limewire', 'shareaza'] as const) {
      const answer = meet(as(name, { manner: busy }), crawlerHandshake);
      expect([name, answer.outcome, answer.claims.mentions]).toEqual([name, 'busy', PEERS]);
    }
  });

  it.each(NAMES)(
    'with a code that a manner chose are refusals of %s, but for the one without codes',
    (name) => {
      for (const code of [403, 503]) {
        const { outcome } = meet(as(name, { manner: { kind: 'refusing', code } }), crawlerHandshake);
        expect(outcome).toBe(name === 'legacy-0.4' ? 'closed' : 'refused');
      }
    },
  );

  it("of what is too big are gtk-gnutella's alone", () => {
    const long = greeting(`A: ${'x'.repeat(2000)}`);
    expect(NAMES.map((name) => hears(name, long).text.slice(0, 16))).toEqual([
      'GNUTELLA/0.6 413',
      '',
      '',
      '',
    ]);
  });
});

describe('a servent of 0.4', () => {
  const session = () => as('legacy-0.4').accept(CRAWLER_IP);

  it.each(['GNUTELLA CONNECT/0.4\n\n', 'GNUTELLA CONNECT/0.6\r\nCrawler: 0.1\r\n\r\n'])(
    'answers GNUTELLA OK, to a greeting of 0.6 too',
    (text) => {
      expect(textOf(session().receive(bytesOf(text)).send)).toBe('GNUTELLA OK\n\n');
    },
  );

  it('passes on what may go on, and answers for itself in any case', () => {
    const open = session();
    open.receive(bytesOf('GNUTELLA CONNECT/0.4\n\n'));
    expect(pongsIn(open.receive(ping(1)).send)).toEqual([`0 ${HERE}`]);
    expect(pongsIn(open.receive(ping(2)).send)).toEqual([`0 ${HERE}`, '1 1.1.1.1:1', '1 2.2.2.2:2']);
  });

  it('sends bare Pongs, and no Bye', () => {
    const open = session();
    open.receive(bytesOf('GNUTELLA CONNECT/0.4\n\n'));
    expect(open.receive(ping(1)).send?.length).toBe(23 + 14);
    const oversize = Buffer.concat([new Uint8Array(16), Buffer.from('800100ffff0000', 'hex')]);
    expect(open.receive(oversize)).toEqual({ close: true });
  });

  it('is closed upon by all others', () => {
    for (const name of NAMES.slice(0, 3)) {
      expect(hears(name, bytesOf('GNUTELLA CONNECT/0.4\n\n'))).toEqual({ text: '', closed: true });
    }
  });
});

describe('the crawler handshake', () => {
  it.each([
    ['gtk-gnutella', 'ok', 2, 1],
    ['limewire', 'ok', 2, 1],
    ['shareaza', 'refused', 0, 0],
    ['legacy-0.4', 'not-this-protocol', 0, 0],
  ] as const)('at %s is %s, with %i peers and %i leaves', (name, outcome, peers, leaves) => {
    const { outcome: found, claims } = meet(as(name), crawlerHandshake);
    expect(found).toBe(outcome);
    expect(neighbours(claims, 'connection')).toEqual(PEERS.slice(0, peers));
    expect(neighbours(claims, 'registration')).toEqual(LEAVES.slice(0, leaves));
  });

  it.each<[Name, Role, Role | undefined]>([
    ['gtk-gnutella', 'superpeer', 'superpeer'],
    ['gtk-gnutella', 'leaf', 'leaf'],
    ['limewire', 'superpeer', 'superpeer'],
    ['limewire', 'leaf', 'leaf'],
    ['shareaza', 'superpeer', 'superpeer'],
    ['shareaza', 'leaf', 'leaf'],
    ['legacy-0.4', 'superpeer', undefined],
  ])('at %s tells the role of a %s', (name, role, told) => {
    const state = role === 'leaf' ? { role, leaves: [] } : { role };
    expect(meet(as(name, state), crawlerHandshake).claims.peers[0]?.role).toBe(told);
  });
});

describe('our crawler, one question after another', () => {
  /** Asks as the crawl does, until nothing is left to ask. */
  function askAll(name: Name) {
    const asked: Asked[] = [];
    for (let question = followUp([]); question !== undefined; question = followUp(asked)) {
      const answer = meet(as(name), question);
      asked.push({ ...answer, question: question.name });
      const found = neighbours(answer.claims, 'connection');
      if (found.length > 0) return { asked: asked.map(({ question: name }) => name), found };
    }
    return { asked: asked.map(({ question: name }) => name), found: [] };
  }

  it.each([
    ['gtk-gnutella', [crawlerHandshake.name]],
    ['limewire', [crawlerHandshake.name]],
    ['shareaza', [crawlerHandshake.name, udpCrawlerPing.name, pingCrawl.name]],
    ['legacy-0.4', [crawlerHandshake.name, oldPingCrawl.name]],
  ] as const)('finds the neighbours of %s', (name, questions) => {
    expect(askAll(name)).toEqual({ asked: questions, found: PEERS });
  });

  it.each(['gtk-gnutella', 'limewire'])(
    'finds those of %s by datagram, and the agent where it is known',
    (name) => {
      const acquaintance = () => ({ agent: 'neighbour/2; odd \\ name' });
      const { outcome, claims } = meet(as(name, { acquaintance }), udpCrawlerPing);
      expect(outcome).toBe('ok');
      expect(neighbours(claims, 'connection')).toEqual(PEERS);
      expect(neighbours(claims, 'registration')).toEqual(LEAVES);
      expect(claims.peers[0]).toMatchObject({ role: 'superpeer', agent: 'test/1.0' });
      expect(meet(as(name), udpCrawlerPing).claims.peers[0]?.agent).toBeUndefined();
    },
  );
});

describe('an ordinary handshake of 0.6', () => {
  const offers = [[], ['Accept-Encoding: deflate']];
  const roles = ['X-Ultrapeer: True', 'X-Ultrapeer: False', undefined];
  const matrix = NAMES.flatMap((name) =>
    roles.flatMap((role) => offers.map((offer) => [name, role, offer] as const)),
  );

  it.each(matrix)('at %s with %s and %j', (name, role, offer) => {
    const session = as(name).accept(CRAWLER_IP);
    const block2 = textOf(session.receive(greeting(...(role === undefined ? [] : [role]), ...offer)).send);
    if (name === 'legacy-0.4') {
      expect(block2).toBe('GNUTELLA OK\n\n');
    } else if (name === 'gtk-gnutella' && role === undefined) {
      expect(block2).toMatch(/^GNUTELLA\/0\.6 403 Normal nodes refused\r\n/);
      return;
    } else {
      expect(block2).toMatch(/^GNUTELLA\/0\.6 200 OK\r\n/);
      expect(block2.includes('Content-Encoding: deflate')).toBe(offer.length > 0);
      session.receive(bytesOf(BLOCK_3));
    }
    const { send } = session.receive(ping(2));
    const isDeflated = name !== 'legacy-0.4' && offer.length > 0;
    // A stream that begins with this Pong is deflated from its first byte: 68 81.
    if (isDeflated) expect([...send!.subarray(0, 2)]).toEqual([0x68, 0x81]);
    else
      expect(pongsIn(send).filter((pong) => pong.startsWith('1 '))).toEqual(['1 1.1.1.1:1', '1 2.2.2.2:2']);
  });

  it.each(NAMES.slice(0, 3))('to %s never upgrades to TLS', (name) => {
    const { text } = hears(name, greeting('X-Ultrapeer: False', 'Upgrade: TLS/1.0'));
    expect(text).toMatch(/^GNUTELLA\/0\.6 200 OK\r\n/);
    expect(text).not.toMatch(/Upgrade|tls/i);
  });
});
