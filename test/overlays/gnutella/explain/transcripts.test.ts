import { describe, expect, it } from 'vitest';
import { transcript, transcripts, TRANSCRIPTS_PRESENT } from '../transcripts.ts';
import { hexMessages } from '../wire/hex-transcripts.ts';
import { told } from './support.ts';

const summaries = (name: string) =>
  hexMessages(name).flatMap((bytes) => told(bytes).map(({ summary }) => summary));

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'recorded conversations with gtk-gnutella 1.2.3 (skipped where ../shared is absent)',
  () => {
    it('all decode but those that were made to be broken', () => {
      const broken = transcripts('.hex').filter((name) =>
        hexMessages(name).some((bytes) => told(bytes).some(({ problem }) => problem !== undefined)),
      );
      expect(broken).toEqual(['bad-garbage', 'bad-oversize', 'bad-short-pong', 'udp-garbage']);
    });

    it('each answer of a superpeer to a crawler gives its neighbours', () => {
      const [part] = told(transcript('crawler-tcp-u1.resp.txt'));
      expect(part?.addresses).toEqual({
        peers: ['203.0.113.13:6343', '203.0.113.12:6342'],
        leaves: ['203.0.113.24:6354', '203.0.113.22:6352', '203.0.113.21:6351'],
        mentions: [],
      });
      const [many] = told(transcript('crawler-tcp-many.resp.txt'));
      expect([many?.addresses.peers.length, many?.addresses.leaves.length]).toEqual([29, 72]);
    });

    it('a refusal names ten peers to try, of a list folded over lines', () => {
      const [part] = told(transcript('reject-503-xtry.resp.txt'));
      expect(part?.addresses.mentions).toHaveLength(10);
      expect(part?.summary).toContain(
        '503 Too many ultra connections (2 max), refused: all its slots are taken',
      );
    });

    it('a session begins as the notes on that servent say', () => {
      expect(summaries('session-up.recv').map((line) => line.split(/[:?]/)[0])).toEqual([
        ...['Query routing', 'Query routing', 'Messages supported', 'Features supported'],
        ...new Array<string>(6).fill('Pong'),
      ]);
      expect(summaries('session-up.recv')[4]).toBe(
        'Pong: 203.0.113.12:6342 shares 1 file; superpeer with 255 or more free leaf slots and 48 free superpeer slots',
      );
    });

    it('a UDP crawler pong lists who is connected', () => {
      const parts = hexMessages('udp-crawler-f0f').flatMap((bytes) => told(bytes));
      expect(parts.map(({ kind }) => kind)).toEqual(['crawler-ping', 'crawler-pong']);
      expect(parts[1]?.addresses).toEqual({
        peers: ['203.0.113.13:6343', '203.0.113.12:6342'],
        leaves: ['203.0.113.23:6353', '203.0.113.24:6354', '203.0.113.22:6352', '203.0.113.21:6351'],
        mentions: [],
      });
    });

    it('a Pong with hosts mentions its sender and them', () => {
      const pong = hexMessages('udp-ping-scp-ultra').flatMap((bytes) => told(bytes))[1];
      expect(pong?.addresses.mentions).toEqual([
        ...['203.0.113.11:6341', '203.0.113.15:6345', '203.0.113.13:6343'],
      ]);
    });

    it('a deflated connection that begins 68 81 inflates to what was recorded inflated', () => {
      const [deflated, ...inflated] = hexMessages('deflate-leaf-to-up.raw').flatMap((bytes) => told(bytes));
      expect(deflated?.kind).toBe('deflated');
      expect(inflated.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(
        hexMessages('deflate-leaf-to-up.inflated').map((bytes) => Buffer.from(bytes).toString('hex')),
      );
    });

    it.each([
      ['query-queryhit', 0, 'Query: who has "peerscope sample"? (any number of hits; may go 1 hop)'],
      [
        'query-queryhit',
        1,
        'Query Hit: 203.0.113.12:6342, vendor GTKG has 1 matching file: "peerscope sample u2.txt" (16 bytes)',
      ],
      [
        'bad-oversize',
        1,
        'Bye: closes the connection, because of what the other side did (400 Too large Query message (65535 bytes))',
      ],
      ['udp-ping-scp-ultra', 0, 'Ping: who are you? Wants addresses of other peers'],
      [
        'udp-crawler-1-1',
        0,
        'UDP crawler ping: asks for up to 1 superpeer and up to 1 leaf connected to the peer, with: addresses only',
      ],
      ['bad-unknown-type', 0, 'Unknown message, type 0x55: 3 bytes not looked into'],
    ])('%s, message %i: %s', (name, message, summary) => {
      expect(summaries(name)[message]).toBe(summary);
    });
  },
);
