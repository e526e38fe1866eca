import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HeaderBlockReader,
  type HeaderLimits,
  type HeaderResult,
  headerValue,
} from '../../../../src/overlays/gnutella/wire/header-block.ts';
import { bytesOf, oneByOne, shares, splitAt, textOf } from '../support.ts';

const WIDE: HeaderLimits = { maxBytes: 4096, maxLineBytes: 4096, maxLines: 100 };

function read(chunks: readonly Uint8Array[], limits: HeaderLimits = WIDE): HeaderResult | undefined {
  const reader = new HeaderBlockReader(limits);
  for (const chunk of chunks) {
    const result = reader.push(chunk);
    if (result !== undefined) return result;
  }
  return undefined;
}

function headersOf(text: string): readonly (readonly [string, string])[] {
  const result = read([bytesOf(text)]);
  return result?.kind === 'block' ? result.block.headers.map(({ name, value }) => [name, value]) : [];
}

describe('a block of a handshake', () => {
  it('ends at the empty line, and the bytes after it are kept', () => {
    const result = read([bytesOf('FIRST LINE\r\nA: 1\r\nB: 2\r\n\r\nrest\r\n\r\n')]);
    expect(result).toMatchObject({
      kind: 'block',
      block: {
        firstLine: 'FIRST LINE',
        headers: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
    });
    expect(result?.kind === 'block' && textOf(result.remainder)).toBe('rest\r\n\r\n');
  });

  it('may have bare LF line ends, and both kinds', () => {
    expect(headersOf('X\nA: 1\r\nB: 2\n\n')).toEqual([
      ['A', '1'],
      ['B', '2'],
    ]);
  });

  it('is unfolded: a line that begins with a space or tab goes on with the one before', () => {
    expect(headersOf('X\r\nA: 1,\r\n\t2,\r\n   3\r\nB: 4\r\n \r\n\r\n')).toEqual([
      ['A', '1, 2, 3'],
      ['B', '4'],
    ]);
  });

  it('may hold lines without a colon, which are skipped with their continuations', () => {
    expect(headersOf('X\r\n folded first line\r\nno header\r\n folded\r\n: no name\r\nA: 1\r\n\r\n')).toEqual(
      [['A', '1']],
    );
  });

  it('takes blanks before the colon, no blank after it, no value, NULs, and colons in the value', () => {
    expect(headersOf('X\r\nA : 1\r\nB:2\r\nC:\r\nD: a\0b\r\nE: x:y\r\n\r\n')).toEqual([
      ['A', '1'],
      ['B', '2'],
      ['C', ''],
      ['D', 'a\0b'],
      ['E', 'x:y'],
    ]);
  });

  it('keeps every byte of Latin-1, the no-break space too', () => {
    expect(headersOf('X\r\nA: \xa0\xe9\xff\xa0\r\n\r\n')).toEqual([['A', '\xa0\xe9\xff\xa0']]);
  });

  it('may begin with the empty line, and is empty then', () => {
    expect(read([bytesOf('\r\nA: 1\r\n\r\n')])).toMatchObject({
      kind: 'block',
      block: { firstLine: '', headers: [] },
    });
  });

  it('gives its complete lines where it is cut off', () => {
    const reader = new HeaderBlockReader(WIDE);
    expect(reader.soFar()).toBeUndefined();
    reader.push(bytesOf('FIRST\r\nA: 1\r\nB: unfin'));
    expect(reader.head).toBe('FIRST\r\nA: 1\r\nB: unfin');
    expect(reader.soFar()).toEqual({ firstLine: 'FIRST', headers: [{ name: 'A', value: '1' }] });
  });
});

describe('a list that was cut off', () => {
  const lists = new Set(['peers']);
  const cut = (text: string, limits = WIDE) => {
    const readers = [[bytesOf(text)], oneByOne(bytesOf(text))].map((chunks) => {
      const reader = new HeaderBlockReader(limits);
      for (const chunk of chunks) reader.push(chunk);
      return reader.soFarWithCutList(lists)?.headers.map(({ name, value }) => [name, value]);
    });
    expect(readers[1]).toEqual(readers[0]);
    return readers[0];
  };

  it('has what stands before its last comma, in a line of its own or a folded one', () => {
    expect(cut('X\r\nPEERS: a, b, c')).toEqual([['PEERS', 'a, b']]);
    expect(cut('X\r\nPeers: a,\r\n\tb, c')).toEqual([['Peers', 'a, b']]);
  });

  it('has nothing of it without a comma, in a header that is no list, in the first line, or beyond the bound', () => {
    expect(cut('X\r\nPeers: a')).toEqual([]);
    expect(cut('X\r\nAgent: a, b')).toEqual([]);
    expect(cut('X\r\nPeers, a: b, c')).toEqual([]);
    expect(cut('X\r\nno header\r\n a, b')).toEqual([]);
    expect(cut('Peers: a, b')).toBeUndefined();
    expect(cut('X\r\nA: 1\r\nPeers: a, b', { ...WIDE, maxLines: 1 })).toEqual([['A', '1']]);
  });
});

describe('the value of a header', () => {
  it('is found whatever the case of its name, and joined where the name comes twice', () => {
    const headers = [
      { name: 'peers', value: 'a' },
      { name: 'Other', value: 'b' },
      { name: 'PEERS', value: 'c' },
    ];
    expect(headerValue(headers, 'Peers')).toBe('a, c');
    expect(headerValue(headers, 'leaves')).toBeUndefined();
  });
});

describe('the bounds of a block', () => {
  const narrow: HeaderLimits = { maxBytes: 60, maxLineBytes: 20, maxLines: 3 };

  it.each([
    ['a line of 20 bytes with its CR', 'X\r\nA: 4567890123456789\r\n\r\n', 'block'],
    ['a line of 21 bytes', 'X\r\nA: 45678901234567890\r\n\r\n', 'too-long-line'],
    ['a line of 21 bytes without an end', 'X\r\nA: 456789012345678901', 'too-long-line'],
    ['a first line of 21 bytes', '012345678901234567890', 'too-long-line'],
    ['three headers', 'X\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n', 'block'],
    ['four headers', 'X\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n', 'too-many-lines'],
    ['60 bytes', 'X\r\n' + 'A: 45678901234567\r\n'.repeat(2) + 'B: 456789012\r\n\r\n\r\n', 'block'],
    ['61 bytes', 'X\n' + 'A: 456789012345678\n'.repeat(2) + 'B: 456789012345678' + '\r\n\r\n', 'too-large'],
  ])('%s: %s gives %s', (_, text, expected) => {
    const bytes = bytesOf(text);
    for (const chunks of [[bytes], oneByOne(bytes)]) {
      const result = read(chunks, narrow);
      expect(result?.kind === 'breach' ? result.breach : result?.kind).toBe(expected);
    }
  });

  it('hold while nothing ends the line: no more than the bound is read', () => {
    const reader = new HeaderBlockReader(narrow);
    expect(reader.push(new Uint8Array(10_000_000).fill(65))).toEqual({
      kind: 'breach',
      breach: 'too-long-line',
    });
  });
});

describe('any bytes', () => {
  const lineBytes = fc
    .array(fc.constantFrom('A', ':', ' ', '\t', '\r', '\n', '\n', '\0', '\xff', 'Peers: 1.2.3.4', '\r\n'), {
      maxLength: 60,
    })
    .map((parts) => bytesOf(parts.join('')));

  it('give the same result however they are split, and the remainder is what followed', () => {
    fc.assert(
      fc.property(fc.oneof(lineBytes, fc.uint8Array({ maxLength: 200 })), shares, (bytes, at) => {
        const limits: HeaderLimits = { maxBytes: 90, maxLineBytes: 40, maxLines: 5 };
        const whole = read([bytes], limits);
        const forms = [splitAt(bytes, at), oneByOne(bytes)];
        for (const chunks of forms) {
          const split = read(chunks, limits);
          expect(split?.kind).toBe(whole?.kind);
          if (whole?.kind === 'block' && split?.kind === 'block') {
            expect(split.block).toEqual(whole.block);
            const consumed = bytes.length - whole.remainder.length;
            expect(consumed).toBeLessThanOrEqual(limits.maxBytes);
            expect(textOf(bytes.subarray(consumed))).toBe(textOf(whole.remainder));
          } else expect(split).toEqual(whole);
        }
      }),
    );
  });
});
