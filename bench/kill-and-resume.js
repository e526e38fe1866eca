// Kills crawls (SIGKILL) at random instants and resumes them, over and over: no snapshot may be broken, nobody recorded may be asked
// again, and the result has to be that of a crawl that nobody disturbed. One seed for all instants.
//
//   npm run build && node bench/kill-and-resume.js [kills]           (1,000 kills by default: some 20 minutes)
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../dist/core/random.js';
import { decodeRecord } from '../dist/snapshot/journal.js';

const peerscope = fileURLToPath(new URL('../bin/peerscope.js', import.meta.url));
const wanted = Number(process.argv[2] ?? 1000);
const random = createRandom(7);
const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
const server = spawn(
  process.execPath,
  [peerscope, 'simulate', 'two-tier', '--peers', '20000', '--seed', '3', '--port', '0'],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const bootstrap = await new Promise((resolve) => {
  server.stdout.on('data', (bytes) => {
    const address = /127\.[0-9.]+:\d+/.exec(String(bytes))?.[0];
    if (address !== undefined) resolve(address);
  });
});
const totals = {
  kills: 0,
  early: 0,
  crawls: 0,
  broken: 0,
  differing: 0,
  askedTwice: 0,
  unmarked: 0,
  tornRecords: 0,
};
try {
  const whole = join(folder, 'whole');
  spawnSync(process.execPath, [peerscope, 'crawl', bootstrap, '--out', whole], { stdio: 'ignore' });
  const expected = tables(whole);
  while (totals.kills < wanted) {
    totals.crawls += 1;
    const directory = join(folder, String(totals.crawls));
    await killed([peerscope, 'crawl', bootstrap, '--out', directory]);
    const most = 1 + random.int(12);
    for (let kill = 1; kill < most && existsSync(join(directory, 'manifest.json')); kill++) {
      await killed([peerscope, 'crawl', '--resume', directory]);
    }
    if (!existsSync(join(directory, 'manifest.json'))) {
      totals.early += 1;
      rmSync(directory, { recursive: true, force: true });
      continue;
    }
    const last = spawnSync(process.execPath, [peerscope, 'crawl', '--resume', directory]);
    if (last.status !== 0) {
      totals.broken += 1;
      console.log(`crawl ${totals.crawls} cannot be resumed: ${last.stderr}`);
      continue;
    }
    if (JSON.stringify(tables(directory)) !== JSON.stringify(expected)) totals.differing += 1;
    count(directory);
    rmSync(directory, { recursive: true });
  }
} finally {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${totals.kills} kills of ${totals.crawls} crawls (${totals.early} before there was a manifest): ${totals.broken} cannot be resumed, ` +
    `${totals.differing} differ from the crawl that nobody disturbed; ${totals.askedTwice} peers were contacted twice, ` +
    `${totals.unmarked} of them without saying so; ${totals.tornRecords} torn records`,
);
console.log(JSON.stringify(totals));
process.exitCode = totals.broken + totals.differing + totals.unmarked === 0 ? 0 : 1;

/** Runs a command and kills it at a random instant of its first 1.5 seconds; it may have ended by then. */
function killed(words) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 200 + random.int(1300));
    child.once('exit', (_code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') totals.kills += 1;
      resolve();
    });
  });
}

/** Who stands in the tables, without times. */
function tables(directory) {
  const cells = (file, most) =>
    readFileSync(join(directory, file), 'latin1')
      .split('\n')
      .map((row) => row.split(',', most).join());
  return [cells('peers.csv', 3), cells('links.csv', 4)];
}

/** Whoever stands in the ledger twice was contacted twice; the second visit has to say so. */
function count(directory) {
  const contacts = new Map();
  for (const row of readFileSync(join(directory, 'visits/contacts.csv'), 'latin1').split('\n').slice(1)) {
    const [, address, , , reason] = row.split(',');
    if (address !== undefined && reason !== 'second-look')
      contacts.set(address, (contacts.get(address) ?? 0) + 1);
  }
  const twice = [...contacts].filter(([, times]) => times > 1).map(([address]) => address);
  totals.askedTwice += twice.length;
  const marked = new Set();
  for (const file of readdirSync(join(directory, 'visits')).filter((name) => /^\d+\.ndjson$/.test(name))) {
    for (const line of readFileSync(join(directory, 'visits', file), 'utf8').split('\n')) {
      if (line === '') continue;
      const visit = decodeRecord(line);
      if (visit === undefined) totals.tornRecords += 1;
      else if (visit.again !== undefined) marked.add(visit.endpoint);
    }
  }
  totals.unmarked += twice.filter((address) => !marked.has(address)).length;
}
