// A power-law tail with 2,500 bootstraps, each of which scans for its own xmin: CPU time of whole processes on one core, this program against
// python3-igraph, whose power_law_fit draws 0.25 / p_precision² samples (0.01: 2,500), in turn. Both read the same edge list and print the same tail.
//
//   npm run build && node bench/power-law.js FILE [--runs 3]        (FILE: an edge list of ids 0..n-1 without comments; undirected degrees)
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const words = process.argv.slice(2);
const at = words.indexOf('--runs');
const runs = at < 0 ? 3 : Number(words.splice(at, 2)[1]);
const [file] = words;
if (file === undefined) throw new Error('which edge list?');

const IGRAPH = `
import igraph, sys
g = igraph.Graph.Read_Edgelist(sys.argv[1], directed=False).simplify()
f = igraph.power_law_fit([d for d in g.degree() if d > 0], None, 'discrete', p_precision=0.01)
print(int(f.xmin), round(f.alpha, 4), round(f.D, 4), f.p)
`;
const peerscope = fileURLToPath(new URL('../bin/peerscope.js', import.meta.url));
const commands = {
  peerscope: [
    process.execPath,
    peerscope,
    'analyze',
    file,
    '--only',
    'degree-tail',
    '--bootstrap',
    '2500',
    '--format',
    'csv',
  ],
  igraph: ['/usr/bin/python3', '-c', IGRAPH, file],
};

/** Seconds of user and system time, and what was printed. */
function measure(command) {
  const run = spawnSync('/usr/bin/time', ['-f', '%U %S', ...command], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  const [user, system] = run.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds: user + system, printed: run.stdout.trim() };
}

const times = { peerscope: [], igraph: [] };
for (let run = 0; run < runs; run++) {
  for (const [name, command] of Object.entries(commands)) {
    const { seconds, printed } = measure(command);
    times[name].push(seconds);
    if (run === 0) console.log(`${name}: ${printed.replaceAll('\n', '\n  ')}`);
  }
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const [own, theirs] = [median(times.peerscope), median(times.igraph)];
console.log(
  `CPU, median of ${runs}: peerscope ${own.toFixed(2)} s, igraph ${theirs.toFixed(2)} s: ${(own / theirs).toFixed(3)} x`,
);
