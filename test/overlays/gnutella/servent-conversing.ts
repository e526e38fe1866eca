import { expect } from 'vitest';
import type { Answer, Question, Step } from '../../../src/core/visit.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import { DescriptorStream } from '../../../src/overlays/gnutella/wire/descriptor-stream.ts';
import { decodeMessage, encodeMessage, type Message } from '../../../src/overlays/gnutella/wire/message.ts';
import type { Reaction, Servent, ServentState, Session } from '../../../src/overlays/overlay.ts';
import { ASKED, CRAWLER_IP } from './crawling.ts';
import { bytesOf, servent, textOf } from './support.ts';

export const BLOCK_3 = 'GNUTELLA/0.6 200 OK\r\n\r\n';

export function gnutellaServent(state: Partial<ServentState> = {}, now = 0): Servent {
  return createServent(servent(state), () => now);
}

/** A greeting of 0.6 with these header lines. */
export function greeting(...lines: readonly string[]): Uint8Array {
  return bytesOf(['GNUTELLA CONNECT/0.6', ...lines, '', ''].join('\r\n'));
}

/** An accepted connection after block 3, which has to be accepted; `begin` is what came after it. */
export function connect(
  peer: Servent,
  lines: readonly string[] = ['X-Ultrapeer: True', 'Vendor-Message: 0.1', 'Bye-Packet: 0.1'],
  block3 = BLOCK_3,
): { session: Session; block2: string; begin: Reaction } {
  const session = peer.accept(CRAWLER_IP);
  const block2 = textOf(session.receive(greeting(...lines)).send);
  expect(block2).toMatch(/^GNUTELLA\/0\.6 200 OK\r\n/);
  return { session, block2, begin: session.receive(bytesOf(block3)) };
}

/** The whole descriptors in some bytes. */
export function descriptorsIn(bytes: Uint8Array | undefined): readonly Uint8Array[] {
  return new DescriptorStream().push(bytes ?? new Uint8Array(0));
}

/** The same, decoded; fails where one is malformed. */
export function messagesIn(bytes: Uint8Array | undefined): readonly Message[] {
  return descriptorsIn(bytes).map((descriptor) => {
    const message = decodeMessage(descriptor);
    if (message.kind === 'malformed') throw new Error(`malformed: ${message.why}`);
    return message;
  });
}

/** A Ping of this TTL, under a GUID of its number. */
export function ping(ttl: number, hops = 0, number = 1): Uint8Array {
  const guid = new Uint8Array(16).fill(number);
  return encodeMessage({
    kind: 'ping',
    header: { guid, type: 0, ttl, hops, length: 0, flags: 0 },
    body: { extensions: [], rest: new Uint8Array(0) },
  });
}

/** `hops address` of each Pong. */
export function pongsIn(bytes: Uint8Array | undefined): string[] {
  return messagesIn(bytes).map((message) =>
    message.kind === 'pong' ? `${message.header.hops} ${message.body.endpoint}` : message.kind,
  );
}

/** Puts a question of ours to a servent, in memory, until there is an answer, or nobody has anything more to say. */
export function meet(peer: Servent, question: Question): Answer {
  const conversation = question.ask(ASKED);
  if (question.carrier === 'udp') {
    for (const { send } of peer.datagram?.(conversation.opening, CRAWLER_IP) ?? []) {
      const { answer } = conversation.receive(send ?? new Uint8Array(0));
      if (answer !== undefined) return answer;
    }
    return conversation.end('silent');
  }
  const session = peer.accept(CRAWLER_IP);
  let step: Step = { send: conversation.opening };
  while (step.send !== undefined) {
    const { send, close } = session.receive(step.send);
    step = send === undefined ? {} : conversation.receive(send);
    if (step.answer !== undefined) return step.answer;
    if (close === true) return conversation.end('closed');
  }
  return conversation.end('silent');
}
