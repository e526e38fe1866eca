import { describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../../../src/overlays/gnutella/node/effect.ts';
import { MAX_CALLERS_PER_IP, MAX_CONNECTIONS } from '../../../../src/overlays/gnutella/node/limits.ts';
import type { GnutellaNode } from '../../../../src/overlays/gnutella/node/node.ts';
import { START } from '../../../simulate/support.ts';
import { call, isClosed, startedNode, textOf } from './contact-support.ts';

const CRAWLER = Buffer.from('GNUTELLA CONNECT/0.6\r\nCrawler: 0.1\r\n\r\n');

/** Calls of one, and which of all connections they had closed. */
function callers(node: GnutellaNode, count: number, ipOf: (place: number) => string, says?: Uint8Array) {
  const connections: ConnectionId[] = [];
  const closed: ConnectionId[] = [];
  for (let place = 0; place < count; place++) {
    const { connection, effects } = call(node, ipOf(place), says === undefined ? [] : [says]);
    connections.push(connection);
    closed.push(...effects.flatMap((effect) => (effect.kind === 'close' ? [effect.connection] : [])));
  }
  return { connections, closed };
}

/** Each from an IP address of its own. */
function everywhere(place: number): string {
  return `127.9.${place >> 8}.${place & 255}`;
}

describe('callers that say nothing', () => {
  it('are let go, the oldest first, where one IP address has too many', () => {
    const { node } = startedNode();
    const { connections, closed } = callers(node, MAX_CALLERS_PER_IP + 3, () => '127.9.9.9');
    expect(closed).toEqual(connections.slice(0, 3));
  });

  it('are let go, the oldest first, where there are too many in all', () => {
    const { node } = startedNode();
    const { connections, closed } = callers(node, MAX_CONNECTIONS + 100, everywhere);
    expect(closed).toEqual(connections.slice(0, 100));
  });

  it.each([
    ['of one IP address', () => '127.9.9.9'],
    ['of any', everywhere],
  ])('keep no crawler from its answer: %s', (_, ipOf) => {
    const { node } = startedNode();
    callers(node, MAX_CONNECTIONS + 100, ipOf);
    const { connection, effects } = call(node, '127.9.9.9', [CRAWLER]);
    expect(textOf(effects, connection)).toMatch(/^GNUTELLA\/0\.6 200 OK\r\n/);
  });

  it('are let go before those that have said something', () => {
    const { node } = startedNode();
    const { connection: speaks } = call(node, '127.9.9.9', [CRAWLER.subarray(0, 5)]);
    callers(node, 2 * MAX_CALLERS_PER_IP, () => '127.9.9.9');
    const effects = node.received(START, speaks, CRAWLER.subarray(5));
    expect(textOf(effects, speaks)).toMatch(/^GNUTELLA\/0\.6 200 OK\r\n/);
  });

  it('do not come back: who has gone makes room', () => {
    const { node } = startedNode();
    for (let round = 0; round < 5; round++) {
      const { connections, closed } = callers(node, MAX_CALLERS_PER_IP, () => '127.9.9.9');
      expect(closed).toEqual([]);
      for (const connection of connections) node.closed(START, connection);
    }
  });
});

describe('callers that do not finish what they say', () => {
  it('keep nobody out either', () => {
    const { node } = startedNode();
    const begin = CRAWLER.subarray(0, 5);
    const { connections, closed } = callers(node, MAX_CONNECTIONS + 100, everywhere, begin);
    expect(closed).toEqual(connections.slice(0, 100));
    const { connection, effects } = call(node, '127.9.9.9', [CRAWLER]);
    expect(isClosed(effects, connection)).toBe(false);
    expect(textOf(effects, connection)).toMatch(/^GNUTELLA\/0\.6 200 OK\r\n/);
  });
});
