import { describe, expect, it } from 'vitest';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import { addressOf } from '../../../src/overlays/gnutella/wire/endpoint.ts';
import { extensionValue } from '../../../src/overlays/gnutella/wire/extension-value.ts';
import { guidText } from '../../../src/overlays/gnutella/wire/guid.ts';
import { decodeMessage, type Message } from '../../../src/overlays/gnutella/wire/message.ts';
import type { Pong } from '../../../src/overlays/gnutella/wire/pong.ts';
import type { Acquaintance, ServentState } from '../../../src/overlays/overlay.ts';
import { CRAWLER_IP } from './crawling.ts';
import { connect, gnutellaServent, messagesIn } from './servent-conversing.ts';
import { address, bytesOf, servent, textOf } from './support.ts';
import { transcript, transcripts, TRANSCRIPTS_PRESENT } from './transcripts.ts';
import { hexMessages } from './wire/hex-transcripts.ts';

const NOW = Date.UTC(2025, 0, 2);

function decoded(bytes: Uint8Array, transport: 'tcp' | 'udp' = 'tcp'): Message {
  const message = decodeMessage(bytes, { transport });
  if (message.kind === 'malformed') throw new Error('the transcript is malformed');
  return message;
}

function hostsIn(message: Message): string[] {
  if (message.kind !== 'pong') return [];
  return [`hops ${message.header.hops} ttl ${message.header.ttl} ${message.body.endpoint}`];
}

/** What a Pong says of the servent that these servents know too: they share nothing, and speak neither TLS nor GUESS. */
function said(pong: Pong) {
  return {
    endpoint: pong.endpoint,
    kib: pong.kib,
    extensions: pong.extensions
      .filter(({ id }) => !['TLS', 'IPP', 'IPP_TLS', 'IP', 'QK'].includes(id))
      .map(({ id, data }) => `${id} ${Buffer.from(data).toString('hex')}`),
  };
}

