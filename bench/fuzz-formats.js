// Seeded mutations of small files of every format: each is read, or refused in one clear sentence, in its time.
// Run after `npm run build`: node bench/fuzz-formats.js [COUNT] [SEED] [FORMAT]; COUNT, 1,000 unless told, is for each format.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import zlib, { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { FORMATS } from '../dist/formats/formats.js';
import { readInput } from '../dist/formats/input.js';
import { writeTopology } from '../dist/formats/write-topology.js';
import { TopologyBuilder } from '../dist/topology/builder.js';
import { mutateFile, wrongWith } from '../test/support/file-mutations.js';
import { fastRandom } from '../test/support/mutations.js';

const count = Number(process.argv[2] ?? 1_000);
const seed = Number(process.argv[3] ?? 1);
const only = process.argv[4];
/** Milliseconds after which a file counts as one that never ends; Parquet has 20 s of its own. */
const HANGS_MS = 60_000;
const SLOW_MS = 5_000;
/** Of Parquet, besides Snappy. Node has zstd from 22.15 on. */
const COMPRESSORS = {
  GZIP: (bytes) => gzipSync(bytes),
  UNCOMPRESSED: (bytes) => bytes,
  ...(zlib.zstdCompressSync && { ZSTD: (bytes) => zlib.zstdCompressSync(bytes) }),
};
/** One file in so many is zipped, before its mutation or after it. */
const ZIP_EVERY = 12;

const folder = mkdtempSync(join(tmpdir(), 'fuzz-formats-'));
const state = new Int32Array(new SharedArrayBuffer(8));
const watchdog = startWatchdog();
const random = fastRandom(seed);
let bad = 0;
let slow = 0;
for (const { name, extensions } of FORMATS) {
  if (only !== undefined && only !== name) continue;
  const corpus = await filesOf(name, extensions[0]);
  const outcomes = new Map();
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const file = corpus[i % corpus.length];
    const zip = i % ZIP_EVERY;
    const bytes =
      zip === 0
        ? mutateFile(gzipSync(file), random)
        : zip === 1
          ? gzipSync(mutateFile(file, random))
          : mutateFile(file, random);
    state[1] = i;
    Atomics.add(state, 0, 1);
    const began = performance.now();
    const { outcome, wrong } = await attempt(name, bytes, `overlay${extensions[0]}${zip < 2 ? '.gz' : ''}`);
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    if (took > SLOW_MS) slow += 1;
    if (wrong !== undefined) {
      bad += 1;
      console.error(
        `${name}, input ${i} of seed ${seed} ${wrong}: ${bytes.length < 4_000 ? Buffer.from(bytes).toString('base64') : ''}`,
      );
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const told = [...outcomes].sort().map(([outcome, times]) => `${outcome} ${times}`);
  console.log(`${name.padEnd(10)} ${told.join(', ')}; slowest ${slowest.toFixed(0)} ms`);
}
console.log(`${bad} not answered in one clear sentence, ${slow} took more than ${SLOW_MS / 1000} s`);
await watchdog.terminate();
rmSync(folder, { recursive: true });
process.exitCode = bad > 0 ? 1 : 0;

async function attempt(name, bytes, file) {
  const path = join(folder, file);
  writeFileSync(path, bytes);
  try {
    await readInput(path, { stdin: Readable.from([]), catalogue: 'none', folders: [], format: name }, {});
    return { outcome: 'topology' };
  } catch (error) {
    const wrong = wrongWith(error);
    const kind = /: unpacking it took/.test(error.message)
      ? 'out of bounds'
      : /gzip/.test(error.message)
        ? 'gzip error'
        : 'error';
    return { outcome: kind, wrong: wrong && `${wrong}: ${error.stack}` };
  }
}

/** A small overlay as we write it, with what is known of peers and links; for CSV and Parquet other makes too. */
async function filesOf(name, extension) {
  const files = [];
  for (const directed of [false, true]) {
    const builder = new TopologyBuilder(directed);
    for (let peer = 0; peer < 12; peer++)
      builder.peer(directed ? String(peer) : name === 'edge-list' ? `p${peer}` : `peer "${peer}" é`);
    for (let peer = 0; peer < 12; peer++) builder.link(peer, (peer * 5 + 1) % 12);
    const topology = builder.build({
      roles: Array.from({ length: 12 }, (_, k) => (k % 2 ? 'leaf' : 'superpeer')),
    });
    const path = join(folder, `seed${extension}`);
    const linkColumns = [
      { name: 'weight', kind: 'number', textOf: (place) => (place % 3 ? String(place / 2) : '') },
    ];
    await writeTopology(path, { topology, linkColumns }, { force: true });
    files.push(readFileSync(path));
  }
  if (name === 'csv')
    files.push(Buffer.from('a;b\n1;2\n', 'latin1'), Buffer.from('from,to,"x,y"\n"a\n""b",c,\n'));
  if (name === 'edge-list') files.push(Buffer.from('# c\n1 2\n3\t4\n'), Buffer.from('a b 0.5\nb c 1\n'));
  if (name === 'parquet')
    for (const codec of ['SNAPPY', ...Object.keys(COMPRESSORS)]) files.push(foreignParquet(codec));
  return files;
}

function foreignParquet(codec) {
  const some = (make) => Array.from({ length: 40 }, (_, k) => make(k));
  return Buffer.from(
    parquetWriteBuffer({
      codec,
      compressors: COMPRESSORS,
      columnData: [
        { name: 'source', data: some((k) => BigInt(k % 7)), type: 'INT64' },
        { name: 'target', data: some((k) => k % 5), type: 'INT32', encoding: 'DELTA_BINARY_PACKED' },
        { name: 'since', data: some((k) => (k % 4 ? new Date(k * 1e9) : undefined)), type: 'TIMESTAMP' },
        {
          name: 'agent',
          data: some((k) => (k % 3 ? `a${k % 4}` : undefined)),
          type: 'STRING',
          nullable: true,
        },
        { name: 'up', data: some((k) => (k % 9 ? k % 2 === 0 : undefined)), type: 'BOOLEAN', nullable: true },
        { name: 'list', data: some((k) => ({ k, l: [k, k + 1] })), type: 'JSON' },
      ],
    }),
  );
}

/** A thread that ends the process when one file takes too long, in which case nothing else can. */
function startWatchdog() {
  const code = `const { workerData: { state, most } } = require('node:worker_threads');
    let last = -1, since = 0;
    setInterval(() => {
      if (state[0] !== last) { last = state[0]; since = Date.now(); }
      else if (Date.now() - since > most) {
        require('node:fs').writeSync(2, 'input ' + state[1] + ' does not end\\n');
        process.kill(process.pid, 'SIGKILL');
      }
    }, 1000);`;
  return new Worker(code, { eval: true, workerData: { state, most: HANGS_MS } });
}
