import { deflateSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_SENT_BYTES } from '../../../src/overlays/gnutella/servent/limits.ts';
import { byeReason } from '../../../src/overlays/gnutella/wire/bye.ts';
import { extensionValue } from '../../../src/overlays/gnutella/wire/extension-value.ts';
import { StreamInflater } from '../../../src/overlays/gnutella/wire/stream-inflater.ts';
import type { ServentState } from '../../../src/overlays/overlay.ts';
import {
  BLOCK_3,
  connect,
  descriptorsIn,
  gnutellaServent,
  greeting,
  messagesIn,
  ping,
  pongsIn,
} from './servent-conversing.ts';
import { CRAWLER_IP } from './crawling.ts';
import { address, bytesOf, textOf } from './support.ts';

const PEERS = ['203.0.113.11:6341', '203.0.113.13:6343'].map(address);
const SELF = address('203.0.113.12:6342');
const STATE: Partial<ServentState> = { peers: PEERS, address: SELF, agent: 'gtk-gnutella/1.2.3' };

function pongsTo(ttl: number, state: Partial<ServentState> = STATE, hops = 0): string[] {
  const { session } = connect(gnutellaServent(state));
  return pongsIn(session.receive(ping(ttl, hops)).send);
}

describe('a connection to gtk-gnutella', () => {
  it('stands once block 3 says 200, and begins with the vendor messages it answers', () => {
    const { begin } = connect(gnutellaServent(STATE));
    const [message] = messagesIn(begin.send);
    expect(message).toMatchObject({ kind: 'messages-supported', header: { ttl: 1, hops: 0 } });
    expect(message?.kind === 'messages-supported' && message.body.messages).toEqual([
      { vendor: 'LIME', selector: 5, version: 1 },
    ]);
  });

  it('begins in silence where the other side knows no vendor messages', () => {
    expect(connect(gnutellaServent(STATE), ['X-Ultrapeer: True']).begin).toEqual({});
  });

  it.each([
    'GNUTELLA/0.6 503 No\r\n\r\n',
    'GNUTELLA/0.6 204 No\r\n\r\n',
    'HELLO\r\n\r\n',
    `A${'x'.repeat(2000)}`,
  ])('does not come about with another block 3', (block3) => {
    expect(connect(gnutellaServent(STATE), ['X-Ultrapeer: True'], block3).begin).toEqual({ close: true });
  });

  it('takes descriptors in the same breath as block 3', () => {
    const session = gnutellaServent(STATE).accept(CRAWLER_IP);
    session.receive(greeting('X-Ultrapeer: False'));
    const { send } = session.receive(Buffer.concat([bytesOf(BLOCK_3), ping(1)]));
    expect(pongsIn(send)).toEqual([`0 ${SELF}`]);
  });

  it('waits for block 3 for 90 s, and then for two minutes at a time', () => {
    const session = gnutellaServent(STATE).accept(CRAWLER_IP);
    session.receive(greeting('X-Ultrapeer: False'));
    expect(session.patience).toBe(90_000);
    session.receive(bytesOf(BLOCK_3));
    expect(session.patience).toBe(120_000);
  });
});

