import type { Address } from '../../../../src/core/address.ts';
import { createRandom } from '../../../../src/core/random.ts';
import type { ConnectionId, Effect } from '../../../../src/overlays/gnutella/node/effect.ts';
import type { NodeOptions } from '../../../../src/overlays/gnutella/node/node-options.ts';
import { GnutellaNode } from '../../../../src/overlays/gnutella/node/node.ts';
import { DescriptorStream } from '../../../../src/overlays/gnutella/wire/descriptor-stream.ts';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import { endpointOf } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import type { Guid } from '../../../../src/overlays/gnutella/wire/guid.ts';
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from '../../../../src/overlays/gnutella/wire/message.ts';
import { addressOf } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';

export const BLOCK_3 = Buffer.from('GNUTELLA/0.6 200 OK\r\n\r\n');

/** A superpeer that has just started, at address 5, and what it wanted done at first. */
export function startedNode(more: Partial<NodeOptions> = {}): {
  node: GnutellaNode;
  effects: readonly Effect[];
} {
  const node = newNode(more);
  return { node, effects: node.start(START) };
}

/** The same, before it starts. */
export function newNode(more: Partial<NodeOptions>): GnutellaNode {
  return new GnutellaNode({
    address: addressOf(5),
    agent: 'test',
    startedAt: START,
    random: createRandom(1),
    plan: { kind: 'given', role: 'superpeer', dials: [] },
    ...more,
  });
}

/** Block 1 of a superpeer, which may say where it is reached. */
export function greeting(listen?: Address): Uint8Array {
  const own = listen === undefined ? '' : `Listen-IP: ${listen}\r\n`;
  return Buffer.from(`GNUTELLA CONNECT/0.6\r\nX-Ultrapeer: True\r\n${own}Bye-Packet: 0.1\r\n\r\n`);
}

/** Somebody calls from this IP address, and says these things one after the other. */
export function call(node: GnutellaNode, ip: string, says: readonly Uint8Array[] = [], now = START) {
  const connection = node.newConnection();
  const effects = [...node.accepted(now, connection, ip)];
  for (const bytes of says) effects.push(...node.received(now, connection, bytes));
  return { connection, effects };
}

export function isClosed(effects: readonly Effect[], connection: ConnectionId): boolean {
  return effects.some((effect) => effect.kind === 'close' && effect.connection === connection);
}

/** What was dialled. */
export function dialsOf(effects: readonly Effect[]) {
  return effects.flatMap((effect) => (effect.kind === 'dial' ? [effect] : []));
}

/** The bytes that were sent on a connection, as text. */
export function textOf(effects: readonly Effect[], connection: ConnectionId): string {
  return Buffer.from(sentOn(effects, connection)).toString('latin1');
}

/** The descriptors that were sent on a connection, where nothing else was. */
export function messagesOf(effects: readonly Effect[], connection: ConnectionId): readonly Message[] {
  return new DescriptorStream().push(sentOn(effects, connection)).map((descriptor) => {
    const message = decodeMessage(descriptor);
    if (message.kind === 'malformed') throw new RangeError(`a node sent ${descriptor.join(' ')}`);
    return message;
  });
}

function sentOn(effects: readonly Effect[], connection: ConnectionId): Uint8Array {
  const sent = effects.flatMap((effect) =>
    effect.kind === 'send' && effect.connection === connection ? [effect.bytes] : [],
  );
  return Buffer.concat(sent);
}

/** A bare Pong of a peer that is there. */
export function pong(guid: Guid, address: Address): Uint8Array {
  return encodeMessage({
    kind: 'pong',
    header: { guid, type: DESCRIPTOR_TYPES.pong, ttl: 1, hops: 0, length: 0, flags: 0 },
    body: { endpoint: endpointOf(address), files: 0, kib: 8, extensions: [], rest: new Uint8Array() },
  });
}
