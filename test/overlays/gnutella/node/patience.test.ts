import { describe, expect, it } from 'vitest';
import type { ConnectionId, Effect } from '../../../../src/overlays/gnutella/node/effect.ts';
import type { GnutellaNode } from '../../../../src/overlays/gnutella/node/node.ts';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import { endpointOf } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import { encodeMessage, newHeader } from '../../../../src/overlays/gnutella/wire/message.ts';
import { addressOf } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';
import { BLOCK_3, call, dialsOf, greeting, isClosed, messagesOf, startedNode } from './contact-support.ts';

/** A node looks every two seconds at who is late. */
const TICK = 2_000;

const A = Buffer.from('a');

/** Milliseconds until a connection is closed on which one byte comes every so often; undefined where it is kept. */
function closedAfter(node: GnutellaNode, connection: ConnectionId, every: number): number | undefined {
  for (let passed = TICK; passed < 600_000; passed += TICK) {
    const now = START + passed;
    const effects: Effect[] = [...node.timer(now)];
    if (passed % every === 0) effects.push(...node.received(now, connection, A));
    if (isClosed(effects, connection)) return passed;
  }
  return undefined;
}

/** gnutella-wire.md, section 1.1, observed: 75 s for a first byte, 90 s for the rest of block 1, and for block 3. */
describe('a caller', () => {
  it('has 90 s for the rest of block 1, however it drips', () => {
    const { node } = startedNode();
    const { connection } = call(node, '127.1.0.9', [Buffer.from('GNUTELLA CONNECT/0.6\r\nX: ')]);
    expect(closedAfter(node, connection, 20_000)).toBe(90_000);
  });

  it('has 90 s for block 3', () => {
    const { node } = startedNode();
    const block3 = Buffer.from('GNUTELLA/0.6 200 OK\r\nX: ');
    const { connection } = call(node, '127.1.0.9', [greeting(), block3]);
    expect(closedAfter(node, connection, 20_000)).toBe(90_000);
  });

  it('has 15 s for a request', () => {
    const { node } = startedNode();
    const { connection } = call(node, '127.1.0.9', [Buffer.from('GET /get/0/x HTTP/1.1\r\nX: ')]);
    expect(closedAfter(node, connection, 4_000)).toBe(16_000);
  });

  it('has its time for each turn: 70 s of silence, 80 s for block 1, 80 s for block 3', () => {
    const { node } = startedNode();
    const { connection } = call(node, '127.1.0.9');
    const hello = greeting(addressOf(8));
    let now = START;
    for (const [wait, bytes] of [
      [70_000, hello.subarray(0, 30)],
      [80_000, hello.subarray(30)],
      [80_000, BLOCK_3],
    ] as const) {
      now += wait;
      expect(isClosed(node.timer(now), connection)).toBe(false);
      node.received(now, connection, bytes);
    }
    expect(node.neighbours()).toMatchObject([{ address: addressOf(8) }]);
  });
});

describe('what a node begins itself', () => {
  it('is given up after 15 s where the answer to a greeting drips', () => {
    const dials = [addressOf(8)];
    const { node, effects } = startedNode({ plan: { kind: 'given', role: 'superpeer', dials } });
    const [dial] = dialsOf(effects);
    const connection = dial?.connection ?? NaN;
    node.dialled(START, connection);
    node.received(START, connection, Buffer.from('GNUTELLA/0.6 200 OK\r\nX: '));
    expect(closedAfter(node, connection, 4_000)).toBe(16_000);
  });

  it('is given up after 15 s where a file drips', () => {
    const { node } = startedNode({ downloads: true });
    const { connection: neighbour } = call(node, '127.1.0.9', [greeting(addressOf(8)), BLOCK_3]);
    const [query] = messagesOf(node.search(START, 'word'), neighbour);
    const hit = encodeMessage({
      kind: 'query-hit',
      header: newHeader({
        guid: query?.header.guid ?? new Uint8Array(16),
        type: DESCRIPTOR_TYPES.queryHit,
        ttl: 1,
      }),
      body: {
        endpoint: endpointOf(addressOf(7)),
        speed: 0,
        results: [{ index: 0, name: 'word', size: 1_000, extensions: [] }],
        trailer: undefined,
        servent: new Uint8Array(16),
      },
    });
    const [dial] = dialsOf(node.received(START, neighbour, hit));
    const connection = dial?.connection ?? NaN;
    node.dialled(START, connection);
    node.received(START, connection, Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'));
    expect(closedAfter(node, connection, 4_000)).toBe(16_000);
  });
});
