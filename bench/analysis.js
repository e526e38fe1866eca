// Whole processes on one core against python3-igraph, python3-graph-tool, python3-networkx (Debian) and graphology (npm), on the same
// file in the same run: processor time, and memory where it counts. Prints the targets with what was reached.
//
//   npm run bench:analysis [-- NAME…] [--runs N] [--data DIR] [--no-ten-million] [--patience SECONDS]
//   (some 30 minutes for everything; needs Debian's packages above for the other tools: without them their rows say so)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const PEERSCOPE = [process.execPath, here('../bin/peerscope.js')];
const words = process.argv.slice(2);
const optionOf = (name, fallback) => {
  const at = words.indexOf(name);
  return at < 0 ? fallback : words.splice(at, 2)[1];
};
const runs = Number(optionOf('--runs', '3'));
const data = optionOf('--data', process.env.PEERSCOPE_DATASETS ?? here('../../shared/data/snap'));
const patience = 1000 * Number(optionOf('--patience', '600'));
const tenMillion = !words.includes('--no-ten-million');
const wanted = words.filter((word) => !word.startsWith('--'));
const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));

const analyze =
  (only, ...more) =>
  (file) => [
    ...[...PEERSCOPE, 'analyze', file, '--only', only, '--workers', '1', '--force', '--format', 'json'],
    ...more,
  ];
const python = (tool, work) => (file) => ['/usr/bin/python3', here('analysis-peers.py'), tool, work, file];
const graphology = (work) => (file) => [process.execPath, here('analysis-graphology.js'), work, file];

