import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random.ts';
import type { ConnectionId, Effect } from '../../../../src/overlays/gnutella/node/effect.ts';
import { MAX_CRAWLS } from '../../../../src/overlays/gnutella/node/limits.ts';
import { GnutellaNode } from '../../../../src/overlays/gnutella/node/node.ts';
import { decodeMessage } from '../../../../src/overlays/gnutella/wire/message.ts';
import { addressOf } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';

function superpeer(): GnutellaNode {
  const node = new GnutellaNode({
    address: addressOf(0),
    agent: 'test',
    startedAt: START,
    random: createRandom(1),
    plan: { kind: 'given', role: 'superpeer', dials: [] },
    files: ['amber anthem 1.ogg'],
  });
  node.start(START);
  return node;
}

const GREETING = Buffer.from(
  'GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: True\r\nListen-IP: 127.1.0.9:6346\r\nBye-Packet: 0.1\r\n\r\n',
);
const BLOCK_3 = Buffer.from('GNUTELLA/0.6 200 OK\r\n\r\n');

function accept(node: GnutellaNode): ConnectionId {
  const connection = node.newConnection();
  node.accepted(START, connection, '127.1.0.9');
  return connection;
}

/** A neighbour that was just accepted. */
function connect(node: GnutellaNode): ConnectionId {
  const connection = accept(node);
  node.received(START, connection, GREETING);
  node.received(START, connection, BLOCK_3);
  expect(node.neighbours()).toHaveLength(1);
  return connection;
}

interface Fields {
  readonly type: number;
  readonly ttl: number;
  readonly hops: number;
  readonly payload: Uint8Array;
}

function descriptor({ type, ttl, hops, payload }: Fields): Uint8Array {
  const guid = Array.from({ length: 16 }, (_, place) => (payload[place] ?? 0) + place);
  return Uint8Array.from([...guid, type, ttl, hops, payload.length, 0, 0, 0, ...payload]);
}

function isClosed(effects: readonly Effect[], connection: ConnectionId): boolean {
  return effects.some((effect) => effect.kind === 'close' && effect.connection === connection);
}

describe('a live node', () => {
  it('closes a connection that begins with noise, and never throws (property)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 400 }), fc.nat(20), (bytes, split) => {
        const node = superpeer();
        const connection = accept(node);
        const effects = [
          ...node.received(START, connection, bytes.subarray(0, split)),
          ...node.received(START, connection, bytes.subarray(split)),
        ];
        const isGreeting = Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'GNUT';
        expect(isGreeting || isClosed(effects, connection)).toBe(true);
      }),
    );
  });

  it('ends a connection on which noise comes after the handshake, with a Bye (property)', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 100, max: 30_000 }), (seed, piece) => {
        const node = superpeer();
        const connection = connect(node);
        const random = createRandom(seed);
        // A length with its highest bit set counts 16 bits only, so that three headers of ten seem to be good.
        const noise = Uint8Array.from({ length: 400_000 }, () => random.int(256));
        const effects: Effect[] = [];
        for (let at = 0; at < noise.length; at += piece) {
          effects.push(...node.received(START, connection, noise.subarray(at, at + piece)));
        }
        expect(isClosed(effects, connection)).toBe(true);
        expect(node.neighbours()).toEqual([]);
        const last = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.bytes] : [])).at(-1);
        expect(decodeMessage(last ?? new Uint8Array())).toMatchObject({ kind: 'bye', body: { code: 400 } });
      }),
      { numRuns: 20 },
    );
  });

  it('takes anything that looks like a message, and never throws (property)', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom(0x00, 0x01, 0x02, 0x30, 0x31, 0x32, 0x40, 0x80, 0x81, 0x99),
            ttl: fc.nat(255),
            hops: fc.nat(255),
            payload: fc.uint8Array({ maxLength: 80 }),
          }),
          { maxLength: 30 },
        ),
        fc.nat(40),
        (messages, split) => {
          const node = superpeer();
          const connection = connect(node);
          const bytes = Buffer.concat(messages.map(descriptor));
          node.received(START, connection, bytes.subarray(0, split));
          node.received(START, connection, bytes.subarray(split));
          node.timer(START + 2_000);
          const hasBye = messages.some(({ type }) => type === 0x02);
          if (!hasBye) expect(node.neighbours()).toHaveLength(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('ends a connection that asks for all neighbours again and again', () => {
    const node = superpeer();
    const connection = connect(node);
    const ping = descriptor({ type: 0x00, ttl: 2, hops: 0, payload: new Uint8Array() });
    let answers = 0;
    for (let i = 0; i < 600; i++) {
      const effects = node.received(START, connection, ping);
      answers += effects.filter(({ kind }) => kind === 'send').length;
    }
    expect(node.neighbours()).toEqual([]);
    // One neighbour told each time, and a Bye.
    expect(answers).toBe(MAX_CRAWLS + 1);
  });

  it('says Bye 406 to a superpeer that has left six keep-alive Pings unanswered, one every 20 s', () => {
    const node = superpeer();
    const connection = connect(node);
    const ends: number[] = [];
    for (let now = START; now < START + 400_000; now += 1_000) {
      if (isClosed(node.timer(now), connection)) ends.push(now - START);
    }
    expect(ends).toHaveLength(1);
    expect(ends[0]).toBeGreaterThanOrEqual(120_000);
    expect(ends[0]).toBeLessThanOrEqual(160_000);
    expect(node.counts.sent['keep-alive'].messages).toBe(6);
  });

  it('gives up a caller that says nothing, and one that does not finish its handshake', () => {
    const node = superpeer();
    const silent = accept(node);
    const slow = accept(node);
    node.received(START, slow, GREETING);
    const effects = node.timer(START + 91_000);
    expect(isClosed(effects, silent)).toBe(true);
    expect(isClosed(effects, slow)).toBe(true);
  });

  it('answers a request for a file on the port of its servent, whole or not at all', () => {
    const node = superpeer();
    const [file] = node.library.files;
    const ask = (path: string): string => {
      const connection = accept(node);
      const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      const effects = [
        ...node.received(START, connection, request.subarray(0, 3)),
        ...node.received(START, connection, request.subarray(3)),
      ];
      expect(isClosed(effects, connection)).toBe(true);
      return effects
        .map((effect) => (effect.kind === 'send' ? Buffer.from(effect.bytes).toString('latin1') : ''))
        .join('');
    };
    const answer = ask('/get/0/amber%20anthem%201.ogg');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer.split('\r\n\r\n')[1]).toHaveLength(file?.size ?? NaN);
    expect(ask('/get/0/../../etc/passwd')).toMatch(/^HTTP\/1\.1 404 /);
    expect(ask('/get/1/amber%20anthem%201.ogg')).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('does the same for the same events', () => {
    const effects = (): Effect[] => {
      const node = superpeer();
      connect(node);
      return [
        node.timer(START + 2_000),
        node.search(START + 3_000, 'amber'),
        node.timer(START + 30_000),
      ].flat();
    };
    expect(effects()).toEqual(effects());
  });
});
