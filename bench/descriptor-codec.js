// Target: at least 1 million Pongs per second decoded on one core, header and payload.
// Run after `npm run build`: node bench/descriptor-codec.js
import { FieldTrace } from '../dist/core/field-trace.js';
import { DescriptorStream } from '../dist/overlays/gnutella/wire/descriptor-stream.js';
import { encodeExtension, extensionValue } from '../dist/overlays/gnutella/wire/extension-value.js';
import { decodeMessage, encodeMessage } from '../dist/overlays/gnutella/wire/message.js';
import { StreamInflater } from '../dist/overlays/gnutella/wire/stream-inflater.js';
import { deflateSync } from 'node:zlib';

const ROUNDS = 7;
const PER_ROUND = 500_000;
/** Different messages in turn, so that nothing is learnt by heart. */
const MESSAGES = 256;

const EXTENSIONS = [
  { id: 'VC', vendor: 'GTKG', version: 0x83 },
  { id: 'GUE', version: 2, port: undefined },
  { id: 'UP', version: 2, freeLeafSlots: 255, freeSuperpeerSlots: 48 },
  { id: 'DU', seconds: 41_000 },
  { id: 'TLS' },
].map(encodeExtension);

const bare = pongs([]);
const full = pongs(EXTENSIONS);
const decoded = full.map((bytes) => decodeMessage(bytes));
const chunks = chunked(full, 65_536);
const deflated = chunked([deflateSync(Buffer.concat(full))], 16_384);

report('decoded, bare Pongs', PER_ROUND, (i) => decodeMessage(bare[i % MESSAGES]).body.files);
report('decoded, Pongs with GGEP', PER_ROUND, (i) => decodeMessage(full[i % MESSAGES]).body.files);
report('the same, slots looked at', PER_ROUND, (i) => {
  const { files, extensions } = decodeMessage(full[i % MESSAGES]).body;
  return extensionValue(extensions, 'UP').freeLeafSlots === 255 ? files : 0;
});
report('the same, with a trace', PER_ROUND / 20, (i) => {
  return decodeMessage(full[i % MESSAGES], { trace: new FieldTrace() }).body.files;
});
report('encoded, Pongs with GGEP', PER_ROUND / 2, (i) =>
  encodeMessage(decoded[i % MESSAGES]).length > 60 ? 1 : 0,
);
reportStream('cut from a stream, decoded', 100, chunks, (stream) => (bytes) => stream.push(bytes));
reportStream('cut, one byte at a time', 1, chunked(full, 1), (stream) => (bytes) => stream.push(bytes));
reportStream('inflated, cut and decoded', 20, deflated, (stream) => {
  const inflater = new StreamInflater();
  return (bytes) => stream.push(inflater.push(bytes).bytes);
});

function report(what, count, decode) {
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    let files = 0;
    const start = performance.now();
    for (let i = 0; i < count; i++) files += decode(i);
    rates.push((count / (performance.now() - start)) * 1000);
    if (files !== count) throw new Error(`${files} files instead of ${count}`);
  }
  print(what, rates);
}

function reportStream(what, times, input, reader) {
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    let count = 0;
    const start = performance.now();
    for (let time = 0; time < times; time++) {
      const push = reader(new DescriptorStream());
      for (const chunk of input) for (const bytes of push(chunk)) count += decodeMessage(bytes).body.files;
    }
    rates.push((count / (performance.now() - start)) * 1000);
    if (count !== times * MESSAGES) throw new Error(`${count} Pongs instead of ${times * MESSAGES}`);
  }
  print(what, rates);
}

function print(what, rates) {
  const sorted = [...rates].sort((a, b) => a - b);
  const [median, best] = [sorted[sorted.length >> 1], sorted.at(-1)].map((rate) =>
    Math.round(rate).toLocaleString('en-US'),
  );
  console.log(`${what.padEnd(28)} ${median.padStart(10)} Pongs/s (median of ${rates.length}; best ${best})`);
}

function pongs(extensions) {
  return Array.from({ length: MESSAGES }, (_, i) => {
    const guid = Uint8Array.from({ length: 16 }, (_, at) => Math.imul(i + 1, 0x9e3779b1 + at) >>> 24);
    const header = { guid, type: 1, ttl: 1, hops: 1, length: 0, flags: 0 };
    const endpoint = `${1 + (i % 223)}.${(i * 7) % 256}.${(i * 13) % 256}.${1 + (i % 254)}:${1024 + i * 200}`;
    return encodeMessage({
      kind: 'pong',
      header,
      body: { endpoint, files: 1, kib: 8, extensions, rest: new Uint8Array(0) },
    });
  });
}

function chunked(messages, size) {
  const bytes = Buffer.concat(messages);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}
