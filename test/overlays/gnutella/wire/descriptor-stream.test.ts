import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DescriptorStream } from '../../../../src/overlays/gnutella/wire/descriptor-stream.ts';
import { encodeMessage } from '../../../../src/overlays/gnutella/wire/message.ts';
import { oneByOne, shares, splitAt } from '../support.ts';
import { TRANSCRIPTS_PRESENT } from '../transcripts.ts';
import { message } from './arbitrary-messages.ts';
import { hexMessages } from './hex-transcripts.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function cut(chunks: readonly Uint8Array[]) {
  const stream = new DescriptorStream();
  const found = chunks.flatMap((chunk) => stream.push(chunk).map(hex));
  return { found, breach: stream.breach, pending: stream.breach === undefined ? stream.pending : 0 };
}

describe('a stream of descriptors', () => {
  it('gives the descriptors that were sent, however they are split', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), shares, fc.nat(22), (messages, at, tail) => {
        const sent = messages.map(encodeMessage);
        const bytes = Uint8Array.from(Buffer.concat([...sent, new Uint8Array(tail)]));
        const expected = { found: sent.map(hex), breach: undefined, pending: tail };
        expect(cut([bytes])).toEqual(expected);
        expect(cut(splitAt(bytes, at))).toEqual(expected);
        expect(cut(oneByOne(bytes))).toEqual(expected);
      }),
    );
  });

  it('gives the same of any bytes at all, however they are split', () => {
    const garbage = fc
      .array(fc.oneof(fc.uint8Array({ maxLength: 60 }), message.map(encodeMessage)), { maxLength: 6 })
      .map((parts) => Uint8Array.from(Buffer.concat(parts)));
    fc.assert(
      fc.property(garbage, shares, (bytes, at) => {
        const whole = cut([bytes]);
        expect(cut(splitAt(bytes, at))).toEqual(whole);
        expect(cut(oneByOne(bytes))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('ends at a header that claims too much, and reads nothing after it', () => {
    const ping = '00'.repeat(23);
    const query = `${'00'.repeat(16)}80010001100000`;
    const bytes = Buffer.from(`${ping}${query}${ping}`, 'hex');
    const { found, breach } = cut([bytes]);
    expect(found).toEqual([ping]);
    expect(breach).toMatchObject({ why: 'too-large', header: { type: 0x80, length: 4097 } });
    const stream = new DescriptorStream();
    stream.push(bytes);
    expect(stream.push(Buffer.from(ping, 'hex'))).toEqual([]);
  });

  it.skipIf(!TRANSCRIPTS_PRESENT)(
    'ends at the garbage that real servents end at (skipped where ../shared is absent)',
    () => {
      expect(cut(hexMessages('bad-garbage')).breach?.why).toBe('too-large');
      expect(cut(hexMessages('bad-oversize').slice(0, 1)).breach?.why).toBe('too-large');
      const { found, breach } = cut(hexMessages('session-up.recv'));
      expect(found).toEqual(hexMessages('session-up.recv').map(hex));
      expect(breach).toBeUndefined();
    },
  );
});
