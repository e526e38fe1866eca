// How far a crawl at full speed is off under churn: february-2005 (158,345 superpeers, 873,130 leaves) with the sessions that Stutzbach
// and Rejaie measured in Gnutella (Weibull, shape 0.59, scale 41.9 min), served by a second process on the same machine, crawled over
// real TCP. The snapshot is held to the overlay of the instant of the crawl's last contact: at most 1 % node distortion is wanted.
//
// The truth that the simulation writes at its end is of a later instant, so whoever was up at the right one is taken from its sessions.
// On loopback a peer that has left resets connections at once; where it would not answer at all, a crawl takes longer.
//
//   npm run build && node bench/churn-distortion.js [--peers N]      (some 75 s; with --peers a smaller overlay)
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareSnapshots } from '../dist/snapshot/compare.js';
import { readManifest } from '../dist/snapshot/manifest.js';
import { readSessions } from '../dist/snapshot/sessions-csv.js';

const peerscope = fileURLToPath(new URL('../bin/peerscope.js', import.meta.url));
/** Has a process say its largest size, in KiB, and its processor time, in ms, at its end. */
const TELLS = `data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write(u.maxRSS+' '+Math.round((u.userCPUTime+u.systemCPUTime)/1000)+'\\n')})`;
const SESSIONS = 'weibull:0.59:41.9';
const WANTED = 0.01;
const words = process.argv.slice(2);
const at = words.indexOf('--peers');
const size = at < 0 ? [] : ['--peers', words[at + 1]];

const percent = (share) => `${(100 * share).toFixed(2)} %`;

const result = await measure();
const { peers, links, accuracy } = result;
console.log(
  `${SESSIONS}, ${peers.reference} peers up at the last contact: node distortion ${percent(peers.distortion)} (${percent(WANTED)} wanted; ` +
    `${peers.extra} had gone, ${peers.missing} missing), by the crawl's own estimate ${estimate(accuracy?.peers)}; ` +
    `link distortion ${percent(links.distortion)}, by its own estimate ${estimate(accuracy?.links)}; crawl ${result.crawlSeconds.toFixed(1)} s, ${result.contacts} contacts, ${result.megabytes.toFixed(0)} MiB, ` +
    `${result.processorSeconds.toFixed(1)} s of processor, load before ${result.load.toFixed(1)}`,
);
console.log(JSON.stringify(result));
process.exitCode = peers.distortion <= WANTED ? 0 : 1;

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
  const truth = join(folder, 'truth');
  const out = join(folder, 'snapshot');
  const load = loadavg()[0];
  const server = spawn(
    process.execPath,
    // Nobody is answered while the truth is written: it is only before the crawl and after it.
    [
      ...[peerscope, 'simulate', 'february-2005', ...size, '--churn', SESSIONS, '--port', '0'],
      ...['--truth', truth, '--truth-every', '86400'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const bootstrap = await announced(server.stdout);
    const run = spawnSync(
      process.execPath,
      ['--import', TELLS, peerscope, 'crawl', bootstrap, '--out', out, '--format', 'json'],
      { maxBuffer: 2 ** 26 },
    );
    if (run.status !== 0) throw new Error(run.stderr.toString());
    const [kibibytes, milliseconds] = run.stderr.toString().trim().split('\n').pop().split(' ').map(Number);
    server.kill('SIGINT');
    await new Promise((resolve) => server.once('exit', resolve));
    const manifest = readManifest(out);
    const { peers, links, peersByRole } = compareSnapshots(
      { peers: cells(out, 'peers.csv', peerOf), links: cells(out, 'links.csv', linkOf) },
      overlayAt(Date.parse(manifest.endedAt), truth),
    );
    return {
      sessions: SESSIONS,
      load,
      crawlSeconds: manifest.durationSeconds,
      contacts: manifest.counts.visits,
      byOutcome: manifest.counts.byOutcome,
      wanted: WANTED,
      peers,
      peersByRole,
      links,
      accuracy: manifest.accuracy,
      megabytes: kibibytes / 1024,
      processorSeconds: milliseconds / 1000,
    };
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

/** The first address that a simulation prints. */
function announced(stdout) {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout.on('data', (bytes) => {
      text += bytes;
      const address = /127\.[0-9.]+:\d+/.exec(text)?.[0];
      if (address !== undefined) resolve(address);
    });
    stdout.on('end', () => reject(new Error(`the simulation ended: ${text}`)));
  });
}

/** The peers that were up at an instant, and the links that stood, by the sessions of a truth. */
function overlayAt(instant, truth) {
  const { sessions, linkSessions } = readSessions(truth, readManifest(truth));
  const standing = ({ start, end }) => start <= instant && (end === undefined || end > instant);
  return { peers: only(sessions, standing), links: only(linkSessions, standing) };
}

/** The rows that fit, which can be gone through again and again. */
function only(rows, fits) {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) if (fits(row)) yield row;
    },
  };
}

/** The first cells of each row of a table, which may hold anything in the others. */
function cells(folder, file, rowOf) {
  const [, ...rows] = readFileSync(join(folder, file), 'latin1').trimEnd().split('\n');
  return rows.map((row) => rowOf(row.split(',', 3)));
}

function peerOf([id, , role]) {
  return { id, role: role === '' ? undefined : role };
}

function linkOf([source, target]) {
  return { source, target };
}

/** What a crawl says of its own distortion, with the interval. */
function estimate(balance) {
  if (balance === undefined || balance === null) return 'none';
  const { value, low, high } = balance.distortion;
  return low === null || high === null
    ? percent(value)
    : `${percent(value)} (${percent(low)} to ${percent(high)})`;
}
