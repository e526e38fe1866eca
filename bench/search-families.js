// Random walks against flooding on the four families of graphs of Lv, Cao, Cohen, Li and Shenker, "Search and replication in
// unstructured peer-to-peer networks", ICS 2002, whose abstract says that walks bring traffic down by two orders of
// magnitude in many cases. Own graphs, own numbers. Run after `npm run build`:
// node bench/search-families.js [--peers N] [--queries N] [--walkers N] [--gnutella FILE] [--json FILE]
//
// Of each graph its largest component. Forty items, the same number of copies each at random peers, asked for alike, by random peers.
// The flood has the least TTL with which at least 95 % of the queries find something; flood7 has Gnutella's usual TTL of 7. Messages are all kinds together: queries,
// hits on their way back, and the walkers' checks.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../dist/core/random.js';
import { readInput } from '../dist/formats/input.js';
import { MODELS } from '../dist/models/index.js';
import { DEFAULT_MODEL_OPTIONS } from '../dist/models/model.js';
import { placeContent } from '../dist/search/place-content.js';
import { searchOverlay } from '../dist/search/search.js';
import { STRATEGIES } from '../dist/search/strategies.js';
import { DEFAULT_STRATEGY_OPTIONS } from '../dist/search/strategy.js';
import { fromLinks } from '../dist/topology/builder.js';
import { weakComponents } from '../dist/topology/components.js';

const data =
  process.env.PEERSCOPE_DATASETS ?? fileURLToPath(new URL('../../shared/data/snap', import.meta.url));

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '10000' },
    queries: { type: 'string', default: '400' },
    walkers: { type: 'string', default: '32' },
    gnutella: { type: 'string', default: join(data, 'p2p-Gnutella04.txt.gz') },
    json: { type: 'string' },
  },
});
const peers = Number(values.peers);
const queries = Number(values.queries);
const walkers = Number(values.walkers);
const ITEMS = 40;
const SHARES = [0.001, 0.01];
const ENOUGH = 0.95;

const graphs = [
  ['power law', generated('power-law-random-graph', { exponent: 2.1, maxDegree: Math.round(peers / 6) })],
  ['random', generated('erdos-renyi', { meanDegree: 4 })],
  ['gnutella', await gnutella()],
  ['grid', generated('grid')],
].filter(([, topology]) => topology !== undefined);

const rows = [];
for (const [family, whole] of graphs) {
  const topology = largestComponent(whole);
  const { size, linkCount } = topology;
  const shape = {
    family,
    peers: size,
    links: linkCount,
    mean: (2 * linkCount) / size,
    max: Math.max(...topology.degrees),
  };
  for (const share of SHARES) {
    const content = placeContent(
      {
        peers: size,
        items: ITEMS,
        zipf: 0,
        replication: 'uniform',
        capacity: Math.max(ITEMS / size, share * ITEMS),
      },
      createRandom(1).fork('content'),
    );
    const search = (strategy, more) =>
      searchOverlay(
        topology,
        STRATEGIES.find(({ name }) => name === strategy),
        { ...DEFAULT_STRATEGY_OPTIONS, queries, seed: 1, content, ...more },
      ).result;
    const flood = leastTtl((ttl) => search('flood', { ttl }));
    const found = {
      flood7: search('flood', { ttl: 7 }),
      flood,
      ring: search('expanding-ring', { ttl: flood.ttl }),
      walk: search('walk', { ttl: 100_000, walkers, checkEvery: 4 }),
      alone: search('walk', { ttl: 1_000_000, walkers: 1, checkEvery: 4 }),
    };
    for (const [way, result] of Object.entries(found)) {
      rows.push({
        ...shape,
        share,
        way,
        ttl: result.ttl,
        success: result.success,
        hops: result.hops,
        query: result.messages,
        total: result.totalMessages,
        error: result.standardErrors.messages,
        ratio: flood.totalMessages / result.totalMessages,
        defaultRatio: found.flood7.totalMessages / result.totalMessages,
      });
    }
  }
}
print(rows);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ queries, walkers, rows }, null, 2)}\n`);

function generated(name, more = {}) {
  const model = MODELS.find((candidate) => candidate.name === name);
  return model.generate({ ...DEFAULT_MODEL_OPTIONS, peers, ...more }, createRandom(1)).topology;
}

async function gnutella() {
  if (!existsSync(values.gnutella)) return undefined;
  const { topology } = await readInput(
    values.gnutella,
    { stdin: process.stdin, catalogue: '', folders: [] },
    {},
  );
  return topology;
}

function largestComponent(topology) {
  const { component, sizes } = weakComponents(topology);
  const largest = sizes.indexOf(Math.max(...sizes));
  const numbers = new Int32Array(topology.size).fill(-1);
  let size = 0;
  for (let peer = 0; peer < topology.size; peer++) if (component[peer] === largest) numbers[peer] = size++;
  const [sources, targets] = [[], []];
  const { pairs } = topology;
  for (let peer = 0; peer < topology.size; peer++) {
    if (numbers[peer] < 0) continue;
    for (let k = pairs.offsets[peer]; k < pairs.offsets[peer + 1]; k++) {
      sources.push(numbers[peer]);
      targets.push(numbers[pairs.targets[k]]);
    }
  }
  return fromLinks({
    directed: false,
    ids: size,
    sources: Uint32Array.from(sources),
    targets: Uint32Array.from(targets),
  });
}

function leastTtl(search) {
  for (let ttl = 1; ; ttl++) {
    const result = search(ttl);
    if (result.success >= ENOUGH) return result;
  }
}

function print(all) {
  let last = '';
  for (const row of all) {
    const head = `${row.family}: ${row.peers} peers, ${row.links} links, mean degree ${row.mean.toFixed(2)}, largest ${row.max}; copies at ${100 * row.share} % of the peers`;
    if (head !== last)
      console.log(
        `\n${head}\n  way       ttl  success   hops     queries  (error)   all messages  flood / this  flood7 / this`,
      );
    last = head;
    console.log(
      `  ${row.way.padEnd(6)} ${String(row.ttl).padStart(6)} ${row.success.toFixed(3).padStart(8)} ${row.hops.toFixed(1).padStart(6)} ${row.query.toFixed(1).padStart(11)} ${row.error.toFixed(1).padStart(8)} ${row.total.toFixed(1).padStart(14)} ${row.ratio.toFixed(1).padStart(13)} ${row.defaultRatio.toFixed(1).padStart(14)}`,
    );
  }
}
