import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, ipOf } from '../../../../src/core/address.ts';
import { createRandom, type Random } from '../../../../src/core/random.ts';
import type { ConnectionId, Effect } from '../../../../src/overlays/gnutella/node/effect.ts';
import type { GnutellaNode } from '../../../../src/overlays/gnutella/node/node.ts';
import type { Guid } from '../../../../src/overlays/gnutella/wire/guid.ts';
import { decodeMessage } from '../../../../src/overlays/gnutella/wire/message.ts';
import { PERSONALITIES } from '../../../../src/overlays/gnutella/servent/personalities.ts';
import { addressOf } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';
import {
  BLOCK_3,
  call,
  dialsOf,
  greeting,
  isClosed,
  messagesOf,
  newNode,
  pong,
  startedNode,
  textOf,
} from './contact-support.ts';

const OLD_GREETING = Buffer.from('GNUTELLA CONNECT/0.4\n\n');
const OLD_WELCOME = Buffer.from('GNUTELLA OK\n\n');
const WELCOME = Buffer.from('GNUTELLA/0.6 200 OK\r\nX-Ultrapeer: True\r\nBye-Packet: 0.1\r\n\r\n');

/** A node that has dialled one address, and been accepted there unless told not yet. */
function dialler(to: Address, personality = 'gtk-gnutella', isAccepted = true) {
  const { node, effects } = startedNode({
    personality,
    plan: { kind: 'given', role: 'superpeer', dials: [to] },
  });
  const connection = dialsOf(effects)[0]?.connection ?? NaN;
  node.dialled(START, connection);
  const welcome = personality === 'legacy-0.4' ? OLD_WELCOME : WELCOME;
  const accept = (now = START): readonly Effect[] => node.received(now, connection, welcome);
  if (isAccepted) accept();
  return { node, connection, accept };
}

/** The GUID of the Ping at the end of what was sent on a connection. */
function pingIn(effects: readonly Effect[], connection: ConnectionId): Guid {
  const sent = effects.flatMap((effect) =>
    effect.kind === 'send' && effect.connection === connection ? [effect.bytes] : [],
  );
  const message = decodeMessage(sent.at(-1) ?? new Uint8Array());
  if (message.kind !== 'ping') throw new RangeError(message.kind);
  return message.header.guid;
}

function isDialled(node: GnutellaNode): readonly boolean[] {
  return node.neighbours().map((neighbour) => neighbour.isDialled);
}

/** Lesser than that of the node that is asked, and greater. */
const lesser = addressOf(2);
const greater = addressOf(8);

describe('a stranger that says the address of a neighbour in a Pong', () => {
  it('is not believed where it speaks from another IP address', () => {
    for (const personality of ['gtk-gnutella', 'legacy-0.4']) {
      const { node, connection } = dialler(lesser, personality);
      const says = personality === 'legacy-0.4' ? [OLD_GREETING] : [greeting(), BLOCK_3];
      const stranger = call(node, '127.9.9.9', says);
      const guid = pingIn(stranger.effects, stranger.connection);
      const effects = node.received(START, stranger.connection, pong(guid, lesser));
      expect(isClosed(effects, connection)).toBe(false);
      expect(node.neighbours().map(({ address }) => address)).toEqual([lesser, undefined]);
    }
  });

  it('is ended where it speaks from the same IP address, in 0.6 at any time', () => {
    const { node, connection } = dialler(lesser);
    const stranger = call(node, ipOf(lesser), [greeting(), BLOCK_3]);
    const guid = pingIn(stranger.effects, stranger.connection);
    const effects = node.received(START, stranger.connection, pong(guid, lesser));
    expect(isClosed(effects, stranger.connection)).toBe(true);
    expect(isClosed(effects, connection)).toBe(false);
    expect(isDialled(node)).toEqual([true]);
  });

  it('is ended where it speaks from the same IP address, in 0.4 once the neighbour has stood for a while', () => {
    for (const [after, stays] of [
      [4_000, false],
      [6_000, true],
    ] as const) {
      const { node } = dialler(lesser, 'legacy-0.4');
      const stranger = call(node, ipOf(lesser), [OLD_GREETING], START + after);
      const guid = pingIn(stranger.effects, stranger.connection);
      node.received(START + after, stranger.connection, pong(guid, lesser));
      expect(isDialled(node)).toEqual([stays]);
    }
  });

  it('is listed under an address at its own IP address, and under none at that of the node', () => {
    for (const [ip, address, known] of [
      ['127.9.9.9', '127.9.9.9:6346', '127.9.9.9:6346'],
      ['127.9.9.9', '127.9.9.8:6346', undefined],
      [ipOf(addressOf(5)), addressOf(5), undefined],
    ] as const) {
      const { node } = startedNode();
      const { connection, effects } = call(node, ip, [greeting(), BLOCK_3]);
      node.received(START, connection, pong(pingIn(effects, connection), address as Address));
      expect(node.neighbours().map((neighbour) => neighbour.address)).toEqual([known]);
    }
  });
});

