import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  guidText,
  isModernGuid,
  modernGuid,
  parseGuid,
} from '../../../../src/overlays/gnutella/wire/guid.ts';
import { decodeText, encodeText } from '../../../../src/overlays/gnutella/wire/text.ts';
import { guid } from './arbitrary-messages.ts';

describe('text on the wire', () => {
  it('is UTF-8, and other bytes come back as they were', () => {
    const nearlyText = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 3 }),
        ),
      )
      .map((parts) => Uint8Array.from(Buffer.concat(parts)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), nearlyText), (bytes) => {
        expect(Uint8Array.from(encodeText(decodeText(bytes)))).toEqual(bytes);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is what was written, with every character there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeText(encodeText(text))).toBe(text);
      }),
    );
    expect(decodeText(encodeText('\ufffd'))).toBe('\ufffd');
  });

  it('marks bytes that are no UTF-8 as Python does (PEP 383)', () => {
    // python3 -c "print(ascii(b'caf\xe9 \xed\xa0\x80 \xc0\x80 \xf4\x90\x80\x80 \xe2\x82'.decode('utf8','surrogateescape')))"
    const bytes = Buffer.from('caf\xe9 \xed\xa0\x80 \xc0\x80 \xf4\x90\x80\x80 \xe2\x82', 'latin1');
    expect(decodeText(bytes)).toBe(
      'caf\udce9 \udced\udca0\udc80 \udcc0\udc80 \udcf4\udc90\udc80\udc80 \udce2\udc82',
    );
  });
});

describe('a GUID', () => {
  it('is read back from its digits', () => {
    fc.assert(
      fc.property(guid, (any) => {
        expect(parseGuid(guidText(any))).toEqual(any);
      }),
    );
    expect(parseGuid('00')).toBeUndefined();
    expect(parseGuid('g'.repeat(32))).toBeUndefined();
  });

  it('is modern where byte 8 is 255 and byte 15 is 0', () => {
    const modern = modernGuid(new Uint8Array(16).fill(7));
    expect(guidText(modern)).toBe('0707070707070707ff07070707070700');
    expect(isModernGuid(modern)).toBe(true);
    expect(isModernGuid(new Uint8Array(16))).toBe(false);
  });
});
