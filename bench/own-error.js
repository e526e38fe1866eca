// Target: a crawl's estimate of its own node distortion is off by at most max(0.15 points, 20 % of the truth) in at least
// 95 % of crawls: three session laws, crawls of 30 s, 1, 7 and 60 min, 50 seeds each. Run after `npm run build`:
//
//   node bench/own-error.js [--seeds 50] [--peers 60000] [--sample 2000] [--workers 1] [--laws a,b] [--minutes 1,7] [--out study.json]
//
// Each crawl is the real one, in virtual time, of a two-tier overlay under churn. The truth is what `peerscope compare` says of
// it and of the overlay at the instant of its last contact. The estimate sees the visits alone, and those of its second look.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { chartText } from '../dist/charts/chart-text.js';
import { AddressBook } from '../dist/core/address-book.js';
import { createRandom } from '../dist/core/random.js';
import { Agenda } from '../dist/crawl/agenda.js';
import { fixedConcurrency } from '../dist/crawl/concurrency.js';
import { crawl } from '../dist/crawl/crawl.js';
import { MemoryFrontier } from '../dist/crawl/memory-frontier.js';
import { lookAgain } from '../dist/crawl/second-look.js';
import { DEFAULT_MODEL_OPTIONS } from '../dist/models/model.js';
import { twoTier } from '../dist/models/two-tier.js';
import { gnutella } from '../dist/overlays/gnutella/gnutella.js';
import { NO_TROUBLE } from '../dist/simulate/trouble.js';
import { simulateVirtually } from '../dist/simulate/virtual-simulation.js';
import { estimateAccuracy } from '../dist/snapshot/accuracy/accuracy.js';
import { Attendance } from '../dist/snapshot/accuracy/attendance.js';
import { compareSnapshots } from '../dist/snapshot/compare.js';
import { Fold } from '../dist/snapshot/fold.js';

const LAWS = ['weibull:0.38:42.4', 'weibull:0.34:21.3', 'weibull:0.59:41.9'];
const MINUTES = [0.5, 1, 7, 60];
const WITHIN = 0.95;
const START = Date.UTC(2005, 1, 2);
/** That of the overlay of February 2005: 158,345 of 1,031,475. */
const SUPERPEER_SHARE = 0.1535;
/** How long one contact takes at most, and how many of the second look run at the same time. */
const CONTACT = 200;
const LOOKS_AT_ONCE = 256;

if (isMainThread) await main();
else for (const task of workerData) parentPort.postMessage(await study(task));

