import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/core/address.ts';
import { MAX_HANDSHAKE_BYTES, MAX_LISTED_ADDRESSES } from '../../../src/core/limits.ts';
import type { Answer } from '../../../src/core/visit.ts';
import { isRefusalCode, REFUSAL_CODES } from '../../../src/overlays/gnutella/servent/refusal-codes.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import { udpCrawlerPing } from '../../../src/overlays/gnutella/udp-crawler.ts';
import type { Manner, ServentState } from '../../../src/overlays/overlay.ts';
import { ASKED, crawl, CRAWLER_IP, handClock } from './crawling.ts';
import { address, bytesOf, servent, textOf } from './support.ts';

const CRAWL = 'GNUTELLA CONNECT/0.6\r\nUser-Agent: x\r\nCrawler: 0.1\r\n\r\n';

/** Addresses that differ, at most 22 characters each. */
function many(count: number, from = 0): Address[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return address(`${100 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.1:${10_000 + (n % 50_000)}`);
  });
}

function visit(manner: Manner, state: Partial<ServentState> = {}): Answer {
  return crawl(createServent(servent({ ...state, manner }), () => 0));
}

function bytesFor(manner: Manner, state: Partial<ServentState> = {}) {
  const session = createServent(servent({ ...state, manner }), () => 0).accept(CRAWLER_IP);
  const reaction = session.receive(bytesOf(CRAWL));
  return { text: textOf(reaction.send), closed: reaction.close ?? false };
}

function listed(answer: Answer) {
  return {
    peers: answer.claims.links.flatMap((link) => (link.relation === 'connection' ? link.targets : [])),
    leaves: answer.claims.links.flatMap((link) => (link.relation === 'registration' ? link.sources : [])),
  };
}

describe('a servent that refuses', () => {
  const peers = [address('1.1.1.1:1'), address('2.2.2.2:2')];

  it.each([
    [204, 'Shielded leaf node (2 peers max)', 'refused', 2],
    [403, 'Compressed connection preferred', 'refused', 0],
    [406, 'Protocol not acceptable', 'refused', 0],
    [409, 'Already connected', 'refused', 2],
    [413, 'Header line too long', 'refused', 2],
    [429, 'Banned for 5m 0s', 'rate-limited', 0],
    [503, 'Servent Shutdown', 'refused', 2],
    [550, 'Banned for 5m 0s', 'rate-limited', 0],
    [404, 'Refused', 'refused', 2],
    [577, 'Refused', 'refused', 2],
  ])('with %i says why, and is no respondent', (code, reason, outcome, mentions) => {
    const answer = visit({ kind: 'refusing', code }, { peers });
    expect(answer).toMatchObject({ outcome, status: { code, reason } });
    expect(answer.claims.links).toEqual([]);
    expect(answer.claims.mentions).toEqual(peers.slice(0, mentions));
    expect(answer.claims.peers[0]?.agent).toBe('test/1.0');
  });

  it('sends the headers of the recorded 403 and 409, and X-Ultrapeer with other codes only', () => {
    const head = (status: string) =>
      `GNUTELLA/0.6 ${status}\r\nUser-Agent: test/1.0\r\nRemote-IP: ${CRAWLER_IP}\r\n`;
    const state: Partial<ServentState> = { role: 'leaf', peers: [address('203.0.113.11:6341')] };
    const hints = 'X-Try-Ultrapeers: 203.0.113.11:6341\r\n';
    const refusal = (code: number) => bytesFor({ kind: 'refusing', code }, state);
    expect(refusal(403)).toEqual({
      text: `${head('403 Compressed connection preferred')}\r\n`,
      closed: true,
    });
    expect(refusal(409).text).toBe(`${head('409 Already connected')}${hints}\r\n`);
    expect(refusal(204).text).toBe(
      `${head('204 Shielded leaf node (1 peers max)')}X-Ultrapeer: False\r\n${hints}\r\n`,
    );
    expect(refusal(550).text).toBe(`${head('550 Banned for 5m 0s')}X-Ultrapeer: False\r\n\r\n`);
  });

  it('does so with the codes of the table and those from 400 to 599, but never with 593', () => {
    expect([...REFUSAL_CODES.keys()].every(isRefusalCode)).toBe(true);
    expect([204, 400, 404, 577, 599].every(isRefusalCode)).toBe(true);
    expect([200, 593, 100, 399, 600, 404.5, NaN].some(isRefusalCode)).toBe(false);
  });

  it('refuses an ordinary handshake too, and says nothing by datagram', () => {
    const text = 'GNUTELLA CONNECT/0.6\r\nUser-Agent: x\r\nX-Ultrapeer: True\r\n\r\n';
    const peer = createServent(servent({ peers, manner: { kind: 'refusing', code: 409 } }), () => 0);
    const { send, close } = peer.accept(CRAWLER_IP).receive(bytesOf(text));
    expect([textOf(send).split('\r\n')[0], close]).toEqual(['GNUTELLA/0.6 409 Already connected', true]);
    expect(peer.datagram?.(udpCrawlerPing.ask(ASKED).opening, CRAWLER_IP)).toEqual([]);
  });
});

