import type { Address } from '../core/address.ts';
import { EMPTY } from '../core/byte-reader.ts';
import { DESCRIPTOR_TYPES } from '../overlays/gnutella/wire/descriptor-type.ts';
import { endpointOf } from '../overlays/gnutella/wire/endpoint.ts';
import { GUID_BYTES, type Guid } from '../overlays/gnutella/wire/guid.ts';
import { type Body, encodeMessage, newHeader } from '../overlays/gnutella/wire/message.ts';
import { QUERY_FLAGGED } from '../overlays/gnutella/wire/query.ts';

/**
 * Kinds of messages. `check`: a walker asks the source whether it still searches, or the source answers; as long as an empty
 * Ping.
 */
export const MESSAGE_TYPES = ['query', 'queryHit', 'ping', 'pong', 'check'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/**
 * Bytes of each kind, as our Gnutella servents write them, without TCP and IP: a Query of this text without extensions, a Query
 * Hit of one file of that name, an empty Ping, a Pong without extensions.
 */
export function messageSizes(text: string): Readonly<Record<MessageType, number>> {
  const ping = sizeOf(DESCRIPTOR_TYPES.ping, { kind: 'ping', body: NOTHING });
  return {
    query: sizeOf(DESCRIPTOR_TYPES.query, {
      kind: 'query',
      body: { flags: QUERY_FLAGGED, text, extensions: [], rest: EMPTY },
    }),
    queryHit: sizeOf(DESCRIPTOR_TYPES.queryHit, {
      kind: 'query-hit',
      body: {
        endpoint: NOWHERE,
        speed: 0,
        results: [{ index: 0, size: 0, name: text, extensions: [] }],
        trailer: { vendor: 'TEST', openData: new Uint8Array(2), before: EMPTY, ...NOTHING },
        servent: GUID,
      },
    }),
    ping,
    pong: sizeOf(DESCRIPTOR_TYPES.pong, {
      kind: 'pong',
      body: { endpoint: NOWHERE, files: 0, kib: 0, ...NOTHING },
    }),
    check: ping,
  };
}

const GUID: Guid = new Uint8Array(GUID_BYTES);
const NOTHING = { extensions: [], rest: EMPTY };
const NOWHERE = endpointOf('0.0.0.0:0' as Address);

function sizeOf(type: number, body: Body): number {
  return encodeMessage({ ...body, header: newHeader({ guid: GUID, type, ttl: 1 }) }).length;
}
