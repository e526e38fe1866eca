// Seeded mutations of recorded messages against every decoder: nothing may throw, hang or grow beyond its bound.
// Run after `npm run build`: node bench/fuzz-decoders.js [COUNT] [SEED]; COUNT is 10,000,000 unless told.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { DescriptorStream } from '../dist/overlays/gnutella/wire/descriptor-stream.js';
import { decodeExtension, encodeExtension } from '../dist/overlays/gnutella/wire/extension-value.js';
import { decodeMessage, encodeMessage } from '../dist/overlays/gnutella/wire/message.js';
import { QrpTable } from '../dist/overlays/gnutella/wire/qrp-table.js';
import { StreamInflater } from '../dist/overlays/gnutella/wire/stream-inflater.js';
import { fastRandom, mutate } from '../test/support/mutations.js';

const count = Number(process.argv[2] ?? 10_000_000);
const seed = Number(process.argv[3] ?? 1);
const TRANSCRIPTS = new URL('../../shared/data/gnutella-transcripts/', import.meta.url);
/** Milliseconds that one message may take, and bytes that the process may have: both far above what is seen. */
const SLOW_MS = 1_000;
const MAX_RSS_BYTES = 512 * 1024 * 1024;

const corpus = existsSync(TRANSCRIPTS) ? recorded() : ownMessages();
const random = fastRandom(seed);
const table = new QrpTable();
const outcomes = new Map();
let slowest = 0;
let highest = 0;
const start = performance.now();
for (let i = 0; i < count; i++) {
  const bytes = mutate(corpus, random);
  const began = performance.now();
  try {
    tally(attempt(bytes, i));
  } catch (error) {
    console.error(`threw on input ${i} of seed ${seed}: ${Buffer.from(bytes).toString('hex')}`);
    throw error;
  }
  slowest = Math.max(slowest, performance.now() - began);
  if (i % 8_192 === 0) {
    // Node frees an inflater that failed on the next turn of the event loop, which programs have and loops do not.
    await new Promise(setImmediate);
    highest = Math.max(highest, process.memoryUsage().rss);
  }
  if (slowest > SLOW_MS || highest > MAX_RSS_BYTES)
    throw new Error(
      `input ${i} of seed ${seed} took ${slowest} ms, ${highest} bytes: ${Buffer.from(bytes).toString('hex')}`,
    );
}

const seconds = (performance.now() - start) / 1000;
for (const [outcome, times] of [...outcomes].sort((a, b) => b[1] - a[1]))
  console.log(`${outcome.padEnd(20)} ${times.toLocaleString('en-US').padStart(12)}`);
console.log(
  `${count.toLocaleString('en-US')} inputs in ${seconds.toFixed(1)} s, none threw; slowest ${slowest.toFixed(1)} ms, ` +
    `process up to ${Math.round(highest / 1024 / 1024)} MiB`,
);

function attempt(bytes, i) {
  const message = decodeMessage(bytes, { transport: i % 4 === 0 ? 'udp' : 'tcp' });
  const again = encodeMessage(message);
  if (i % 64 === 0) splitAnywhere(bytes, again);
  if (message.kind === 'malformed') return `malformed: ${message.why}`;
  if (message.kind === 'qrp') table.apply(message.body);
  for (const extension of message.body.extensions ?? [])
    if (extension.id !== undefined) decodeExtension(extension);
  return message.kind;
}

function splitAnywhere(bytes, again) {
  const stream = new DescriptorStream();
  const inflater = new StreamInflater();
  const half = bytes.length >> 1;
  for (const chunk of [bytes.subarray(0, half), bytes.subarray(half), again]) {
    stream.push(chunk);
    inflater.push(chunk);
  }
  new StreamInflater().push(deflateSync(bytes));
}

function tally(outcome) {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

function recorded() {
  return readdirSync(TRANSCRIPTS)
    .filter((file) => file.endsWith('.hex') && !file.endsWith('.raw.hex'))
    .flatMap((file) => readFileSync(new URL(file, TRANSCRIPTS), 'latin1').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Uint8Array.from(Buffer.from(line, 'hex')));
}

/** Where nothing is recorded: a Ping, a Pong with GGEP, and payloads of zeros of all types. */
function ownMessages() {
  const header = (type) => ({ guid: new Uint8Array(16), type, ttl: 1, hops: 0, length: 0, flags: 0 });
  const extensions = [
    encodeExtension({ id: 'SCP', wanted: 1 }),
    encodeExtension({ id: 'IPP', hosts: ['192.0.2.1:6346'] }),
  ];
  const end = { extensions, rest: new Uint8Array(0) };
  return [
    encodeMessage({ kind: 'ping', header: header(0x00), body: end }),
    encodeMessage({
      kind: 'pong',
      header: header(0x01),
      body: { endpoint: '192.0.2.1:6346', files: 1, kib: 8, ...end },
    }),
    ...[0x02, 0x30, 0x31, 0x40, 0x80, 0x81, 0xcd].map((type) =>
      encodeMessage({ kind: 'opaque', header: header(type), body: new Uint8Array(64) }),
    ),
  ];
}
