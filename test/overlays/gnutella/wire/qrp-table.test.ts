import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../../src/core/byte-reader.ts';
import { deflate } from '../../../../src/overlays/gnutella/wire/inflate.ts';
import { MAX_QRP_SLOTS } from '../../../../src/overlays/gnutella/wire/limits.ts';
import type { QrpPatch, QrpReset } from '../../../../src/overlays/gnutella/wire/qrp.ts';
import { qrpPatches, QrpTable } from '../../../../src/overlays/gnutella/wire/qrp-table.ts';

const reset = (slots: number, infinity = 2): QrpReset => ({ kind: 'reset', slots, infinity, rest: EMPTY });
const patch = (fields: Partial<QrpPatch>): QrpPatch => ({
  kind: 'patch',
  sequence: 1,
  count: 1,
  compressor: 0,
  entryBits: 4,
  data: new Uint8Array(8),
  ...fields,
});
const present = (table: QrpTable) => Array.from({ length: table.slots }, (_, slot) => table.has(slot));

describe('a query routing table', () => {
  it('is empty after a reset, and holds what patches add and take away', () => {
    const table = new QrpTable();
    expect(table.apply(reset(16))).toBeUndefined();
    expect(table.count()).toBe(0);
    // -1 for the slots 0 and 3, highest bits first.
    const add = Uint8Array.of(0xf0, 0x0f, 0, 0, 0, 0, 0, 0);
    expect(table.apply(patch({ data: add }))).toBeUndefined();
    expect(present(table).flatMap((has, slot) => (has ? [slot] : []))).toEqual([0, 3]);
    const takeAway = Uint8Array.of(0x10, 0, 0, 0, 0, 0, 0, 0);
    expect(table.apply(patch({ data: deflate(takeAway), compressor: 1 }))).toBeUndefined();
    expect(present(table).flatMap((has, slot) => (has ? [slot] : []))).toEqual([3]);
  });

  it('changes sides with patches of single bits', () => {
    const table = new QrpTable();
    table.apply(reset(16));
    for (const expected of [[0, 9], []]) {
      expect(table.apply(patch({ entryBits: 1, data: Uint8Array.of(0x80, 0x40) }))).toBeUndefined();
      expect(present(table).flatMap((has, slot) => (has ? [slot] : []))).toEqual(expected);
    }
  });

  it('follows the patches that are made of any changes, in any slices', () => {
    const deltas = fc.array(fc.constantFrom(0, 0, 0, -1, -2, 1), { minLength: 256, maxLength: 256 });
    fc.assert(
      fc.property(
        fc.array(deltas, { maxLength: 3 }),
        fc.constantFrom(4 as const, 8 as const),
        fc.integer({ min: 1, max: 99 }),
        (all, bits, size) => {
          const table = new QrpTable();
          table.apply(reset(256, 7));
          const distances = new Array<number>(256).fill(7);
          for (const changes of all) {
            changes.forEach(
              (delta, slot) => (distances[slot] = Math.min(7, Math.max(0, distances[slot]! + delta))),
            );
            for (const slice of qrpPatches(Int8Array.from(changes), bits, size))
              expect(table.apply(slice)).toBeUndefined();
          }
          expect(present(table)).toEqual(distances.map((distance) => distance < 7));
        },
      ),
    );
  });

  it.each([
    ['no-table', undefined, {}],
    ['out-of-sequence', 16, { sequence: 2, count: 2 }],
    ['out-of-sequence', 16, { sequence: 0 }],
    ['out-of-sequence', 16, { sequence: 1, count: 0 }],
    ['bad-entries', 16, { entryBits: 2 }],
    ['unknown-compressor', 16, { compressor: 2 }],
    ['corrupt', 16, { compressor: 1 }],
    ['wrong-size', 16, { data: new Uint8Array(7) }],
    ['wrong-size', 16, { compressor: 1, data: deflate(new Uint8Array(1_000_000)) }],
    ['too-large', 16, { data: new Uint8Array(5_000) }],
  ] as const)('fails as %s, and needs a reset', (failure, slots, fields) => {
    const table = new QrpTable();
    if (slots !== undefined) table.apply(reset(slots));
    expect(table.apply(patch(fields))).toBe(failure);
    expect(table.apply(patch({}))).toBe('no-table');
    expect(table.apply(reset(16))).toBeUndefined();
    expect(table.apply(patch({}))).toBeUndefined();
  });

  it('fails where a slice is unlike the first', () => {
    const table = new QrpTable();
    table.apply(reset(16));
    expect(table.apply(patch({ count: 2, data: new Uint8Array(4) }))).toBeUndefined();
    expect(table.apply(patch({ sequence: 2, count: 2, compressor: 1 }))).toBe('out-of-sequence');
  });

  it.each([0, 3, 4, 1000, 2 * MAX_QRP_SLOTS, 0xffff_ffff])('has no %i slots', (slots) => {
    expect(new QrpTable().apply(reset(slots))).toBe('bad-reset');
  });

  it('has no more slots than whoever follows it has room for', () => {
    const table = new QrpTable(1_024);
    expect(table.apply(reset(2_048))).toBe('bad-reset');
    expect(table.apply(reset(1_024))).toBeUndefined();
    table.clear();
    expect(table.slots).toBe(0);
    expect(table.apply(patch({}))).toBe('no-table');
  });

  it('takes no room for its slots before a patch has come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const tables = Array.from({ length: 50 }, () => new QrpTable());
    for (const table of tables) table.apply(reset(MAX_QRP_SLOTS));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MAX_QRP_SLOTS);
    expect(tables.map((table) => table.has(7))).not.toContain(true);
  });

  it('keeps nothing of the bytes in which a slice came', () => {
    const table = new QrpTable();
    table.apply(reset(16));
    const chunk = Uint8Array.of(0xf0, 0, 0, 0);
    table.apply(patch({ count: 2, data: chunk }));
    chunk.fill(0);
    expect(table.apply(patch({ sequence: 2, count: 2, data: new Uint8Array(4) }))).toBeUndefined();
    expect(present(table).indexOf(true)).toBe(0);
  });
});
