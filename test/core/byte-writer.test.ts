import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/core/byte-writer.ts';

describe('a writer of bytes', () => {
  it('writes numbers in both orders, expected bytes by hand', () => {
    const writer = new ByteWriter(1);
    writer.u8(0xab).u16(0x0102).u16be(0x0102).u32(0xff030201).u32be(0xff030201);
    expect([...writer.finish()]).toEqual([0xab, 2, 1, 1, 2, 1, 2, 3, 0xff, 0xff, 3, 2, 1]);
    expect(writer.length).toBe(13);
  });

  it('cuts numbers to their width', () => {
    expect([...new ByteWriter().u8(0x1ff).u16(-1).finish()]).toEqual([0xff, 0xff, 0xff]);
  });

  it('grows from nothing', () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i);
    const writer = new ByteWriter(0);
    for (const byte of bytes) writer.u8(byte);
    expect(writer.finish()).toEqual(bytes);
    expect(new ByteWriter(0).finish()).toHaveLength(0);
  });
});
