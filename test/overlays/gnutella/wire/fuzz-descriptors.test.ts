import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldTrace } from '../../../../src/core/field-trace.ts';
import { DescriptorStream } from '../../../../src/overlays/gnutella/wire/descriptor-stream.ts';
import { decodeExtension } from '../../../../src/overlays/gnutella/wire/extension-value.ts';
import {
  decodeMessage,
  encodeMessage,
  type Malformed,
  type Message,
} from '../../../../src/overlays/gnutella/wire/message.ts';
import { QrpTable } from '../../../../src/overlays/gnutella/wire/qrp-table.ts';
import { StreamInflater } from '../../../../src/overlays/gnutella/wire/stream-inflater.ts';
import { fastRandom, mutate } from '../../../support/mutations.js';
import { message } from './arbitrary-messages.ts';
import { hexMessages, hexTranscripts } from './hex-transcripts.ts';

/** 200,000 in all tests of this file. */
const ROUNDS = 100_000;

/** What was recorded, where it is there, and messages of every kind. */
const corpus = [
  ...hexTranscripts().flatMap(hexMessages),
  ...fc.sample(message, { numRuns: 200, seed: 1 }).map(encodeMessage),
];

describe('mutated messages', () => {
  it('are read or are malformed, and nothing else happens', () => {
    const random = fastRandom(1);
    const table = new QrpTable();
    const kinds = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = mutate(corpus, random);
      const read = decodeMessage(bytes, { transport: round % 4 === 0 ? 'udp' : 'tcp' });
      const kind = read.kind === 'malformed' ? read.why : read.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      look(read, table);
    }
    // The mutations reach all there is: every kind, and every reason.
    for (const kind of [
      'pong',
      'query-hit',
      'crawler-pong',
      'messages-supported',
      'qrp',
      'push',
      'bye',
      'query',
    ])
      expect(kinds.get(kind)).toBeGreaterThan(100);
    for (const why of [
      'no-header',
      'too-large',
      'cut-off',
      'trailing-bytes',
      'bad-payload',
      'not-inflatable',
    ])
      expect(kinds.get(why)).toBeGreaterThan(10);
  });

  it('are sent again such that they are read the same, with a trace and without', () => {
    const random = fastRandom(2);
    for (let round = 0; round < ROUNDS / 2; round++) {
      const bytes = mutate(corpus, random);
      const read = decodeMessage(bytes);
      const again = encodeMessage(read);
      if (read.kind === 'malformed') expect(again).toBe(bytes);
      // Where more than one spelling is read, the canonical one is sent: its length may differ.
      else if (Buffer.compare(again, bytes) !== 0) expect(encodeMessage(decodeMessage(again))).toEqual(again);
      if (round % 10 === 0) expect(decodeMessage(bytes, { trace: new FieldTrace() })).toEqual(read);
    }
  });

  it('one after the other are cut, or end the stream, deflated or not', () => {
    const random = fastRandom(3);
    for (let round = 0; round < ROUNDS / 10; round++) {
      const stream = new DescriptorStream();
      const inflater = new StreamInflater();
      for (let i = 0; i < 5; i++) {
        const bytes = mutate(corpus, random);
        const given = stream.push(bytes).reduce((sum, descriptor) => sum + descriptor.length, 0);
        expect(given).toBeLessThanOrEqual(bytes.length + 66_000);
        inflater.push(i === 0 ? Uint8Array.of(0x78, 0x9c, ...bytes) : bytes);
      }
    }
  });
});

/** Looks at what is only looked at on demand. */
function look(read: Message | Malformed, table: QrpTable): void {
  if (read.kind === 'qrp') table.apply(read.body);
  if (read.kind !== 'ping' && read.kind !== 'pong' && read.kind !== 'push') return;
  for (const extension of read.body.extensions) decodeExtension(extension);
}
