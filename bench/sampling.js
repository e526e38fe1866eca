// Target: on five families of graphs of a million peers, with at most 5 % of the contacts of a full crawl and every step of
// the walks with its weight, the KS distance of the degree to the truth is at most 0.02. Run after `npm run build`:
// node bench/sampling.js [--peers N] [--seeds N] [--families a,b] [--share S] [--walks N] [--protocol-peers N] [--json FILE]
//
// Truth is what a full crawl from the same bootstrap peer would find: a walk cannot leave a component either. One graph a
// family, other walks for every seed. At the end, the same walks over the real protocol in virtual time.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { AddressBook } from '../dist/core/address-book.js';
import { createRandom } from '../dist/core/random.js';
import { degreeEstimate } from '../dist/crawl/sampling/degree-estimates.js';
import { estimatesOf } from '../dist/crawl/sampling/estimates.js';
import { questionOracle } from '../dist/crawl/sampling/question-oracle.js';
import { sampleOverlay } from '../dist/crawl/sampling/sample-overlay.js';
import { topologyOracle } from '../dist/crawl/sampling/topology-oracle.js';
import { DEFAULT_MODEL_OPTIONS } from '../dist/models/model.js';
import { MODELS } from '../dist/models/index.js';
import { gnutella } from '../dist/overlays/gnutella/gnutella.js';
import { bootstrapPeer } from '../dist/simulate/bootstrap-peer.js';
import { parseLatency } from '../dist/simulate/latency.js';
import { NO_TROUBLE } from '../dist/simulate/trouble.js';
import { simulateVirtually } from '../dist/simulate/virtual-simulation.js';
import { cdfDistance, weightedDistribution } from '../dist/statistics/weighted-distribution.js';
import { weakComponents } from '../dist/topology/components.js';

const TARGET = 0.02;
const FEBRUARY = { superpeerDegree: 25, superpeerDegreeCap: 32, superpeersPerLeaf: { least: 1, most: 3 } };
/** Model, options, and the share of leaves among the contacts. */
const FAMILIES = [
  ['two-tier', FEBRUARY, 0.1],
  ['two-tier', FEBRUARY, 0.45],
  ['erdos-renyi'],
  ['barabasi-albert'],
  ['watts-strogatz'],
  ['power-law-random-graph'],
  ['power-law-random-graph', { maxDegree: 100 }],
];

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '1000000' },
    seeds: { type: 'string', default: '40' },
    families: { type: 'string' },
    methods: { type: 'string', default: 'rds,mrwb' },
    share: { type: 'string', default: '0.05' },
    walks: { type: 'string' },
    steps: { type: 'string' },
    'protocol-peers': { type: 'string', default: '100000' },
    json: { type: 'string' },
  },
});
const peers = Number(values.peers);
const seeds = Number(values.seeds);
const share = Number(values.share);
const chosen = values.families?.split(',');
const methods = values.methods.split(',');
const limits = {
  ...(values.walks === undefined ? {} : { walks: Number(values.walks) }),
  ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
};
const results = [];
const roles = [];
const virtualSeconds = [];

console.log(
  `${peers.toLocaleString('en-US')} peers, ${seeds} seeds, ${100 * share} % of a full crawl's contacts; load ${loadavg()[0].toFixed(1)}\n`,
);
printHeader();
for (const [name, shape, leafShare] of FAMILIES) {
  if (chosen !== undefined && !chosen.includes(name)) continue;
  const model = MODELS.find((candidate) => candidate.name === name);
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, ...shape, peers }, createRandom(1));
  const truth = truthOf(topology);
  const label = shape?.maxDegree === undefined ? '' : `, degrees to ${shape.maxDegree}`;
  const start = () => ({ oracle: topologyOracle(topology), bootstrap: truth.bootstrap });
  for (const method of methods) await measure({ name: `${name}${label}`, method, truth, start, leafShare });
}
if (Number(values['protocol-peers']) > 0) await overProtocol();
console.log('\nThe share of superpeers in its 95 % interval:');
for (const { name, method, leafShare, covered } of roles)
  console.log(
    `- ${name}, ${method}, ${100 * leafShare} % leaves asked: ${Math.round(100 * covered)} % of the seeds`,
  );
for (const [method, seconds] of virtualSeconds)
  console.log(`- ${method}: a sample over the protocol took ${seconds.toFixed(0)} s of virtual time`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);

/** What a full crawl finds: the component of the bootstrap peer, of which superpeers are contacted. */
function truthOf(topology) {
  const partition = weakComponents(topology);
  const bootstrap = bootstrapPeer(topology, partition);
  const { offsets } = topology.simple;
  const degrees = { superpeers: [], all: [] };
  const isLeaf = (peer) => topology.columns.roles?.[peer] === 'leaf';
  for (let peer = 0; peer < topology.size; peer++) {
    if (partition.component[peer] !== partition.component[bootstrap]) continue;
    const degree = offsets[peer + 1] - offsets[peer];
    degrees.all.push(degree);
    if (!isLeaf(peer)) degrees.superpeers.push(degree);
  }
  return { bootstrap, superpeers: figures(degrees.superpeers), all: figures(degrees.all) };
}

function figures(degrees) {
  const distribution = weightedDistribution({
    values: degrees,
    weights: new Uint8Array(degrees.length).fill(1),
  });
  return { count: degrees.length, distribution, mean: distribution.mean };
}

