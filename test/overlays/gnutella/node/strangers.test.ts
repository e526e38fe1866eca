import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random.ts';
import type { Effect } from '../../../../src/overlays/gnutella/node/effect.ts';
import {
  MAX_LEARNED,
  MAX_NODE_TABLE_SLOTS,
  MAX_TABLE_SLOTS,
  REQUESTS,
  TABLE_MESSAGES,
} from '../../../../src/overlays/gnutella/node/limits.ts';
import type { GnutellaNode } from '../../../../src/overlays/gnutella/node/node.ts';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import type { Guid } from '../../../../src/overlays/gnutella/wire/guid.ts';
import { encodeMessage } from '../../../../src/overlays/gnutella/wire/message.ts';
import type { Qrp } from '../../../../src/overlays/gnutella/wire/qrp.ts';
import { addressOf, liveOverlay, MINUTE } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';
import { BLOCK_3, call, greeting, messagesOf, pong, startedNode } from './contact-support.ts';

const random = createRandom(7);
const newGuid = (): Guid => Uint8Array.from({ length: 16 }, () => random.int(256));

function descriptor(type: number, ttl: number, hops = 0, payload = new Uint8Array()): Uint8Array {
  return Uint8Array.from([...newGuid(), type, ttl, hops, payload.length, 0, 0, 0, ...payload]);
}

const query = (ttl = 4, hops = 0): Uint8Array =>
  descriptor(DESCRIPTOR_TYPES.query, ttl, hops, Buffer.from('\x80\0nothing\0', 'latin1'));
const ping = (ttl: number): Uint8Array => descriptor(DESCRIPTOR_TYPES.ping, ttl);

/** Some superpeer that calls; the number of its connection. */
function neighbour(node: GnutellaNode, peer: number): number {
  return call(node, `127.1.0.${peer + 1}`, [greeting(addressOf(peer)), BLOCK_3]).connection;
}

function leaf(node: GnutellaNode, peer: number): number {
  const block1 = `GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: False\r\nListen-IP: ${addressOf(peer)}\r\n\r\n`;
  return call(node, `127.1.0.${peer + 1}`, [Buffer.from(block1), BLOCK_3]).connection;
}

function sentTo(effects: readonly Effect[], connection: number): number {
  return effects.filter((effect) => effect.kind === 'send' && effect.connection === connection).length;
}

describe('queries of a stranger', () => {
  it('are passed on up to a burst, then so many a second, and the rest is counted', () => {
    const { node } = startedNode();
    const [stranger, other] = [neighbour(node, 1), neighbour(node, 2)];
    const many = (): Uint8Array => Buffer.concat(Array.from({ length: 5_000 }, () => query()));
    expect(sentTo(node.received(START, stranger, many()), other)).toBe(REQUESTS.burst);
    expect(node.counts.dropped).toBe(5_000 - REQUESTS.burst);
    expect(sentTo(node.received(START + 500, stranger, many()), other)).toBe(REQUESTS.perSecond / 2);
    // Whoever does not send too many is heard all the same.
    expect(sentTo(node.received(START + 500, other, query()), stranger)).toBe(1);
    expect(node.neighbours()).toHaveLength(2);
  });

  it('are few enough that those of a simulation, 1,000 a second in ten batches, all pass', () => {
    const { node } = startedNode();
    const [from, to] = [neighbour(node, 1), neighbour(node, 2)];
    let passed = 0;
    for (let now = START; now < START + 20_000; now += 100) {
      const batch = Buffer.concat(Array.from({ length: 100 }, () => query()));
      passed += sentTo(node.received(now, from, batch), to);
    }
    expect(passed).toBe(20_000);
    expect(node.counts.dropped).toBe(0);
  });

  it.each([
    ['gtk-gnutella', 4],
    ['legacy-0.4', 7],
  ])('of TTL 255 go no further among %s than %i hops, whatever hops they claim', (personality, most) => {
    const line = Array.from({ length: 10 }, (_, peer) => ({
      address: addressOf(peer),
      agent: 'test',
      personality,
      random: createRandom(peer),
      plan: { kind: 'given', role: 'superpeer', dials: peer === 0 ? [] : [addressOf(peer - 1)] } as const,
    }));
    const { overlay, reports } = liveOverlay(line);
    overlay.run(MINUTE);
    const isOld = personality === 'legacy-0.4';
    const first = Buffer.from('GNUTELLA CONNECT/0.4\n\n');
    overlay.connect(
      addressOf(0),
      '127.9.9.9',
      { receive: () => undefined, closed: () => undefined },
      (wire) => {
        wire?.send(isOld ? first : greeting(addressOf(99)));
        overlay.events.after(1_000, () => {
          if (!isOld) wire?.send(BLOCK_3);
          for (const hops of [0, 1, 255]) wire?.send(query(255, hops));
        });
      },
    );
    overlay.run(5_000);
    const heard = reports.filter(({ kind }) => kind === 'query').map(({ node }) => node);
    expect(new Set(heard)).toEqual(new Set(Array.from({ length: most }, (_, peer) => addressOf(peer))));
  });
});

