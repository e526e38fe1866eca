// Target: at least 100,000 crawler answers of 30 peers and 30 leaves parsed per second on one core, address lists
// included. Run after `npm run build`: node bench/handshake-codec.js
import { crawlerHandshake } from '../dist/overlays/gnutella/crawler-handshake.js';
import { createServent } from '../dist/overlays/gnutella/servent/servent.js';

const ROUNDS = 7;
const PER_ROUND = 50_000;
/** Different answers in turn, so that nothing is learnt by heart. */
const ANSWERS = 64;

const endpoint = '192.0.2.1:6346';
const states = Array.from({ length: ANSWERS }, (_, answer) => ({
  role: 'superpeer',
  agent: 'gtk-gnutella/1.2.3 (2024-03-03; Topless; Linux x86_64)',
  startedAt: Date.UTC(2025, 0, 1),
  peers: addresses(answer * 60, 30),
  leaves: addresses(answer * 60 + 30, 30),
}));
const { opening } = crawlerHandshake.ask(endpoint);
const servents = states.map((state) => createServent(state, () => performance.now()));
const answers = servents.map((servent) => servent.accept('198.51.100.2').receive(opening).send);

report('parsed, whole', PER_ROUND, (bytes) => crawlerHandshake.ask(endpoint).receive(bytes).answer);
report('parsed, in two chunks', PER_ROUND, (bytes) => {
  const conversation = crawlerHandshake.ask(endpoint);
  const half = bytes.length >> 1;
  return (
    conversation.receive(bytes.subarray(0, half)).answer ?? conversation.receive(bytes.subarray(half)).answer
  );
});
report('parsed, byte by byte', PER_ROUND / 50, (bytes) => {
  const conversation = crawlerHandshake.ask(endpoint);
  let answer;
  for (let at = 0; at < bytes.length; at++) answer = conversation.receive(bytes.subarray(at, at + 1)).answer;
  return answer;
});
reportServent();

function report(what, count, parse) {
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    let entries = 0;
    const start = performance.now();
    for (let i = 0; i < count; i++) {
      for (const link of parse(answers[i % ANSWERS]).claims.links)
        entries += Math.max(link.sources.length, link.targets.length);
    }
    rates.push((count / (performance.now() - start)) * 1000);
    if (entries !== count * 60) throw new Error(`${entries} entries instead of ${count * 60}`);
  }
  print(what, rates);
}

function reportServent() {
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    let bytes = 0;
    const start = performance.now();
    for (let i = 0; i < PER_ROUND; i++)
      bytes += servents[i % ANSWERS].accept('198.51.100.2').receive(opening).send.length;
    rates.push((PER_ROUND / (performance.now() - start)) * 1000);
    if (bytes < PER_ROUND * 1000) throw new Error('the answers are too short');
  }
  print('answered by a servent', rates);
}

function print(what, rates) {
  const sorted = [...rates].sort((a, b) => a - b);
  const [median, best] = [sorted[sorted.length >> 1], sorted.at(-1)].map((rate) =>
    Math.round(rate).toLocaleString('en-US'),
  );
  console.log(`${what.padEnd(24)} ${median.padStart(9)} answers/s (median of ${rates.length}; best ${best})`);
}

function addresses(from, count) {
  return Array.from({ length: count }, (_, i) => {
    const n = (from + i) * 2654435761;
    return `${1 + (n % 223)}.${(n >>> 8) % 256}.${(n >>> 16) % 256}.${1 + ((n >>> 3) % 254)}:${1024 + (n % 60_000)}`;
  });
}
