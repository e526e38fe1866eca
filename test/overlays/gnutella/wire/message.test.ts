import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldTrace } from '../../../../src/core/field-trace.ts';
import { deflate } from '../../../../src/overlays/gnutella/wire/inflate.ts';
import {
  decodeMessage,
  encodeMessage,
  type Malformed,
  type Message,
} from '../../../../src/overlays/gnutella/wire/message.ts';
import { message } from './arbitrary-messages.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const GUID = '00112233445566778899aabbccddeeff';

/** A message with the length that its header gets when it is sent. */
function sent(any: Message, bytes: Uint8Array): Message {
  return { ...any, header: { ...any.header, length: bytes.length - 23 } };
}

describe('a message', () => {
  it('is read back as it was written, whatever its values', () => {
    fc.assert(
      fc.property(message, (any) => {
        const bytes = encodeMessage(any);
        const read = decodeMessage(bytes);
        expect(read).toEqual(sent(any, bytes));
        expect(hex(encodeMessage(read))).toBe(hex(bytes));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is read the same with a trace, whose fields cover all of its bytes, each byte once', () => {
    fc.assert(
      fc.property(message, (any) => {
        const bytes = encodeMessage(any);
        const trace = new FieldTrace();
        expect(decodeMessage(bytes, { trace })).toEqual(decodeMessage(bytes));
        const { fields } = trace;
        const leaves = fields.filter((field, i) => (fields[i + 1]?.depth ?? 0) <= field.depth);
        expect(hex(Buffer.concat(leaves.map((field) => field.bytes)))).toBe(hex(bytes));
        let at = 0;
        for (const leaf of leaves) {
          expect(leaf.offset).toBe(at);
          at += leaf.bytes.length;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('has flags instead of a length in the upper half where the highest bit says so', () => {
    const read = decodeMessage(fromHex(`${GUID}00010003000180616263`)) as Message;
    expect(read.header).toMatchObject({ length: 3, flags: 0x8001 });
    expect(hex(encodeMessage(read))).toBe(`${GUID}00010003000180616263`);
  });

  it('whose payload was deflated over UDP is read, and sent again as it was', () => {
    const payload = deflate(fromHex('c618cb00710c0100000008000000'));
    const length = Buffer.from([payload.length, 0, 0, 0]).toString('hex');
    const bytes = fromHex(`${GUID}018100${length}${hex(payload)}`);
    const read = decodeMessage(bytes, { transport: 'udp' });
    expect(read).toMatchObject({ kind: 'pong', body: { endpoint: '203.0.113.12:6342', files: 1, kib: 8 } });
    expect(hex(encodeMessage(read))).toBe(hex(bytes));
    const trace = new FieldTrace();
    decodeMessage(bytes, { transport: 'udp', trace });
    expect(trace.fields.map(({ name }) => name)).toContain('shared KiB');
    // Over TCP the bit is only a large TTL.
    expect(decodeMessage(bytes).kind).toBe('pong');
    expect((decodeMessage(bytes) as Message & { kind: 'pong' }).body.kib).not.toBe(8);
  });
});

describe('bytes that are no message', () => {
  const why = (text: string, transport: 'tcp' | 'udp' = 'tcp') => {
    const read = decodeMessage(fromHex(text), { transport });
    return read.kind === 'malformed' ? (read satisfies Malformed).why : read.kind;
  };

  it.each([
    ['no-header', ''],
    ['no-header', GUID],
    ['cut-off', `${GUID}000100030000006162`],
    ['trailing-bytes', `${GUID}0001000100000061ff`],
    ['too-large', `${GUID}00010001100000`],
    ['too-large', 'ff'.repeat(100)],
    ['bad-payload', `${GUID}01010003000000616263`],
    ['bad-payload', `${GUID}0201000100000061`],
    ['bad-payload', `${GUID}30010001000000ff`],
    ['bad-payload', `${GUID}8101000300000001c618`],
    ['bad-payload', `${GUID}310100030000004c494d`],
  ])('are %s: %s', (reason, text) => {
    expect(why(text)).toBe(reason);
  });

  it('are not-inflatable where they say that they are deflated and are not, or are a bomb', () => {
    expect(why(`${GUID}018100020000006162`, 'udp')).toBe('not-inflatable');
    const bomb = deflate(new Uint8Array(10_000_000));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bomb.length);
    expect(why(`${GUID}558100${length.toString('hex')}${hex(bomb)}`, 'udp')).toBe('not-inflatable');
  });

  it('stay as they were', () => {
    const bytes = fromHex(`${GUID}01010003000000616263`);
    expect(hex(encodeMessage(decodeMessage(bytes)))).toBe(hex(bytes));
  });
});
