// Target: flooding from each of 1,000 sources on an overlay of 100,000 peers in at most 10 s. Run after `npm run build`:
// node bench/search-speed.js [--peers N] [--sources N] [--runs N] [--json FILE]
//
// Each flood goes through the whole overlay (TTL 1,000). `count` is messages, duplicates and reach by hop; `search` is all that
// peerscope search reports, with the load of each peer and 1,000 back-routing tables.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createRandom } from '../dist/core/random.js';
import { MODELS } from '../dist/models/index.js';
import { DEFAULT_MODEL_OPTIONS } from '../dist/models/model.js';
import { flood } from '../dist/search/flood.js';
import { flooding } from '../dist/search/flooding.js';
import { searchOverlay } from '../dist/search/search.js';
import { DEFAULT_STRATEGY_OPTIONS } from '../dist/search/strategy.js';
import { Trace } from '../dist/search/trace.js';

const TARGET_SECONDS = 10;
const TTL = 1_000;

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '100000' },
    sources: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const peers = Number(values.peers);
const sources = Number(values.sources);
const runs = Number(values.runs);

const results = [];
console.log(`${peers} peers, ${sources} floods each, best of ${runs}; load ${loadavg()[0].toFixed(1)}`);
for (const [name, more] of [['erdos-renyi'], ['hybrid'], ['power-law-random-graph'], ['two-tier']]) {
  const model = MODELS.find((candidate) => candidate.name === name);
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers, ...more }, createRandom(1));
  const seconds = { count: Infinity, search: Infinity };
  let messages = 0;
  for (let run = 0; run < runs; run++) {
    messages = 0;
    seconds.count = Math.min(
      seconds.count,
      timed(() => (messages = countAll(topology))),
    );
    seconds.search = Math.min(
      seconds.search,
      timed(() => searchAll(topology)),
    );
  }
  const perSecond = messages / seconds.count / 1e6;
  const verdict = seconds.count <= TARGET_SECONDS ? 'met' : 'MISSED';
  console.log(
    `${name.padEnd(24)} ${topology.linkCount} links: count ${seconds.count.toFixed(2)} s (${perSecond.toFixed(0)} million messages a second, ${verdict}), search ${seconds.search.toFixed(2)} s`,
  );
  results.push({ name, links: topology.linkCount, messages, ...seconds });
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ peers, sources, results }, null, 2)}\n`);
if (results.some(({ count }) => count > TARGET_SECONDS)) process.exitCode = 1;

function timed(work) {
  const begin = performance.now();
  work();
  return (performance.now() - begin) / 1_000;
}

function countAll(topology) {
  const trace = new Trace(topology.size);
  let messages = 0;
  for (let k = 0; k < sources; k++) {
    flood(topology.simple, trace, Math.floor((k * topology.size) / sources), TTL);
    messages += trace.messages;
  }
  return messages;
}

function searchAll(topology) {
  searchOverlay(topology, flooding, { ...DEFAULT_STRATEGY_OPTIONS, ttl: TTL, queries: sources, seed: 1 });
}
