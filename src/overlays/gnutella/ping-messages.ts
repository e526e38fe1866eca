import { EMPTY } from '../../core/byte-reader.ts';
import { DESCRIPTOR_TYPES } from './wire/descriptor-type.ts';
import { NO_TRAILER } from './wire/ggep.ts';
import { type Guid, GUID_BYTES } from './wire/guid.ts';
import { encodeMessage, newHeader } from './wire/message.ts';

/** The Ping that a peer passes on to its neighbours, or answers for them: TTL 2, hops 0. */
export function crawlPing(guid: Guid): Uint8Array {
  return encodeMessage({
    kind: 'ping',
    header: newHeader({ guid, type: DESCRIPTOR_TYPES.ping, ttl: 2 }),
    body: NO_TRAILER,
  });
}

/**
 * The vendor messages that we understand: gtk-gnutella cuts its Pongs short for who announces none. HopsFlow limits the
 * queries that it is sent, which we keep to, because we send none. With GUID 0, as gtk-gnutella sends it.
 */
export function messagesSupported(): Uint8Array {
  return encodeMessage({
    kind: 'messages-supported',
    header: newHeader({ guid: new Uint8Array(GUID_BYTES), type: DESCRIPTOR_TYPES.vendor, ttl: 1 }),
    body: { messages: [{ vendor: 'BEAR', selector: 4, version: 1 }], rest: EMPTY },
  });
}

/**
 * The last words on a connection.
 * @param ping the GUID of the Ping; a Bye is not answered, so that it needs none of its own.
 */
export function farewell(ping: Guid): Uint8Array {
  return encodeMessage({
    kind: 'bye',
    header: newHeader({ guid: ping, type: DESCRIPTOR_TYPES.bye, ttl: 1 }),
    body: { code: 200, text: 'Survey finished, thank you', rest: EMPTY },
  });
}
