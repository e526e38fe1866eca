import { expect } from 'vitest';
import { EMPTY } from '../../../src/core/byte-reader.ts';
import type { Conversation, Ending } from '../../../src/core/visit.ts';
import { oldPingCrawl, pingCrawl } from '../../../src/overlays/gnutella/ping-crawl.ts';
import { DescriptorStream } from '../../../src/overlays/gnutella/wire/descriptor-stream.ts';
import { DESCRIPTOR_TYPES } from '../../../src/overlays/gnutella/wire/descriptor-type.ts';
import type { Endpoint } from '../../../src/overlays/gnutella/wire/endpoint.ts';
import type { GgepExtension } from '../../../src/overlays/gnutella/wire/ggep-extension.ts';
import { NO_TRAILER } from '../../../src/overlays/gnutella/wire/ggep.ts';
import type { Guid } from '../../../src/overlays/gnutella/wire/guid.ts';
import {
  type Body,
  decodeMessage,
  encodeMessage,
  type Message,
  newHeader,
} from '../../../src/overlays/gnutella/wire/message.ts';
import { play } from './played.ts';
import { address, bytesOf, textOf } from './support.ts';

export const ASKED = address('192.0.2.1:6346');
export const ACCEPTED =
  'GNUTELLA/0.6 200 OK\r\nUser-Agent: x/1\r\nX-Ultrapeer: True\r\nBye-Packet: 0.1\r\n\r\n';
export const LEAF = 'GNUTELLA/0.6 200 OK\r\nX-Ultrapeer: False\r\n\r\n';
export const OLD = 'GNUTELLA OK\n\n';

/** What was sent, as descriptors, without a block before them. */
export function messagesIn(sent: Uint8Array, block = 'GNUTELLA/0.6 200 OK\r\n\r\n'): Message[] {
  expect(textOf(sent.subarray(0, block.length))).toBe(block);
  return new DescriptorStream().push(sent.subarray(block.length)).map((bytes) => {
    const message = decodeMessage(bytes);
    if (message.kind === 'malformed') throw new Error(message.why);
    return message;
  });
}

/** The GUID under which this endpoint is sent its Ping. */
export function guidOf(conversation: Conversation, greeting = ACCEPTED): Guid {
  const { sent } = play(conversation, [bytesOf(greeting)]);
  return sent.subarray(-23, -7);
}
export const GUID = guidOf(pingCrawl.ask(ASKED));
export const OLD_GUID = guidOf(oldPingCrawl.ask(ASKED), OLD);

type Kind = 'pong' | 'ping' | 'bye' | 'query';

export function message(kind: Kind, hops: number, body: Body['body'], guid: Guid = GUID): Uint8Array {
  const header = { ...newHeader({ guid, type: DESCRIPTOR_TYPES[kind], ttl: 1 }), hops };
  // The kind goes with the body wherever it is called.
  return encodeMessage({ kind, header, body } as Message);
}

interface PongFields {
  readonly kib?: number;
  readonly guid?: Guid;
  readonly extensions?: readonly GgepExtension[];
}

export function pong(endpoint: string, hops: number, fields: PongFields = {}): Uint8Array {
  const { kib = 0, guid = GUID, extensions = [] } = fields;
  return message(
    'pong',
    hops,
    { endpoint: endpoint as Endpoint, files: 0, kib, extensions, rest: EMPTY },
    guid,
  );
}

export const bye = (code: number, text: string) => message('bye', 0, { code, text, rest: EMPTY });
export const ping = (hops: number) => message('ping', hops, NO_TRAILER, new Uint8Array(16).fill(7));

export function answerTo(greeting: string, parts: readonly Uint8Array[], how: Ending = 'quiet') {
  return play(pingCrawl.ask(ASKED), [bytesOf(greeting), ...parts], how).answer;
}
