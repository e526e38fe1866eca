import { describe, expect, it } from 'vitest';
import type { ExtensionValue } from '../../../../src/overlays/gnutella/wire/extension-value.ts';
import { extensionValue } from '../../../../src/overlays/gnutella/wire/extension-value.ts';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import { decodeMessage, encodeMessage, newHeader } from '../../../../src/overlays/gnutella/wire/message.ts';
import { addressOf } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';
import { BLOCK_3, call, greeting, messagesOf, startedNode } from './contact-support.ts';

const PING = encodeMessage({
  kind: 'ping',
  header: newHeader({
    guid: Uint8Array.from({ length: 16 }, (_, i) => i),
    type: DESCRIPTOR_TYPES.ping,
    ttl: 1,
  }),
  body: { extensions: [], rest: new Uint8Array() },
});

/** The free slots that a Pong tells of. */
function slotsIn(message: ReturnType<typeof decodeMessage> | undefined): ExtensionValue | undefined {
  return message?.kind === 'pong' ? extensionValue(message.body.extensions, 'UP') : undefined;
}

describe('a live node with slots of its own', () => {
  it('tells the same free slots by datagram and on a connection', () => {
    const { node } = startedNode({ slots: { superpeers: 4, leaves: 7 } });
    const { connection } = call(node, '127.1.0.9', [greeting(addressOf(8)), BLOCK_3]);
    const overTcp = slotsIn(messagesOf(node.received(START, connection, PING), connection).at(0));
    const [reaction] = node.datagram(START, PING, '127.1.0.9');
    const overUdp = slotsIn(decodeMessage(reaction?.send ?? new Uint8Array(), { transport: 'udp' }));
    expect(overTcp).toMatchObject({ freeLeafSlots: 7, freeSuperpeerSlots: 3 });
    expect(overUdp).toEqual(overTcp);
  });
});
