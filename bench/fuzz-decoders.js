// Seeded mutations of recorded messages against every decoder: nothing may throw, hang or grow beyond its bound.
// Run after `npm run build`: node bench/fuzz-decoders.js [COUNT] [SEED]; COUNT is 10,000,000 unless told.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { readAnyHostFile } from '../dist/overlays/gnutella/bootstrap/any-host-file.js';
import { decodeCacheAnswer } from '../dist/overlays/gnutella/bootstrap/decode-cache-answer.js';
import { decodeCacheRequest } from '../dist/overlays/gnutella/bootstrap/gwebcache-request.js';
import { gnutella } from '../dist/overlays/gnutella/gnutella.js';
import { DescriptorStream } from '../dist/overlays/gnutella/wire/descriptor-stream.js';
import { decodeExtension, encodeExtension } from '../dist/overlays/gnutella/wire/extension-value.js';
import { decodeMessage, encodeMessage } from '../dist/overlays/gnutella/wire/message.js';
import { QrpTable } from '../dist/overlays/gnutella/wire/qrp-table.js';
import { StreamInflater } from '../dist/overlays/gnutella/wire/stream-inflater.js';
import { fastRandom, mutate } from '../test/support/mutations.js';

const count = Number(process.argv[2] ?? 10_000_000);
const seed = Number(process.argv[3] ?? 1);
const TRANSCRIPTS = new URL('../../shared/data/gnutella-transcripts/', import.meta.url);
/** One input of so many is a handshake, an answer over HTTP, or a file of hosts. */
const TEXT_EVERY = 8;
/** Milliseconds that one message may take, and bytes that the process may have: both far above what is seen. */
const SLOW_MS = 1_000;
const MAX_RSS_BYTES = 512 * 1024 * 1024;

const isRecorded = existsSync(TRANSCRIPTS);
if (!isRecorded) console.log(`no transcripts at ${TRANSCRIPTS.pathname}: messages of our own instead`);
const corpus = isRecorded ? recorded() : ownMessages();
const texts = [...(isRecorded ? recordedTexts() : []), ...ownTexts()];
const ENDPOINT = '192.0.2.1:6346';
const random = fastRandom(seed);
const table = new QrpTable();
const outcomes = new Map();
let slowest = 0;
let highest = 0;
const start = performance.now();
for (let i = 0; i < count; i++) {
  const isText = i % TEXT_EVERY === 0;
  const bytes = mutate(isText ? texts : corpus, random);
  const began = performance.now();
  try {
    tally(isText ? attemptText(bytes, i / TEXT_EVERY) : attempt(bytes, i));
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

/** All that reads text, in turn. */
function attemptText(bytes, turn) {
  const readers = [
    ...gnutella.questions.map((question) => () => converse(question, bytes)),
    cacheOf,
    fileOf,
    told,
  ];
  return readers[turn % readers.length](bytes);
}

function converse(question, bytes) {
  const conversation = question.ask(ENDPOINT);
  const half = bytes.length >> 1;
  const step = conversation.receive(bytes.subarray(0, half));
  const { outcome } =
    step.answer ?? conversation.receive(bytes.subarray(half)).answer ?? conversation.end('closed');
  return `${question.name}: ${outcome}`;
}

function cacheOf(bytes) {
  decodeCacheRequest(Buffer.from(bytes).toString('latin1'));
  return `web cache: ${decodeCacheAnswer(bytes).kind}`;
}

function fileOf(bytes) {
  return `hosts: ${readAnyHostFile(bytes)?.kind ?? 'none'}`;
}

function told(bytes) {
  let parts = 0;
  for (const _ of gnutella.explain(bytes)) parts += 1;
  return `explained in ${parts > 3 ? 'many' : parts} parts`;
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

/** The blocks and HTTP answers below the first line of each file. */
function recordedTexts() {
  return readdirSync(TRANSCRIPTS)
    .filter((file) => file.endsWith('.txt') && !file.endsWith('.session.txt'))
    .map((file) => readFileSync(new URL(file, TRANSCRIPTS)))
    .map((bytes) => bytes.subarray(bytes.indexOf(10) + 1, 4_096));
}

function ownTexts() {
  return [
    'GNUTELLA/0.6 200 OK\r\nUser-Agent: x\r\nPeers: 192.0.2.2:1, 192.0.2.3:2\r\nLeaves: \r\n\r\n',
    'GNUTELLA/0.6 503 Full\r\nX-Try-Ultrapeers: 192.0.2.2:1,\r\n\t192.0.2.3:2\r\n\r\n',
    'GNUTELLA OK\n\n',
    'H|192.0.2.2:6346|100|cluster|5|LIME|3600\nU|http://192.0.2.9/gwc|7\nI|pong|cache 1|gnutella\n',
    '192.0.2.2:6346\r\n192.0.2.3:6347\r\nhttp://192.0.2.9/gwc\r\n',
    'address,last_seen,source\n192.0.2.2:6346,2005-02-02T12:00:00Z,given\n',
    '192.0.2.2:6346 2005-02-02 12:00:00Z\n',
    '192.0.2.2:6346,345,1107345600000,1;2,3,en,,,,1,\n',
    '/?get=1&net=gnutella&client=TEST&version=1',
  ].map((text) => Buffer.from(text, 'latin1'));
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