async function main() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '50' },
      peers: { type: 'string', default: '60000' },
      sample: { type: 'string', default: '2000' },
      workers: { type: 'string', default: '1' },
      laws: { type: 'string', default: LAWS.join() },
      minutes: { type: 'string', default: MINUTES.join() },
      out: { type: 'string' },
    },
  });
  const [seeds, peers, sample, workers] = ['seeds', 'peers', 'sample', 'workers'].map((name) =>
    Number(values[name]),
  );
  const laws = values.laws.split(',');
  const lengths = values.minutes.split(',').map(Number);
  const began = performance.now();
  const tasks = Array.from({ length: seeds }, (_, seed) =>
    laws.flatMap((law) => lengths.map((minutes) => ({ law, minutes, seed: seed + 1, peers, sample }))),
  ).flat();
  const crawls = await runAll(tasks, workers);
  crawls.sort(
    (a, b) => LAWS.indexOf(a.law) - LAWS.indexOf(b.law) || a.minutes - b.minutes || a.seed - b.seed,
  );
  const cells = laws.flatMap((law) =>
    lengths.map((minutes) =>
      summary(
        law,
        minutes,
        crawls.filter((one) => one.law === law && one.minutes === minutes),
      ),
    ),
  );
  const hits = crawls.filter((one) => one.within).length / crawls.length;
  console.log(
    `${crawls.length} crawls of ${peers.toLocaleString('en-US')} peers, ${sample} looked at again.\n`,
  );
  printTable(cells);
  console.log(
    `\nWithin max(0.15 points, 20 %): ${percent(hits, 1)}; by listings of one end only: ${percent(shareOf(crawls, 'oneEndedWithin'), 1)}`,
  );
  console.log(
    `95 % intervals that hold the truth: peers ${percent(shareOf(crawls, 'covered'), 1)}, links ${percent(shareOf(crawls, 'linksCovered'), 1)}, size ${percent(shareOf(crawls, 'sizeCovered'), 1)}\n`,
  );
  console.log(chartOf(crawls).join('\n'));
  const seconds = (performance.now() - began) / 1000;
  console.error(`${seconds.toFixed(0)} s, ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
  if (values.out !== undefined) {
    writeFileSync(
      values.out,
      `${JSON.stringify({ peers, sample, seeds, within: hits, seconds, cells, crawls }, null, 1)}\n`,
    );
  }
  process.exitCode = hits >= WITHIN ? 0 : 1;
}

async function runAll(tasks, workers) {
  if (workers <= 1) {
    const results = [];
    for (const task of tasks) results.push(await study(task));
    return results;
  }
  const parts = Array.from({ length: workers }, (_, part) =>
    tasks.filter((_task, place) => place % workers === part),
  );
  const results = await Promise.all(
    parts.map(
      (workerData) =>
        new Promise((resolve, reject) => {
          const done = [];
          const worker = new Worker(new URL(import.meta.url), { workerData });
          worker.on('message', (one) => done.push(one));
          worker.on('error', reject);
          worker.on('exit', () => resolve(done));
        }),
    ),
  );
  return results.flat();
}

/** One crawl, what it says of itself, and what is true. */
async function study({ law, minutes, seed, peers, sample }) {
  const duration = minutes * 60_000;
  const superpeers = Math.round(peers * SUPERPEER_SHARE);
  const concurrency = Math.max(1, Math.round((superpeers * CONTACT) / duration));
  const oneWay = (duration * concurrency) / (4 * superpeers);
  const pace = { delay: oneWay };
  const simulation = simulateVirtually({
    model: twoTier,
    modelOptions: {
      ...DEFAULT_MODEL_OPTIONS,
      peers,
      superpeerShare: SUPERPEER_SHARE,
      superpeerDegree: 25,
      superpeerDegreeCap: 32,
      superpeersPerLeaf: { least: 1, most: 3 },
    },
    trouble: { ...NO_TROUBLE, churn: law },
    seed,
    overlay: gnutella,
    startedAt: START,
    latency: { name: 'paced', draw: () => pace.delay },
    connectTimeout: 60_000,
    answerTimeout: 60_000,
    recordLinks: false,
  });
  const random = createRandom(seed).fork('own error');
  const { signal } = new AbortController();
  const bootstrap = [simulation.bootstrap];
  const book = new AddressBook();
  const fold = new Fold(bootstrap, book);
  const attendance = new Attendance(book, random.fork('sample'), sample);
  const { question } = gnutella;
  const agenda = new Agenda({
    bootstrap,
    question,
    contactLeaves: false,
    frontier: new MemoryFrontier(book),
  });
  // Newcomers are asked too: the pace is set anew so that the crawl ends when it shall.
  const onProgress = ({ visited, waiting, inFlight }) => {
    if (visited < superpeers / 20) return;
    const left = duration - (simulation.now() - START);
    pace.delay = Math.min(
      2 * oneWay,
      Math.max(oneWay / 4, (left * concurrency) / (4 * (waiting + inFlight + 1))),
    );
  };
  const options = {
    agenda,
    transport: simulation.network,
    concurrency: fixedConcurrency(concurrency),
    signal,
    onProgress,
  };
  for await (const visits of crawl(options)) {
    for (const visit of visits) {
      fold.add(visit);
      attendance.add(visit);
    }
  }
  const endedAt = simulation.now();
  const tables = fold.tables();
  simulation.population.membership.advance(endedAt);
  const truth = compareSnapshots(tables, simulation.truth());
  const alone = linkless(simulation, new Set(truth.peersMissing));

  pace.delay = CONTACT / 4;
  const looks = await lookAgain({
    sample: attendance.sample,
    question,
    transport: simulation.network,
    concurrency: LOOKS_AT_ONCE,
    signal,
  });
  const accuracy = estimateAccuracy({
    attendance,
    book,
    links: tables.ranked,
    bootstrap,
    seen: fold,
    endedAt,
    secondLook: { looks, seconds: (simulation.now() - endedAt) / 1000 },
    random: random.fork('bootstrap'),
  });
  const { distortion } = truth.peers;
  const tolerance = Math.max(0.0015, 0.2 * distortion);
  return {
    law,
    minutes,
    seed,
    seconds: (endedAt - START) / 1000,
    truth: distortion,
    estimate: accuracy.peers.distortion.value,
    low: accuracy.peers.distortion.low,
    high: accuracy.peers.distortion.high,
    oneEnded: accuracy.oneEndedDistortion,
    completeness: [truth.peers.completeness, accuracy.peers.completeness.value],
    links: [truth.links.distortion, accuracy.links.distortion.value],
    gone: [truth.peers.extra, accuracy.peers.gone],
    missing: [truth.peers.missing, accuracy.peers.missing],
    learned: {
      gone: [truth.peersByRole.leaf.extra, accuracy.learned.gone],
      missing: [truth.peersByRole.leaf.missing, accuracy.learned.missing],
    },
    linkless: alone,
    size: [truth.peers.reference, accuracy.peers.size.value],
    within: Math.abs(accuracy.peers.distortion.value - distortion) <= tolerance,
    oneEndedWithin: Math.abs(accuracy.oneEndedDistortion - distortion) <= tolerance,
    covered: holds(accuracy.peers.distortion, distortion),
    linksCovered: holds(accuracy.links.distortion, truth.links.distortion),
    sizeCovered: holds(accuracy.peers.size, truth.peers.reference),
  };
}

/** Peers that are missing and have no link to anybody at this instant: no crawl can learn of them. */
function linkless({ population }, missing) {
  const { membership } = population;
  let count = 0;
  for (let slot = 0; slot < membership.size; slot++) {
    if (!missing.has(population.addressOf(membership.occupant(slot)))) continue;
    if (membership.neighbours(slot).length === 0) count += 1;
  }
  return count;
}

function holds({ low, high }, value) {
  return low <= value && value <= high;
}

function summary(law, minutes, crawls) {
  const mean = (of) => crawls.reduce((sum, one) => sum + of(one), 0) / crawls.length;
  const root = (of) => Math.sqrt(mean((one) => (of(one) - one.truth) ** 2));
  return {
    law,
    minutes,
    truth: mean((one) => one.truth),
    estimate: mean((one) => one.estimate),
    error: root((one) => one.estimate),
    within: shareOf(crawls, 'within'),
    covered: shareOf(crawls, 'covered'),
    oneEnded: mean((one) => one.oneEnded),
    oneEndedError: root((one) => one.oneEnded),
    oneEndedWithin: shareOf(crawls, 'oneEndedWithin'),
    linksTruth: mean((one) => one.links[0]),
    linksEstimate: mean((one) => one.links[1]),
  };
}

function printTable(cells) {
  console.log(
    '| sessions | crawl | truth | estimate | error | within | interval holds | one-ended | its error | within | links: truth | estimate |',
  );
  console.log(`|${'---|'.repeat(12)}`);
  for (const cell of cells) {
    const row = [
      cell.law,
      cell.minutes < 1 ? `${cell.minutes * 60} s` : `${cell.minutes} min`,
      percent(cell.truth, 2),
      percent(cell.estimate, 2),
      percent(cell.error, 3),
      percent(cell.within, 0),
      percent(cell.covered, 0),
      percent(cell.oneEnded, 2),
      percent(cell.oneEndedError, 3),
      percent(cell.oneEndedWithin, 0),
      percent(cell.linksTruth, 2),
      percent(cell.linksEstimate, 2),
    ];
    console.log(`| ${row.join(' | ')} |`);
  }
}

function chartOf(crawls) {
  const points = LAWS.map((law) => ({
    name: law,
    points: crawls
      .filter((one) => one.law === law)
      .map((one) => ({ x: 100 * one.truth, y: 100 * one.estimate })),
  }));
  const ends = [0.1, 30];
  const chart = {
    kind: 'scatter',
    title: 'Node distortion: what a crawl says of itself against the truth',
    xLabel: 'true distortion, %',
    yLabel: 'estimate, %',
    xScale: 'log',
    yScale: 'log',
    series: points,
    curves: [{ name: 'exact', points: ends.map((x) => ({ x, y: x })) }],
  };
  return chartText(chart, { width: 90, style: (text) => text });
}

function shareOf(crawls, name) {
  return crawls.filter((one) => one[name]).length / crawls.length;
}

function percent(share, digits) {
  return `${(100 * share).toFixed(digits)} %`;
}
