// How time and memory of the main measures grow from ten thousand to ten million peers (two-tier, 4.8 links a peer), as whole
// processes on one core, beside what no program can undercut: reading the bytes of the file once, looking at each, and touching
// each link once. Prints a table and a chart.
//
//   npm run build && node bench/analysis-growth.js [largest number of peers]      (some 5 minutes, 2 GB of disk)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartText, PLAIN, tableText } from '../dist/index.js';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const peerscope = here('../bin/peerscope.js');
const largest = Number(process.argv[2] ?? '10000000');
const WORKS = {
  'load, degrees, components': 'summary,degree,components',
  clustering: 'clustering',
  'k-cores': 'cores',
};
const BOUND = `
  import { openSync, readSync, fstatSync } from 'node:fs';
  const file = openSync(process.argv[1], 'r');
  const buffer = new Uint8Array(1 << 18);
  let sum = 0;
  let links = 0;
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer))
    for (let k = 0; k < size; k++) if (buffer[k] === 10) links += 1; else sum += buffer[k];
  const ends = new Uint32Array(2 * links);
  for (let k = 0; k < ends.length; k++) sum += ends[k];
  console.log(sum);
`;
const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
const rows = [];
try {
  for (let peers = 10_000; peers <= largest; peers *= 10) {
    const file = join(folder, 'overlay.txt');
    const made = spawnSync(process.execPath, [
      peerscope,
      'generate',
      'two-tier',
      '--peers',
      String(peers),
      '--out',
      file,
    ]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    const megabytes = statSync(file).size / 1e6;
    const bound = measured([process.execPath, '--input-type=module', '-e', BOUND, file]);
    rows.push({ what: 'the bound', peers, megabytes, ...bound });
    for (const [what, only] of Object.entries(WORKS)) {
      const figures = measured([
        process.execPath,
        peerscope,
        'analyze',
        file,
        '--only',
        only,
        '--workers',
        '1',
        '--format',
        'json',
      ]);
      rows.push({ what, peers, megabytes, ...figures });
    }
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const table = {
  name: 'growth',
  title: 'Time and memory by size (two-tier, one core, medians of three)',
  columns: [
    { name: 'peers' },
    { name: 'file_megabytes', digits: 1 },
    { name: 'work' },
    { name: 'processor_seconds', digits: 2 },
    { name: 'mebibytes', digits: 0 },
    { name: 'bytes_a_peer', digits: 0 },
  ],
  rows: rows.map(({ what, peers, megabytes, cpu, bytes }) => [
    peers,
    megabytes,
    what,
    cpu,
    bytes / 2 ** 20,
    bytes / peers,
  ]),
};
console.log(tableText(table, { width: 100, style: PLAIN, maxRows: 100 }).join('\n'));
for (const [title, yLabel, value] of [
  ['Processor time by size', 'seconds', ({ cpu }) => cpu],
  ['Memory by size', 'MiB', ({ bytes }) => bytes / 2 ** 20],
]) {
  const chart = {
    kind: 'scatter',
    ...{ title, xLabel: 'peers', yLabel, xScale: 'log', yScale: 'log' },
    series: [...new Set(rows.map(({ what }) => what))].map((name) => ({
      name,
      points: rows.filter(({ what }) => what === name).map((row) => ({ x: row.peers, y: value(row) })),
    })),
    curves: [],
  };
  console.log([...chartText(chart, { width: 90, style: PLAIN })].join('\n'));
}

function measured(command) {
  const all = [0, 1, 2].map(() => {
    const run = spawnSync('/usr/bin/python3', [here('measure-process.py'), '--cores', '1', ...command], {
      maxBuffer: 2 ** 26,
    });
    const told = JSON.parse(run.stdout.toString());
    if (told.status !== 0) throw new Error(told.stderr);
    return told;
  });
  const { cpu, bytes } = all.sort((a, b) => a.cpu - b.cpu)[1];
  return { cpu, bytes };
}