describe('a Ping to gtk-gnutella', () => {
  it('of TTL 1 gets its own Pong', () => {
    expect(pongsTo(1)).toEqual([`0 ${SELF}`]);
  });

  it('of TTL 2 gets a Pong of each neighbour among superpeers, not of itself nor of leaves', () => {
    expect(pongsTo(2, { ...STATE, leaves: [address('1.1.1.1:1')] })).toEqual(
      PEERS.map((peer) => `1 ${peer}`),
    );
  });

  it('can not be put to a leaf, which takes no connection, and of its neighbours says nothing by datagram', () => {
    const leaf = gnutellaServent({ ...STATE, role: 'leaf' });
    const { send, close } = leaf.accept(CRAWLER_IP).receive(greeting('X-Ultrapeer: True'));
    expect([textOf(send).split('\r\n')[0], close]).toEqual([
      'GNUTELLA/0.6 503 Too many ultra connections (2 max)',
      true,
    ]);
    const reactions = leaf.datagram?.(ping(2), CRAWLER_IP) ?? [];
    expect(reactions.map((reaction) => pongsIn(reaction.send))).toEqual([[`0 ${SELF}`]]);
  });

  it('that may go far gets its own Pong and ten of its cache', () => {
    const many = Array.from({ length: 30 }, (_, i) => address(`10.0.0.${i}:1`));
    for (const ttl of [3, 7, 200]) {
      expect(pongsTo(ttl, { ...STATE, peers: many })).toEqual([
        `0 ${SELF}`,
        ...many.slice(0, 10).map((peer) => `1 ${peer}`),
      ]);
    }
    expect(pongsTo(2, STATE, 1)[0]).toBe(`0 ${SELF}`);
  });

  it('of TTL 0 gets nothing', () => {
    expect(pongsTo(0)).toEqual([]);
  });

  it('is told of neighbours of IPv6 in an extension', () => {
    const { session } = connect(gnutellaServent({ ...STATE, peers: [address('[2001:db8::1]:6346')] }));
    const [pong] = messagesIn(session.receive(ping(2)).send);
    expect(pong?.kind === 'pong' && [pong.body.endpoint, extensionValue(pong.body.extensions, '6')]).toEqual([
      '127.0.0.0:6346',
      { id: '6', ip: '2001:db8::1' },
    ]);
  });

  it('is told how long the servent runs, and what is free', () => {
    const leaves = Array.from({ length: 100 }, (_, i) => address(`10.0.0.${i}:1`));
    const { session } = connect(gnutellaServent({ ...STATE, leaves, startedAt: 1000 }, 63_000));
    const [pong] = messagesIn(session.receive(ping(1)).send);
    const extensions = pong?.kind === 'pong' ? pong.body.extensions : [];
    expect(extensions.map(({ id }) => id)).toEqual(['VC', 'GUE', 'UP', 'DU']);
    expect(extensionValue(extensions, 'DU')).toEqual({ id: 'DU', seconds: 62 });
    expect(extensionValue(extensions, 'UP')).toMatchObject({ freeLeafSlots: 200, freeSuperpeerSlots: 48 });
  });

  it('never learns of a neighbour that the servent does not name', () => {
    expect(pongsTo(2, { ...STATE, peers: [] })).toEqual([]);
  });

  it('is told the lies of a liar that are addresses, first', () => {
    const lies = ['9.9.9.9:9', 'no address', '', '8.8.8.8:8'];
    expect(pongsTo(2, { ...STATE, manner: { kind: 'lying', entries: () => lies } })).toEqual([
      '1 9.9.9.9:9',
      '1 8.8.8.8:8',
      ...PEERS.map((peer) => `1 ${peer}`),
    ]);
  });
});