describe('a busy servent', () => {
  it('names others to try, which are mentions and no links', () => {
    const hints = many(3, 77);
    const answer = visit({ kind: 'busy', hints }, { peers: many(32) });
    expect(answer).toMatchObject({
      outcome: 'busy',
      status: { code: 503, reason: 'Too many ultra connections (32 max)' },
      claims: { links: [], mentions: hints, rejected: 0 },
    });
    expect(answer.claims.peers).toEqual([{ address: ASKED, role: 'superpeer', agent: 'test/1.0' }]);
  });

  it('names ten at most, folded', () => {
    const hints = many(25);
    expect(visit({ kind: 'busy', hints }).claims.mentions).toEqual(hints.slice(0, 10));
    const { text, closed } = bytesFor({ kind: 'busy', hints });
    const lines = /X-Try-Ultrapeers: [^]*?(?=\r\n\r\n)/.exec(text)?.[0].split('\r\n\t') ?? [];
    // Of 15 characters each: three fit behind the name, four in each line after it.
    expect(lines.length).toBe(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(78);
    expect(closed).toBe(true);
  });

  it('may know of nobody', () => {
    const answer = visit({ kind: 'busy', hints: [] });
    expect([answer.outcome, answer.claims.mentions]).toEqual(['busy', []]);
  });

  it('may give a hint that is its own address: rejected', () => {
    const { claims } = visit({ kind: 'busy', hints: [ASKED, address('1.1.1.1:1')] });
    expect([claims.mentions, claims.rejected]).toEqual([['1.1.1.1:1'], 1]);
  });
});

describe('a servent that limits rates', () => {
  const limiting: Partial<ServentState> = { manner: { kind: 'rate-limiting' }, peers: many(2) };

  it('answers, then 403, then 429, then not at all, and reminds at every 15th attempt', () => {
    const clock = handClock();
    const peer = createServent(servent(limiting), clock.now);
    const outcomes = Array.from({ length: 18 }, () => {
      clock.pass(1);
      const { outcome, status } = crawl(peer);
      return status === undefined ? outcome : `${outcome}: ${status.code} ${status.reason}`;
    });
    expect(outcomes).toEqual([
      'ok: 200 OK',
      'rate-limited: 403 Too frequent crawling',
      'rate-limited: 429 Banned for 5m 0s',
      ...Array<string>(14).fill('silent'),
      'rate-limited: 429 Too frequent connections',
    ]);
  });

  it('answers again after 302 s of silence, although one crawl was refused', () => {
    const clock = handClock();
    const peer = createServent(servent(limiting), clock.now);
    expect(crawl(peer).outcome).toBe('ok');
    expect(crawl(peer).outcome).toBe('rate-limited');
    clock.pass(302);
    expect(listed(crawl(peer)).peers).toEqual(limiting.peers);
  });

  it('keeps its sources apart', () => {
    const peer = createServent(servent(limiting), () => 0);
    for (let i = 0; i < 4; i++) crawl(peer);
    expect([crawl(peer, '198.51.100.3').outcome, crawl(peer).outcome]).toEqual(['ok', 'silent']);
  });

  it('counts ordinary connections, and old ones, and bans them too', () => {
    const peer = createServent(servent(limiting), () => 0);
    const first = (text: string) => textOf(peer.accept(CRAWLER_IP).receive(bytesOf(text)).send).slice(13, 16);
    expect(first('GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: True\r\n\r\n')).toBe('200');
    expect(first('GNUTELLA CONNECT/0.4\n\n')).toBe('');
    expect(first('GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: True\r\n\r\n')).toBe('429');
    expect(crawl(peer).outcome).toBe('silent');
  });

  it('keeps who is banned waiting, whatever is said, for as long as a timer can be set', () => {
    const peer = createServent(servent(limiting), () => 0);
    for (let i = 0; i < 3; i++) crawl(peer);
    const session = peer.accept(CRAWLER_IP);
    for (const text of [CRAWL, 'x'.repeat(100_000), '\r\n\r\n']) {
      expect(session.receive(bytesOf(text))).toEqual({});
      expect(session.patience).toBe(2 ** 31 - 1);
    }
  });

  it('says it with the headers of the recorded refusals', () => {
    const peer = createServent(servent(limiting), () => 0);
    const next = () => textOf(peer.accept(CRAWLER_IP).receive(bytesOf(CRAWL)).send);
    next();
    expect(next()).toBe(
      `GNUTELLA/0.6 403 Too frequent crawling\r\nUser-Agent: test/1.0\r\nRemote-IP: ${CRAWLER_IP}\r\n\r\n`,
    );
    // A ban is judged by the first line, so that the User-Agent is not yet known.
    expect(next()).toBe(
      `GNUTELLA/0.6 429 Banned for 5m 0s\r\nUser-Agent: test/1.0\r\nRemote-IP: ${CRAWLER_IP}\r\n` +
        'X-Live-Since: Thu, 01 Jan 1970 00:00:00 +0000\r\n\r\n',
    );
  });

  it('may begin to do so, and cease, while it is up', () => {
    const state: { -readonly [Key in keyof ServentState]: ServentState[Key] } = servent();
    const peer = createServent(state, () => 0);
    for (let i = 0; i < 5; i++) expect(crawl(peer).outcome).toBe('ok');
    state.manner = { kind: 'rate-limiting' };
    expect([crawl(peer).outcome, crawl(peer).outcome]).toEqual(['ok', 'rate-limited']);
    delete state.manner;
    expect(crawl(peer).outcome).toBe('ok');
  });
});

describe('a servent with little room', () => {
  it('lists the first of its neighbours, whole entries, and nothing tells below 8,000 characters', () => {
    const peers = many(20);
    const leaves = many(100, 1000);
    const answer = visit({ kind: 'truncating', characters: 1000 }, { peers, leaves });
    const lists = listed(answer);
    expect(lists.peers).toEqual(peers);
    expect(lists.leaves).toEqual(leaves.slice(0, lists.leaves.length));
    expect(lists.leaves.length).toBeGreaterThan(20);
    expect(lists.leaves.length).toBeLessThan(40);
    expect([answer.outcome, answer.claims.peers[0]?.truncated]).toEqual(['ok', undefined]);
  });

  it('of gtk-gnutella is found out', () => {
    const answer = visit(
      { kind: 'truncating', characters: 8160 },
      { peers: many(32), leaves: many(5000, 99) },
    );
    expect([answer.outcome, answer.claims.peers[0]?.truncated]).toEqual(['ok', true]);
  });

  it('may have none left for Leaves, and then passes for a leaf', () => {
    const answer = visit({ kind: 'truncating', characters: 50 }, { peers: many(20), leaves: many(5) });
    expect(answer.claims.peers[0]?.role).toBe('leaf');
    expect(listed(answer).peers.length).toBe(2);
  });

  it('sends Peers even if nothing fits', () => {
    for (const characters of [0, -5]) {
      const answer = visit({ kind: 'truncating', characters }, { peers: many(3) });
      expect([answer.outcome, answer.claims.links]).toEqual(['ok', []]);
    }
  });
});

describe('a servent that lies', () => {
  const lying = (...entries: string[]): Manner => ({ kind: 'lying', entries: () => entries });

  it('lists all lies among its peers, and every second one among its leaves, before what is true', () => {
    const [a, b, c] = many(3, 500) as [Address, Address, Address];
    const state = { peers: many(2), leaves: many(2, 10) };
    const lists = listed(visit(lying(a, b, c), state));
    expect(lists).toEqual({ peers: [a, b, c, ...state.peers], leaves: [a, c, ...state.leaves] });
    const leaf = visit(lying(a, b), { role: 'leaf', peers: state.peers });
    expect([listed(leaf), leaf.claims.peers[0]?.role]).toEqual([
      { peers: [a, b, ...state.peers], leaves: [] },
      'leaf',
    ]);
  });

  it('may know who asked', () => {
    const manner: Manner = { kind: 'lying', entries: (ip) => [`${ip}:6346`] };
    expect(listed(visit(manner)).peers).toEqual([`${CRAWLER_IP}:6346`]);
  });

  it.each([
    ['port 0', '1.2.3.4:0'],
    ['a port above 65,535', '1.2.3.4:70000'],
    ['itself', ASKED],
    ['a name', 'example.org:6346'],
    ['garbage', '\0\x1b[2J\xff'],
    ['an address of more than 64 characters', '1'.repeat(100)],
    ['octets above 255', '300.1.1.1:6346'],
  ])('and lists %s is not believed', (_, entry) => {
    const answer = visit(lying('9.9.9.9:9', entry), { role: 'leaf', peers: many(1) });
    expect([answer.outcome, listed(answer).peers, answer.claims.rejected]).toEqual([
      'ok',
      ['9.9.9.9:9', ...many(1)],
      1,
    ]);
  });

  it.each(['10.0.0.1:6346', '240.0.0.1:6346', '192.0.2.9:1', '169.254.0.1:6346', '127.0.0.1:6346'])(
    'and lists the bogon %s is taken at its word: addresses are judged where they are dialled',
    (bogon) => {
      const answer = visit(lying(bogon), { role: 'leaf' });
      expect([listed(answer).peers, answer.claims.rejected]).toEqual([[bogon], 0]);
    },
  );

  it.each(['0.0.0.0:6346', '255.255.255.255:1', '224.0.0.1:6346', '127.0.0.0:6346'])(
    'and lists %s, which can be nobody’s, is not believed',
    (nobodys) => {
      const answer = visit(lying(nobodys), { role: 'leaf' });
      expect([listed(answer).peers, answer.claims.rejected]).toEqual([[], 1]);
    },
  );

  it('may put line ends into its lists: then it lists no more than stood before', () => {
    const answer = visit(lying('9.9.9.9:9', 'x\r\n\r\n', '8.8.8.8:8'), { role: 'leaf' });
    expect([answer.outcome, listed(answer).peers, answer.claims.rejected]).toEqual(['ok', ['9.9.9.9:9'], 1]);
  });

  it('is heard up to a bound: of so many entries that the answer fits, the first 6,000', () => {
    const lies = Array.from({ length: 7000 }, (_, i) => `1.1.${i >> 8}.${i & 255}:1`);
    const answer = visit(lying(...lies), { role: 'leaf', peers: many(2) });
    expect(answer.outcome).toBe('ok');
    expect(listed(answer).peers).toEqual(lies.slice(0, MAX_LISTED_ADDRESSES));
    expect(answer.claims.rejected).toBe(1002);
  });

  it('may list so much that Leaves does not fit: what came before is kept, as a partial answer', () => {
    const lies = many(4000);
    const answer = visit(lying(...lies), { peers: many(1, 9999), leaves: many(2000, 20_000) });
    expect([answer.outcome, answer.claims.peers]).toEqual([
      'partial',
      [{ address: ASKED, agent: 'test/1.0', truncated: true }],
    ]);
    expect(listed(answer)).toEqual({ peers: [...lies, ...many(1, 9999)], leaves: [] });
  });

  it('may list a million entries: the answer is malformed, and nothing of the list is kept', () => {
    const lies = many(1_000_000);
    const state = servent({ peers: many(3, 7), manner: lying(), leaves: [] });
    const peer = createServent({ ...state, manner: { kind: 'lying', entries: () => lies } }, () => 0);
    const { send } = peer.accept(CRAWLER_IP).receive(bytesOf(CRAWL));
    expect(send?.length).toBeGreaterThan(100 * MAX_HANDSHAKE_BYTES);
    expect(crawl(peer)).toEqual({
      outcome: 'malformed',
      status: { code: 200, reason: 'OK' },
      claims: { peers: [{ address: ASKED, agent: 'test/1.0' }], links: [], mentions: [], rejected: 0 },
    });
  });
});
