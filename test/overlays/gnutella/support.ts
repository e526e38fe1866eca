import fc from 'fast-check';
import type { Address } from '../../../src/core/address.ts';
import type { Answer, Conversation, Ending } from '../../../src/core/visit.ts';
import { namesNobody } from '../../../src/overlays/gnutella/wire/endpoint.ts';
import type { ServentState } from '../../../src/overlays/overlay.ts';

export function address(text: string): Address {
  return text as Address;
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

export function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('latin1');
}

export function oneByOne(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
}

/** Cuts bytes at the given places, each a share of the length. */
export function splitAt(bytes: Uint8Array, shares: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(shares.map((share) => Math.floor(share * bytes.length)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length));
}

export const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
  maxLength: 12,
});

/** Feeds a conversation; the answer is the one at the end where the bytes do not complete one. */
export function converse(
  conversation: Conversation,
  chunks: readonly Uint8Array[],
  how: Ending = 'closed',
): Answer {
  for (const chunk of chunks) {
    const { answer } = conversation.receive(chunk);
    if (answer !== undefined) return answer;
  }
  return conversation.end(how);
}

/** One that a peer may have. */
export const ipv4Address = fc
  .tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }))
  .map(([ip, port]) => address(`${ip}:${port}`))
  .filter((endpoint) => !namesNobody(endpoint));

export function servent(state: Partial<ServentState> = {}): ServentState {
  return { role: 'superpeer', agent: 'test/1.0', startedAt: 0, peers: [], leaves: [], ...state };
}
