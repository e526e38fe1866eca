// A poisoned overlay against the quiet one of the same size: half of all that is listed is invented by a few superpeers, and a tenth
// of the superpeers are sybils in two /24 nets. Wanted: of the peers that the snapshot believes in at least 99 % are true, of the true ones
// it has at least 99 %, it takes at most twice the contacts of the quiet overlay, and it names who invented and where the sybils are.
//
//   npm run build && node bench/poisoned.js [--seeds 5] [--sockets]      (in virtual time; with --sockets over real TCP too)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '5' }, sockets: { type: 'boolean', default: false } },
});
const peerscope = fileURLToPath(new URL('../bin/peerscope.js', import.meta.url));
const ways = values.sockets ? [['--virtual'], []] : [['--virtual']];
const results = [];
console.log(
  '| way | seed | invented | sybils | precision | recall | contacts | of the quiet | inventors named | sybil nets named |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const way of ways) {
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const quiet = crawled(['two-tier', '--peers', '34000'], seed, way, () => ({}));
    const poisoned = crawled(['poisoned'], seed, way, namedRightly);
    const result = {
      way: way.length === 0 ? 'sockets' : 'virtual',
      seed,
      ...poisoned,
      contactsOfQuiet: quiet.contacts,
      ratio: poisoned.contacts / quiet.contacts,
    };
    results.push(result);
    const percent = (share) => `${(100 * share).toFixed(2)} %`;
    console.log(
      `| ${result.way} | ${seed} | ${result.invented} | ${result.sybils} | ${percent(result.precision)} | ${percent(result.recall)} | ${result.contacts} | ${result.ratio.toFixed(2)} x | ${result.inventorsNamed} of ${result.inventors} | ${result.netsNamed} of 2 |`,
    );
  }
}
const worst = (key, pick) => pick(...results.map((result) => result[key]));
console.log(
  `\nworst of ${results.length}: precision ${worst('precision', Math.min).toFixed(4)}, recall ${worst('recall', Math.min).toFixed(4)} (0.99 wanted), ${worst('ratio', Math.max).toFixed(2)} times the contacts (2 allowed)`,
);
console.log(JSON.stringify(results));

function crawled(model, seed, way, more) {
  const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
  const [out, truth] = [join(folder, 'snapshot'), join(folder, 'truth')];
  try {
    const words = ['crawl', '--simulate', ...model, '--seed', String(seed), ...way];
    const run = spawnSync(
      process.execPath,
      [peerscope, ...words, '--out', out, '--truth', truth, '--format', 'json'],
      { maxBuffer: 2 ** 26 },
    );
    if (run.status !== 0) throw new Error(run.stderr.toString());
    const { manifest, score } = JSON.parse(run.stdout.toString());
    const { precision = 1, recall = 1 } = score.believed ?? {};
    const { invented, sybils } = manifest.doubts;
    return {
      contacts: manifest.counts.visits,
      precision,
      recall,
      invented,
      sybils,
      ...more(manifest.doubts, out, truth),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of the superpeers that lie and answered, how many the snapshot counts; and whether who and where it names is right. */
function namedRightly({ inventors, worstInventors, insularNets }, out, truth) {
  const rows = (folder, file) =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
  const superpeers = new Set(
    rows(truth, 'peers.csv')
      .filter(([, , role]) => role === 'superpeer')
      .map(([id]) => id),
  );
  const liars = new Set(
    rows(truth, 'sessions.csv')
      .filter(([id, , behaviour]) => behaviour === 'lying' && superpeers.has(id))
      .map(([id]) => id),
  );
  for (const { id } of worstInventors) if (!liars.has(id)) throw new Error(`${id} is no liar`);
  return {
    inventors: liars.size,
    inventorsNamed: inventors,
    netsNamed: insularNets.filter(({ net }) => net.startsWith('127.255.')).length,
  };
}