describe('Pings of a stranger', () => {
  it('for others are answered up to a burst; those for the node itself all are', () => {
    const { node } = startedNode();
    const stranger = neighbour(node, 1);
    const many = (ttl: number): Uint8Array => Buffer.concat(Array.from({ length: 3_000 }, () => ping(ttl)));
    const answers = sentTo(node.received(START, stranger, many(7)), stranger);
    expect(answers).toBeLessThanOrEqual(REQUESTS.burst + 10);
    expect(node.counts.dropped).toBe(3_000 - REQUESTS.burst);
    expect(sentTo(node.received(START, stranger, many(1)), stranger)).toBe(3_000);
  });

  it('are passed on by 0.4 up to a burst', () => {
    const { node } = startedNode({ personality: 'legacy-0.4' });
    const connect = Buffer.from('GNUTELLA CONNECT/0.4\n\n');
    const [stranger, other] = [1, 2].map((host) => call(node, `127.1.0.${host}`, [connect]).connection);
    const many = Buffer.concat(Array.from({ length: 3_000 }, () => ping(7)));
    expect(sentTo(node.received(START, stranger ?? NaN, many), other ?? NaN)).toBe(REQUESTS.burst);
  });
});

describe('Pongs of a stranger', () => {
  /** A node that knows one host, wants more, and has asked a neighbour for others; with that Ping. */
  function curious() {
    const { node } = startedNode({
      plan: { kind: 'self-organised', wellKnown: [addressOf(1)], isCapable: true },
    });
    // It finds nobody at the host that it knows, and makes itself a superpeer.
    for (let now = START; now <= START + 40_000; now += 2_000) {
      for (const effect of node.timer(now)) if (effect.kind === 'dial') node.failed(now, effect.connection);
    }
    const now = START + 40_000;
    const connection = node.newConnection();
    const effects = [
      ...node.accepted(now, connection, '127.1.0.3'),
      ...node.received(now, connection, greeting(addressOf(2))),
    ];
    const stood = node.received(now, connection, BLOCK_3);
    effects.push(...stood);
    const asked = messagesOf(stood, connection).find(({ kind, header }) => kind === 'ping' && header.ttl > 1);
    return { node, now, connection, effects, asked: asked?.header.guid };
  }

  /** Addresses that it dials from then on. */
  function dialled(node: GnutellaNode, now: number): Set<string> {
    const seen = new Set<string>();
    for (let at = now; at < now + 10_000; at += 1_000) {
      for (const effect of node.timer(at)) {
        if (effect.kind !== 'dial') continue;
        seen.add(effect.address);
        node.failed(at, effect.connection);
      }
    }
    return seen;
  }

  it('teach it nothing where nobody has asked', () => {
    const { node, now, connection } = curious();
    for (let peer = 1_000; peer < 2_000; peer++) {
      node.received(now, connection, pong(newGuid(), addressOf(peer)));
    }
    expect([...dialled(node, now)].filter((address) => address !== addressOf(1))).toEqual([]);
  });

  it('teach it some hosts where it has asked, but not as many as it could keep', () => {
    const { node, now, connection, asked } = curious();
    expect(asked).toBeDefined();
    const known = new Set<string>();
    for (let peer = 1_000; peer < 2_000; peer++) {
      const effects = node.received(now, connection, pong(asked ?? newGuid(), addressOf(peer)));
      for (const effect of effects) if (effect.kind === 'dial') known.add(effect.address);
    }
    for (const address of dialled(node, now)) known.add(address);
    known.delete(addressOf(1));
    expect(known.size).toBeGreaterThan(0);
    for (const address of known) {
      const peer = Array.from({ length: MAX_LEARNED }, (_, i) => addressOf(1_000 + i)).indexOf(
        address as never,
      );
      expect(peer).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('the tables of leaves', () => {
  const message = (body: Qrp): Uint8Array =>
    encodeMessage({
      kind: 'qrp',
      header: { guid: newGuid(), type: DESCRIPTOR_TYPES.qrp, ttl: 1, hops: 0, length: 0, flags: 0 },
      body,
    });
  const reset = (slots: number): Uint8Array =>
    message({ kind: 'reset', slots, infinity: 2, rest: new Uint8Array() });
  /** A table of 64 slots that has every word. */
  const everything = [
    reset(64),
    message({
      kind: 'patch',
      sequence: 1,
      count: 1,
      compressor: 0,
      entryBits: 8,
      data: new Uint8Array(64).fill(255),
    }),
  ];

  it('are passed over beyond so many messages a minute, and their leaf gets no queries until its next reset', () => {
    const { node } = startedNode();
    const [stranger, other] = [leaf(node, 1), neighbour(node, 2)];
    node.received(START, stranger, Buffer.concat(everything));
    expect(sentTo(node.received(START, other, query()), stranger)).toBe(1);
    const many = Array.from({ length: TABLE_MESSAGES.burst }, () => reset(64));
    node.received(START, stranger, Buffer.concat(many));
    expect(node.counts.dropped).toBe(2);
    expect(sentTo(node.received(START, other, query()), stranger)).toBe(0);
    node.received(START + 1_000, stranger, Buffer.concat(everything));
    expect(sentTo(node.received(START + 1_000, other, query()), stranger)).toBe(1);
    expect(node.counts.dropped).toBe(2);
  });

  it('have room together for no more than their bound, and a larger one is not followed', () => {
    const { node } = startedNode({ slots: { superpeers: 10, leaves: Infinity } });
    const most = MAX_NODE_TABLE_SLOTS / MAX_TABLE_SLOTS;
    for (let peer = 10; peer < 10 + most; peer++) {
      node.received(START, leaf(node, peer), reset(MAX_TABLE_SLOTS));
    }
    expect(node.counts.dropped).toBe(0);
    const [late, other] = [leaf(node, 1_000), neighbour(node, 2)];
    node.received(START, late, Buffer.concat(everything));
    expect(node.counts.dropped).toBe(1);
    expect(sentTo(node.received(START, other, query()), late)).toBe(0);
  });
});
