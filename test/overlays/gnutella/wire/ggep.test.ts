import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../../src/core/byte-reader.ts';
import { ByteWriter } from '../../../../src/core/byte-writer.ts';
import { decodeCobs, encodeCobs } from '../../../../src/overlays/gnutella/wire/cobs.ts';
import { readGgep, readTrailer, writeGgep } from '../../../../src/overlays/gnutella/wire/ggep.ts';
import { contentOf, ggepExtension } from '../../../../src/overlays/gnutella/wire/ggep-extension.ts';
import { MAX_GGEP_EXTENSIONS } from '../../../../src/overlays/gnutella/wire/limits.ts';
import { extension } from './arbitrary-messages.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (any: Uint8Array) => Buffer.from(any).toString('hex');
const read = (text: string) => readGgep(new ByteReader(bytes(text)));

describe('COBS', () => {
  it('stuffs as the examples of its authors say (Cheshire and Baker 1999), without the NUL at the end', () => {
    expect(hex(encodeCobs(bytes('00')))).toBe('0101');
    expect(hex(encodeCobs(bytes('0000')))).toBe('010101');
    expect(hex(encodeCobs(bytes('11220033')))).toBe('0311220233');
    expect(hex(encodeCobs(bytes('11223344')))).toBe('0511223344');
    expect(hex(encodeCobs(bytes('11000000')))).toBe('0211010101');
    const run = Uint8Array.from({ length: 254 }, (_, i) => i + 1);
    expect(hex(encodeCobs(run))).toBe(`ff${hex(run)}`);
    expect(hex(encodeCobs(Uint8Array.of(...run, 0xff)))).toBe(`ff${hex(run)}02ff`);
  });

  it('is undone, and never holds a NUL', () => {
    const many = fc.uint8Array({ maxLength: 600 });
    const few = fc.array(fc.constantFrom(0, 1), { maxLength: 600 }).map((all) => Uint8Array.from(all));
    const long = fc
      .tuple(fc.nat(4), fc.array(fc.constantFrom(253, 254, 255, 508), { maxLength: 3 }))
      .map(([zeros, runs]) =>
        Uint8Array.from(
          runs.flatMap((run) => [...new Array<number>(run).fill(7), ...new Array<number>(zeros).fill(0)]),
        ),
      );
    fc.assert(
      fc.property(fc.oneof(many, few, long), (any) => {
        const stuffed = encodeCobs(any);
        expect(stuffed.includes(0)).toBe(false);
        expect(decodeCobs(stuffed)).toEqual(any);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses groups that go beyond the end, and NULs', () => {
    expect(decodeCobs(bytes('0511'))).toBeUndefined();
    expect(decodeCobs(bytes('00'))).toBeUndefined();
  });
});

describe('a GGEP block', () => {
  it('is read as its grammar says, by hand', () => {
    expect(read('c38353435041 01'.replace(' ', ''))).toEqual([
      { id: 'SCP', data: bytes('01'), cobs: false, deflated: false },
    ]);
    expect(read('c3e1614100')).toEqual([{ id: 'a', data: bytes('00'), cobs: true, deflated: true }]);
  });

  it('has lengths of one to three bytes, six bits each, highest first', () => {
    for (const [length, text] of [
      [0, '40'],
      [63, '7f'],
      [64, '8140'],
      [4095, 'bf7f'],
      [4096, '818040'],
    ] as const) {
      const writer = new ByteWriter();
      writeGgep(writer, [ggepExtension('x', new Uint8Array(length))]);
      expect(hex(writer.finish()).slice(0, 6 + text.length)).toBe(`c38178${text}`);
      expect(readGgep(new ByteReader(writer.finish()))?.[0]?.data).toHaveLength(length);
    }
  });

  it.each([
    ['without its magic', '81784100'],
    ['that ends in the middle', 'c38353435042' + '01'],
    ['without an end', 'c3017840'],
    ['with the reserved bit', 'c3917840'],
    ['with an id of no characters', 'c38040'],
    ['with a length byte that both ends and goes on', 'c38178c1'],
    ['with a length byte that neither ends nor goes on', 'c3817801'],
    ['with a length of four bytes', 'c3817880808041'],
  ])('%s is none, and nothing is read', (_, text) => {
    const reader = new ByteReader(bytes(text));
    expect(readGgep(reader)).toBeUndefined();
    expect(reader.at).toBe(0);
    expect(reader.ok).toBe(true);
    expect(readTrailer(reader)).toEqual({ extensions: [], rest: bytes(text) });
  });

  it('has a bounded number of extensions', () => {
    const block = (count: number) => `c3${'017840'.repeat(count - 1)}817840`;
    expect(read(block(MAX_GGEP_EXTENSIONS))).toHaveLength(MAX_GGEP_EXTENSIONS);
    expect(read(block(MAX_GGEP_EXTENSIONS + 1))).toBeUndefined();
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(extension, { minLength: 1, maxLength: 10 }), (extensions) => {
        const writer = new ByteWriter();
        writeGgep(writer, extensions);
        expect(readGgep(new ByteReader(writer.finish()))).toEqual(extensions);
      }),
    );
  });
});

describe('the content of an extension', () => {
  it('is what was put in, stuffed or deflated or both', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), fc.boolean(), (content, cobs, deflated) => {
        const found = contentOf(ggepExtension('x', content, { cobs, deflated }));
        expect(found.kind === 'bytes' && hex(found.bytes)).toBe(hex(content));
      }),
    );
  });

  it('is a failure where it is corrupt or a bomb', () => {
    const bomb = ggepExtension('x', new Uint8Array(5_000_000), { deflated: true });
    expect(contentOf(bomb)).toEqual({ kind: 'failed', why: 'too-large' });
    expect(contentOf({ ...bomb, data: bomb.data.subarray(0, 30) })).toEqual({
      kind: 'failed',
      why: 'cut-off',
    });
    expect(contentOf({ ...bomb, data: bytes('ffff') })).toEqual({ kind: 'failed', why: 'corrupt' });
    expect(contentOf({ ...bomb, cobs: true, data: bytes('09') })).toEqual({ kind: 'failed', why: 'corrupt' });
  });
});
