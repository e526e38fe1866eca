import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/formats.ts';
import { openParquet } from '../../src/formats/parquet-table.ts';
import { readBytes } from '../../src/formats/bytes.ts';
import { writeTopology } from '../../src/formats/write-topology.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { mutateFile, wrongWith } from '../support/file-mutations.js';
import { fastRandom } from '../support/mutations.js';
import { errorOf, fileOf, readFileInput, sourcesOf } from './support.ts';

/** A file of this extension as we write it: a ring of six peers, with a column of links that has gaps. */
async function written(extension: string): Promise<Buffer> {
  const builder = new TopologyBuilder(true);
  for (let peer = 0; peer < 6; peer++) builder.peer(`p${peer}`);
  for (let peer = 0; peer < 6; peer++) builder.link(peer, (peer + 1) % 6);
  const path = fileOf(`whole${extension}`, '');
  const textOf = (place: number) => (place % 2 === 0 ? '' : 'some');
  await writeTopology(path, {
    topology: builder.build(),
    linkColumns: [{ name: 'note', kind: 'text', textOf }],
  });
  return readFileSync(path);
}

describe('a file with a few wrong bytes', () => {
  it.each(FORMATS.map(({ name, extensions }) => [name, extensions[0]] as const))(
    'of %s is read, or refused in one clear sentence',
    async (name, extension) => {
      const file = await written(extension);
      const random = fastRandom(7);
      // A file of Parquet is read by a process of its own.
      const count = name === 'parquet' ? 8 : 80;
      for (let i = 0; i < count; i++) {
        const bytes = mutateFile(file, random);
        const outcome = await readFileInput(`overlay${extension}`, bytes).then(
          () => undefined,
          (error: unknown) => wrongWith(error),
        );
        expect(outcome, `input ${i}: ${Buffer.from(bytes).toString('base64')}`).toBeUndefined();
      }
    },
  );
});

/**
 * A Parquet file with one column of texts without values but for gaps (definition levels 0), of which its bytes say that there are so
 * many: thrift's compact protocol, by hand after the Parquet format's parquet.thrift. The page is a data page of version 2 whose
 * levels are `levels`; a codec other than 0 says that it is compressed.
 */
function columnOfGaps(rows: number, levels: readonly number[], codec = 0): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
  const whole = (value: number): number[] => varint(2 * value);
  const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
  const i32 = 0x15;
  const i64 = 0x16;
  // type DATA_PAGE_V2, both sizes; then the header of that kind (field 8): values, nulls, rows, PLAIN, bytes of levels, whether packed.
  const page = [
    ...[i32, ...whole(3), i32, ...whole(levels.length), i32, ...whole(levels.length), 0x5c],
    ...[i32, ...whole(rows), i32, ...whole(rows), i32, ...whole(rows), i32, ...whole(0)],
    ...[i32, ...whole(levels.length), i32, ...whole(0), codec === 0 ? 0x12 : 0x11, 0, 0],
    ...levels,
  ];
  const root = [0x48, ...text('root'), i32, ...whole(1), 0];
  // BYTE_ARRAY, optional, UTF8.
  const leaf = [i32, ...whole(6), 0x25, ...whole(1), 0x18, ...text('source'), 0x25, ...whole(0), 0];
  const column = [
    ...[i32, ...whole(6), 0x19, 0x15, ...whole(0), 0x19, 0x18, ...text('source'), i32, ...whole(codec)],
    ...[i64, ...whole(rows), i64, ...whole(page.length), i64, ...whole(page.length), 0x26, ...whole(4), 0],
  ];
  const group = [0x19, 0x1c, 0x26, ...whole(4), 0x1c, ...column, 0, i64, ...whole(1), i64, ...whole(rows), 0];
  const footer = [
    i32,
    ...whole(2),
    0x19,
    0x2c,
    ...root,
    ...leaf,
    i64,
    ...whole(rows),
    0x19,
    0x1c,
    ...group,
    0,
  ];
  const size = Buffer.alloc(4);
  size.writeUInt32LE(footer.length);
  return Buffer.concat(['PAR1', page, footer, size, 'PAR1'].map((part) => Buffer.from(part as string)));
}

async function read(bytes: Uint8Array, bounds?: { memoryBytes: number; seconds: number }) {
  const table = await openParquet(readBytes(fileOf('x.parquet', bytes), sourcesOf().stdin), bounds);
  const cells: unknown[] = [];
  try {
    await table.rows(['source'], ([cell]) => cells.push(cell));
  } finally {
    table.close();
  }
  return cells;
}

describe('Parquet that misleads whoever unpacks it', () => {
  it('is written by hand as it should be', async () => {
    // A run of three zeros, one byte of value.
    expect(await read(columnOfGaps(3, [3 << 1, 0]))).toEqual([null, null, null]);
  });

  it('is given up when runs of no length keep the decoder busy', async () => {
    // Zeros say: a run of none, of the value 0, again and again. No process starts within a millisecond, however fast it is.
    const bytes = columnOfGaps(
      2 ** 26,
      Array.from({ length: 5_000_000 }, () => 0),
    );
    const error = await errorOf(read(bytes, { memoryBytes: 2 ** 29, seconds: 0.001 }) as never);
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(/x\.parquet is damaged: unpacking it took more than 1 s$/);
    expect(error.hint).toMatch(/anew/);
  });

  it('is given up when a few bytes ask for more values than memory has room for', async () => {
    const run = [0x80, 0x80, 0x80, 0x40, 0];
    const error = await errorOf(
      read(columnOfGaps(2 ** 26, run), { memoryBytes: 2 ** 26, seconds: 30 }) as never,
    );
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(
      /is damaged, or has too many rows in a row group: unpacking it took more than 68 MB$/,
    );
  });

  it('is refused where it has more rows than a row group may have', async () => {
    const error = await errorOf(read(columnOfGaps(2 ** 26 + 1, [0, 0])) as never);
    expect(error.message).toMatch(/x\.parquet is damaged: a row group has 67108865 rows$/);
  });

  it('is refused where its compression has a number that none has', async () => {
    const error = await errorOf(read(columnOfGaps(3, [3 << 1, 0], 99)) as never);
    expect(error.message).toMatch(/x\.parquet is damaged: its bytes do not make sense as Parquet$/);
  });
});
