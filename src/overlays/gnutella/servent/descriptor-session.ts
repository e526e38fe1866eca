import { EMPTY } from '../../../core/byte-reader.ts';
import type { Reaction } from '../../overlay.ts';
import { DescriptorStream, type StreamBreach } from '../wire/descriptor-stream.ts';
import { DESCRIPTOR_TYPES, descriptorName } from '../wire/descriptor-type.ts';
import { GUID_BYTES } from '../wire/guid.ts';
import { decodeMessage, encodeMessage, type Message, newHeader } from '../wire/message.ts';
import { StreamInflater } from '../wire/stream-inflater.ts';
import { plainName } from '../wire/values.ts';
import { MAX_CACHED_PONGS, MAX_SENT_BYTES, MAX_TOLD_LIES } from './limits.ts';
import { OutgoingDeflate } from './outgoing-deflate.ts';
import { neighbourPong, ownPong, type Self } from './pongs.ts';
import { serventGuid } from './servent-guid.ts';
import { toldNeighbours } from './told-neighbours.ts';

/** What both sides agreed on in the handshake. */
export interface Terms {
  readonly remoteIp: string;
  /** Whether what the other side sends is deflated, and what we send. */
  readonly inflates: boolean;
  readonly deflates: boolean;
  /** Whether the other side understands vendor messages, and Bye. */
  readonly vendorMessages: boolean;
  readonly bye: boolean;
}

/**
 * An ordinary connection after its handshake: answers Pings, passes over all that is not for it to answer, and ends where
 * the other side says Bye, sends what can not be read, or asks for too much. BOUNDED: MAX_SENT_BYTES, one unfinished
 * descriptor, the window of the inflater.
 */
export class DescriptorSession {
  readonly #self: () => Self;
  readonly #terms: Terms;
  readonly #stream = new DescriptorStream();
  readonly #inflater: StreamInflater | undefined;
  readonly #deflate: OutgoingDeflate | undefined;
  readonly #parts: Uint8Array[] = [];
  #sent = 0;
  #isOver = false;

  /** @param self what the servent knows of itself at that moment. */
  constructor(self: () => Self, terms: Terms) {
    this.#self = self;
    this.#terms = terms;
    this.#inflater = terms.inflates ? new StreamInflater() : undefined;
    this.#deflate = terms.deflates ? new OutgoingDeflate() : undefined;
  }

  /** Takes what came in the same breath as the end of the handshake, perhaps nothing, and begins to speak. */
  begin(remainder: Uint8Array): Reaction {
    const { personality } = this.#self();
    if (this.#terms.vendorMessages && personality.datagrams) this.#say(MESSAGES_SUPPORTED);
    return this.receive(remainder);
  }

  /** Takes the next bytes. */
  receive(bytes: Uint8Array): Reaction {
    const { bytes: plain, failure } = this.#inflater?.push(bytes) ?? { bytes, failure: undefined };
    for (const descriptor of this.#stream.push(plain)) {
      if (this.#isOver) break;
      this.#hear(descriptor);
    }
    if (!this.#isOver && this.#stream.breach !== undefined) this.#endStream(this.#stream.breach);
    this.#isOver ||= failure !== undefined;
    return this.#reaction();
  }

  #reaction(): Reaction {
    const bytes = this.#parts.length === 0 ? undefined : Buffer.concat(this.#parts);
    this.#parts.length = 0;
    const close = this.#isOver ? { close: true } : {};
    return bytes === undefined ? close : { send: this.#deflate?.push(bytes) ?? bytes, ...close };
  }

  /** What is malformed is passed over, as a Pong of three bytes was observed to be. */
  #hear(descriptor: Uint8Array): void {
    if (!HEARD.has(descriptor[TYPE_AT] ?? 0)) return;
    const message = decodeMessage(descriptor);
    if (message.kind === 'bye') this.#isOver = true;
    else if (message.kind === 'ping') this.#hearPing(message);
  }

  /**
   * TTL 1 asks for itself. TTL 2 on its first hop is a crawler's: the neighbours among superpeers, not itself, and a leaf
   * says nothing; any other may go far, and is answered of the cache. A servent of 0.4 passes on what may go on, in any
   * case. Over TCP the hosts that an SCP asks for are not packed.
   */
  #hearPing({ header: { guid, ttl, hops } }: Message): void {
    if (ttl === 0) return;
    const self = this.#self();
    const { personality, state } = self;
    const isCrawl = ttl === 2 && hops === 0 && !personality.isOld;
    if (!isCrawl) this.#say(ownPong(guid, self));
    if (ttl === 1 || (state.role === 'leaf' && !personality.isOld)) return;
    const { peers } = toldNeighbours(state, this.#terms.remoteIp, MAX_TOLD_LIES);
    const told = isCrawl || personality.isOld ? peers : peers.slice(0, MAX_CACHED_PONGS);
    for (const peer of told) {
      if (this.#isOver) return;
      this.#say(neighbourPong(guid, peer));
    }
  }

  #say(message: Uint8Array): void {
    if (this.#sent + message.length > MAX_SENT_BYTES) {
      this.#end(502, 'Send queue full');
      return;
    }
    this.#sent += message.length;
    this.#parts.push(message);
  }

  /** Too much of a known type has a Bye; what is no descriptor at all has none. */
  #endStream({ header }: StreamBreach): void {
    const name = descriptorName(header.type);
    if (name === undefined) this.#isOver = true;
    else this.#end(400, `Too large ${name} message (${header.length} bytes)`);
  }

  #end(code: number, reason: string): void {
    this.#isOver = true;
    if (!this.#terms.bye) return;
    const { state } = this.#self();
    this.#parts.push(
      encodeMessage({
        kind: 'bye',
        header: newHeader({ guid: serventGuid(state), type: DESCRIPTOR_TYPES.bye, ttl: 1 }),
        body: { code, text: `${reason}\r\nServer: ${plainName(state.agent)}\r\n\r\n`, rest: EMPTY },
      }),
    );
  }
}

/** Where the type stands in a descriptor, behind the GUID. */
const TYPE_AT = 16;

const HEARD: ReadonlySet<number> = new Set([DESCRIPTOR_TYPES.ping, DESCRIPTOR_TYPES.bye]);

/** The vendor messages that are answered: gtk-gnutella names 27. Under GUID 0, as it does. */
export const MESSAGES_SUPPORTED = encodeMessage({
  kind: 'messages-supported',
  header: newHeader({ guid: new Uint8Array(GUID_BYTES), type: DESCRIPTOR_TYPES.vendor, ttl: 1 }),
  body: { messages: [{ vendor: 'LIME', selector: 5, version: 1 }], rest: EMPTY },
});
