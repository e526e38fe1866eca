// Target: under churn, a crawl that meets every peer at a random instant of its duration T is off from the overlay at its
// end by D(T) = (1/T) ∫ F(s) ds over 0..T, with F the law of the residual session in the stationary state; each cell of
// this table within 5 %. Run after `npm run build`: node bench/churn-calibration.js [--peers N]
//
// The process is that of the simulator, without links, since who is up does not depend on them. A cell is repeated with
// other seeds until its standard error is below 1 %.
import { parseArgs } from 'node:util';
import { createRandom, shuffle } from '../dist/core/random.js';
import { erdosRenyi } from '../dist/models/erdos-renyi.js';
import { DEFAULT_MODEL_OPTIONS } from '../dist/models/model.js';
import { createChurn } from '../dist/simulate/churn.js';
import { distortionOfCrawl } from '../dist/simulate/crawl-distortion.js';
import { parseSessionLaw } from '../dist/simulate/session-law.js';

const LAWS = ['weibull:0.38:42.4', 'weibull:0.34:21.3', 'weibull:0.59:41.9'];
const MINUTES = [0.5, 1, 7, 60];
const TOLERANCE = 0.05;
const STANDARD_ERROR = 0.01;
const START = Date.UTC(2005, 1, 2);

const { values } = parseArgs({ options: { peers: { type: 'string', default: '1000000' } } });
const peers = Number(values.peers);
if (!Number.isInteger(peers) || peers < 2) throw new RangeError(`--peers ${values.peers}`);

const began = performance.now();
const { topology } = erdosRenyi.generate({ ...DEFAULT_MODEL_OPTIONS, peers, meanDegree: 0 }, createRandom(0));
let failures = 0;
console.log(`Node distortion of a crawl under churn, ${peers.toLocaleString('en-US')} peers.\n`);
console.log('| sessions | crawl | measured | closed form | difference | standard error | crawls |');
console.log('|---|---|---|---|---|---|---|');
for (const name of LAWS) {
  for (const minutes of MINUTES) {
    const law = parseSessionLaw(name);
    const expected = distortionOfCrawl(law, minutes * 60_000);
    const { measured, standardError, crawls } = measure(law, minutes * 60_000);
    const difference = measured / expected - 1;
    const isOff = !(Math.abs(difference) <= TOLERANCE);
    if (isOff) failures += 1;
    const cells = [
      name,
      minutes < 1 ? `${minutes * 60} s` : `${minutes} min`,
      percent(measured, 4),
      percent(expected, 4),
      `${difference < 0 ? '' : '+'}${percent(difference, 2)}${isOff ? ' (off)' : ''}`,
      percent(standardError, 2),
      crawls,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.error(`${seconds} s, ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
process.exitCode = failures === 0 ? 0 : 1;

/** Crawls until the standard error, relative to the distortion, is small enough. */
function measure(law, duration) {
  let different = 0;
  let crawls = 0;
  for (;;) {
    different += crawl(law, duration, ++crawls);
    const measured = different / crawls;
    // Slots are independent, and each is missed or not: binomial.
    const standardError = Math.sqrt((1 - measured) / (measured * crawls * peers));
    if (measured > 0 && standardError < STANDARD_ERROR) return { measured, standardError, crawls };
  }
}

/** The distortion |captured xor up at the end| / (|captured| + |up at the end|) of one crawl, from the two sets of peers. */
function crawl(law, duration, seed) {
  const random = createRandom(seed).fork(`${law.name} ${duration}`);
  const options = { topology, tiers: false, law, repair: 10_000, peerLimit: 2 ** 31 };
  const churn = createChurn({ ...options, start: START, random: random.fork('churn') });
  const crawler = random.fork('crawler');
  const instants = Float64Array.from({ length: peers }, () => crawler.uniform() * duration).sort();
  const slots = Uint32Array.from({ length: peers }, (_, slot) => slot);
  shuffle(slots, crawler);
  const captured = new Uint32Array(peers);
  for (let i = 0; i < peers; i++) {
    churn.advance(START + instants[i]);
    captured[i] = churn.occupant(slots[i]);
  }
  churn.advance(START + duration);
  const isCaptured = setOf(churn.peers, captured);
  const isUp = setOf(
    churn.peers,
    slots.map((slot) => churn.occupant(slot)),
  );
  let either = 0;
  let both = 0;
  for (let peer = 0; peer < churn.peers; peer++) {
    either += isCaptured[peer] | isUp[peer];
    both += isCaptured[peer] & isUp[peer];
  }
  return (either - both) / (either + both);
}

function setOf(size, members) {
  const set = new Uint8Array(size);
  for (const member of members) set[member] = 1;
  return set;
}

function percent(share, digits) {
  return `${(100 * share).toFixed(digits)} %`;
}