/** `limit` is what our figure may be, as a share of the other tool's. */
const WORKS = [
  {
    ...{
      name: 'components-1m',
      title: 'load, degrees, weak components; two-tier, 1 million peers',
      input: () => twoTier(1_000_000),
    },
    ours: analyze('summary,degree,components'),
    against: [
      { tool: 'igraph', command: python('igraph', 'components'), limit: 0.25, memoryLimit: 0.5 },
      { tool: 'graph-tool', command: python('graph-tool', 'components'), limit: 0.4 },
      { tool: 'networkx', command: python('networkx', 'components'), runs: 1 },
    ],
  },
  {
    ...{
      name: 'components-10m',
      title: 'the same, 10 million peers, 48 million links',
      input: () => twoTier(10_000_000),
      runs: 1,
    },
    ours: analyze('summary,degree,components'),
    against: [{ tool: 'igraph', command: python('igraph', 'components'), limit: 0.3, memoryLimit: 0.45 }],
    skip: !tenMillion,
  },
  {
    ...{ name: 'gnutella08', title: 'p2p-Gnutella08, start to finish', input: () => snap('08'), runs: 9 },
    ours: analyze('summary,degree,components'),
    against: [
      { tool: 'igraph', command: python('igraph', 'components'), limit: 0.5 },
      { tool: 'graphology', command: graphology('components'), limit: 1 },
    ],
  },
  {
    ...{
      name: 'strong-1m',
      title: 'strong components, 1 million peers, each link turned by a coin',
      input: turned,
    },
    ours: analyze('components', '--directed'),
    against: [
      { tool: 'graph-tool', command: python('graph-tool', 'strong'), limit: 0.5 },
      { tool: 'igraph', command: python('igraph', 'strong') },
    ],
  },
  {
    ...{
      name: 'clustering-1m',
      title: 'triangles, clustering, transitivity; 1 million peers',
      input: () => twoTier(1_000_000),
    },
    ours: analyze('clustering'),
    against: [
      { tool: 'igraph', command: python('igraph', 'clustering'), limit: 0.35 },
      { tool: 'graph-tool', command: python('graph-tool', 'clustering') },
    ],
  },
  {
    ...{ name: 'cores-1m', title: 'k-cores, 1 million peers', input: () => twoTier(1_000_000) },
    ours: analyze('cores'),
    against: [
      { tool: 'graph-tool', command: python('graph-tool', 'cores'), limit: 0.9 },
      { tool: 'igraph', command: python('igraph', 'cores') },
    ],
  },
  {
    ...{ name: 'distances', title: 'exact distances of p2p-Gnutella31', input: () => snap('31'), seconds: 5 },
    ours: analyze('distances', '--exact'),
    against: [
      { tool: 'igraph', command: python('igraph', 'distances'), runs: 1 },
      { tool: 'graph-tool', command: python('graph-tool', 'distances'), runs: 1 },
      { tool: 'graphology', command: graphology('diameter'), runs: 1, limit: 0.1 },
    ],
  },
  {
    ...{
      name: 'snap-table',
      title: 'all nine SNAP tables, two workers',
      input: () => '',
      wallSeconds: 20,
      cores: 2,
      runs: 1,
    },
    ours: () => [
      ...PEERSCOPE,
      'analyze',
      ...snapFiles(),
      '--table',
      'snap',
      '--workers',
      '2',
      '--format',
      'json',
    ],
    against: [],
  },
  {
    ...{
      name: 'betweenness',
      title: 'exact betweenness of p2p-Gnutella31',
      input: () => snap('31'),
      runs: 1,
    },
    ours: analyze('centrality', '--exact'),
    against: [
      { tool: 'igraph', command: python('igraph', 'betweenness'), limit: 0.5 },
      { tool: 'graphology', command: graphology('betweenness'), limit: 0.1 },
    ],
  },
  {
    ...{
      name: 'betweenness-two',
      title: 'the same with two workers, in wall time',
      input: () => snap('31'),
      runs: 1,
      cores: 2,
    },
    ours: (file) => [
      ...PEERSCOPE,
      'analyze',
      file,
      '--only',
      'centrality',
      '--exact',
      '--workers',
      '2',
      '--force',
      '--format',
      'json',
    ],
    against: [{ tool: 'igraph', command: python('igraph', 'betweenness'), wallLimit: 0.3 }],
  },
  {
    ...{
      name: 'resilience-1m',
      title: 'resilience, every step of one random and one targeted order; 1 million peers',
      input: () => twoTier(1_000_000),
    },
    ours: analyze('resilience', '--runs', '1', '--strategies', 'random,degree'),
    against: [{ tool: 'graph-tool', command: python('graph-tool', 'resilience'), limit: 0.5 }],
  },
  {
    ...{
      name: 'power-law',
      title: 'power-law tail with 2,500 bootstraps, p2p-Gnutella08',
      input: () => snap('08'),
    },
    ours: analyze('degree-tail', '--bootstrap', '2500'),
    against: [{ tool: 'igraph', command: python('igraph', 'power-law'), limit: 0.15 }],
  },
  {
    ...{
      name: 'betweenness-sampled',
      title: 'sampled betweenness of p2p-Gnutella31, two workers',
      input: () => snap('31'),
    },
    ...{ cores: 2, wallSeconds: 10 },
    ours: (file) => [
      ...PEERSCOPE,
      'analyze',
      file,
      '--only',
      'centrality',
      '--workers',
      '2',
      '--format',
      'json',
    ],
    check: ({ analyses }) => ({
      what: "largest error (probability .99) as a share of the largest peer's value",
      value: analyses.centrality.exact.betweenness.shareOfLargest,
      limit: 0.05,
    }),
    against: [],
  },
  {
    ...{
      name: 'page-rank',
      title: 'PageRank of p2p-Gnutella31',
      input: () => snap('31'),
    },
    ours: analyze('centrality', '--directed', '--measures', 'page-rank'),
    against: [{ tool: 'graphology', command: graphology('page-rank'), limit: 0.1 }],
  },
  {
    ...{ name: 'strong-31', title: 'strong components of p2p-Gnutella31', input: () => snap('31') },
    ours: analyze('components', '--directed'),
    against: [{ tool: 'graphology', command: graphology('strong'), limit: 0.1 }],
  },
];