async function measure({ name, method, truth, start, leafShare }) {
  const contacts = Math.floor(share * truth.superpeers.count);
  const hasLeaves = truth.all.count > truth.superpeers.count;
  const roleShare = truth.superpeers.count / truth.all.count;
  const rows = { superpeers: [], all: [] };
  let rolesCovered = 0;
  const began = performance.now();
  for (let seed = 1; seed <= seeds; seed++) {
    const random = createRandom(seed).fork(`${name} ${method}`);
    const { oracle, bootstrap } = start();
    const leaves = leafShare === undefined ? {} : { leafShare };
    const sample = await sampleOverlay({
      ...{ method, oracle, bootstrap: [bootstrap], contacts, random },
      ...leaves,
      ...limits,
    });
    if (sample.contacts > contacts) throw new Error(`${sample.contacts} contacts`);
    for (const population of hasLeaves ? ['superpeers', 'all'] : ['superpeers']) {
      const estimate = degreeEstimate(method, sample.walks, population, random.fork(population));
      rows[population].push(rowOf(sample, estimate, truth[population]));
    }
    if (hasLeaves) {
      const [low, high] = estimatesOf(sample, random).superpeerShare.interval;
      if (low <= roleShare && roleShare <= high) rolesCovered += 1;
    }
  }
  const seconds = (performance.now() - began) / 1000;
  for (const population of ['superpeers', 'all']) {
    if (rows[population].length === 0) continue;
    const of = hasLeaves ? `${name}, ${population}, ${100 * leafShare} % leaves asked` : name;
    report(of, method, rows[population], truth, population, seconds);
  }
  if (hasLeaves) roles.push({ name, method, leafShare, covered: rolesCovered / seeds });
}

function rowOf(sample, estimate, truth) {
  const [low, high] = estimate.mean.interval;
  return {
    ending: sample.ending,
    contacts: sample.contacts,
    steps: estimate.observations,
    size: estimate.effectiveSize,
    expected: estimate.expectedDistance.mean,
    expected95: estimate.expectedDistance.at95,
    measured: cdfDistance(estimate.distribution, truth.distribution),
    mean: estimate.mean.value,
    width: (high - low) / 2,
    isCovered: low <= truth.mean && truth.mean <= high,
    longestStay: longestStay(sample.walks),
  };
}

function longestStay(walks) {
  let longest = 0;
  for (const { runs, steps } of walks) for (const run of runs) longest = Math.max(longest, run.steps / steps);
  return longest;
}

function printHeader() {
  console.log(
    '| family | method | contacts | of a full crawl | steps | effective size | expected KS: mean, 95 % | measured KS: median, 95th | below the expected 95 % | within 0.02 | mean degree: truth, estimate ± half interval | coverage | longest stay | s a seed |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|');
}

function report(family, method, rows, truth, population, seconds) {
  const of = (key) => rows.map((row) => row[key]).sort((a, b) => a - b);
  const median = (key) => quantile(of(key), 0.5);
  const within = rows.filter(({ measured }) => measured <= TARGET).length / rows.length;
  const below = rows.filter(({ measured, expected95 }) => measured <= expected95).length / rows.length;
  const coverage = rows.filter(({ isCovered }) => isCovered).length / rows.length;
  const contacts = median('contacts');
  const cells = [
    family,
    method,
    thousands(contacts),
    `${((100 * contacts) / truth.superpeers.count).toFixed(1)} %`,
    thousands(median('steps')),
    thousands(median('size')),
    `${median('expected').toFixed(4)}, ${median('expected95').toFixed(4)}`,
    `${median('measured').toFixed(4)}, ${quantile(of('measured'), 0.95).toFixed(4)}`,
    `${Math.round(100 * below)} %`,
    `${Math.round(100 * within)} %`,
    `${truth[population].mean.toFixed(3)}, ${median('mean').toFixed(3)} ± ${median('width').toFixed(3)}`,
    `${Math.round(100 * coverage)} %`,
    `${(100 * median('longestStay')).toFixed(1)} %`,
    (seconds / rows.length).toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  results.push({ family, method, population, truth: truth[population].mean, below, within, coverage, rows });
}

/** The same two-tier overlay with servents that answer over the real protocol, in virtual time. */
async function overProtocol() {
  const size = Number(values['protocol-peers']);
  const simulation = simulateVirtually({
    model: MODELS.find(({ name }) => name === 'two-tier'),
    modelOptions: { ...DEFAULT_MODEL_OPTIONS, ...FEBRUARY, peers: size },
    trouble: NO_TROUBLE,
    seed: 1,
    overlay: gnutella,
    startedAt: Date.UTC(2005, 1, 2),
    latency: parseLatency('log-normal:80:1000'),
    connectTimeout: 5_000,
    answerTimeout: 8_000,
  });
  const { topology } = simulation.generated;
  const truth = truthOf(topology);
  const inMemory = () => ({ oracle: topologyOracle(topology), bootstrap: truth.bootstrap });
  // A book for every sample: numbers, and with them what walks choose from their lists, would depend on the sample before.
  const overTheWire = () => {
    const book = new AddressBook();
    const bootstrap = book.add(simulation.bootstrap);
    const { signal } = new AbortController();
    const { network: transport } = simulation;
    return { oracle: questionOracle({ question: gnutella.question, transport, book, signal }), bootstrap };
  };
  const name = `two-tier of ${thousands(size)}`;
  for (const method of methods) {
    const began = simulation.network.now();
    await measure({ name: `${name}, real protocol`, method, truth, start: overTheWire, leafShare: 0.1 });
    virtualSeconds.push([method, (simulation.network.now() - began) / 1000 / seeds]);
    await measure({ name: `${name}, in memory`, method, truth, start: inMemory, leafShare: 0.1 });
  }
}

function quantile(ascending, share) {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
}

function thousands(value) {
  return Math.round(value).toLocaleString('en-US');
}
