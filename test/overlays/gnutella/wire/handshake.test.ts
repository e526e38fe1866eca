import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeGreeting,
  decodeReply,
  encodeGreeting,
  encodeReply,
  kindOfAnswer,
  mayBeGreeting,
} from '../../../../src/overlays/gnutella/wire/handshake.ts';
import { type HeaderBlock, HeaderBlockReader } from '../../../../src/overlays/gnutella/wire/header-block.ts';
import { textOf } from '../support.ts';

const LIMITS = { maxBytes: 1e6, maxLineBytes: 1e6, maxLines: 100 };

function block(bytes: Uint8Array): HeaderBlock {
  const result = new HeaderBlockReader(LIMITS).push(bytes);
  if (result?.kind !== 'block') throw new Error('not a whole block');
  return result.block;
}

const lines = (firstLine: string): HeaderBlock => ({ firstLine, headers: [] });

/** Latin-1 without control characters, and no blank at either end. */
const text = fc
  .array(
    fc.integer({ min: 0x20, max: 0xff }).filter((code) => code < 0x7f || code > 0x9f),
    { maxLength: 30 },
  )
  .map((codes) => String.fromCharCode(...codes).replace(/^ +| +$/g, ''));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,12}$/);
const headers = fc.array(fc.record({ name, value: text }), { maxLength: 8 });

describe('block 1', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(headers, (sent) => {
        expect(decodeGreeting(block(encodeGreeting(sent)))).toEqual({ major: 0, minor: 6, headers: sent });
      }),
    );
  });

  it('is case-sensitive and needs a version of two numbers', () => {
    expect(decodeGreeting(lines('GNUTELLA CONNECT/0.7'))).toMatchObject({ major: 0, minor: 7 });
    for (const first of [
      'gnutella connect/0.6',
      'GNUTELLA CONNECT',
      'GNUTELLA CONNECT/abc',
      'GNUTELLA CONNECT/0.6x',
      '',
    ]) {
      expect(decodeGreeting(lines(first))).toBeUndefined();
    }
  });

  it('can be told from other protocols by its first bytes', () => {
    expect(['', 'GNU', 'GNUTELLA CONNECT/', 'GNUTELLA CONNECT/9'].map(mayBeGreeting)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['gnu', 'GET / HTTP/1.1', '\r\nGNUTELLA CONNECT/0.6', '\x16\x03\x01'].some(mayBeGreeting)).toBe(
      false,
    );
  });
});

describe('block 2 and 3', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), text, headers, (code, reason, sent) => {
        const reply = { status: { code, reason }, headers: sent };
        expect(decodeReply(block(encodeReply(reply)))).toEqual(reply);
      }),
    );
  });

  it('may have no reason; a code that is no number of three digits is no status', () => {
    expect(decodeReply(lines('GNUTELLA/0.6 200'))?.status).toEqual({ code: 200, reason: '' });
    expect(decodeReply(lines('GNUTELLA/0.6 593 Hi'))?.status).toEqual({ code: 593, reason: 'Hi' });
    for (const first of [
      'GNUTELLA/0.6',
      'GNUTELLA/0.6 OK',
      'GNUTELLA/0.6 2000 OK',
      'GNUTELLA OK',
      'HTTP/1.1 200 OK',
    ]) {
      expect(decodeReply(lines(first))).toBeUndefined();
    }
  });

  it('can be told from other protocols, and from a 0.4 answer, by their first bytes', () => {
    expect(['', 'GNUTELLA', 'GNUTELLA/', 'GNUTELLA/x', 'GNUTELLA OK'].map(kindOfAnswer)).toEqual(
      Array(5).fill('reply'),
    );
    expect(['GNUTELLA OK\n', 'GNUTELLA OK\r\n\r\n'].map(kindOfAnswer)).toEqual(['old', 'old']);
    expect(['HTTP/1.1', 'gnutella/', 'GNUTELLA OKAY', '\n'].map(kindOfAnswer)).toEqual(
      Array(4).fill('foreign'),
    );
  });
});

describe('what can not be sent', () => {
  it.each(['a\r\nInjected: 1', 'a\nb', 'a\0b', 'a\u010ab', '\u20ac'])('is refused: %j', (value) => {
    expect(() => encodeGreeting([{ name: 'User-Agent', value }])).toThrow('control character');
    expect(() => encodeGreeting([{ name: value, value: '1' }])).toThrow('control character');
    expect(() => encodeReply({ status: { code: 200, reason: value }, headers: [] })).toThrow(
      'control character',
    );
  });

  it('is not a fold', () => {
    const bytes = encodeReply({
      status: { code: 503, reason: 'Full' },
      headers: [{ name: 'A', value: '1,\r\n\t2' }],
    });
    expect(textOf(bytes)).toBe('GNUTELLA/0.6 503 Full\r\nA: 1,\r\n\t2\r\n\r\n');
  });
});
