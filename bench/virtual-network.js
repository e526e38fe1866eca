// How long a complete crawl in virtual time takes, and how much memory: two-tier overlays of 100,000, 1 and 10 million
// peers, generated, crawled, written to disk and scored against the truth; each in a process of its own.
//
//   npm run build && node bench/virtual-network.js [peers …]        (10 million take some 10 GB and 6 GB of disk)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 1_000_000, 10_000_000];
/** Has a process say its largest size, in KiB, at its end. */
const TELLS_MEMORY = `data:text/javascript,process.on('exit',()=>process.stderr.write(process.resourceUsage().maxRSS+'\\n'))`;
const peerscope = fileURLToPath(new URL('../bin/peerscope.js', import.meta.url));

for (const peers of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
  const out = join(folder, 'snapshot');
  const begin = performance.now();
  const args = [
    'crawl',
    '--simulate',
    'two-tier',
    '--peers',
    peers,
    '--virtual',
    '--out',
    out,
    '--format',
    'json',
  ];
  const run = spawnSync(process.execPath, ['--import', TELLS_MEMORY, peerscope, ...args.map(String)], {
    maxBuffer: 2 ** 26,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (run.status !== 0) {
    console.log(`${peers} peers: exit ${run.status}: ${run.stderr.toString().slice(-300)}`);
  } else {
    const { score } = JSON.parse(run.stdout.toString());
    const gigabytes = Number(run.stderr.toString().trim().split('\n').pop()) / 2 ** 20;
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    const disk = ['peers.csv', 'links.csv', 'visits/000001.ndjson'].reduce(
      (sum, file) => sum + statSync(join(out, file)).size,
      0,
    );
    const exact = score.peersMissing + score.peersExtra + score.linksMissing + score.linksExtra === 0;
    console.log(
      `${peers} peers, ${manifest.counts.links} links: ${seconds.toFixed(1)} s (${((1e6 * seconds) / peers).toFixed(1)} us a peer), ` +
        `${gigabytes.toFixed(2)} GiB (${((gigabytes * 2 ** 30) / peers).toFixed(0)} bytes a peer), ${(disk / 2 ** 30).toFixed(2)} GiB on disk, ${exact ? 'exact' : 'NOT EXACT'}`,
    );
  }
  rmSync(folder, { recursive: true });
}
