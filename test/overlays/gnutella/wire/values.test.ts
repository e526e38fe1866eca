import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NAME_CHARACTERS } from '../../../../src/core/limits.ts';
import {
  decodeDate,
  decodeFlag,
  encodeDate,
  plainName,
} from '../../../../src/overlays/gnutella/wire/values.ts';

describe('a date', () => {
  it('is read in the spellings of RFC 822 with four-digit years', () => {
    const noon = Date.UTC(2005, 1, 2, 12, 0, 0);
    for (const text of [
      'Wed, 02 Feb 2005 12:00:00 +0000',
      'Wed, 2 Feb 2005 13:30:00 +0130',
      '02 Feb 2005 04:00:00 -0800',
      'Wed, 02 Feb 2005 12:00:00 GMT',
    ]) {
      expect(decodeDate(text)).toBe(noon);
    }
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      '2005',
      '2005-02-02T12:00:00Z',
      'Wed, 30 Feb 2005 12:00:00 +0000',
      'Wed, 02 anF 2005 12:00:00 +0000',
      'Wed, 02 Feb 2005 24:00:00 +0000',
      'Wed, 02 Feb 2005 12:60:00 +0000',
      'Wed, 02 Feb 1905 12:00:00 +0000',
      'Wed, 02 Feb 2005 12:00:00 +0000 x',
    ]) {
      expect(decodeDate(text)).toBeUndefined();
    }
  });

  it('is read back as it was written, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(decodeDate(encodeDate(seconds * 1000 + 999))).toBe(seconds * 1000);
      }),
    );
  });
});

describe('a flag', () => {
  it('is True or False in any case', () => {
    expect(['True', 'FALSE', 'true', '1', '', undefined].map(decodeFlag)).toEqual([
      true,
      false,
      true,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a name', () => {
  it('is bounded and holds nothing that moves a cursor', () => {
    expect(plainName('a\x1b[31mb\r\n\x9b\u20acc\xe9')).toBe('a?[31mb????c\xe9');
    expect(plainName('x'.repeat(1000))).toHaveLength(MAX_NAME_CHARACTERS);
  });
});