describe('a deflated connection', () => {
  const OFFER = ['X-Ultrapeer: False', 'Vendor-Message: 0.1', 'Accept-Encoding: deflate'];
  const CONFIRM = 'GNUTELLA/0.6 200 OK\r\nContent-Encoding: deflate\r\n\r\n';

  it('begins with 68 81, as recorded, and can be read message by message', () => {
    const { session, block2, begin } = connect(gnutellaServent(STATE), OFFER);
    expect(block2).toContain('Content-Encoding: deflate\r\n');
    expect([...begin.send!.subarray(0, 2)]).toEqual([0x68, 0x81]);
    const inflater = new StreamInflater();
    expect(messagesIn(inflater.push(begin.send!).bytes).length).toBe(1);
    for (let i = 0; i < 3; i++) {
      const { bytes, failure } = inflater.push(session.receive(ping(1)).send!);
      expect([pongsIn(bytes), failure]).toEqual([[`0 ${SELF}`], undefined]);
    }
  });

  it('is deflated in each direction for itself', () => {
    const plainAsker = connect(gnutellaServent(STATE), OFFER).session;
    expect(new StreamInflater().push(plainAsker.receive(ping(2)).send!).failure).toBeDefined();

    const { session, block2 } = connect(gnutellaServent(STATE), ['X-Ultrapeer: False'], CONFIRM);
    expect(block2).not.toContain('Content-Encoding');
    const deflated = deflateSync(ping(1), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(pongsIn(session.receive(deflated).send)).toEqual([`0 ${SELF}`]);
  });

  it('ends where its bytes are no deflated stream', () => {
    const { session } = connect(gnutellaServent(STATE), OFFER, CONFIRM);
    expect(session.receive(ping(1))).toEqual({ close: true });
  });

  it('ends where it is a bomb', () => {
    const { session } = connect(gnutellaServent(STATE), OFFER, CONFIRM);
    const zeros = new Uint8Array(16 * 1024 * 1024);
    expect(session.receive(deflateSync(zeros, { finishFlush: constants.Z_SYNC_FLUSH })).close).toBe(true);
  });
});

describe('a connection ends', () => {
  const oversize = (type: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(23);
    bytes[16] = type;
    bytes[17] = 1;
    new DataView(bytes.buffer).setUint32(19, length, true);
    return bytes;
  };

  it('without an answer at a Bye', () => {
    const bye = Buffer.from('223589bc5989a0bfffcba4fe627bbc0002010006000000c80062796500', 'hex');
    const { session } = connect(gnutellaServent(STATE));
    expect(session.receive(bye)).toEqual({ close: true });
    expect(session.receive(ping(1))).toEqual({ close: true });
  });

  it('with a Bye at a descriptor that claims too much, the recorded words', () => {
    const { send, close } = connect(gnutellaServent(STATE)).session.receive(oversize(0x80, 65_535));
    const [bye] = messagesIn(send);
    expect(bye).toMatchObject({
      kind: 'bye',
      header: { ttl: 1, hops: 0 },
      body: {
        code: 400,
        text: 'Too large Query message (65535 bytes)\r\nServer: gtk-gnutella/1.2.3\r\n\r\n',
      },
    });
    expect(close).toBe(true);
  });

  it('without a Bye for who knows none', () => {
    const { session } = connect(gnutellaServent(STATE), ['X-Ultrapeer: True']);
    expect(session.receive(oversize(0x80, 65_535))).toEqual({ close: true });
  });

  it('without a Bye at garbage, of which a header was never meant', () => {
    const { session } = connect(gnutellaServent(STATE));
    expect(session.receive(new Uint8Array(100).fill(0xff))).toEqual({ close: true });
  });

  it('not at types that are not known, nor at a Pong of three bytes', () => {
    const { session } = connect(gnutellaServent(STATE));
    for (const hex of [
      'd3c45edc6901acc6ffe57cdc913e5a0055010003000000616263',
      '23b916d1947588cfff6cb0f960a6c90001010003000000616263',
    ]) {
      expect(session.receive(Buffer.from(hex, 'hex'))).toEqual({});
    }
    expect(pongsIn(session.receive(ping(1)).send).length).toBe(1);
  });

  it('with a Bye where a flood of Pings would be answered with more than MAX_SENT_BYTES', () => {
    const peers = Array.from({ length: 49 }, (_, i) => address(`10.0.0.${i}:1`));
    const { session } = connect(gnutellaServent({ ...STATE, peers }));
    const flood = Buffer.concat(Array.from({ length: 2000 }, () => ping(2)));
    const { send, close } = session.receive(flood);
    const descriptors = descriptorsIn(send);
    const last = messagesIn(descriptors.at(-1))[0];
    expect(last?.kind === 'bye' && [last.body.code, byeReason(last.body)]).toEqual([502, 'Send queue full']);
    expect(close).toBe(true);
    expect(send!.length).toBeLessThanOrEqual(MAX_SENT_BYTES + 200);
    expect(send!.length).toBeGreaterThan(MAX_SENT_BYTES - 300);
  });
});
