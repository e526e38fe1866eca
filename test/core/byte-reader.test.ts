import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../src/core/byte-reader.ts';
import { ByteWriter } from '../../src/core/byte-writer.ts';
import { FieldTrace, MAX_TRACED_FIELDS } from '../../src/core/field-trace.ts';

const BYTES = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

describe('a reader of bytes', () => {
  it('reads numbers in both orders, expected values by hand', () => {
    const reader = new ByteReader(Uint8Array.of(0xff, 1, 2, 1, 2, 1, 2, 3, 0xff, 0xff, 3, 2, 1));
    expect(reader.u8('a')).toBe(0xff);
    expect(reader.u16('b')).toBe(0x0201);
    expect(reader.u16be('c')).toBe(0x0102);
    expect(reader.u32('d')).toBe(0xff030201);
    expect(reader.u32be('e')).toBe(0xff030201);
    expect(reader.remaining).toBe(0);
    expect(reader.ok).toBe(true);
  });

  it('fails once and for all where it is asked for more than there is, without reading on', () => {
    const reader = new ByteReader(BYTES);
    reader.bytes('most', 6);
    expect(reader.u32('too much')).toBe(0);
    expect(reader.ok).toBe(false);
    expect(reader.at).toBe(6);
    expect(reader.u8('there would be one')).toBe(0);
    expect(reader.bytes('none', 1)).toHaveLength(0);
    expect(reader.ok).toBe(false);
  });

  it('reads up to a terminator, or to the end', () => {
    const reader = new ByteReader(BYTES);
    expect([...reader.until('a', 3)]).toEqual([1, 2]);
    expect([...reader.before('b', 9, 5)]).toEqual([4]);
    expect(reader.peek()).toBe(5);
    expect([...reader.until('c', 99)]).toEqual([5, 6, 7, 8]);
    expect(reader.peek()).toBeUndefined();
    expect(reader.ok).toBe(true);
  });

  it('goes back to a mark as if nothing had been read', () => {
    const trace = new FieldTrace();
    const reader = new ByteReader(BYTES, trace);
    reader.u8('kept');
    const mark = reader.mark();
    reader.open('gone');
    reader.bytes('gone', 100);
    reader.rewind(mark);
    expect(reader.ok).toBe(true);
    expect(reader.u8('next')).toBe(2);
    expect(trace.fields.map(({ name, depth }) => [name, depth])).toEqual([
      ['kept', 0],
      ['next', 0],
    ]);
  });

  it('tells what it read where, groups with the bytes of their parts', () => {
    const trace = new FieldTrace();
    const reader = new ByteReader(BYTES, trace);
    reader.open('group');
    reader.u8('one');
    reader.explain('the first');
    reader.u16('two');
    reader.close('both');
    reader.bytes('missing', 100);
    expect(trace.fields.map((field) => ({ ...field, bytes: [...field.bytes] }))).toEqual([
      { name: 'group', offset: 0, bytes: [1, 2, 3], value: undefined, meaning: 'both', depth: 0 },
      { name: 'one', offset: 0, bytes: [1], value: 1, meaning: 'the first', depth: 1 },
      { name: 'two', offset: 1, bytes: [2, 3], value: 0x0302, meaning: undefined, depth: 1 },
      {
        name: 'missing',
        offset: 3,
        bytes: [4, 5, 6, 7, 8],
        value: undefined,
        meaning: 'missing: 100 bytes expected',
        depth: 0,
      },
    ]);
  });

  it('keeps no more fields than its bound', () => {
    const trace = new FieldTrace();
    const reader = new ByteReader(new Uint8Array(2 * MAX_TRACED_FIELDS), trace);
    while (reader.remaining > 0) reader.u8('field');
    expect(trace.fields).toHaveLength(MAX_TRACED_FIELDS);
  });

  it('reads back what a writer wrote', () => {
    const write = fc.oneof(
      fc.tuple(fc.constant('u8' as const), fc.nat(0xff)),
      fc.tuple(fc.constant('u16' as const), fc.nat(0xffff)),
      fc.tuple(fc.constant('u16be' as const), fc.nat(0xffff)),
      fc.tuple(fc.constant('u32' as const), fc.nat(0xffffffff)),
      fc.tuple(fc.constant('u32be' as const), fc.nat(0xffffffff)),
    );
    fc.assert(
      fc.property(fc.array(write), fc.uint8Array(), (writes, tail) => {
        const writer = new ByteWriter(1);
        for (const [how, value] of writes) writer[how](value);
        writer.bytes(tail);
        const reader = new ByteReader(writer.finish());
        for (const [how, value] of writes) expect(reader[how]('number')).toBe(value);
        expect(reader.rest('tail')).toEqual(tail);
        expect(reader.ok).toBe(true);
      }),
    );
  });
});