/** A servent in the place of the one that sent this Pong: it is where that was, runs for as long, and has as many slots. */
function standInFor({ endpoint, extensions }: Pong): ServentState {
  const slots = extensionValue(extensions, 'UP');
  const seconds = extensionValue(extensions, 'DU')?.seconds ?? 0;
  const places = (count: number, block: number) =>
    Array.from({ length: count }, (_, i) => address(`203.0.${block}.${i + 1}:6346`));
  return servent({
    role: slots === undefined ? 'leaf' : 'superpeer',
    startedAt: NOW - seconds * 1000,
    ...(addressOf(endpoint) === undefined ? {} : { address: address(endpoint) }),
    peers: places(slots === undefined ? 2 : 50 - slots.freeSuperpeerSlots, 113),
    // 255 free slots are shown for any number from that.
    leaves: places(slots === undefined || slots.freeLeafSlots === 255 ? 0 : 300 - slots.freeLeafSlots, 114),
  });
}

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'descriptors to gtk-gnutella 1.2.3 (skipped where ../shared is absent)',
  () => {
    it.each(['session-up', 'session-leaf'])('the Pings of %s get the Pongs that were recorded', (name) => {
      const peer = gnutellaServent({
        address: address('203.0.113.12:6342'),
        peers: [address('203.0.113.11:6341')],
      });
      const recorded = hexMessages(`${name}.recv`).map((bytes) => decoded(bytes));
      const request = textOf(transcript(`${name}.req.txt`))
        .trimEnd()
        .split('\r\n')
        .slice(1);
      const { session, begin } = connect(peer, request);
      expect(messagesIn(begin.send).map(({ kind }) => kind)).toEqual(['messages-supported']);
      for (const sent of hexMessages(`${name}.sent`)) {
        const guid = guidText(decoded(sent).header.guid);
        const theirs = recorded.filter(({ header }) => guidText(header.guid) === guid).flatMap(hostsIn);
        const ours = messagesIn(session.receive(sent).send).flatMap(hostsIn);
        // Cached Pongs may repeat.
        expect(ours).toEqual([...new Set(theirs)]);
      }
    });

    it('a Ping of TTL 2 gets a bare Pong of each of many neighbours, as recorded', () => {
      const recorded = hexMessages('ttl2-many');
      const peers = recorded.map((bytes) => {
        const message = decoded(bytes);
        return address(message.kind === 'pong' ? message.body.endpoint : '');
      });
      const { guid } = decoded(recorded[0]!).header;
      const ping = Buffer.concat([guid, Buffer.from('00020000000000', 'hex')]);
      const { session } = connect(gnutellaServent({ peers }), ['X-Ultrapeer: False']);
      const ours = Buffer.from(session.receive(ping).send ?? []).toString('hex');
      const theirs = recorded.map((bytes) => Buffer.from(bytes).toString('hex')).join('');
      // The last one told gtk-gnutella what it shares: 1 file, 8 KiB.
      expect(ours).toBe(theirs.replace(/0100000008000000$/, '0000000000000000'));
    });

    it.each([
      'bad-bye',
      'bad-garbage',
      'bad-oversize',
      'bad-short-pong',
      'bad-unknown-type',
      'bad-ttl-overflow',
    ])('%s leaves the connection as it was recorded', (name) => {
      const lines = textOf(transcript(`${name}.hex`))
        .trim()
        .split('\n');
      const { session } = connect(gnutellaServent({ peers: [address('203.0.113.11:6341')] }));
      const { send, close } = session.receive(Buffer.from(lines[0]!, 'hex'));
      expect(close ?? false).toBe(!/short-pong|unknown-type|ttl-overflow/.test(name));
      const kinds = messagesIn(send).map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(
        new Set(name === 'bad-oversize' ? ['bye'] : name === 'bad-ttl-overflow' ? ['pong'] : []),
      );
    });

    it('the Bye for a descriptor that is too large is the recorded one', () => {
      const [sent, recorded] = hexMessages('bad-oversize');
      const agent = 'gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)';
      const { send } = connect(gnutellaServent({ agent })).session.receive(sent!);
      expect(Buffer.from(send!).subarray(16)).toEqual(Buffer.from(recorded!).subarray(16));
    });

    const crawls = transcripts('.hex').filter((name) => name.startsWith('udp-crawler-'));
    it.each(crawls)('%s gets the answer that was recorded', (name) => {
      const [sent, answer] = hexMessages(name);
      const recorded = answer === undefined ? undefined : decoded(answer, 'udp');
      const pong = recorded?.kind === 'crawler-pong' ? recorded.body : undefined;
      const entries = [...(pong?.superpeers ?? []), ...(pong?.leaves ?? [])];
      const known = new Map<string, Acquaintance>(
        entries.map(({ endpoint, minutes = 0 }, i) => [
          endpoint,
          {
            connectedAt: NOW - minutes * 60_000,
            agent: pong?.agents?.names[i] ?? 'x',
            datagrams: true,
          },
        ]),
      );
      const state = servent({
        agent: pong?.agents?.own ?? 'x',
        peers: pong?.superpeers.map(({ endpoint }) => address(endpoint)) ?? [address('1.1.1.1:1')],
        leaves: pong?.leaves.map(({ endpoint }) => address(endpoint)) ?? [],
        acquaintance: (neighbour) => known.get(neighbour) ?? {},
      });
      const reactions = createServent(state, () => NOW).datagram?.(sent!, CRAWLER_IP) ?? [];
      if (pong === undefined) {
        expect(reactions).toEqual([]);
        return;
      }
      const ours = decoded(reactions[0]!.send!, 'udp');
      // Compressors differ in the bytes, not in what they say.
      const withoutPacked = (message: Message) =>
        message.kind === 'crawler-pong'
          ? { ...message.body, agents: { ...message.body.agents, packed: undefined } }
          : undefined;
      expect(withoutPacked(ours)).toEqual(withoutPacked(recorded!));
      expect(guidText(ours.header.guid)).toBe(guidText(recorded!.header.guid));
      expect([ours.header.type, ours.header.ttl, ours.header.hops]).toEqual([0x31, 1, 0]);
    });

    // GUESS is not spoken, and second Pings are a matter of rates.
    const pings = transcripts('.hex').filter((name) => /^udp-ping-(?!gue|second)/.test(name));
    it.each(pings)('%s gets the Pong that was recorded', (name) => {
      const [sent, answer] = hexMessages(name);
      const recorded = decoded(answer!, 'udp');
      if (recorded.kind !== 'pong') throw new Error('no Pong');
      const state = standInFor(recorded.body);
      const reactions = createServent(state, () => NOW).datagram?.(sent!, CRAWLER_IP) ?? [];
      const ours = decoded(reactions[0]!.send!, 'udp');
      expect(reactions.length).toBe(1);
      expect(ours.kind === 'pong' && said(ours.body)).toEqual(said(recorded.body));
      expect({ ...ours.header, length: 0 }).toEqual({ ...recorded.header, length: 0 });
      const hosts = ours.kind === 'pong' ? extensionValue(ours.body.extensions, 'IPP')?.hosts : undefined;
      expect(hosts).toEqual(name.includes('scp') ? state.peers.slice(0, 30) : undefined);
    });

    it.each(['udp-garbage', 'udp-vmsg-unknown', 'udp-node-info-req', 'udp-crawler-short'])(
      '%s gets no answer',
      (name) => {
        const peer = gnutellaServent({ peers: [address('1.1.1.1:1')] });
        expect(peer.datagram?.(hexMessages(name)[0]!, CRAWLER_IP)).toEqual([]);
      },
    );

    it("a stranger's text in a datagram is passed over", () => {
      expect(gnutellaServent().datagram?.(bytesOf('GNUTELLA CONNECT/0.6\r\n\r\n'), CRAWLER_IP)).toEqual([]);
    });
  },
);
