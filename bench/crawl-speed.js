// How long a crawl of february-2005 (158,345 superpeers, 873,130 leaves) over real TCP takes, the overlay served by a second
// process on the same machine, and how much memory the crawler needs; then the same with 30 % of the superpeers silent and every
// answer delayed (log-normal, median 80 ms, 99th percentile 1 s).
//
//   npm run build && node bench/crawl-speed.js [--peers N] [quiet] [silent]      (some 4 minutes; with --peers a smaller overlay)
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peerscope = fileURLToPath(new URL('../bin/peerscope.js', import.meta.url));
/**
 * Has a process say its largest size, in KiB, and its processor time, in ms, at its end. The size as Linux keeps it for what runs now, where there is
 * that: the usual figure begins with the size of whoever started the process, and this bench reads large tables.
 */
const TELLS = `data:text/javascript,import{readFileSync}from'node:fs';const hwm=()=>{try{return Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1])}catch{return process.resourceUsage().maxRSS}};process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write(hwm()+' '+Math.round((u.userCPUTime+u.systemCPUTime)/1000)+'\\n')})`;
const words = process.argv.slice(2);
const at = words.indexOf('--peers');
const size = at < 0 ? [] : ['--peers', ...words.splice(at, 2).slice(1)];
const cases = {
  quiet: { options: [], seconds: 30, found: 1 },
  silent: { options: ['--silent', '0.3', '--delay', 'log-normal:80:1000'], seconds: 60, found: 0.995 },
};
const results = [];
for (const name of words.length === 0 ? Object.keys(cases) : words) {
  const result = await measure(name, cases[name]);
  results.push(result);
  console.log(
    `${name}: ${result.seconds.toFixed(1)} s for all of it (${result.wanted} wanted), crawl ${result.crawlSeconds.toFixed(1)} s, ` +
      `${result.contacts} contacts, ${(100 * result.peersFound).toFixed(3)} % of the reachable peers, ${(100 * result.linksFound).toFixed(3)} % of the reachable links, ` +
      `${result.megabytes.toFixed(0)} MiB, ${result.processorSeconds.toFixed(1)} s of processor, load before ${result.load.toFixed(1)}`,
  );
}
console.log(JSON.stringify(results));

async function measure(name, { options, seconds: wanted }) {
  const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
  const truth = join(folder, 'truth');
  const out = join(folder, 'snapshot');
  const load = loadavg()[0];
  const server = spawn(
    process.execPath,
    [peerscope, 'simulate', 'february-2005', ...size, ...options, '--port', '0', '--truth', truth],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const bootstrap = await announced(server.stdout);
    const begin = performance.now();
    const run = spawnSync(
      process.execPath,
      ['--import', TELLS, peerscope, 'crawl', bootstrap, '--out', out, '--format', 'json'],
      { maxBuffer: 2 ** 26 },
    );
    const seconds = (performance.now() - begin) / 1000;
    if (run.status !== 0) throw new Error(run.stderr.toString());
    const [kibibytes, milliseconds] = run.stderr.toString().trim().split('\n').pop().split(' ').map(Number);
    const { manifest } = JSON.parse(run.stdout.toString());
    server.kill('SIGINT');
    await new Promise((resolve) => server.once('exit', resolve));
    const { peers, links } = share(out, truth);
    return {
      name,
      load,
      wanted,
      seconds,
      crawlSeconds: manifest.durationSeconds,
      contacts: manifest.counts.visits,
      byOutcome: manifest.counts.byOutcome,
      peersFound: peers,
      linksFound: links,
      megabytes: kibibytes / 1024,
      processorSeconds: milliseconds / 1000,
      accuracy: manifest.accuracy?.peers.distortion,
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

/** Of the peers and links of the truth that can be found (some answering superpeer tells of them), how many were. */
function share(out, truth) {
  const rows = (folder, file) => readFileSync(join(folder, file), 'latin1').trimEnd().split('\n').slice(1);
  const sessions = rowsOrNone(truth, 'sessions.csv').map((row) => row.split(','));
  const silent = new Set(sessions.filter(([, , behaviour]) => behaviour === 'silent').map(([id]) => id));
  const roles = new Map(rows(truth, 'peers.csv').map((row) => [row.split(',')[0], row.split(',')[2]]));
  const answers = (id) => roles.get(id) === 'superpeer' && !silent.has(id);
  const reachable = rows(truth, 'links.csv')
    .map((row) => row.split(',', 2))
    .filter(([source, target]) => answers(source) || answers(target));
  const peers = new Set(reachable.flat());
  const foundPeers = new Set(rows(out, 'peers.csv').map((row) => row.slice(0, row.indexOf(','))));
  const foundLinks = new Set(rows(out, 'links.csv').map((row) => row.split(',', 2).join()));
  const count = (items, has) => items.reduce((sum, item) => sum + (has(item) ? 1 : 0), 0);
  return {
    peers: count([...peers], (id) => foundPeers.has(id)) / peers.size,
    links: count(reachable, (pair) => foundLinks.has(pair.join())) / reachable.length,
  };

  function rowsOrNone(folder, file) {
    try {
      return rows(folder, file);
    } catch {
      return [];
    }
  }
}
