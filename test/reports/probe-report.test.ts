// Conversations made by hand: what was said, when, and what a person or a script must find of it in the report.
import { parse } from 'csv-parse/sync';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/charts/style.ts';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import { OUTCOMES } from '../../src/core/outcome.ts';
import type { Visit } from '../../src/core/visit.ts';
import type { Saying } from '../../src/crawl/overheard.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import type { Format } from '../../src/reports/format.ts';
import { dialogueOf } from '../../src/reports/dialogue.ts';
import { outcomeWords } from '../../src/reports/outcome-words.ts';
import { formatProbe, readAnswer, type ProbeReport } from '../../src/reports/probe-report.ts';
import { PING, PONG } from '../overlays/gnutella/explain/support.ts';
import { address, listing, visit } from '../support/visits.ts';

const PEER = address(1);
const GREETING = 'GNUTELLA CONNECT/0.6\r\nCrawler: 0.1\r\n\r\n';
const OK = 'GNUTELLA/0.6 200 OK\r\nPeers: 192.0.2.1:1\r\nLeaves: \r\n\r\n';

const says = (from: Saying['from'], at: number, bytes: string | Uint8Array): Saying => ({
  from,
  at,
  bytes: Buffer.from(bytes),
});

const kinds = (said: readonly Saying[], carrier: 'tcp' | 'udp' = 'tcp') =>
  dialogueOf(carrier, said, gnutella.explain).map(({ from, at, part }) => [from, at, part.kind]);

const question = (name: string) =>
  gnutella.questions.find((candidate) => candidate.name === name) ?? expect.unreachable(name);

function answer(name: string, said: readonly Saying[], parts: Parameters<typeof visit>[1]) {
  return readAnswer({ question: question(name), said, visit: visit(PEER, parts) }, gnutella.explain);
}

function report(
  answers: ProbeReport['answers'],
  format: Format = 'table',
  how = { bytes: false, width: 80 },
) {
  const probed = { endpoint: PEER, network: gnutella, answers, bytes: how.bytes };
  return [...formatProbe(probed, format, { width: how.width, style: PLAIN })].join('');
}

const LISTED = answer('crawler-handshake', [says('us', 0.4, GREETING), says('peer', 12.34, OK)], {
  status: { code: 200, reason: 'OK' },
  listing: 'full',
  claims: listing(
    PEER,
    Array.from({ length: 12 }, (_, i) => address(i + 2)),
  ),
  duration: 13.5,
});
const SILENT = answer('udp-crawler-ping', [says('us', 0.1, PING)], {
  outcome: 'connect-timeout',
  bytesReceived: 0,
});

describe('a dialogue', () => {
  it('is cut into messages as they were said, however the bytes were split, at the time of their last byte', () => {
    const half = OK.length / 2;
    const said = [
      says('us', 1, GREETING),
      says('peer', 5, OK.slice(0, half)),
      says('peer', 9, OK.slice(half)),
      says('us', 10, PING),
      says('peer', 20, Buffer.concat([PONG, PONG.subarray(0, 30)])),
      says('peer', 30, PONG.subarray(30)),
    ];
    expect(kinds(said)).toEqual([
      ['us', 1, 'greeting'],
      ['peer', 9, 'reply'],
      ['us', 10, 'ping'],
      ['peer', 20, 'pong'],
      ['peer', 30, 'pong'],
    ]);
  });

  it('tells what stands in a deflated stream as of the moment when that begins', () => {
    const stream = deflateSync(Buffer.concat([PONG, PONG]));
    const said = [
      says('us', 1, PING),
      says('peer', 2, Buffer.concat([Buffer.from(OK), stream.subarray(0, 10)])),
      says('us', 3, PONG),
      says('peer', 4, stream.subarray(10)),
    ];
    expect(kinds(said)).toEqual([
      ['us', 1, 'ping'],
      ['peer', 2, 'reply'],
      ['peer', 2, 'deflated'],
      ['peer', 2, 'pong'],
      ['peer', 2, 'pong'],
      ['us', 3, 'pong'],
    ]);
  });

  it('reads each datagram by itself, the stray ones too', () => {
    const said = [says('us', 0, PING), says('peer', 1, Buffer.alloc(9, 0xff)), says('peer', 2, PONG)];
    expect(kinds(said, 'udp')).toEqual([
      ['us', 0, 'ping'],
      ['peer', 1, 'malformed'],
      ['peer', 2, 'pong'],
    ]);
  });

  it('ends with what was cut off, and is empty where nothing was said', () => {
    expect(kinds([says('peer', 7, PONG.subarray(0, 25))])).toEqual([['peer', 7, 'malformed']]);
    expect(kinds([])).toEqual([]);
  });
});