/** Other tools' runs, by command: some serve for two comparisons. */
const known = new Map();
const results = [];
try {
  console.log(
    `${cpus()[0].model}, ${cpus().length} processors, Node ${process.version}; load ${loadavg()[0].toFixed(1)}; medians of ${runs} runs unless said`,
  );
  for (const work of WORKS) {
    if (work.skip || (wanted.length > 0 && !wanted.includes(work.name))) continue;
    report(work);
  }
  const targets = results.flatMap(({ title, targets: own }) =>
    (own ?? []).map((target) => ({ title, ...target })),
  );
  const missed = targets.filter(({ held }) => !held);
  console.log(
    `\n${targets.length - missed.length} of ${targets.length} targets held${missed.length > 0 ? '; missed:' : ''}`,
  );
  for (const { title, what, value, limit } of missed)
    console.log(`  ${title}: ${what} ${value.toFixed(2)}, ${limit} asked`);
  console.log(JSON.stringify(results));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(work) {
  const file = work.input();
  const times = work.runs ?? runs;
  const ours = measured(work.ours(file), times, work.cores ?? 1);
  const row = { name: work.name, title: work.title, ours: plain(ours), against: [] };
  console.log(`\n${work.title}\n  peerscope   ${figures(ours)}`);
  if (work.seconds) judge('processor seconds', ours.cpu, work.seconds, row);
  if (work.wallSeconds) judge('wall seconds', ours.wall, work.wallSeconds, row);
  if (work.check) {
    const { what, value, limit } = work.check(JSON.parse(ours.stdout));
    judge(what, value, limit, row);
  }
  for (const { tool, command, limit, wallLimit, memoryLimit, runs: own } of work.against) {
    const key = command(file).join(' ');
    if (!known.has(key)) known.set(key, measured(command(file), own ?? times, work.cores ?? 1));
    const theirs = known.get(key);
    row.against.push({ tool, ...plain(theirs) });
    console.log(`  ${tool.padEnd(11)} ${figures(theirs)}`);
    if (theirs.failed) continue;
    if (limit)
      judge(`processor time against ${tool}`, ours.cpu / theirs.cpu, limit, row, theirs.cut ? 'at most' : '');
    if (wallLimit) judge(`wall time against ${tool}`, ours.wall / theirs.wall, wallLimit, row);
    if (memoryLimit) judge(`memory against ${tool}`, ours.bytes / theirs.bytes, memoryLimit, row);
    if (!limit && !wallLimit && !memoryLimit)
      console.log(
        `    processor time against ${tool}: ${theirs.cut ? 'at most ' : ''}${(ours.cpu / theirs.cpu).toFixed(2)}`,
      );
  }
  results.push(row);
}

function judge(what, value, limit, row, prefix = '') {
  const held = value <= limit;
  (row.targets ??= []).push({ what, value, limit, held });
  console.log(`    ${what}: ${prefix} ${value.toFixed(2)} (${limit} asked) ${held ? 'held' : 'MISSED'}`);
}

/** The run of median processor time; one that does not end in time (--patience) is cut and counts for that long. */
function measured(command, times, cores) {
  const all = [];
  for (let k = 0; k < times; k++) {
    const begin = performance.now();
    const run = spawnSync(
      '/usr/bin/python3',
      [here('measure-process.py'), '--cores', String(cores), ...command],
      {
        maxBuffer: 2 ** 26,
        timeout: patience,
        killSignal: 'SIGKILL',
      },
    );
    if (run.error?.code === 'ETIMEDOUT') {
      spawnSync('pkill', ['-f', command.slice(1).join(' ')]);
      const seconds = (performance.now() - begin) / 1000;
      return { cpu: seconds, wall: seconds, bytes: 0, cut: true };
    }
    const told = JSON.parse(run.stdout.toString());
    if (told.status !== 0) return { failed: true, why: told.stderr.trim().split('\n').pop() };
    all.push(told);
  }
  return all.sort((a, b) => a.cpu - b.cpu)[Math.floor(all.length / 2)];
}

function plain({ cpu, wall, bytes, cut, failed, why }) {
  return { cpu, wall, bytes, ...(cut ? { cut } : {}), ...(failed ? { failed, why } : {}) };
}

function figures({ cpu, wall, bytes, cut, failed, why }) {
  if (failed) return `could not be run: ${why}`;
  if (cut) return `did not end within ${(cpu / 60).toFixed(0)} minutes`;
  return `${cpu.toFixed(2)} s of processor, ${wall.toFixed(2)} s, ${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

/** The links alone: other tools take comments for links. */
function twoTier(peers) {
  const file = join(folder, `two-tier-${peers}.txt`);
  if (existsSync(file)) return file;
  const raw = join(folder, 'raw.txt');
  const run = spawnSync(PEERSCOPE[0], [
    PEERSCOPE[1],
    'generate',
    'two-tier',
    '--peers',
    String(peers),
    '--seed',
    '7',
    '--out',
    raw,
  ]);
  if (run.status !== 0) throw new Error(run.stderr.toString());
  spawnSync('sh', ['-c', `grep -v '^#' "${raw}" > "${file}"; rm "${raw}"`]);
  return file;
}

function turned() {
  const file = join(folder, 'turned.txt');
  spawnSync('awk', [
    '-v',
    `out=${file}`,
    'BEGIN { srand(5) } { if (rand() < 0.5) print $2 "\t" $1 > out; else print $1 "\t" $2 > out }',
    twoTier(1_000_000),
  ]);
  return file;
}

function snap(number) {
  const file = join(folder, `p2p-Gnutella${number}.txt`);
  if (existsSync(file)) return file;
  const text = gunzipSync(readFileSync(join(data, `p2p-Gnutella${number}.txt.gz`))).toString();
  writeFileSync(
    file,
    text
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n'),
  );
  return file;
}

function snapFiles() {
  process.env.PEERSCOPE_DATASETS = data;
  return ['04', '05', '06', '08', '09', '24', '25', '30', '31'].map((number) => `p2p-Gnutella${number}`);
}
