// Runs the code cells of a notebook as one program, without Jupyter: node run.js 02-crawl.ipynb
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [notebook] = process.argv.slice(2);
if (notebook === undefined) {
  console.error('usage: node run.js NOTEBOOK');
  process.exit(2);
}
const { cells } = JSON.parse(readFileSync(notebook, 'utf8'));
const program = cells
  .filter(({ cell_type }) => cell_type === 'code')
  .map(({ source }) => [source].flat().join(''))
  .join('\n');

// A child process, so that relative imports start from this folder and the notebook's own exit code is kept.
const { status } = spawnSync(process.execPath, ['--input-type=module'], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  // Charts as text (show.js), also where the kernel is installed.
  env: { ...process.env, PEERSCOPE_NOTEBOOK: 'plain' },
  input: program,
  stdio: ['pipe', 'inherit', 'inherit'],
});
process.exitCode = status ?? 1;
