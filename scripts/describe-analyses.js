// Writes docs/analyses.md: every analysis with its definition, its keys in JSON with their types, its tables in CSV with their
// columns, and its sources, as they are found by running all of them on overlays that know everything an overlay can know.
//
//   npm run build && node scripts/describe-analyses.js > docs/analyses.md
import {
  ANALYSES,
  createRandom,
  DEFAULT_ANALYSIS_OPTIONS,
  DEFAULT_MODEL_OPTIONS,
  fromLinks,
  MODELS,
  QUIET_WORK,
} from '../dist/index.js';

const options = { ...DEFAULT_ANALYSIS_OPTIONS, bootstrap: 49, runs: 3 };
const overlays = [twoTier(), directed(), sampled()];

/** Keys under these are names of the user's or of the overlay's. */
const NAMED = {
  populations: 'POPULATION',
  models: 'LAW',
  laws: 'LAW',
  roles: 'ROLE',
  parameters: 'PARAMETER',
  numbers: 'NAME',
};

const lines = [
  '# Analyses',
  '',
  'What `peerscope analyze` can measure. Each analysis has an object of that name under `analyses` in JSON; a key with `[]` is a list, `null` stands where a',
  'number is not defined. CSV has the tables below: `--only NAME --format csv` prints the first one, `--out DIR` writes a file for each.',
  'This page is made by `scripts/describe-analyses.js` from the analyses themselves, and a test holds it to them.',
];
for (const analysis of ANALYSES) {
  const { question, definition, sources } = await analysis.about();
  const keys = new Map();
  const tables = new Map();
  for (const overlay of overlays) {
    const finding = await analysis.find(overlay.topology, { ...options, ...overlay.options }, QUIET_WORK);
    describe(finding.result, '', keys);
    for (const table of finding.tables)
      tables.set(table.name, table.columns.map(({ name }) => `\`${name}\``).join(', '));
  }
  lines.push('', `## ${analysis.name}`, '', question, '', definition, '');
  lines.push('| key | type |', '|---|---|');
  for (const [path, types] of keys) lines.push(`| \`${path}\` | ${[...types].sort().join(' or ')} |`);
  lines.push('', '| table | columns |', '|---|---|');
  for (const [name, columns] of tables) lines.push(`| \`${name}\` | ${columns} |`);
  if (sources.length > 0) lines.push('', ...sources.map((source) => `- ${source}`));
}
console.log(lines.join('\n'));

function describe(value, path, keys) {
  if (Array.isArray(value)) {
    if (path !== '') note(keys, path, 'list');
    for (const each of value) describe(each, `${path}[]`, keys);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) {
      const parent = path.split('.').at(-1);
      const name = NAMED[parent] ?? key;
      describe(each, path === '' ? name : `${path}.${name}`, keys);
    }
  } else note(keys, path, value === null ? 'null' : typeof value);
}

function note(keys, path, type) {
  if (!keys.has(path)) keys.set(path, new Set());
  keys.get(path).add(type);
}

/** Roles, respondents, listings that were cut off. */
function twoTier() {
  const model = MODELS.find(({ name }) => name === 'two-tier');
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 400 }, createRandom(1));
  const roles = topology.columns.roles;
  const respondents = Uint8Array.from(roles, (role, peer) => (role === 'superpeer' && peer % 3 > 0 ? 1 : 0));
  const truncated = Uint8Array.from(respondents, (flag, peer) => (flag === 1 && peer % 2 === 0 ? 1 : 0));
  return { topology: rebuilt(topology, { roles, respondents, truncated }, false), options: {} };
}

/** Directed, of ten links a peer at most, most of them silent: what the audit has to say something of. */
function directed() {
  const model = MODELS.find(({ name }) => name === 'barabasi-albert');
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 600 }, createRandom(2));
  return { topology: rebuilt(topology, {}, true), options: {} };
}

/** Too large for exact answers, were it not so small. */
function sampled() {
  const model = MODELS.find(({ name }) => name === 'pure');
  const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 222 }, createRandom(3));
  return { topology, options: {} };
}

function rebuilt({ size, pairs }, columns, isDirected) {
  const sources = [];
  const targets = [];
  for (let peer = 0; peer < size; peer++) {
    for (let k = pairs.offsets[peer]; k < pairs.offsets[peer + 1]; k++) {
      sources.push(peer);
      targets.push(pairs.targets[k]);
    }
  }
  const ids = Array.from({ length: size }, (_, peer) => `127.0.${peer >> 8}.${peer & 255}:6346`);
  const lists = { sources: Uint32Array.from(sources), targets: Uint32Array.from(targets) };
  return fromLinks({ directed: isDirected, ids, ...lists, columns });
}