describe('two connections with the same announced address', () => {
  it('do not both come to stand where both greet before either confirms: the later has a Bye 409', () => {
    const { node } = startedNode();
    const first = call(node, ipOf(greater), [greeting(greater)]);
    const second = call(node, ipOf(greater), [greeting(greater)]);
    node.received(START, second.connection, BLOCK_3);
    const effects = node.received(START, first.connection, BLOCK_3);
    expect(messagesOf(effects, first.connection)).toMatchObject([
      { kind: 'bye', body: { code: 409, text: expect.stringMatching(/^Already connected/) as string } },
    ]);
    expect(isClosed(effects, first.connection)).toBe(true);
    expect(node.neighbours().map(({ address }) => address)).toEqual([greater]);
  });

  it('do not cut off who was dialled, where the caller speaks from elsewhere or comes late', () => {
    for (const [ip, after, stays] of [
      ['127.9.9.9', 0, true],
      [ipOf(lesser), 6_000, true],
      [ipOf(lesser), 4_000, false],
    ] as const) {
      const { node, accept } = dialler(lesser, 'gtk-gnutella', false);
      const caller = call(node, ip, [greeting(lesser)]);
      expect(textOf(caller.effects, caller.connection)).toMatch(/^GNUTELLA\/0\.6 200 /);
      accept();
      node.received(START + after, caller.connection, BLOCK_3);
      expect(isDialled(node)).toEqual([stays]);
    }
  });

  it('have a block 3 of 409 where the one that was dialled is the later', () => {
    const { node, connection, accept } = dialler(lesser, 'gtk-gnutella', false);
    call(node, ipOf(lesser), [greeting(lesser), BLOCK_3]);
    const effects = accept();
    expect(textOf(effects, connection)).toBe('GNUTELLA/0.6 409 Already connected\r\n\r\n');
    expect(isClosed(effects, connection)).toBe(true);
    expect(isDialled(node)).toEqual([false]);
  });

  it('are not there with an address at which nobody can be', () => {
    const { node } = startedNode();
    call(node, '127.9.9.9', [greeting('0.0.0.0:6346' as Address), BLOCK_3]);
    expect(node.neighbours().map(({ address }) => address)).toEqual([undefined]);
  });
});

interface End {
  readonly of: Side;
  readonly connection: ConnectionId;
}

/** A node, and what is on its way to it, connection by connection. */
interface Side {
  readonly node: GnutellaNode;
  readonly others: Map<ConnectionId, End>;
  readonly queues: Map<ConnectionId, (() => readonly Effect[])[]>;
}

/**
 * Two nodes that dial each other in about the same moment, on a network on which connections overtake each other at random, while
 * each keeps its order: an independent, smaller network than that of simulate.
 */
function dialEachOther(personality: string, random: Random): readonly [Side, Side] {
  const side = (own: number, other: number): Side => {
    const plan = { kind: 'given', role: 'superpeer', dials: [addressOf(other)] } as const;
    const node = newNode({ address: addressOf(own), personality, random: createRandom(own), plan });
    return { node, others: new Map(), queues: new Map() };
  };
  const [a, b] = [side(1, 2), side(2, 1)];
  const put = ({ of, connection }: End, happen: () => readonly Effect[]): void => {
    const queue = of.queues.get(connection);
    if (queue === undefined) of.queues.set(connection, [happen]);
    else queue.push(happen);
  };
  const perform = (from: Side, to: Side, effects: readonly Effect[]): void => {
    for (const effect of effects) {
      if (effect.kind === 'dial') {
        const far = { of: to, connection: to.node.newConnection() };
        const near = { of: from, connection: effect.connection };
        from.others.set(near.connection, far);
        to.others.set(far.connection, near);
        put(far, () => {
          put(near, () => from.node.dialled(START, near.connection));
          return to.node.accepted(START, far.connection, ipOf(from.node.address));
        });
      } else if (effect.kind === 'send' || effect.kind === 'close') {
        const far = from.others.get(effect.connection);
        if (far === undefined) continue;
        if (effect.kind === 'close') from.others.delete(effect.connection);
        put(far, () => {
          if (!to.others.has(far.connection)) return [];
          if (effect.kind === 'send') return to.node.received(START, far.connection, effect.bytes);
          to.others.delete(far.connection);
          return to.node.closed(START, far.connection);
        });
      }
    }
  };
  const starts = random.int(2) === 0 ? [a, b] : [b, a];
  for (;;) {
    const waiting = [a, b].flatMap((to) =>
      [...to.queues.values()].filter((queue) => queue.length > 0).map((queue) => ({ to, queue })),
    );
    const starting = waiting.length === 0 || random.int(4) === 0 ? starts.shift() : undefined;
    const chosen = waiting[random.int(Math.max(1, waiting.length))];
    if (starting !== undefined) {
      perform(starting, starting === a ? b : a, starting.node.start(START));
    } else if (chosen !== undefined) {
      perform(chosen.to, chosen.to === a ? b : a, chosen.queue.shift()?.() ?? []);
    } else return [a, b];
  }
}

describe('two nodes that dial each other at once', () => {
  it.each(PERSONALITIES.map(({ name }) => name))(
    'end with exactly one connection, the same for both, however messages overtake each other: %s (property)',
    (personality) => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const [a, b] = dialEachOther(personality, createRandom(seed));
          expect(a.node.neighbours()).toMatchObject([{ address: b.node.address }]);
          expect(b.node.neighbours()).toMatchObject([{ address: a.node.address }]);
          expect(isDialled(a.node)).toEqual(isDialled(b.node).map((dialled) => !dialled));
        }),
        { numRuns: 1000 },
      );
    },
  );
});
