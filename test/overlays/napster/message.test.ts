import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameStream } from '../../../src/overlays/napster/wire/frame.ts';
import { ipNumber, ipOfNumber } from '../../../src/overlays/napster/wire/ip.ts';
import {
  decodeMessage,
  encodeMessage,
  MESSAGE_TYPES,
  type NapsterMessage,
} from '../../../src/overlays/napster/wire/message.ts';

const latin1 = (min: number, not: RegExp) =>
  fc
    .array(fc.integer({ min: 0x20, max: 0xff }), { minLength: min, maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes))
    .filter((text) => !not.test(text));
const word = latin1(1, /[ "]/);
const text = latin1(0, /"/);
const number = fc.nat(0xffff_ffff);
const port = fc.nat(0xffff);
const file = fc.record({
  name: text,
  md5: word,
  size: number,
  bitrate: number,
  frequency: number,
  length: number,
});
const kind = <K extends string>(name: K) => fc.constant(name);

const message: fc.Arbitrary<NapsterMessage> = fc.oneof(
  fc.record({ kind: kind('login'), nick: word, password: word, port, client: text, link: number }),
  fc.record({ kind: kind('login-ack'), mail: text }),
  fc.record({ kind: kind('error'), text }),
  fc.record({ kind: kind('share'), file }),
  fc.record({ kind: kind('search'), text, most: number }),
  fc.record({ kind: kind('search-result'), file, nick: word, ip: number, link: number }),
  fc.record({ kind: kind('search-end') }),
  fc.record({
    kind: fc.constantFrom('download-request' as const, 'download-error' as const),
    nick: word,
    name: text,
  }),
  fc.record({
    kind: kind('download-ack'),
    nick: word,
    ip: number,
    port,
    name: text,
    md5: word,
    link: number,
  }),
  fc.record({
    kind: fc.constantFrom(
      'download-begins' as const,
      'download-ends' as const,
      'upload-begins' as const,
      'upload-ends' as const,
    ),
  }),
);

/** What comes out of bytes that come in pieces of these sizes. */
function heard(bytes: Uint8Array, pieces: readonly number[]): NapsterMessage[] {
  const stream = new FrameStream();
  const found: NapsterMessage[] = [];
  let at = 0;
  for (const size of [...pieces, bytes.length]) {
    found.push(...stream.push(bytes.subarray(at, at + size)).map(decodeMessage));
    at += size;
  }
  return found;
}

describe('messages of Napster', () => {
  it('are read as they were written, however the stream is cut (property)', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (said, cuts) => {
          expect(heard(Buffer.concat(said.map(encodeMessage)), cuts)).toEqual(said);
        },
      ),
    );
  });

  it('of any bytes are something, and write the same bytes again where they are not understood (property)', () => {
    const types = fc.oneof(fc.constantFrom(...Object.values(MESSAGE_TYPES)), fc.nat(0xffff));
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 80 }), (type, data) => {
        const read = decodeMessage({ type, data });
        if (read.kind === 'other') expect(encodeMessage(read)).toEqual(encodeFrame({ type, data }));
        else expect(decodeMessage(new FrameStream().push(encodeMessage(read))[0]!)).toEqual(read);
      }),
    );
  });

  // reference: the examples of napster.txt for these types.
  it.each([
    [
      2,
      'foo badpass 6699 "nap v0.8" 3',
      { kind: 'login', nick: 'foo', port: 6699, client: 'nap v0.8', link: 3 },
    ],
    [
      100,
      '"generic band - generic song.mp3" b92870e0d41bc8e698cf2f0a1ddfeac7 443332 128 44100 60',
      { kind: 'share', file: { name: 'generic band - generic song.mp3', size: 443332, length: 60 } },
    ],
    [
      201,
      '"random band - random song.mp3" 7d733c1e7419674744768db71bff8bcd 2558199 128 44100 159 lefty 3437166285 4',
      { kind: 'search-result', nick: 'lefty', ip: 3437166285, link: 4 },
    ],
    [
      200,
      'MAX_RESULTS 100 FILENAME CONTAINS "Ventolin" LINESPEED "EQUAL TO" 10',
      { kind: 'search', text: 'Ventolin', most: 100 },
    ],
    [203, 'mred "C:\\generic cowboy song.mp3"', { kind: 'download-request', nick: 'mred' }],
  ])('of type %i are read as the specification lays them out: %s', (type, data, expected) => {
    expect(decodeMessage({ type, data: Buffer.from(data) })).toMatchObject(expected);
  });

  it('begin with the length of their data and their type, both little-endian', () => {
    // By hand: the data "MAX" would have 3 bytes; an end of search (202 = 0xca) has none.
    expect([...encodeMessage({ kind: 'search-end' })]).toEqual([0, 0, 0xca, 0]);
    expect([...encodeMessage({ kind: 'error', text: 'ab' })]).toEqual([2, 0, 0x94, 1, 0x61, 0x62]);
  });

  it('have IP addresses as numbers with the first octet in the lowest byte', () => {
    // By hand: 127 + 1 * 256 + 2 * 256^3.
    expect(ipNumber('127.1.0.2')).toBe(127 + 256 + 2 * 16_777_216);
    expect(ipNumber('1.2.3.256')).toBeUndefined();
    fc.assert(
      fc.property(number, (ip) => {
        expect(ipNumber(ipOfNumber(ip))).toBe(ip);
      }),
    );
  });
});
