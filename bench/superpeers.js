// Target: on the four test beds of the lecture (clean two-tier, 40 % of the links lost, 30 % of the superpeers silent, the
// hybrid graph) the rule `combined` has a mean F1 of at least 0.95, where no single rule has. Run after `npm run build`:
// node bench/superpeers.js [--seeds N] [--beds a,b] [--rules a,b] [--json FILE]
//
// For each bed and rule: the mean F1 over the seeds, the least, and the share of the seeds with 0.95 or more.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SUPERPEER_RULES } from '../dist/analyses/superpeer-rules.js';
import { createRandom } from '../dist/core/random.js';
import { SUPERPEER_BEDS } from '../dist/models/superpeer-beds.js';

const TARGET = 0.95;
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    beds: { type: 'string' },
    rules: { type: 'string' },
    json: { type: 'string' },
  },
});
const seeds = Number(values.seeds);
const beds = SUPERPEER_BEDS.filter(({ name }) => values.beds?.split(',').includes(name) ?? true);
const rules = SUPERPEER_RULES.filter(({ name }) => values.rules?.split(',').includes(name) ?? true);

function f1Of(flags, roles) {
  let [both, either] = [0, 0];
  roles.forEach((role, peer) => {
    both += role === 'superpeer' && flags[peer] === 1 ? 1 : 0;
    either += (role === 'superpeer' ? 1 : 0) + flags[peer];
  });
  return either === 0 ? 0 : (2 * both) / either;
}

/** What no cut of the degrees can exceed, even one that is chosen for each graph by somebody who knows the roles. */
function bestCut({ simple: { offsets }, size, columns: { roles } }) {
  const degrees = Array.from({ length: size }, (_, peer) => offsets[peer + 1] - offsets[peer]);
  const cuts = [...new Set(degrees)];
  return Math.max(
    ...cuts.map((cut) =>
      f1Of(
        Uint8Array.from(degrees, (degree) => (degree >= cut ? 1 : 0)),
        roles,
      ),
    ),
  );
}

const BEST = 'best cut, roles known';
const results = beds.map(({ name, title, make }) => {
  const scores = [...rules, BEST].map(() => []);
  for (let seed = 1; seed <= seeds; seed++) {
    const topology = make(createRandom(seed).fork(name));
    rules.forEach((rule, k) =>
      scores[k].push(f1Of(rule.detect(topology.simple).flags, topology.columns.roles)),
    );
    scores[rules.length].push(bestCut(topology));
  }
  return {
    bed: name,
    title,
    rules: [...rules.map(({ name }) => name), BEST].map((rule, k) => ({
      rule,
      mean: scores[k].reduce((sum, f1) => sum + f1, 0) / seeds,
      least: Math.min(...scores[k]),
      share: scores[k].filter((f1) => f1 >= TARGET).length / seeds,
    })),
  };
});

const print = (text) => process.stdout.write(`${text}\n`);
for (const [heading, of] of [
  [`Mean F1 over ${seeds} seeds`, ({ mean }) => mean.toFixed(3)],
  ['Least F1', ({ least }) => least.toFixed(3)],
  ['Share of the seeds with F1 of 0.95 or more', ({ share }) => share.toFixed(2)],
]) {
  print(`${heading}\n`);
  print(`| rule | ${beds.map(({ name }) => name).join(' | ')} |`);
  print(`|---|${beds.map(() => '---').join('|')}|`);
  results[0].rules.forEach(({ rule }, k) =>
    print(`| ${rule} | ${results.map((bed) => of(bed.rules[k])).join(' | ')} |`),
  );
  print('');
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
const combined = results.flatMap((bed) =>
  bed.rules.filter(({ rule }) => rule === 'combined').map((r) => ({ ...r, bed: bed.bed })),
);
const missed = combined.filter(({ mean }) => mean < TARGET);
print(
  missed.length === 0
    ? 'combined: 0.95 or more on every bed'
    : `combined: below 0.95 on ${missed.map(({ bed }) => bed).join(', ')}`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
