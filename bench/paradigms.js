// Target: the paradigms from 100 to 100,000 peers in at most 60 s. Run after `npm run build`:
// node bench/paradigms.js [--peers 100,1000,…] [--json FILE]
//
// What `peerscope paradigms` does by default, in this process, with the seconds of each size and the peak of its memory.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { compareParadigms } from '../dist/paradigms/compare.js';
import { PARADIGMS } from '../dist/paradigms/index.js';

const TARGET_SECONDS = 60;

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '100,300,1000,3000,10000,30000,100000' },
    json: { type: 'string' },
  },
});
const sizes = values.peers.split(',').map(Number);
console.log(`load ${loadavg()[0].toFixed(1)}`);
const results = [];
for (const peers of sizes) {
  const begin = performance.now();
  compareParadigms(
    {
      sizes: [peers],
      paradigms: PARADIGMS,
      queries: 200,
      copies: 10,
      zipf: 1,
      rates: { perMinute: 0.3, rememberedMinutes: 10 },
      seed: 1,
    },
    () => undefined,
  );
  const seconds = (performance.now() - begin) / 1000;
  results.push({ peers, seconds });
  console.log(`${String(peers).padStart(9)} peers  ${seconds.toFixed(2).padStart(7)} s`);
}
const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
const memory = process.resourceUsage().maxRSS / 1024;
console.log(`all ${total.toFixed(1)} s (target ${TARGET_SECONDS} s), ${memory.toFixed(0)} MiB at most`);
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ results, total, memory }, null, 2));