describe('a report for a person', () => {
  it('says what is asked, what was said by whom and when, what came of it, and what was learned', () => {
    const text = report([LISTED]);
    expect(text).toMatch(
      /^> we say · < the peer says · = [^\n]*\n\n1\/1 crawler-handshake, over a connection \(TCP\)\nAsks for the neighbours/,
    );
    expect(text).toMatch(/\nIt can see: [\s\S]*\nIt cannot see: /);
    expect(text).toMatch(/^> {7}0\.4 ms {2}Greeting \(block 1, Gnutella 0\.6\): a crawler/m);
    expect(text).toMatch(/^< {6}12\.3 ms {2}Answer to a crawler: 200 OK; a superpeer, connected to 1/m);
    expect(text).toMatch(/^= ok \(200 OK\) after 13\.5 ms: It answered in full\.$/m);
    expect(text).toMatch(/^ {2}role {9}superpeer$/m);
    expect(text).toMatch(/^ {2}leaves {7}none$/m);
    expect(text).toMatch(/^ {2}not told {5}its program, since when it is up$/m);
  });

  it('names ten addresses of a list and says how many more there are', () => {
    const text = report([LISTED]).replace(/\s+/g, ' ');
    expect(text).toContain('connections 12: 127.9.0.2:6346, 127.9.0.3:6346,');
    expect(text).toContain('127.9.0.11:6346 and 2 more');
    expect(text).not.toContain('127.9.0.12:6346');
  });

  it('ends with a table of all questions, with the agent beside them where there is room', () => {
    const named = answer('crawler-handshake', [], {
      listing: 'full',
      claims: { peers: [{ address: PEER, role: 'leaf', agent: 'gtk-gnutella/1.2.3' }] },
    });
    const table = (width: number) =>
      report([named, SILENT], 'table', { bytes: false, width }).split('\n\n').at(-1);
    expect(table(80)).toMatch(/^crawler-handshake +ok +0 +0 +leaf +1$/m);
    expect(table(80)).toMatch(/^udp-crawler-ping +connect-timeout +– +– +– +1$/m);
    expect(table(80)).toMatch(/^It runs gtk-gnutella\/1\.2\.3, as it says\.$/m);
    expect(table(120)).toMatch(/^crawler-handshake +ok .*leaf +gtk-gnutella\/1\.2\.3 +1$/m);
  });

  it('with bytes, has the hex of each message with its meaning below its summary', () => {
    const text = report([LISTED, SILENT], 'table', { bytes: true, width: 80 });
    expect(text).toMatch(/\n {5}0 {2}GNUTELLA CONNECT\/0\.6 +wants to connect/);
    expect(text).toMatch(/ms {2}Ping: who are you\?\n {33}header\n {5}0 {2}ab ab ab ab ab ab ab ab/);
  });

  it('tells the first of many messages of a kind, and how many more there were; with bytes all of them', () => {
    const said = [
      says('us', 0, PING),
      says('peer', 1, Buffer.concat(Array.from({ length: 30 }, () => PONG))),
    ];
    const many = answer('ping-crawl', said, {});
    const count = (text: string) => text.match(/^< .* Pong:/gm)?.length;
    expect(count(report([many]))).toBe(8);
    expect(report([many])).toContain('… and 22 more of this kind');
    expect(count(report([many], 'table', { bytes: true, width: 80 }))).toBe(30);
  });

  it.each([40, 60, 80, 120, 200])('at %i columns is no wider than that, nor than 120', (width) => {
    const text = report([LISTED, SILENT], 'table', { bytes: false, width });
    for (const line of text.split('\n')) {
      expect(line.length).toBeLessThanOrEqual(Math.min(width, 120));
      expect(line).toBe(line.trimEnd());
    }
  });

  it('says how long a peer has been up, and that a clock is wrong which says it is not up yet', () => {
    const up = (liveSince: number) =>
      report([
        answer('crawler-handshake', [], {
          startedAt: Date.UTC(2005, 1, 2, 12),
          claims: { peers: [{ address: PEER, liveSince }] },
        }),
      ]);
    expect(up(Date.UTC(2005, 0, 31, 9))).toContain('2005-01-31 09:00 UTC, for 2 d 3 h');
    expect(up(Date.UTC(2005, 1, 2, 11, 59, 30))).toContain('2005-02-02 11:59 UTC, for 30 s');
    expect(up(Date.UTC(2005, 1, 3)).replace(/\s+/g, ' ')).toContain('yet to come: its clock is wrong');
  });

  it('holds nothing of a stranger that could drive a terminal', () => {
    const evil = 'GNUTELLA/0.6 503 \x1b[2J\x07\r\nUser-Agent: \x9b31m\r\n\r\n';
    const said = [says('us', 0, GREETING), says('peer', 1, Buffer.from(evil, 'latin1'))];
    const status = { code: 503, reason: '\x1b[2J' };
    const claims = { peers: [{ address: PEER, agent: '\x9b31m' }] };
    for (const bytes of [true, false]) {
      const refused = answer('crawler-handshake', said, { outcome: 'busy', status, claims });
      expect(report([refused], 'table', { bytes, width: 80 }).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('for a script', () => {
  it('JSON has every question with its dialogue, what came of it, and what was learned', () => {
    const document = JSON.parse(report([LISTED, SILENT], 'json')) as { questions: unknown[] };
    expect(document).toMatchObject({ schema: 'peerscope/probe/1', network: 'gnutella', endpoint: PEER });
    expect(document.questions).toMatchObject([
      {
        question: 'crawler-handshake',
        carrier: 'tcp',
        outcome: 'ok',
        status: { code: 200, reason: 'OK' },
        listing: 'full',
        dialogue: [
          { from: 'us', atMs: 0.4, kind: 'greeting', bytes: Buffer.from(GREETING).toString('hex') },
          { from: 'peer', atMs: 12.34, kind: 'reply', addresses: { peers: ['192.0.2.1:1'] } },
        ],
        learned: { role: 'superpeer', agent: null, leaves: [], truncated: false },
      },
      {
        outcome: 'connect-timeout',
        status: null,
        listing: null,
        learned: { connections: null, leaves: null },
      },
    ]);
    expect(report([LISTED], 'json')).not.toContain('"fields"');
    expect(report([LISTED], 'json', { bytes: true, width: 80 })).toContain('"fields"');
  });

  it('NDJSON has the same, a question a line', () => {
    const lines = report([LISTED, SILENT], 'ndjson').trimEnd().split('\n');
    const { questions } = JSON.parse(report([LISTED, SILENT], 'json')) as { questions: object[] };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      questions.map((one) => ({ schema: 'peerscope/probe/1', network: 'gnutella', endpoint: PEER, ...one })),
    );
  });

  it('CSV has a row a question, empty where nothing is known', () => {
    const [head, first, second, ...more] = parse(report([LISTED, SILENT], 'csv'));
    expect(head?.slice(0, 4)).toEqual(['endpoint', 'question', 'carrier', 'outcome']);
    expect(first?.slice(1, 9)).toEqual(['crawler-handshake', 'tcp', 'ok', '200', 'OK', 'full', '12', '0']);
    expect(second?.slice(1, 9)).toEqual(['udp-crawler-ping', 'udp', 'connect-timeout', '', '', '', '', '']);
    expect(more).toEqual([]);
  });

  it('CSV with bytes has a row a field of what was said', () => {
    const [head, ...rows] = parse(report([SILENT], 'csv', { bytes: true, width: 80 }));
    expect(head?.slice(0, 5)).toEqual(['question', 'from', 'at_ms', 'part', 'kind']);
    expect(rows.map((row) => row[8])).toEqual(['header', 'GUID', 'type', 'TTL', 'hops', 'payload length']);
    expect(rows[0]?.slice(0, 5)).toEqual(['udp-crawler-ping', 'us', '0.1', '1', 'ping']);
  });
});

describe('what an outcome means', () => {
  const words = (parts: Partial<Visit>, carrier: 'tcp' | 'udp' = 'tcp') =>
    outcomeWords({ ...visit(PEER, { bytesReceived: 0 }), claims: NO_CLAIMS, ...parts }, carrier);

  it('is said of every outcome, in whole sentences, differently from all others', () => {
    const all = OUTCOMES.map((outcome) => words({ outcome }));
    for (const text of all) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(new Set(all).size).toBe(OUTCOMES.length);
  });

  it('depends on the carrier where silence means something else', () => {
    expect(words({ outcome: 'connect-timeout' })).toContain('firewall');
    expect(words({ outcome: 'connect-timeout' }, 'udp')).toContain('A datagram may be lost');
  });

  it('depends on whether anything was said, and anybody named', () => {
    expect(words({ outcome: 'silent' })).toContain('banned us');
    expect(words({ outcome: 'silent', bytesReceived: 5 })).toContain('began to speak');
    expect(words({ outcome: 'ok', listing: 'full' })).toBe('It answered in full.');
    expect(words({ outcome: 'ok' })).toContain('named no neighbours');
  });
});
