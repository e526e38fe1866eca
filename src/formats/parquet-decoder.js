// @ts-check
// A process of its own that decodes one Parquet file, so that a damaged one can neither keep the program busy nor take it along:
// the decoder believes what a file says of lengths, and a thread that runs out of memory over it ends its whole process.
// Its standard input is the file; then it answers each question in its turn. Plain JavaScript, since it runs from source as well as built.
import zlib, { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Worker } from 'node:worker_threads';
import { parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { checkPages, DamagedParquet } from './parquet-pages.js';

/** @import { ParquetBounds, ParquetContents, ParquetFailure, ParquetQuestion, ParquetTexts } from './parquet-answers.ts' */

/** @type {ParquetBounds} */
const bounds = JSON.parse(process.argv[2] ?? '');

endWithParent();
const opening = readAll().then(open);
// A failure is told with the first question too.
opening.catch(() => undefined);
void answer(async () => (await opening).contents);
process.on('message', (question) => {
  void answer(async () => textsOf(await opening, /** @type {ParquetQuestion} */ (question)));
});

/** @param {() => Promise<ParquetContents | ParquetTexts>} work */
async function answer(work) {
  /** @type {ParquetContents | ParquetTexts | ParquetFailure} */
  let said;
  try {
    said = await work();
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    // Errors of the language, as TypeError, tell of the program.
    const isMeant =
      error instanceof DamagedParquet || (error instanceof Error && error.constructor === Error);
    said = { failed, isClear: isMeant && !/undefined|NaN|\p{Cc}/u.test(failed) };
  }
  process.send?.(said);
}

/** Whoever asks may be killed while this one is caught in a loop, in which only another thread can see that. */
function endWithParent() {
  const watch = `const parent = process.ppid;
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(watch, { eval: true }).unref();
}

async function readAll() {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function open(bytes) {
  const metadata = parquetMetadata(bytes);
  checkPages(bytes, metadata, bounds);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const groups = metadata.row_groups.map(({ num_rows: rows }) => Number(rows));
  const pairs =
    metadata.key_value_metadata?.map(({ key, value }) => /** @type {const} */ ([key, value])) ?? [];
  return { bytes, metadata, contents: { columns, metadata: pairs, groups } };
}

/**
 * @param {ReturnType<typeof open>} opened
 * @param {ParquetQuestion} question
 * @returns {Promise<ParquetTexts>}
 */
async function textsOf({ bytes, metadata, contents: { groups } }, { group, column }) {
  const rowStart = groups.slice(0, group).reduce((sum, rows) => sum + rows, 0);
  const rows = groups[group] ?? 0;
  /** @type {(string | null | undefined)[]} */
  const texts = [];
  await parquetRead({
    file: { byteLength: bytes.length, slice: (begin, end) => bytes.buffer.slice(begin, end) },
    metadata,
    columns: [column],
    rowStart,
    rowEnd: rowStart + rows,
    compressors: {
      GZIP: (packed, length) => gunzipSync(packed, { maxOutputLength: Math.max(1, length) }),
      BROTLI: (packed, length) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, length) }),
      // Without it a file in zstd is refused as of an unknown compression, which openParquet explains.
      ...(unzstd && { ZSTD: (packed, length) => unzstd(packed, { maxOutputLength: Math.max(1, length) }) }),
    },
    parsers: { stringFromBytes },
    onChunk: ({ columnData }) => {
      for (let row = 0; row < columnData.length; row++) texts.push(textOf(columnData[row]));
    },
  });
  if (texts.length !== rows) {
    throw new DamagedParquet(`the column ${column} has ${texts.length} values, and there are ${rows} rows`);
  }
  return texts;
}

/**
 * Node has it from 22.15 on, and the types are those of Node 20.
 * @type {typeof gunzipSync | undefined}
 */
const unzstd = Reflect.get(zlib, 'zstdDecompressSync');

/**
 * A text may begin with what would be a byte order mark at the beginning of a file.
 * @param {Uint8Array | undefined} bytes
 */
function stringFromBytes(bytes) {
  return bytes && UTF8.decode(bytes);
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** @param {unknown} value */
function textOf(value) {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}
